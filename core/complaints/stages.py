"""The stages in which a solution is confirmed, one after the other as long as nobody answers. Pure.

The complainant for `confirm_within`, the seniors for two office days, then for a sample the head of another department
for `confirm_within`; then it closes unconfirmed (docs/design.md §4, Life of a complaint; docs/rules.md C1 to C4).
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from core.complaints.about import needs_a_senior
from core.complaints.complaint import Complaint, Confirmation, State
from core.complaints.happened import Happened
from core.complaints.rules import OfficeRules
from core.complaints.verifying import Asked, ClosedUnconfirmed, ConfirmationAsked, Flag, Flagged
from core.directory import Directory
from core.office_days import OfficeCalendar

SENIORS_OFFICE_DAYS = 2


@dataclass(frozen=True)
class Lot:
    """How a sample is drawn and given out.

    seed: the office's secret, so that nobody knows beforehand which solution somebody will look at.
    """

    seed: str
    directory: Directory


def next_stage(complaint: Complaint, now: datetime, rules: OfficeRules, lot: Lot) -> tuple[Happened, ...]:
    """What comes after the present question, if its time is over by `now` and nobody has answered it."""
    asked = complaint.confirmation
    if complaint.state is not State.SOLVED or asked is None or now < asked.until:
        return ()
    at = _begins(asked, now, rules.calendar)
    # About the very office that holds it, it stands on the seniors' list until one of them decides (docs/rules.md O3).
    if asked.asked is Asked.COMPLAINANT or needs_a_senior(complaint):
        until = office_days_from(at, rules.calendar)
        return (ConfirmationAsked(at=at, by=None, asked=Asked.SENIORS, until=until),)
    if asked.asked is Asked.OTHER_HEAD:
        return (ClosedUnconfirmed(at=at, by=None), Flagged(at=at, by=None, flag=Flag.SAMPLE_UNANSWERED))
    if is_drawn(complaint, lot.seed, rules.settings.closing.sample):
        until = rules.settings.closing.confirm_within.after(at, rules.calendar.zone)
        head_of = another_department(complaint, lot)
        return (ConfirmationAsked(at=at, by=None, asked=Asked.OTHER_HEAD, until=until, department=head_of),)
    return (ClosedUnconfirmed(at=at, by=None),)


def office_days_from(at: datetime, calendar: OfficeCalendar) -> datetime:
    """The close of the second office day that opens at or after `at` (docs/rules.md C2)."""
    day = calendar.day_of(calendar.first_opening_at_or_after(at))
    for _ in range(SENIORS_OFFICE_DAYS - 1):
        day = calendar.next_open_day(day)
    return calendar.closes(day)


def is_drawn(complaint: Complaint, seed: str, share: float) -> bool:
    """Whether this solution is of the sample: for one seed always the same (docs/rules.md C3)."""
    return _number(complaint, seed, "drawn") < share * 2**64


def another_department(complaint: Complaint, lot: Lot) -> int | None:
    """The department whose head looks at it; None where no other has a head with a chat: then the administration.

    Not the one that solved it, nor one that the solver or the complaint itself belongs to or is about; and never of a
    confidential complaint, of which no other department may know (docs/rules.md C3).
    """
    directory, solution = lot.directory, complaint.solution
    if complaint.confidential or solution is None:
        return None
    solver = solution.by
    own = {each.department for each in directory.memberships_of(solver)} if solver is not None else set()
    barred = own | {hold.department for hold in complaint.holds} | {complaint.about}
    others = []
    for id in sorted(directory.departments):
        head = directory.head(id)
        if id in barred or head is None or not directory.reaches(head.id) or head.id == solver:
            continue
        if all(each.department not in barred for each in directory.memberships_of(head.id)):
            others.append(id)
    return others[_number(complaint, lot.seed, "head") % len(others)] if others else None


def _begins(asked: Confirmation, now: datetime, calendar: OfficeCalendar) -> datetime:
    # What was missed while nobody was running is not taken from the next who are asked (docs/rules.md C4).
    return asked.until if calendar.day_of(now) == calendar.day_of(asked.until) else now


def _number(complaint: Complaint, seed: str, what: str) -> int:
    text = f"{seed}/{what}/{complaint.id}/{complaint.reopened}"
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
