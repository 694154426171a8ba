"""A person's own record: a month as a calendar, what was changed afterwards, leave, and being offline."""

from dataclasses import dataclass
from datetime import date

from core.office_days import ONE_DAY
from core.presence import Leave, OffDuty, Verdict
from core.store.queries.absences import leaves_of, present_off_duty
from core.store.queries.day_reports import Amendment, DayVerdict
from core.watching import Watch, month_of, record
from desk.morning.looks import came, expected
from desk.morning.today import Line, everybody_today

WEEK = 7
COMING = 366
"""Days ahead of which planned leave is shown."""


@dataclass(frozen=True)
class Square:
    """A day of the calendar. day: None before the first and after the last."""

    day: date | None
    open: bool = False
    told: DayVerdict | None = None
    on_leave: bool = False


@dataclass(frozen=True)
class Leaf:
    """A person's month. today: how their morning stands.   leaves: of this month and planned, the latest last.

    off_duty: how they are offline now, if they are.   was_offline: every time that touches the month.
    """

    person: int
    first: date
    weeks: tuple[tuple[Square, ...], ...]
    counts: tuple[tuple[str, int], ...]
    came: int
    expected: int
    today: Line | None
    leaves: tuple[Leave, ...]
    off_duty: OffDuty | None
    was_offline: tuple[OffDuty, ...]
    amendments: tuple[Amendment, ...]


def read_record(watch: Watch, person: int, month: date) -> Leaf:
    """The record of a month."""
    first, last = month_of(month)
    found = record(watch, person, first, last)
    told = {each.day: each for each in found.verdicts}
    leaves = {each.id: each for each in (*found.leaves, *_planned(watch, person))}
    looks = [each.verdict.value for each in found.verdicts]
    off = present_off_duty(watch.run, person)
    days = watch.windows.calendar
    return Leaf(
        person=person,
        first=first,
        weeks=_weeks(watch, first, last, told, found.leaves),
        counts=tuple((each.value, looks.count(each.value)) for each in reversed(Verdict) if each.value in looks),
        came=came(looks),
        expected=expected(looks),
        today=next((each for each in everybody_today(watch) if each.person == person), None),
        leaves=tuple(sorted(leaves.values(), key=lambda each: (each.first, each.id))),
        off_duty=off if off is not None and off.holds(watch.now, watch.today) else None,
        was_offline=tuple(
            each
            for each in found.off_duty
            if days.day_of(each.since) <= last and (each.restored_at is None or days.day_of(each.restored_at) >= first)
        ),
        amendments=found.amendments,
    )


def _planned(watch: Watch, person: int) -> tuple[Leave, ...]:
    found = leaves_of(watch.run, person, watch.today, watch.today + ONE_DAY * COMING)
    return tuple(each for each in found if each.cancelled_at is None)


def _weeks(
    watch: Watch, first: date, last: date, told: dict[date, DayVerdict], leaves: tuple[Leave, ...]
) -> tuple[tuple[Square, ...], ...]:
    squares = [Square(None)] * first.weekday()
    day = first
    while day <= last:
        away = any(each.first <= day <= each.last and each.cancelled_at is None for each in leaves)
        squares.append(Square(day, watch.windows.calendar.is_open(day), told.get(day), away))
        day += ONE_DAY
    squares += [Square(None)] * (-len(squares) % WEEK)
    return tuple(tuple(squares[at : at + WEEK]) for at in range(0, len(squares), WEEK))
