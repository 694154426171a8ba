"""Runs what is due: complaints' clocks, and each daily thing once for its day, whoever runs and whatever restarts.

An occasion (name, day) is written in the same transaction as what it did: inserted, or nothing. What the clocks make
happen is told like everything else (core.sweeping; docs/design.md §2, §4).
"""

import asyncio
import logging
from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.menus import Menus
from bot.routing import Daily, Hour
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

    def __init__(self, store: Store, around: Surroundings, days: Mapping[str, Daily], menus: Menus) -> None:
        self._store = store
        self._menus = menus
        self._around = around
        self._days = days

    async def run(self) -> None:
        """Do what is due until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(LOOK_EVERY_S)

    async def look(self) -> None:
        """Do what is due now and was not done; what fails is kept as a failure, and not tried again that day."""
        try:
            await sweep(self._around.office)
            for name, day in await self._store.read(self._due):
                await self._do(name, day)
            await self._menus.look()
        except (SQLAlchemyError, StoreUnavailable) as away:
            _log.warning("clockwork: the records are away: %s", type(away).__name__)

    def _due(self, connection: Connection) -> list[tuple[str, date]]:
        calendar = self._around.office.rules(connection).calendar
        now = self._store.clock.now()
        today = calendar.day_of(now)
        return [
            (name, today)
            for name, daily in self._days.items()
            if _has_come(daily.hour, today, now, calendar) and not has_been(connection, name, today)
        ]

    async def _do(self, name: str, day: date) -> None:
        def run(unit: UnitOfWork) -> None:
            if keep_occasion(unit, name, day):
                self._days[name].handler(Speaking(unit, self._around))

        def failed(unit: UnitOfWork, _reference: int) -> None:
            keep_occasion(unit, name, day)

        try:
            await self._store.do(Work(run, raw=f"{name} {day}", failed=failed))
        except WorkFailed as bug:
            _log.error("clockwork: %s of %s: %s", name, day, bug)


def _has_come(hour: Hour, day: date, now: datetime, calendar: OfficeCalendar) -> bool:
    if hour is Hour.MIDNIGHT:
        return True
    if not calendar.is_open(day):
        return False
    return now >= calendar.opens(day) if hour is Hour.OPENING else now > calendar.closes(day)
