"""Doing what a form or a program asks once for each key, however often it is sent."""

from collections.abc import Callable, Collection
from itertools import count
from typing import TypeVar

from core.refusals import Invalid
from core.store.queries.attachments import attachment_of
from core.store.store import Store
from core.store.unit import UnitOfWork
from core.store.work import Result, Work

T = TypeVar("T")


async def done_once(store: Store, run: Callable[[UnitOfWork], T], key: str | None) -> Result[T]:
    """Have it done; a `key` that was done before does nothing more, and gives what was remembered with it.

    `run` must remember something where it succeeds. What was refused before is asked again each time, since the reason
    may be gone by now, under a further key, since a key is kept with the refusal too. Raises as `Store.do`.
    """
    for again in count():
        result = await store.do(Work(run, f"{key}/{again}" if key and again else key))
        if not result.repeated or result.remembered:
            return result
    raise AssertionError("counting has no end")


def need_kept(unit: UnitOfWork, files: Collection[str]) -> None:
    """Raises Invalid for a file that a form or a program names, but the office does not keep."""
    for sha256 in files:
        if attachment_of(unit.connection, sha256) is None:
            raise Invalid("file", "broken", sha256[:12])
