"""Leave: entered by the officer or by the head or a senior for them, and cancelled.

Source: docs/design.md §4, Presence; docs/rules.md P5: once the window of a day has ended, leave on it is entered by the
head or a senior alone, and amends the day's verdict.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from core.day_reports import Why, amend
from core.office_days import ONE_DAY
from core.people import Actor, Role
from core.presence.absences import Leave
from core.presence.happened import LeaveCancelled, LeaveEntered, PresenceHappened
from core.presence_commands import CancelLeave, EnterLeave
from core.refusals import Invalid, LeaveOverlaps, NoLeave, NotAllowed, NotFound
from core.store.queries.absences import cancel_leave, keep_leave, leave_by_id, leaves_of
from core.store.unit import UnitOfWork
from core.watching import Watch, Watcher

LONGEST_REASON = 500
LONGEST_LEAVE = timedelta(days=366)
LATEST_ENTRY = timedelta(days=31)
"""So long after a day a head or senior may still enter leave on it."""


def enter(office: Watcher, unit: UnitOfWork, command: EnterLeave, by: Actor) -> tuple[Leave, list[PresenceHappened]]:
    """Enter it. Raises NotFound, NotAllowed, Invalid for days that will not do, and LeaveOverlaps."""
    watch = office.watch_in(unit)
    if command.person not in unit.directory.people:
        raise NotFound("person", str(command.person))
    authority = _has_authority(unit, command.person, by)
    if by.person != command.person and not authority:
        raise NotAllowed(Role.HEAD)
    _check_days(watch, command, authority)
    for each in leaves_of(unit.fresh, command.person, command.first, command.last):
        if each.cancelled_at is None:
            raise LeaveOverlaps(command.person, each.first, each.last)
    leave = Leave(
        id=unit.new_id("leave"),
        person=command.person,
        first=command.first,
        last=command.last,
        reason=command.reason.strip()[:LONGEST_REASON],
        entered_at=unit.now,
        entered_by=by.person,
        by_authority=authority,
    )
    keep_leave(unit, leave)
    return leave, [LeaveEntered(by=by.person, via=by.via, leave=leave), *_amended(office, unit, leave, Why.LEAVE, by)]


def cancel(office: Watcher, unit: UnitOfWork, command: CancelLeave, by: Actor) -> tuple[Leave, list[PresenceHappened]]:
    """Cancel what is left of it; days whose window is over stay leave. Raises NotAllowed or NoLeave."""
    watch = office.watch_in(unit)
    leave = leave_by_id(unit.fresh, command.leave)
    if leave is None:
        raise NoLeave
    if by.person != leave.person and not _has_authority(unit, leave.person, by):
        raise NotAllowed(Role.HEAD)
    if leave.cancelled_at is not None or leave.last < _first_day_open(watch, leave.person):
        raise NoLeave
    cancel_leave(unit, leave.id, unit.now, by.person)
    cancelled = replace(leave, cancelled_at=unit.now, cancelled_by=by.person)
    return cancelled, [LeaveCancelled(by=by.person, via=by.via, leave=cancelled)]


def _check_days(watch: Watch, command: EnterLeave, authority: bool) -> None:
    first, last, today = command.first, command.last, watch.today
    if last < first:
        raise Invalid("leave", "backwards", last.isoformat(), first.isoformat())
    if last - first > LONGEST_LEAVE or first > today + LONGEST_LEAVE:
        raise Invalid("leave", "too_far", last.isoformat(), (today + LONGEST_LEAVE).isoformat())
    earliest = today - LATEST_ENTRY if authority else _first_day_open(watch, command.person)
    if first < earliest:
        raise Invalid("leave", "past", first.isoformat(), earliest.isoformat())


def _first_day_open(watch: Watch, person: int) -> date:
    """The first day on which a person's own word still counts: today, until the window has ended (P5)."""
    window = watch.window(watch.today, _department_of(watch, person))
    return watch.today + ONE_DAY if window is not None and window.end <= watch.now else watch.today


def _department_of(watch: Watch, person: int) -> int | None:
    home = watch.directory.home_of(person)
    return home.department if home else None


def _has_authority(unit: UnitOfWork, person: int, by: Actor) -> bool:
    """Whether the actor is the head of one of the person's departments, or a senior; not for themselves."""
    if by.person == person:
        return False
    own = {each.department for each in unit.directory.memberships_of(person)}
    return bool(own & by.head_of) or by.has(Role.SENIOR)


def _amended(office: Watcher, unit: UnitOfWork, leave: Leave, why: Why, by: Actor) -> Iterator[PresenceHappened]:
    day, until = leave.first, min(leave.last, office.watch_in(unit).today)
    while day <= until:
        amendment = amend(office, unit, day, leave.person, why, by.person)
        if amendment is not None:
            yield amendment.happened(by.via)
        day += ONE_DAY
