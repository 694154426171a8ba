"""Hands updates to the engine, each at least once: what it has not taken is handed over again, also after a restart."""

import asyncio
import logging
from contextlib import suppress
from typing import Any

from sqlalchemy import Row
from sqlalchemy.exc import SQLAlchemyError

from bot.adapters.base import Answer, Receive
from bot.adapters.webchat.refused import NotKept
from bot.events import Event, from_json
from bot.store import webchat as rows
from core.store.store import Store
from core.store.unit import UnitOfWork
from core.store.work import StoreUnavailable, Work, WorkFailed

AGAIN_AFTER = 5.0
"""Seconds until what the engine did not take is handed over again."""

READ = "read/"
"""How the key of a receipt begins."""

_AT_ONCE = 100
_log = logging.getLogger(__name__)


class Delivery:
    """Between the web chat's requests and the engine's `receive`."""

    def __init__(self, store: Store, again_after: float = AGAIN_AFTER) -> None:
        self._store = store
        self._again_after = again_after
        self._receive: Receive | None = None
        self._on_the_way: set[str] = set()
        self._woken = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    async def run(self, receive: Receive) -> None:
        """Let the engine have every update, first those that waited; until cancelled."""
        self._receive = receive
        self._loop = asyncio.get_running_loop()
        try:
            while True:
                self._woken.clear()
                await self._hand_over_waiting()
                with suppress(TimeoutError):
                    async with asyncio.timeout(self._again_after):
                        await self._woken.wait()
        finally:
            self._receive = self._loop = None

    def wake(self) -> None:
        """There are updates that no request waits for; from any thread."""
        loop = self._loop
        if loop is not None:
            with suppress(RuntimeError):  # the loop has just been closed: the next start looks by itself
                loop.call_soon_threadsafe(self._woken.set)

    async def hand_over(self, event: Event) -> Answer:
        """Let the engine have this update. Raises NotKept if it did not take it, or is not there."""
        if self._receive is None:
            raise NotKept("the engine is not running")
        self._on_the_way.add(event.key)
        try:
            return await self._receive(event)
        except Exception as failed:
            _log.warning("web chat: the engine did not take %s: %s", type(event).__name__, type(failed).__name__)
            raise NotKept("the engine did not take it") from failed
        finally:
            self._on_the_way.discard(event.key)

    async def hand_over_kept(self, event: Event) -> Answer:
        """The same for an update that was kept: once taken it waits no longer."""
        answer = await self.hand_over(event)
        await self._store.do(Work(lambda uow: rows.update_taken(uow, event.key)))
        return answer

    async def _hand_over_waiting(self) -> None:
        try:
            waiting = await self._store.read(lambda connection: rows.waiting_updates(connection, _AT_ONCE))
            mine = [row for row in waiting if row.key not in self._on_the_way]
            taken = [await self._hand_over_row(row) for row in mine if not row.key.startswith(READ)]
            # What was read is in no order, and there is much of it: it shares its commits.
            taken += await asyncio.gather(*(self._hand_over_row(row) for row in mine if row.key.startswith(READ)))
        except (SQLAlchemyError, StoreUnavailable) as away:
            _log.warning("web chat: waiting updates cannot be read: %s", type(away).__name__)
            return
        if len(waiting) == _AT_ONCE and any(taken):
            self._woken.set()  # there are more

    async def _hand_over_row(self, row: Row[Any]) -> bool:
        """Whether it waits no longer; if it does, the others need not wait for it."""
        try:
            event = from_json(row.payload)
        except (ValueError, TypeError):  # pydantic's ValidationError is a ValueError
            await self._give_up(row.key, row.payload)
            return True
        try:
            await self.hand_over_kept(event)
        except NotKept:
            return False
        return True

    async def _give_up(self, key: str, payload: str) -> None:
        """What cannot be read will never be: it is kept as a failure with its reason, and waits no longer."""

        def read_again(uow: UnitOfWork) -> None:
            from_json(payload)

        work = Work(read_again, raw=payload, failed=lambda uow, reference: rows.update_taken(uow, key))
        try:
            await self._store.do(work)
        except WorkFailed as kept:
            _log.error("web chat: an update cannot be read: %s", kept)
