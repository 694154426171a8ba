"""Taking somebody offline, and restoring them: what they have goes to the head, and nothing new comes to them.

Source: docs/design.md §4, Presence (Take offline, Restore); docs/rules.md P6.
"""

from dataclasses import replace
from datetime import date, timedelta

from core.complaints.happened import TakenOver
from core.people import Actor, Role
from core.presence.absences import OffDuty
from core.presence.happened import PresenceHappened, Restored, TakenOffline
from core.presence_commands import RestoreOfficer, TakeOffline
from core.refusals import AlreadyOffDuty, Invalid, NotAllowed, NotFound, NotOffDuty, OwnDuty
from core.store.queries.absences import keep_off_duty, present_off_duty, restore_to_duty
from core.store.queries.complaints import open_complaints_of_assignee
from core.store.unit import UnitOfWork
from core.timeline import Entry
from core.watching import Watcher

LONGEST_REASON = 500
FURTHEST = timedelta(days=366)


def take_offline(
    office: Watcher, unit: UnitOfWork, command: TakeOffline, by: Actor
) -> tuple[OffDuty, tuple[Entry, ...], list[PresenceHappened]]:
    """Take somebody offline; returns it, and an entry of each complaint that they had.

    Raises NotAllowed for who is no senior, OwnDuty, NotFound, Invalid for the reason or day, or AlreadyOffDuty.
    """
    _need_senior(unit, command.person, by)
    reason = command.reason.strip()
    if not reason:
        raise Invalid("reason", "empty")
    if len(reason) > LONGEST_REASON:
        raise Invalid("words", "too_long", str(len(reason)), str(LONGEST_REASON))
    today = office.watch_in(unit).today
    need_day_back(command.until, today)
    known = present_off_duty(unit.fresh, command.person)
    if known is not None and known.holds(unit.now, today):
        raise AlreadyOffDuty(known.person, known.since, known.by, known.until)
    if known is not None:  # its day has come, and nobody wrote that down
        restore_to_duty(unit, known.person, unit.now, None)
    entry = OffDuty(unit.new_id("off_duty"), command.person, unit.now, command.until, reason, by.person)
    keep_off_duty(unit, entry)
    entries = _hand_over(unit, command.person, by, today)
    codes = tuple(each.complaint.code for each in entries)
    return entry, entries, [TakenOffline(by=by.person, via=by.via, off_duty=entry, complaints=codes)]


def need_day_back(until: date | None, today: date) -> None:
    """Raises Invalid where somebody cannot be taken offline until that day; None, until restored, is always good."""
    if until is not None and not today < until <= today + FURTHEST:
        why = "too_far" if until > today else "today" if until == today else "past"
        raise Invalid("until", why, until.isoformat(), (today + timedelta(days=1)).isoformat())


def restore(
    office: Watcher, unit: UnitOfWork, command: RestoreOfficer, by: Actor
) -> tuple[OffDuty, list[PresenceHappened]]:
    """Restore somebody; what they had stays with whoever has it now.

    Raises NotAllowed, OwnDuty, NotFound or NotOffDuty.
    """
    _need_senior(unit, command.person, by)
    known = present_off_duty(unit.fresh, command.person)
    if known is None or not known.holds(unit.now, office.watch_in(unit).today):
        raise NotOffDuty(command.person)
    restore_to_duty(unit, known.person, unit.now, by.person)
    restored = replace(known, restored_at=unit.now, restored_by=by.person)
    return restored, [Restored(by=by.person, via=by.via, off_duty=restored)]


def _need_senior(unit: UnitOfWork, person: int, by: Actor) -> None:
    if not by.has(Role.SENIOR):
        raise NotAllowed(Role.SENIOR)
    if by.person == person:
        raise OwnDuty
    if person not in unit.directory.people:
        raise NotFound("person", str(person))


def _hand_over(unit: UnitOfWork, person: int, by: Actor, today: date) -> tuple[Entry, ...]:
    """Every open complaint that the person has goes to the head of its department; the head's own are nobody's then."""
    found = open_complaints_of_assignee(unit, person)
    unit.take(found)
    entries = []
    for complaint in [unit.complaint_by_id(each.id) for each in found]:
        head = _head(unit, complaint.department, person, today)
        fact = TakenOver(at=unit.now, by=by.person, officer=person, head=head)
        entries.append(unit.append(complaint, fact, by.via))
    return tuple(entries)


def _head(unit: UnitOfWork, department: int, person: int, today: date) -> int | None:
    """The head, if that is somebody else who is on duty."""
    head = unit.directory.head(department)
    if head is None or head.id == person or unit.directory.is_off_duty(head.id, today):
        return None
    return head.id
