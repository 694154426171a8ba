"""One account's lane: what goes out through one bot, in order and no faster than its platform allows."""

import asyncio
import json
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.adapters.base import Adapter, CanEdit, DeliveryError, Unreachable
from bot.bookkeeping import Books, Sending
from bot.limits import MINUTE_S, Pace
from bot.messages import Edit, Say
from bot.store import outbox
from core.clock import Clock
from core.store.store import Store
from core.store.unit import UnitOfWork
from core.store.work import StoreUnavailable, Work, WorkFailed

AT_ONCE = 8
"""Messages on their way for one account (docs/design.md §3, 6)."""

LOOK_EVERY_S = 0.5
"""How often to look for rows of other processes."""

ANSWER_WITHIN_S = 60.0
"""After so long without an answer a message is in doubt."""

GRACE_S = 10.0
"""How long a stop waits for the answers to what is on its way."""

_STORE_AGAIN_S = 0.5
_LONGEST_PAUSE_S = 60.0
_REMEMBERED = 500
_log = logging.getLogger(__name__)

T = TypeVar("T")


class Lane:
    """At most one message on its way in a chat, eight in the account; the most urgent chat first.

    A chat that must wait hides no other. After a message that nobody answered the whole account pauses, and then goes
    on one message at a time until there is an answer: so an outage leaves few in doubt.
    """

    def __init__(
        self, store: Store, adapter: Adapter, books: Books, clock: Clock, first_wait: timedelta, grace_s: float
    ) -> None:
        self._store = store
        self._adapter = adapter
        self._books = books
        self._clock = clock
        self._first_wait_s = first_wait.total_seconds()
        self._grace_s = grace_s
        self._pace = Pace(adapter.limits)
        self._flights: dict[str, asyncio.Task[None]] = {}
        self._woken = asyncio.Event()
        self._unanswered = 0
        self._silences = 0
        self._paused_until = 0.0

    @property
    def trouble(self) -> str | None:
        """Why nothing goes out now, or None."""
        return f"no answer to the last {self._unanswered} messages" if self._unanswered else None

    def wake(self) -> None:
        """Look now; to be called in the event loop."""
        self._woken.set()

    async def run(self) -> None:
        """Settle what the last run left in doubt, then send until cancelled."""
        try:
            await self._begin_again()
            while True:
                self._woken.clear()
                wait_s = await self._look()
                # Not wait_for: before Python 3.12 it swallows a cancellation that comes together with the wake.
                with suppress(TimeoutError):
                    async with asyncio.timeout(wait_s):
                        await self._woken.wait()
        finally:
            await self._finish()

    async def say_all(self) -> None:
        """Say all that may go now; returns when nothing more can, and nothing is on its way. Not beside `run`."""
        while True:
            await self._look()
            if not self._flights:
                return
            await asyncio.wait(list(self._flights.values()))
            await asyncio.sleep(0)  # their places are free after the callbacks

    async def _begin_again(self) -> None:
        sent, doubtful = await self._read(lambda connection: self._left_behind(connection))
        for chat, seconds_ago in sent:
            self._pace.remember(chat, _now() - seconds_ago)
        for id in doubtful:
            await self._doubt(id)

    def _left_behind(self, connection: Connection) -> tuple[list[tuple[str, float]], Sequence[int]]:
        """(chat, seconds ago) of what was sent in the last minute, and which rows were on their way."""
        now = self._clock.now()
        ours = [each for each in outbox.last_sent(connection, _REMEMBERED) if each[0].account == self._adapter.account]
        ages = [(address.chat, max(0.0, (now - at).total_seconds())) for address, at in ours]
        return [each for each in ages if each[1] < MINUTE_S], outbox.in_doubt(connection, self._adapter.account)

    async def _doubt(self, id: int) -> None:
        await self._write(id, lambda unit: self._books.doubt(unit, id))

    async def _look(self) -> float:
        """Start what may go; returns after how many seconds to look again, if nothing wakes earlier."""
        now = _now()
        if now < self._paused_until:
            return min(LOOK_EVERY_S, self._paused_until - now)
        at_once = 1 if self._unanswered else AT_ONCE
        most = min(at_once - len(self._flights), self._pace.room(now))
        if most > 0:
            closed = [*self._flights, *self._pace.full_chats(now)]
            account, at = self._adapter.account, self._clock.now()
            found = await self._read(lambda connection: outbox.heads(connection, account, at, closed, most))
            for head in found:
                self._start(head)
        return min(LOOK_EVERY_S, self._pace.wait(_now()))

    def _start(self, head: outbox.Head) -> None:
        self._pace.send(head.chat)
        flight = asyncio.create_task(self._deliver(head))
        self._flights[head.chat] = flight
        flight.add_done_callback(lambda _: self._landed(head.chat))

    def _landed(self, chat: str) -> None:
        del self._flights[chat]
        self._woken.set()

    async def _deliver(self, head: outbox.Head) -> None:
        sending = None
        try:
            sending = await self._begin(head.id)
        finally:
            if sending is None:
                self._pace.unsent(head.chat)
        if sending is None:
            return
        try:
            answer = await self._send(sending.part)
        finally:
            self._pace.answered(head.chat, _now())
        self._heard(answer)
        await self._settle(sending, answer)

    async def _begin(self, id: int) -> Sending | None:
        """The row's next part, written down as on its way; None if there is nothing to send, or not now."""
        work = Work(
            lambda unit: self._books.begin(unit, id), raw=json.dumps({"outbox": id}), failed=_settled(id, "dead")
        )
        try:
            return (await self._store.do(work)).value
        except WorkFailed as bug:
            _log.error("courier: outbox row %d cannot be rendered: %s", id, bug)
        except StoreUnavailable:
            self._pause(_STORE_AGAIN_S)
        return None

    async def _send(self, part: Say | Edit) -> str | Exception:
        """The platform's id of the message, or why it has none."""
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                if isinstance(part, Say):
                    return await self._adapter.say(part)
                assert isinstance(self._adapter, CanEdit), "edits are composed for adapters that can edit"
                await self._adapter.edit(part)
                return part.message
        except DeliveryError as error:
            return error
        except TimeoutError:
            return Unreachable(f"no answer within {ANSWER_WITHIN_S:.0f} s")
        except Exception as bug:
            # Its words may be the message's; the type is enough to find the adapter's log.
            _log.error("courier: the adapter of %s failed: %s", self._adapter.platform, type(bug).__name__)
            return bug

    async def _settle(self, sending: Sending, answer: str | Exception) -> None:
        id = sending.row.id
        if isinstance(answer, str):
            await self._write(id, lambda unit: self._books.arrived(unit, sending, answer))
        elif isinstance(answer, DeliveryError):
            await self._write(id, lambda unit: self._books.failed(unit, sending, answer))
        else:
            reason = f"the adapter failed: {type(answer).__name__}"
            await self._write(id, lambda unit: outbox.settle(unit, id, "doubtful", reason))

    def _heard(self, answer: str | Exception) -> None:
        if not isinstance(answer, Unreachable):
            self._unanswered = self._silences = 0
            return
        self._unanswered += 1
        if _now() < self._paused_until:
            return  # It was on its way already when another's answer failed to come: the same outage, not a longer one.
        self._silences += 1
        self._pause(min(self._first_wait_s * 2 ** min(self._silences - 1, 16), _LONGEST_PAUSE_S))

    def _pause(self, seconds: float) -> None:
        self._paused_until = max(self._paused_until, _now() + seconds)

    async def _read(self, query: Callable[[Connection], T]) -> T:
        """What the query gives, however long the database is away: the rows stay there."""
        while True:
            try:
                return await self._store.read(query)
            except SQLAlchemyError as away:
                _log.warning("courier: the outbox cannot be read: %s", type(away).__name__)
                await asyncio.sleep(_STORE_AGAIN_S)

    async def _write(self, id: int, run: Callable[[UnitOfWork], None]) -> None:
        """Write it down, however long the store is away: until then the chat waits."""
        work = Work(run, raw=json.dumps({"outbox": id}), failed=_settled(id, "doubtful"))
        while True:
            try:
                await self._store.do(work)
                return
            except StoreUnavailable:
                await asyncio.sleep(_STORE_AGAIN_S)
            except WorkFailed as bug:
                _log.error("courier: outbox row %d: %s", id, bug)
                return

    async def _finish(self) -> None:
        """Wait for the answers to what is on its way; what has none by then is in doubt at the next start."""
        flights = list(self._flights.values())
        if flights:
            _, late = await asyncio.wait(flights, timeout=self._grace_s)
            for flight in late:
                flight.cancel()
            await asyncio.gather(*late, return_exceptions=True)


def _settled(id: int, outcome: str) -> Callable[[UnitOfWork, int], None]:
    """What to stage if a row's work raised: the row is not tried again, and names the failure."""
    return lambda unit, reference: outbox.settle(unit, id, outcome, f"F-{reference}")


def _now() -> float:
    """Seconds of a clock that never goes back: the platform's patience is no matter of the office's time."""
    return asyncio.get_running_loop().time()
