"""The ladder of a complaint: its breach, and which rung speaks now. Pure.

Source: docs/design.md §4, Reminders and escalation; docs/rules.md D4, D8, L1 to L5. When a rung speaks for a due time
is in `core/escalation.py`.
"""

from datetime import datetime

from core.complaints.complaint import Complaint, State
from core.complaints.reminding import Breached, Escalated
from core.complaints.rules import OfficeRules
from core.escalation import RungAt, in_order, is_quiet, when_it_may_speak
from core.settings import moment_named
from core.sla import has_come


def breach_at(complaint: Complaint) -> datetime | None:
    """When it will be, or was, late: None for what is not open, or whose breach is on record already.

    A paused one's due time comes only if it had come before the pause (docs/rules.md D4, D10).
    """
    if not complaint.is_open or complaint.breached is not None:
        return None
    if complaint.pause is not None and not has_come(complaint.due, complaint.pause.since):
        return None
    return complaint.due.at


def breach(complaint: Complaint, now: datetime) -> tuple[Breached, ...]:
    """Its due time has come by `now`: recorded at its true time, charged to who held it just before (D8)."""
    at = breach_at(complaint)
    if at is None or now < at:
        return ()
    return (Breached(at=at, by=None, department=charged(complaint, at)),)


def charged(complaint: Complaint, due_at: datetime) -> int:
    """Who held it just before `due_at`; a hand-over at that very instant is the sender's breach."""
    before = [hold.department for hold in complaint.holds if hold.since < due_at]
    return before[-1] if before else complaint.holds[0].department


def rungs_left(complaint: Complaint, rules: OfficeRules) -> tuple[RungAt, ...]:
    """The rungs of the present due time that have neither spoken nor been recorded, the lowest first.

    Empty for what is paused or not open: it is silent (L4).
    """
    if not complaint.is_open or complaint.state is State.PAUSED:
        return ()
    rungs = rules.rungs_of(complaint.due.at)
    if not complaint.told:
        return in_order(rungs, complaint.due)
    # By its moment, not by its place: so a ladder that was changed meanwhile says nothing twice.
    highest = max(moment_named(each.rung).nominal_minutes for each in complaint.told)
    if not rungs or rungs[-1].rung.when.nominal_minutes <= highest:
        return ()
    return tuple(each for each in in_order(rungs, complaint.due) if each.rung.when.nominal_minutes > highest)


def rung_at(complaint: Complaint, now: datetime, rules: OfficeRules) -> datetime | None:
    """When the next rung speaks, as seen at `now`: what was missed waits for the end of the quiet. None: no more."""
    left = rungs_left(complaint, rules)
    if not left:
        return None
    at = left[0].at
    return at if at > now else when_it_may_speak(now, rules.calendar, rules.settings.office.quiet)


def escalate(complaint: Complaint, now: datetime, rules: OfficeRules) -> tuple[Escalated, ...]:
    """Of the rungs that are ready by `now` the highest speaks, the others are recorded with it; none in the quiet."""
    ready = [each.rung for each in rungs_left(complaint, rules) if each.at <= now]
    if not ready or is_quiet(now, rules.calendar, rules.settings.office.quiet):
        return ()
    *lower, highest = ready
    escalated = Escalated(
        at=now,
        by=None,
        rung=str(highest.when),
        to=highest.to,
        version=complaint.due_version,
        recorded=tuple(str(each.when) for each in lower),
    )
    return (escalated,)
