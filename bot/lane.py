"""One account's lane: what goes out through one bot, in order and no faster than its platform allows.

It goes in turns. A turn is one work of the store: what has arrived is written down as said, and what goes out next as
on its way; then it goes out, each message by itself. So what is durable before a send, and after it, costs one commit
for all the messages of a turn.
"""

import asyncio
import json
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.adapters.base import Adapter, CanEdit, CanOfferMenu, DeliveryError, Unreachable
from bot.bookkeeping import Books, Sending
from bot.composing import PERSONAL_MENU, Part
from bot.limits import MINUTE_S, Pace
from bot.messages import PersonalMenu, Say
from bot.store import outbox
from bot.waiting import Waiting
from core.clock import Clock
from core.store.store import Store
from core.store.unit import UnitOfWork
from core.store.work import StoreUnavailable, Work, WorkFailed

LOOK_EVERY_S = 0.5
"""How often to look for rows of other processes."""

NEW_WITHIN_S = 0.05
"""While others can go out, what is new waits so long before the outbox is looked at again."""

LOOKING_SHARE = 10
"""Of so many seconds one is spent on looking for what is new: with a hundred thousand rows it takes a while."""

ANSWER_WITHIN_S = 60.0
"""After so long without an answer a message is in doubt."""

GRACE_S = 10.0
"""How long a stop waits for the answers to what is on its way."""

_STORE_AGAIN_S = 0.5
_LONGEST_PAUSE_S = 60.0
_REMEMBERED = 500
_log = logging.getLogger(__name__)

