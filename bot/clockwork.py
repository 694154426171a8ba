"""Runs what is due: complaints' clocks, and each thing of a day or a window once, whoever runs and whatever restarts.

An occasion (name, day) is written in the same transaction as what it did: inserted, or nothing. What the clocks make
happen is told like everything else (core.sweeping; docs/design.md §2, §4).
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.messages import OutgoingFile
from bot.routing import Daily, Hour, InWindow, Routes
from bot.speaking import Speaking, Surroundings
from bot.window_times import Coming, Moment, Sitting, sittings
from core.clock import machine_seconds
from core.office_days import OfficeCalendar
from core.presence import Windows
from core.store.queries.occasions import has_been, keep_occasion
from core.store.store import Store
from core.store.unit import UnitOfWork
from core.store.work import StoreUnavailable, Work, WorkFailed
from core.sweeping import sweep

LOOK_EVERY_S = 15.0
MISSED = "missed"
"""Before the name of what was to be done at a moment that is over by too long."""

AGAIN_AFTER = tuple(timedelta(minutes=each) for each in (1, 5, 15, 60))
"""What is done at a window's end nobody else does: should it fail, it is tried again so long after the end."""

FURTHEST_BACK = timedelta(days=7)
"""A report of a day that is longer ago nobody waits for."""

Pictures = Mapping[str, OutgoingFile]
"""Of a morning, by language."""

Draw = Callable[[Sitting], Awaitable[Pictures]]

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Due:
    """Something to be done now, as `occasion` of `day`.

    ends: the window of which pictures are drawn before.   over: as which it is written down that it failed; under the
    name of the occasion itself, if it is not tried again.
    """

    occasion: str
    day: date
    act: Callable[[Speaking, Pictures], None]
    over: str
    ends: Sitting | None = None


class Clockwork:
    """Looks at the clock four times a minute of its time."""

    def __init__(self, store: Store, around: Surroundings, routes: Routes, draw: Draw) -> None:
        self._store = store
        self._around = around
        self._days = routes.days
        self._windows = routes.windows
        self._draw = draw
        self._afterwards = routes.afterwards

    async def run(self) -> None:
        """Do what is due until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(machine_seconds(self._store.clock, LOOK_EVERY_S))

    async def look(self) -> None:
        """Do what is due now and was not done; what fails is kept as a failure, and not tried again that day.

        But for a window's end, which is tried again a few times.
        """
        try:
            await self.look_at_complaints()
            for due in await self._store.read(lambda connection: list(self._due(connection))):
                await self._do(due)
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

    # What is due

    def _due(self, connection: Connection) -> Iterator[_Due]:
        calendar = self._around.office.rules(connection).calendar
        now = self._store.clock.now()
        today = calendar.day_of(now)
        for name, daily in self._days.items():
            if _has_come(daily.hour, today, now, calendar) and not has_been(connection, name, today):
                yield _Due(name, today, _of_day(daily), over=name)
        yield from self._due_in_windows(connection, calendar, today, now)

    def _due_in_windows(
        self, connection: Connection, calendar: OfficeCalendar, today: date, now: datetime
    ) -> Iterator[_Due]:
        directory = self._store.directory(connection)
        windows = Windows(self._around.office.settings.presence, calendar)
        for day in (_day_before(today, calendar), today):
            for sitting in sittings(windows, directory, day) if day is not None else ():
                if day == today or self._was_begun(connection, sitting):
                    for coming in sitting.moments():
                        if coming.at <= now and (day == today or coming.moment is Moment.END):
                            yield from self._due_at(connection, coming, now)

    def _due_at(self, connection: Connection, coming: Coming, now: datetime) -> Iterator[_Due]:
        for name, each in self._windows.items():
            occasion, day = coming.occasion(name), coming.sitting.window.day
            if each.moment is coming.moment and not has_been(connection, occasion, day):
                if each.within is not None and now - coming.at > each.within:
                    yield _Due(occasion, day, _missed(occasion, day), over=occasion)
                elif coming.moment is not Moment.END:
                    yield _Due(occasion, day, _of_window(each, coming), over=occasion)
                else:
                    tried = sum(has_been(connection, _try(occasion, number), day) for number in range(len(AGAIN_AFTER)))
                    if tried == 0 or now >= coming.at + AGAIN_AFTER[tried - 1]:
                        over = _try(occasion, tried) if tried < len(AGAIN_AFTER) else occasion
                        yield _Due(occasion, day, _of_window(each, coming), over, coming.sitting)

    def _was_begun(self, connection: Connection, sitting: Sitting) -> bool:
        """Whether anybody was running in that window: a day of which nothing was seen has no report."""
        return any(
            has_been(connection, coming.occasion(name), sitting.window.day)
            for coming in sitting.moments()
            for name, each in self._windows.items()
            if each.moment is coming.moment and each.moment is not Moment.END
        )

    # Doing it

    async def _do(self, due: _Due) -> None:
        pictures = await self._drawn(due.ends) if due.ends is not None else {}

        def run(unit: UnitOfWork) -> None:
            if keep_occasion(unit, due.occasion, due.day):
                due.act(Speaking(unit, self._around), pictures)

        await self._work(due.occasion, due.day, run, due.over)

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

    async def _work(self, name: str, day: date, run: Callable[[UnitOfWork], None], over: str) -> None:
        """A work that, should it fail, is over for the day under the name `over`."""

        def failed(unit: UnitOfWork, _reference: int) -> None:
            keep_occasion(unit, over, day)

        try:
            await self._store.do(Work(run, raw=f"{name} {day}", failed=failed))
        except WorkFailed as bug:
            _log.error("clockwork: %s of %s: %s", name, day, bug)

    async def _drawn(self, sitting: Sitting) -> Pictures:
        """The pictures; none where they cannot be drawn, for the words matter more."""
        try:
            return await self._draw(sitting)
        except (SQLAlchemyError, StoreUnavailable):
            raise
        except Exception:
            _log.exception("clockwork: the presence chart of %s was not drawn", sitting.window.day)
            return {}


def _of_day(daily: Daily) -> Callable[[Speaking, Pictures], None]:
    return lambda speaking, _pictures: daily.handler(speaking)


def _of_window(each: InWindow, coming: Coming) -> Callable[[Speaking, Pictures], None]:
    return lambda speaking, pictures: each.handler(speaking, replace(coming, pictures=pictures))


def _missed(occasion: str, day: date) -> Callable[[Speaking, Pictures], None]:
    def keep(speaking: Speaking, _pictures: Pictures) -> None:
        keep_occasion(speaking.unit, f"{MISSED} {occasion}", day)

    return keep


def _day_before(day: date, calendar: OfficeCalendar) -> date | None:
    """The last office day before, if it is not long ago."""
    for back in range(1, FURTHEST_BACK.days + 1):
        if calendar.is_open(day - timedelta(days=back)):
            return day - timedelta(days=back)
    return None


def _failed(name: str) -> str:
    return f"{name} failed"


def _try(occasion: str, number: int) -> str:
    """As which it is written down that what is tried again has failed; `number` from 0."""
    return f"{_failed(occasion)} {number + 1}"


def _has_come(hour: Hour, day: date, now: datetime, calendar: OfficeCalendar) -> bool:
    if hour is Hour.MIDNIGHT:
        return True
    if not calendar.is_open(day):
        return False
    return now >= calendar.opens(day) if hour is Hour.OPENING else now > calendar.closes(day)
