"""Fetches the files that came with messages, after the commit (docs/design.md §3, Files).

An event carries a reference alone. `expect_file` writes down that the bytes are wanted; the fetcher gets them from the
platform, has them kept under their sha256, and a work tells whoever expected them. After ten minutes without bytes, or
at once where the platform has none or the office takes none like it, a work tells that they are missing.
"""

import asyncio
import json
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Protocol

from sqlalchemy.exc import SQLAlchemyError

from bot.adapters.base import Adapter, CanFetch, DeliveryError, FileTooLarge, Gone, Rejected, RetryLater
from bot.store import file_waits
from bot.store.file_waits import FileWait
from core.attachments import Attachment
from core.clock import Clock
from core.refusals import Invalid
from core.store.store import Store
from core.store.unit import UnitOfWork
from core.store.work import StoreUnavailable, Work, WorkFailed

GIVE_UP_AFTER = timedelta(minutes=10)
AT_ONCE = 4
LOOK_EVERY_S = 0.5
FETCH_WITHIN_S = 60.0
TOO_LARGE = "too_large"
NOT_THERE = "not_there"
LATE = "late"

_LONGEST_WAIT = timedelta(minutes=1)
_log = logging.getLogger(__name__)

Arrived = Callable[[UnitOfWork, FileWait, Attachment], None]
Missing = Callable[[UnitOfWork, FileWait, str], None]


class Keeper(Protocol):
    """Where the office keeps files (core.attachments.Attachments)."""

    async def keep_async(self, data: bytes, name: str, media_type: str) -> Attachment:
        """Keep a file under its sha256. Raises Invalid for one that is not taken, StoreUnavailable."""


class Fetcher:
    """Gets what is waited for.

    arrived: told of a file that is there.   missing: told of one that will not come and why: `too_large`, `not_there`,
    `late`, or the reason for which core did not take it. Both run inside the work that ends the waiting, once.
    first_wait: how long until the second try; doubled each time, at most a minute, unless the platform names a time.
    """

    def __init__(
        self,
        store: Store,
        adapters: Mapping[str, Adapter],
        keeper: Keeper,
        clock: Clock,
        arrived: Arrived,
        missing: Missing,
        first_wait: timedelta = timedelta(seconds=2),
    ) -> None:
        self._store = store
        self._adapters = {account: each for account, each in adapters.items() if isinstance(each, CanFetch)}
        self._keeper = keeper
        self._clock = clock
        self._arrived = arrived
        self._missing = missing
        self._first_wait = first_wait
        self._flights: dict[int, asyncio.Task[None]] = {}
        self._woken = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    async def run(self) -> None:
        """Fetch until cancelled. What is being fetched then is fetched again at the next start."""
        self._loop = asyncio.get_running_loop()
        try:
            while True:
                self._woken.clear()
                await self._look()
                # Not wait_for: in 3.11 it swallows a cancellation that comes together with the waking.
                with suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_EVERY_S):
                        await self._woken.wait()
        finally:
            self._loop = None
            for flight in self._flights.values():
                flight.cancel()
            await asyncio.gather(*self._flights.values(), return_exceptions=True)

    def wake(self) -> None:
        """There is something to fetch; from any thread, so that a work can name it with `unit.after_commit`."""
        loop = self._loop
        if loop is not None:
            with suppress(RuntimeError):  # the loop has just been closed: the next start looks by itself
                loop.call_soon_threadsafe(self._woken.set)

    async def _look(self) -> None:
        most = AT_ONCE - len(self._flights)
        if most <= 0 or not self._adapters:
            return
        at, accounts, closed = self._clock.now(), tuple(self._adapters), tuple(self._flights)
        try:
            found = await self._store.read(lambda c: file_waits.due_files(c, at, accounts, closed, most))
        except SQLAlchemyError as away:
            _log.warning("fetcher: what is waited for cannot be read: %s", type(away).__name__)
            return
        for wait in found:
            self._flights[wait.id] = asyncio.create_task(self._fetch(wait))
            self._flights[wait.id].add_done_callback(lambda _, id=wait.id: self._landed(id))  # type: ignore[misc]  # mypy infers no default

    def _landed(self, id: int) -> None:
        del self._flights[id]
        self._woken.set()

    async def _fetch(self, wait: FileWait) -> None:
        try:
            async with asyncio.timeout(FETCH_WITHIN_S):
                data = await self._adapters[wait.address.account].fetch(wait.file)
            kept = await self._keeper.keep_async(data, wait.file.name, wait.file.media_type)
        except RetryLater as later:
            await self._try_again(wait, later.after)
        except FileTooLarge:
            await self._end_without(wait, TOO_LARGE)
        except (Gone, Rejected):
            await self._end_without(wait, NOT_THERE)
        except Invalid as invalid:
            await self._end_without(wait, invalid.reason)
        except (DeliveryError, TimeoutError, StoreUnavailable):
            await self._try_again(wait, min(self._first_wait * 2 ** min(wait.tries, 10), _LONGEST_WAIT))
        except Exception as bug:
            _log.error("fetcher: file %d cannot be fetched: %s", wait.id, type(bug).__name__)
            await self._try_again(wait, _LONGEST_WAIT)
        else:
            await self._write(wait, lambda unit: self._end_with(unit, wait, kept))

    async def _try_again(self, wait: FileWait, after: timedelta) -> None:
        give_up_at, now = wait.since + GIVE_UP_AFTER, self._clock.now()
        if now >= give_up_at:
            await self._end_without(wait, LATE)
            return
        # The last try is at the very end of the ten minutes, however long the platform would like to wait.
        await self._write(wait, lambda unit: file_waits.try_again(unit, wait.id, min(now + after, give_up_at)))

    async def _end_without(self, wait: FileWait, reason: str) -> None:
        def run(unit: UnitOfWork) -> None:
            if file_waits.is_waited_for(unit, wait.id):
                file_waits.end(unit, wait.id, None, reason)
                self._missing(unit, wait, reason)

        await self._write(wait, run)

    def _end_with(self, unit: UnitOfWork, wait: FileWait, kept: Attachment) -> None:
        if file_waits.is_waited_for(unit, wait.id):
            file_waits.end(unit, wait.id, kept.sha256, None)
            self._arrived(unit, wait, kept)

    async def _write(self, wait: FileWait, run: Callable[[UnitOfWork], None]) -> None:
        """Write it down; what the store does not take now is fetched again at the next look."""

        def failed(unit: UnitOfWork, reference: int) -> None:
            file_waits.end(unit, wait.id, None, f"F-{reference}")

        try:
            await self._store.do(Work(run, raw=json.dumps({"file_wait": wait.id}), failed=failed))
        except WorkFailed as bug:
            _log.error("fetcher: file %d: %s", wait.id, bug)
        except StoreUnavailable:
            await asyncio.sleep(LOOK_EVERY_S)