T = TypeVar("T")
Arrived = tuple[Sending, str]
"""A message and the platform's id of it."""


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
        self._waiting = Waiting()
        self._flights: dict[str, asyncio.Task[None]] = {}
        self._arrived: list[Arrived] = []
        self._woken = asyncio.Event()
        self._is_new = True
        self._look_for_new_at = self._look_at = 0.0
        self._unanswered = 0
        self._silences = 0
        self._paused_until = 0.0

    @property
    def trouble(self) -> str | None:
        """Why nothing goes out now, or None."""
        return f"no answer to the last {self._unanswered} messages" if self._unanswered else None

    def wake(self) -> None:
        """There is something new to say; to be called in the event loop."""
        self._is_new = True
        self._woken.set()

    async def run(self) -> None:
        """Settle what the last run left in doubt, then send until cancelled."""
        turn: asyncio.Task[None] | None = None
        try:
            await self._begin_again()
            while True:
                self._woken.clear()
                turn = asyncio.create_task(self._turn())
                await asyncio.shield(turn)  # A stop does not come between what is begun and its send.
                # Not wait_for: before Python 3.12 it swallows a cancellation that comes together with the wake.
                with suppress(TimeoutError):
                    async with asyncio.timeout(self._until_the_next()):
                        await self._woken.wait()
        finally:
            await self._finish(turn)

    async def say_all(self) -> None:
        """Say all that may go now; returns when nothing more can, and nothing is on its way. Not beside `run`."""
        while True:
            self._is_new = True
            await self._turn()
            if not self._flights:
                return
            await asyncio.wait(self._flights.values())

    # Beginning and end

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

    async def _finish(self, turn: "asyncio.Task[None] | None") -> None:
        """Wait for the answers to what is on its way; what has none by then is in doubt at the next start."""
        end = asyncio.create_task(self._end(turn))
        await asyncio.wait([end], timeout=self._grace_s)
        late = [task for task in (end, turn, *self._flights.values()) if task is not None and not task.done()]
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        self._flights.clear()
        self._arrived.clear()

    async def _end(self, turn: "asyncio.Task[None] | None") -> None:
        if turn is not None:
            await asyncio.wait([turn])
        if self._flights:
            await asyncio.wait(self._flights.values())
        for sending, message in self._arrived:
            await self._write_arrived(sending, message)

    # A turn

    async def _turn(self) -> None:
        """Write down what has arrived, begin what may go now, and send it."""
        arrived, self._arrived = self._arrived, []
        heads = await self._next(arrived)
        if not arrived and not heads:
            return
        for head in heads:
            self._pace.send(head.chat)
        sendings = await self._written(arrived, heads)
        begun = {sending.row.id for sending in sendings}
        for head in heads:
            if head.id not in begun:
                self._pace.unsent(head.chat)
                self._woken.set()
        for sending in sendings:
            self._flights[sending.row.chat] = asyncio.create_task(self._fly(sending))

    async def _next(self, arrived: Sequence[Arrived]) -> list[outbox.Head]:
        """What may go now; the chats in which something has arrived are free."""
        now = _now()
        on_the_way = self._flights.keys() - {sending.row.chat for sending, _ in arrived}
        most = min((1 if self._unanswered else outbox.MOST_AT_ONCE) - len(on_the_way), self._pace.room(now))
        if now < self._paused_until or most <= 0:
            return []
        closed = on_the_way.union(self._pace.full_chats(now))
        if now >= self._look_at or (
            self._is_new and (now >= self._look_for_new_at or not self._waiting.has_for(closed))
        ):
            await self._look()
        for sending, _ in arrived:
            if not sending.is_last:
                self._waiting.put_first(sending.head)
        return self._waiting.take(closed, most)

    async def _look(self) -> None:
        self._is_new = False
        account, at, begin = self._adapter.account, self._clock.now(), _now()
        self._waiting.read_anew(await self._read(lambda connection: outbox.waiting(connection, account, at)))
        now = _now()
        self._look_for_new_at = now + max(NEW_WITHIN_S, LOOKING_SHARE * (now - begin))
        self._look_at = now + LOOK_EVERY_S

    def _look_soon(self) -> None:
        """What waits has changed in another way than by what is new."""
        self._look_at = 0.0
        self._woken.set()

    def _until_the_next(self) -> float:
        """Seconds until a turn may have something to do, if nothing wakes it earlier."""
        now = _now()
        if now < self._paused_until:
            return self._paused_until - now
        look_at = min(self._look_at, self._look_for_new_at) if self._is_new else self._look_at
        return max(0.0, min(look_at - now, self._pace.wait(now)))

    async def _written(self, arrived: Sequence[Arrived], heads: Sequence[outbox.Head]) -> list[Sending]:
        """Have the turn written; returns what goes out now."""
        ids = [head.id for head in heads]
        try:
            done = await self._store.do(Work(lambda unit: self._books.turn(unit, arrived, ids)))
        except StoreUnavailable:
            self._arrived = [*arrived, *self._arrived]
            self._pause(_STORE_AGAIN_S)
            self._look_soon()
            return []
        except WorkFailed:
            return await self._written_one_by_one(arrived, ids)
        for sending, _ in arrived:
            del self._flights[sending.row.chat]
        return done.value or []

    async def _written_one_by_one(self, arrived: Sequence[Arrived], ids: Sequence[int]) -> list[Sending]:
        """The database refused a statement of the turn: so it is found of which row."""
        for sending, message in arrived:
            await self._write_arrived(sending, message)
            del self._flights[sending.row.chat]
        begun = [await self._begun(id) for id in ids]
        return [sending for each in begun for sending in each]

    async def _begun(self, id: int) -> list[Sending]:
        work = Work(lambda unit: self._books.turn(unit, [], [id]), raw=_raw(id), failed=_settled(id, "dead"))
        try:
            return (await self._store.do(work)).value or []
        except WorkFailed as bug:
            _log.error("courier: outbox row %d cannot be begun: %s", id, bug)
        except StoreUnavailable:
            self._pause(_STORE_AGAIN_S)
        return []

    # A message

    async def _fly(self, sending: Sending) -> None:
        """Send it. What has arrived is written down by the next turn; what has not, at once."""
        chat = sending.row.chat
        try:
            answer = await self._send(sending.part)
        finally:
            self._pace.answered(chat, _now())
        self._heard(answer)
        if isinstance(answer, str):
            self._arrived.append((sending, answer))
            self._woken.set()
            return
        try:
            await self._settle(sending, answer)
        finally:
            del self._flights[chat]
            self._look_soon()

    async def _send(self, part: Part) -> str | Exception:
        """The platform's id of the message, or why it has none."""
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                if isinstance(part, Say):
                    return await self._adapter.say(part)
                if isinstance(part, PersonalMenu):
                    assert isinstance(self._adapter, CanOfferMenu), "menus are composed for adapters that have them"
                    await self._adapter.menu(part)
                    return PERSONAL_MENU
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

    async def _settle(self, sending: Sending, answer: Exception) -> None:
        id = sending.row.id
        if isinstance(answer, DeliveryError):
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

    # The store

    async def _read(self, query: Callable[[Connection], T]) -> T:
        """What the query gives, however long the database is away: the rows stay there."""
        while True:
            try:
                return await self._store.read(query)
            except SQLAlchemyError as away:
                _log.warning("courier: the outbox cannot be read: %s", type(away).__name__)
                await asyncio.sleep(_STORE_AGAIN_S)

    async def _write_arrived(self, sending: Sending, message: str) -> None:
        await self._write(sending.row.id, lambda unit: self._books.arrived(unit, sending, message))

    async def _write(self, id: int, run: Callable[[UnitOfWork], None]) -> None:
        """Write it down, however long the store is away: until then the chat waits."""
        work = Work(run, raw=_raw(id), failed=_settled(id, "doubtful"))
        while True:
            try:
                await self._store.do(work)
                return
            except StoreUnavailable:
                await asyncio.sleep(_STORE_AGAIN_S)
            except WorkFailed as bug:
                _log.error("courier: outbox row %d: %s", id, bug)
                return


def _raw(id: int) -> str:
    return json.dumps({"outbox": id})


def _settled(id: int, outcome: str) -> Callable[[UnitOfWork, int], None]:
    """What to stage if a row's work raised: the row is not tried again, and names the failure."""
    return lambda unit, reference: outbox.settle(unit, id, outcome, f"F-{reference}")


def _now() -> float:
    """Seconds of a clock that never goes back: the platform's patience is no matter of the office's time."""
    return asyncio.get_running_loop().time()
