"""Presence as it is read: a department's month, a person's own record (core/standing.py: who is there now).

    watch = office.watch(connection)        # for a reader; in a work: office.watch_in(unit)
    july = sheet(watch, department, date(2026, 7, 1), date(2026, 7, 31))

Source: docs/design.md §4, Presence; docs/rules.md P1 to P8.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from core.directory import Directory
from core.office_days import ONE_DAY
from core.presence import Attending, DayWindow, JustKept, Leave, OffDuty, Windows
from core.presence.happened import PresenceHappened
from core.store.queries.absences import leaves_of, off_duty_of
from core.store.queries.day_reports import (
    Amendment,
    DayVerdict,
    amendments_of_person,
    verdicts_of_department,
    verdicts_of_person,
)
from core.store.staging import Run
from core.store.unit import UnitOfWork


class Watcher(Protocol):
    """What works on presence need of the office (core.office.Office)."""

    @property
    def just_kept(self) -> JustKept:
        """Whose marks of this minute are in the records."""

    def watch_in(self, unit: UnitOfWork) -> "Watch":
        """Presence as a work that is running sees it."""

    def windows_in(self, unit: UnitOfWork) -> Windows:
        """The presence windows."""

    def tell_presence(self, unit: UnitOfWork, happened: Sequence[PresenceHappened]) -> None:
        """Tell what happened to people and days."""


@dataclass(frozen=True)
class Watch:
    """What presence is read from, at one moment.

    run: runs a query.   attending: everybody who is expected, by person.
    """

    run: Run
    directory: Directory
    windows: Windows
    now: datetime
    attending: Mapping[int, Attending]

    @property
    def today(self) -> date:
        """The office's date."""
        return self.windows.calendar.day_of(self.now)

    def window(self, day: date, department: int | None = None) -> DayWindow | None:
        """The window of a department (its id; None: the office's) on a day; None on a closed day."""
        known = self.directory.departments.get(department) if department is not None else None
        return self.windows.on(day, known.code if known else "")

    def of(self, department: int | None) -> tuple[Attending, ...]:
        """Who is expected of a department, that whose window counts for them; None: of all."""
        if department is None:
            return tuple(self.attending.values())
        members = (self.attending.get(person.id) for person in self.directory.members(department))
        return tuple(each for each in members if each is not None and each.department == department)


@dataclass(frozen=True)
class Sheet:
    """A department's reported days.

    closed: the days of them on which the office is closed.   people: everybody who has a verdict in it, in order.
    verdicts: by (person, day).
    """

    days: tuple[date, ...]
    closed: frozenset[date]
    people: tuple[int, ...]
    verdicts: Mapping[tuple[int, date], DayVerdict]


def sheet(watch: Watch, department: int, first: date, last: date) -> Sheet:
    """A department's days from `first` to `last`, both included, as far as they are reported: a month, usually."""
    days = tuple(first + ONE_DAY * number for number in range((last - first) // ONE_DAY + 1))
    found = verdicts_of_department(watch.run, department, first, last)
    return Sheet(
        days=days,
        closed=frozenset(day for day in days if not watch.windows.calendar.is_open(day)),
        people=tuple(sorted({each.person for each in found})),
        verdicts={(each.person, each.day): each for each in found},
    )


@dataclass(frozen=True)
class Record:
    """A person's own record of some days: verdicts, what changed them, leave, and being off duty."""

    verdicts: tuple[DayVerdict, ...]
    amendments: tuple[Amendment, ...]
    leaves: tuple[Leave, ...]
    off_duty: tuple[OffDuty, ...]


def record(watch: Watch, person: int, first: date, last: date) -> Record:
    """A person's own record from `first` to `last`, both included."""
    return Record(
        verdicts_of_person(watch.run, person, first, last),
        amendments_of_person(watch.run, person, first, last),
        leaves_of(watch.run, person, first, last),
        off_duty_of(watch.run, person),
    )


def month_of(day: date) -> tuple[date, date]:
    """The first and the last day of the month of `day`."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - ONE_DAY
