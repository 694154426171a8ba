"""Updates in, one by one: what each means goes to the engine; one that makes no sense is kept, and the next goes on."""

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any

from bot.adapters.base import Answer, Receive
from bot.adapters.telegram.fields import NotUnderstood
from bot.adapters.telegram.translate import key_of, press_of, translate
from bot.events import Event
from core.clock import Clock

ANSWER_WITHIN_S = 10.0
"""How long a press may wait for the words of its answer to go out."""


class Taker:
    """Takes the updates of one account.

    keep_unread: keeps what could not be read, given a key, its JSON and the reason.
    answer: answers a press, given its id and the words; it never raises.
    reads_all: whether the bot is shown all messages of every group, once that is known.
    """

    def __init__(
        self,
        account: str,
        clock: Clock,
        keep_unread: Callable[[str, str, str], Awaitable[None]],
        answer: Callable[[str, str], Coroutine[Any, Any, None]],
    ) -> None:
        self._account = account
        self._clock = clock
        self._keep_unread = keep_unread
        self._answer = answer
        self.reads_all: bool | None = None
        self._answering: set[asyncio.Task[None]] = set()

    async def take(self, updates: Sequence[Any], receive: Receive) -> None:
        """Let the engine have them, in this order; returns when all are kept. Raises what `receive` raised first.

        They are handed over together, so that the store writes them together.
        """
        outcomes = await asyncio.gather(*(self._one(each, receive) for each in updates), return_exceptions=True)
        for outcome in outcomes:
            if isinstance(outcome, BaseException):
                raise outcome

    async def finish(self) -> None:
        """Wait until every press has its answer."""
        if self._answering:
            await asyncio.wait(self._answering, timeout=ANSWER_WITHIN_S)

    async def _one(self, update: Any, receive: Receive) -> None:
        try:
            events = self._events(update)
        except Exception as reason:
            # Whatever it is, it must not stop those behind it.
            await self._keep_unread(*_unread(update, reason))
            events = ()
        answers = [await receive(event) for event in events]
        press = press_of(update) if isinstance(update, dict) else None
        if press is not None:
            self._answer_press(press, answers)

    def _events(self, update: Any) -> tuple[Event, ...]:
        if not isinstance(update, dict):
            raise NotUnderstood("the update is no object")
        return translate(update, self._account, self._clock.now(), self.reads_all)

    def _answer_press(self, press: str, answers: Sequence[Answer]) -> None:
        """In a task of its own: the next updates do not wait for it."""
        text = "\n".join(toast.text for answer in answers for toast in answer.toasts)
        task = asyncio.create_task(self._answer(press, text))
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)


def _unread(update: Any, reason: Exception) -> tuple[str, str, str]:
    """Its key, its JSON, and why it could not be read."""
    raw = json.dumps(update)
    try:
        key = str(key_of(update))
    except (NotUnderstood, AttributeError):
        key = "unread/" + hashlib.sha256(raw.encode()).hexdigest()
    words = str(reason) if isinstance(reason, NotUnderstood) else type(reason).__name__
    return key, raw, words
