"""A work that waits for the writer, and whoever waits for its answer: a thread, or somebody in an event loop.

A loop is woken once for all the answers of a batch that are for it: waking it costs as much as a query.
"""

import asyncio
from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, Generic, TypeVar

from core.store.work import Result, Work

T = TypeVar("T")
Outcome = Result[Any] | Exception


class Asked(Generic[T]):
    """A work asked for by a thread; `answer` resolves."""

    def __init__(self, work: Work[T]) -> None:
        self.work = work
        self.answer: Future[Result[T]] = Future()
        self.outcome: Outcome | None = None

    def begin(self) -> bool:
        """It is taken from the queue; returns whether it is still wanted."""
        return self.answer.set_running_or_notify_cancel()

    def resolve(self) -> None:
        """Hand out the outcome."""
        if isinstance(self.outcome, Exception):
            self.answer.set_exception(self.outcome)
        else:
            assert self.outcome is not None
            self.answer.set_result(self.outcome)


class AskedInLoop(Generic[T]):
    """A work asked for in an event loop; await `answer` there."""

    def __init__(self, work: Work[T]) -> None:
        self.work = work
        self.loop = asyncio.get_running_loop()
        self.answer: asyncio.Future[Result[T]] = self.loop.create_future()
        self.outcome: Outcome | None = None

    def begin(self) -> bool:
        """It is taken from the queue; returns whether it is still wanted."""
        return not self.answer.cancelled()

    def resolve(self) -> None:
        """Hand out the outcome; in the loop."""
        if self.answer.done():
            return  # whoever asked has gone meanwhile
        if isinstance(self.outcome, Exception):
            self.answer.set_exception(self.outcome)
        else:
            assert self.outcome is not None
            self.answer.set_result(self.outcome)


AnyAsked = Asked[Any] | AskedInLoop[Any]


def resolve_all(batch: Sequence[AnyAsked]) -> None:
    """Hand out every outcome, each where it is waited for."""
    for_loops: dict[asyncio.AbstractEventLoop, list[AskedInLoop[Any]]] = {}
    for asked in batch:
        if isinstance(asked, AskedInLoop):
            for_loops.setdefault(asked.loop, []).append(asked)
        else:
            asked.resolve()
    for loop, theirs in for_loops.items():
        with suppress(RuntimeError):  # the loop was closed: nobody waits there any more
            loop.call_soon_threadsafe(_resolve_each, theirs)


def _resolve_each(theirs: Sequence[AskedInLoop[Any]]) -> None:
    for asked in theirs:
        asked.resolve()
