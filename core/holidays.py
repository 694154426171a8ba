"""A holiday declared for the whole office: what was due on that day moves, each with an entry of its own.

Taken back, it is an office day again; what moved stays moved, and what is registered from then on counts it.

Source: docs/design.md §4, Due times 3; docs/rules.md D2, D4, D5, D15.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.complaints.complaint import Complaint
from core.complaints.decisions import DueMoved
from core.complaints.rules import OfficeRules
from core.holiday_commands import DeclareHoliday, UndeclareHoliday
from core.office_days import ONE_DAY, Holiday, OfficeCalendar, WhyClosed
from core.people import Actor, Role
from core.presence.happened import HolidayTakenBack
from core.refusals import ClosedAlready, Invalid, NotAllowed, Refusal
from core.sla import MovedBy, moved_by_holiday
from core.store.queries.clocks import open_complaints_next_between
from core.store.queries.holidays import (
    declare_holiday,
    keep_holiday_change,
    open_complaints_due_between,
    open_complaints_of_all,
    undeclare_holiday,
)
from core.store.unit import UnitOfWork
from core.timeline import Entry

LONGEST_NAME = 100
"""Most code points of a holiday's name: it stands in sentences."""

FURTHEST = timedelta(days=366)


@dataclass(eq=False)
class NotDeclared(Refusal):
    """Nobody has declared a holiday on `day`; `why`: as in core.office_days.Closed, "" where the office is open."""

    day: date
    why: str = ""


def declare(
    unit: UnitOfWork, command: DeclareHoliday, by: Actor, at: datetime, rules: OfficeRules
) -> tuple[tuple[Entry, ...], Holiday]:
    """Declare it: the entries of the complaints that it moves, and the holiday as kept.

    Raises NotAllowed for whoever is no administrator, Invalid for a day that is past or far, or a name that is empty or
    long, and ClosedAlready for a day on which the office is closed as it is, and so for the same day twice.
    """
    if not by.has(Role.ADMINISTRATOR):
        raise NotAllowed(Role.ADMINISTRATOR)
    holiday = checked(command, at, rules.calendar)
    declare_holiday(unit, holiday, at)
    keep_holiday_change(unit, holiday, True, by.person, at)
    moved = []
    for complaint in due_on(unit, holiday.day, rules.calendar):
        for fact in moved_by(complaint, holiday, by.person, at, rules.calendar):
            moved.append(unit.append(complaint, fact, by.via))
    return tuple(moved), holiday


def take_back(
    unit: UnitOfWork, command: UndeclareHoliday, by: Actor, at: datetime, rules: OfficeRules
) -> HolidayTakenBack:
    """Take it back; returns what is told, with the open complaints that it had moved.

    Raises NotAllowed for whoever is no administrator, and as `need_declared`.
    """
    if not by.has(Role.ADMINISTRATOR):
        raise NotAllowed(Role.ADMINISTRATOR)
    holiday = need_declared(command.day, at, rules.calendar)
    undeclare_holiday(unit, holiday.day)
    keep_holiday_change(unit, holiday, False, by.person, at)
    codes = tuple(each.code for each in had_moved(unit, holiday.day))
    return HolidayTakenBack(
        by=by.person, via=by.via, day=holiday.day, name_hi=holiday.name_hi, name_en=holiday.name_en, complaints=codes
    )


def need_declared(day: date, at: datetime, calendar: OfficeCalendar) -> Holiday:
    """The holiday declared on the day. Raises NotDeclared where there is none, Invalid where the day has begun.

    Whoever was told that the office is closed today cannot be counted absent in it.
    """
    closed = calendar.why_closed(day)
    if closed is None or closed.why is not WhyClosed.DECLARED:
        raise NotDeclared(day, closed.why.value if closed else "")
    today = calendar.day_of(at)
    if day <= today:
        raise Invalid("day", "begun", day.isoformat(), today.isoformat())
    return Holiday(day, closed.name_hi, closed.name_en, closed.why.value)


def had_moved(unit: UnitOfWork, day: date) -> tuple[Complaint, ...]:
    """The open complaints whose deadline has moved on from this day because of a holiday on it, by id."""
    return tuple(each for each in open_complaints_of_all(unit) if _moved_on_from(each, day))


def _moved_on_from(complaint: Complaint, day: date) -> bool:
    holidays = (moved for moved in complaint.due.moved if moved.by is MovedBy.HOLIDAY)
    return any(moved.skipped and moved.skipped[0].day == day for moved in holidays)


def moved_by(
    complaint: Complaint, holiday: Holiday, by: int | None, at: datetime, calendar: OfficeCalendar
) -> tuple[DueMoved, ...]:
    """What a declared holiday does to an open complaint; nothing, if it is not due then or its time had come. Pure."""
    since = complaint.pause.since if complaint.pause else None
    due = moved_by_holiday(complaint.due, holiday, calendar, at, since)
    return (DueMoved(at=at, by=by, due=due),) if due != complaint.due else ()


def checked(command: DeclareHoliday, at: datetime, calendar: OfficeCalendar) -> Holiday:
    """The holiday as it would be kept, its names trimmed. Raises Invalid or ClosedAlready."""
    name_hi, name_en = command.name_hi.strip(), command.name_en.strip()
    if not (name_hi or name_en):
        raise Invalid("holiday", "empty")
    longest = max(len(name_hi), len(name_en))
    if longest > LONGEST_NAME:
        raise Invalid("holiday", "too_long", str(longest), str(LONGEST_NAME))
    need_open_day(command.day, at, calendar)
    return Holiday(command.day, name_hi or name_en, name_en or name_hi, "declared")


def need_open_day(day: date, at: datetime, calendar: OfficeCalendar) -> None:
    """Raises Invalid for a day that is past or more than a year ahead, ClosedAlready for one that is closed anyway."""
    today = calendar.day_of(at)
    if day < today or day > today + FURTHEST:
        raise Invalid("day", "past" if day < today else "too_far", day.isoformat(), today.isoformat())
    closed = calendar.why_closed(day)
    if closed is not None:
        raise ClosedAlready(day, closed.why.value, closed.name_hi, closed.name_en)


def due_on(unit: UnitOfWork, day: date, calendar: OfficeCalendar) -> tuple[Complaint, ...]:
    """The open complaints that are due on a day of the office, locked, in the order of their ids: one query for all."""
    # A day's due times are its closes; a close that the clocks change may be an hour off, so the day is taken whole.
    begin, end = calendar.closes(day) - ONE_DAY, calendar.closes(day) + ONE_DAY
    found = [each for each in open_complaints_due_between(unit, begin, end) if each.due.day == day]
    unit.take(found)
    return tuple(unit.complaint_by_id(each.id) for each in found)


def looked_at_on(unit: UnitOfWork, day: date, calendar: OfficeCalendar) -> tuple[int, ...]:
    """Ids of the open complaints that the clock was to look at on a day of the office; locked: one query for all."""
    begin, end = calendar.opens(day) - ONE_DAY, calendar.closes(day) + ONE_DAY
    found = open_complaints_next_between(unit, begin, end)
    unit.take(found)
    return tuple(each.id for each in found)
