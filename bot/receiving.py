"""Writes down twice a minute which accounts are receiving, so that nobody is called absent for what we missed.

docs/rules.md P3, P4; core/receiving.py makes outages of the gaps.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from bot.adapters.base import Adapter, TellsReceiving
from core.clock import machine_seconds
from core.presence import Span
from core.receiving import note_receiving
from core.store.store import Store
from core.store.unit import UnitOfWork
from core.store.work import StoreUnavailable, Work, WorkFailed

NOTE_EVERY_S = 30.0

_log = logging.getLogger(__name__)


class Receiving:
    """Knows since when each adapter is receiving without a break."""

    def __init__(
        self,
        store: Store,
        adapters: Mapping[str, Adapter],
        every_s: float = NOTE_EVERY_S,
        ended: Callable[[UnitOfWork, Mapping[str, Span]], None] | None = None,
    ) -> None:
        """`every_s`: seconds of the clock between two notes.

        ended: what follows from outages that are over, by account, in the work that writes them down.
        """
        self._store = store
        self._ended = ended
        self._adapters = adapters
        self._every_s = every_s
        self._since: dict[str, datetime] = {}
        self._seen: dict[str, datetime] = {}

    def watched(self, name: str, run: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
        """The `run` of the adapter of that name, watched: it is receiving as long as this goes on."""

        async def run_watched() -> None:
            self._since[name] = self._store.clock.now()
            try:
                await run()
            finally:
                self._since.pop(name, None)

        return run_watched

    async def run(self) -> None:
        """Note it until cancelled."""
        while True:
            try:
                await self.note()
            except (SQLAlchemyError, StoreUnavailable, WorkFailed) as away:
                _log.warning("receiving: cannot be noted: %s", type(away).__name__)
            await asyncio.sleep(machine_seconds(self._store.clock, self._every_s))

    async def note(self) -> None:
        """Note what is receiving now. Raises StoreUnavailable while nothing can be written."""
        steady = self._steady()
        if steady:

            def keep(unit: UnitOfWork) -> None:
                ended = note_receiving(unit, steady)
                if ended and self._ended is not None:
                    self._ended(unit, ended)

            await self._store.do(Work(keep, raw="receiving"))

    def _steady(self) -> dict[str, datetime]:
        """Accounts that were receiving at the note before too, with since when: one that only restarts is not."""
        steady = {}
        for name, adapter in self._adapters.items():
            if isinstance(adapter, TellsReceiving) and not adapter.receiving and name in self._since:
                # It says so itself; what comes after counts anew.
                self._since[name] = self._store.clock.now()
                continue
            since = self._since.get(name)
            if since is not None and self._seen.get(name) == since:
                steady[adapter.account] = since
        self._seen = dict(self._since)
        return steady
