"""Runs what is due: complaints' clocks, and each daily thing once for its day, whoever runs and whatever restarts.

An occasion (name, day) is written in the same transaction as what it did: inserted, or nothing. What the clocks make
happen is told like everything else (core.sweeping; docs/design.md §2, §4).
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.routing import Hour, Routes
from bot.speaking import Speaking, Surroundings
from core.office_days import OfficeCalendar
from core.store.queries.occasions import has_been, keep_occasion
from core.store.store import Store
from core.store.unit import UnitOfWork
from core.store.work import StoreUnavailable, Work, WorkFailed
from core.sweeping import sweep

LOOK_EVERY_S = 15.0

_log = logging.getLogger(__name__)


class Clockwork:
    """Looks at the clock four times a minute."""

    def __init__(self, store: Store, around: Surroundings, routes: Routes) -> None:
        self._store = store
        self._around = around
        self._days = routes.days
        self._afterwards = routes.afterwards

    async def run(self) -> None:
        """Do what is due until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(LOOK_EVERY_S)

    async def look(self) -> None:
        """Do what is due now and was not done; what fails is kept as a failure, and not tried again that day."""
        try:
            await self.look_at_complaints()
            for name, day in await self._store.read(self._due):
                await self._do(name, day)
        except (SQLAlchemyError, StoreUnavailable) as away:
            _log.warning("clockwork: the records are away: %s", type(away).__name__)

    async def look_at_complaints(self) -> int:
        """Let the complaints' clocks do what is due, then tell what was gathered; returns how many complaints it was.

        Raises StoreUnavailable.
        """
        done = await sweep(self._around.office)
        for name, today in await self._store.read(self._gathered):
            await self._deal_with(name, today)
        return done

    def _due(self, connection: Connection) -> list[tuple[str, date]]:
        calendar = self._around.office.rules(connection).calendar
        now = self._store.clock.now()
        today = calendar.day_of(now)
        return [
            (name, today)
            for name, daily in self._days.items()
            if _has_come(daily.hour, today, now, calendar) and not has_been(connection, name, today)
        ]

    def _gathered(self, connection: Connection) -> list[tuple[str, date]]:
        today = self._around.office.rules(connection).calendar.day_of(self._store.clock.now())
        return [
            (name, today)
            for name, afterwards in self._afterwards.items()
            if afterwards.waits(connection) and not has_been(connection, _failed(name), today)
        ]

    async def _deal_with(self, name: str, today: date) -> None:
        def run(unit: UnitOfWork) -> None:
            self._afterwards[name].handler(Speaking(unit, self._around))

        await self._work(name, today, run, _failed(name))

    async def _do(self, name: str, day: date) -> None:
        def run(unit: UnitOfWork) -> None:
            if keep_occasion(unit, name, day):
                self._days[name].handler(Speaking(unit, self._around))

        await self._work(name, day, run, name)

    async def _work(self, name: str, day: date, run: Callable[[UnitOfWork], None], over: str) -> None:
        """A work that, should it fail, is over for the day under the name `over`."""

        def failed(unit: UnitOfWork, _reference: int) -> None:
            keep_occasion(unit, over, day)

        try:
            await self._store.do(Work(run, raw=f"{name} {day}", failed=failed))
        except WorkFailed as bug:
            _log.error("clockwork: %s of %s: %s", name, day, bug)


def _failed(name: str) -> str:
    return f"{name} failed"


def _has_come(hour: Hour, day: date, now: datetime, calendar: OfficeCalendar) -> bool:
    if hour is Hour.MIDNIGHT:
        return True
    if not calendar.is_open(day):
        return False
    return now >= calendar.opens(day) if hour is Hour.OPENING else now > calendar.closes(day)
