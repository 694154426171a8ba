"""Who took a complaint and is silent for long is asked "still on it?", once; without an answer it is nobody's. Pure.

Source: docs/design.md §4, Due times 8; docs/rules.md D14.
"""

from datetime import datetime

from core.complaints.complaint import Complaint, State
from core.complaints.happened import Happened
from core.complaints.reminding import AcknowledgementFell, AskedStillOnIt, StillOnItTold
from core.complaints.rights import need_department, need_open
from core.complaints.rules import OfficeRules, acknowledge
from core.escalation import is_quiet, when_it_may_speak
from core.people import Actor, Role
from core.refusals import NotAllowed
from core.sla import has_come, still_on_it_answer_by, still_on_it_at


def asks_at(complaint: Complaint, now: datetime, rules: OfficeRules) -> datetime | None:
    """When the officer is asked, or loses it for want of an answer, as seen at `now`; None: not any more."""
    if complaint.state is not State.ACKNOWLEDGED:
        return None
    asked = complaint.still_asked
    if asked is not None and asked.answered:
        return None
    at = asked.until if asked is not None else _asked_first(complaint, rules)
    if at is None:
        return None
    at = when_it_may_speak(max(at, now), rules.calendar, rules.settings.office.quiet)
    return None if asked is None and has_come(complaint.due, at) else at


def ask_or_let_fall(complaint: Complaint, now: datetime, rules: OfficeRules) -> tuple[Happened, ...]:
    """Ask, if it is time and the due time has not come; or, asked before and not answered, it is nobody's again."""
    at = asks_at(complaint, now, rules)
    if at is None or now < at or is_quiet(now, rules.calendar, rules.settings.office.quiet):
        return ()
    officer = complaint.assignee
    assert officer is not None, "what is acknowledged is with somebody"
    if complaint.still_asked is not None:
        return (AcknowledgementFell(at=now, by=None, officer=officer),)
    since = complaint.last_word_at
    assert since is not None, "whoever acknowledged has said a word"
    until = still_on_it_answer_by(now, rules.calendar)
    return (AskedStillOnIt(at=now, by=None, officer=officer, since=since, until=until),)


def tell_still_on_it(complaint: Complaint, by: Actor, at: datetime) -> tuple[Happened, ...]:
    """The department is still on it; what nobody has by now is taken by who says so. Not asked, it changes nothing."""
    need_department(complaint, by, Role.OPERATOR)
    need_open(complaint)
    if complaint.acknowledged_at is None:
        return acknowledge(complaint, by, None, at)
    asked = complaint.still_asked
    return (StillOnItTold(at=at, by=by.person),) if asked is not None and not asked.answered else ()


def hand_back(complaint: Complaint, by: Actor, at: datetime) -> tuple[Happened, ...]:
    """Whoever has it has it no more: by themselves, their head, or an operator; what nobody has stays so."""
    need_department(complaint, by, Role.OPERATOR)
    may = complaint.department in by.head_of or by.has(Role.OPERATOR)
    if complaint.assignee not in (None, by.person) and not may:
        raise NotAllowed(Role.HEAD, complaint.code)
    need_open(complaint)
    if complaint.assignee is None:
        return ()
    return (AcknowledgementFell(at=at, by=by.person, officer=complaint.assignee),)


def _asked_first(complaint: Complaint, rules: OfficeRules) -> datetime | None:
    # Whoever it was given to by the head, and has not said that they are on it, is not asked whether they still are.
    if complaint.assigned_at is not None or complaint.last_word_at is None:
        return None
    return still_on_it_at(complaint.last_word_at, complaint.due, rules.calendar)
