"""What can be done on a complaint's page: which forms to offer, and the command that each of them asks for.

Offering only hides and answers early. Whether it may be done is the rule's to say (core/complaints/rules.py).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from core import codes
from core.commands import (
    Acknowledge,
    AddEvidence,
    AddNote,
    AnswerQuestion,
    AskMoreTime,
    AskOfficer,
    Assign,
    ComplaintCommand,
    Confirm,
    DeclineMoreTime,
    GrantMoreTime,
    LookAtFlags,
    Merge,
    PauseComplaint,
    Recategorise,
    Reject,
    Reopen,
    ResumeComplaint,
    RewordSolution,
    Solve,
    TellNotReached,
    TellPoliteness,
    TellStillWrong,
    Transfer,
    UndoSolution,
    Unmerge,
)
from core.complaints.about import needs_a_senior
from core.complaints.complaint import Complaint, State
from core.complaints.pausing import MOST_PAUSES
from core.complaints.rights import is_asked_to_look
from core.complaints.sight import sees_words
from core.pauses import PauseFor
from core.people import Actor, Role
from core.reading import read_day
from core.refusals import Invalid, NotFound
from desk.forms import whole_number


@dataclass(frozen=True)
class Asked:
    """What a form or a program sends with an action; what an action does not need stays empty.

    officer: id of who takes it on.   to: letters of a department.   evidence: sha256 of kept files.
    complainant: whether an operator passes on the complainant's own word.   polite: "yes" or "no".
    until: a day as people write it, seen from `today`.   waits_for: what a pause is for.   category: a letter.
    ground: why it is rejected.   into: the code of the complaint that it is joined to.
    """

    words: str = ""
    officer: str = ""
    to: str = ""
    evidence: tuple[str, ...] = ()
    complainant: bool = False
    until: str = ""
    waits_for: str = ""
    category: str = ""
    ground: str = ""
    into: str = ""
    today: date = date.min
    polite: str = ""


def _acknowledge(code: str, asked: Asked) -> ComplaintCommand:
    return Acknowledge(code, _officer(asked) if asked.officer else None)


def _officer(asked: Asked) -> int:
    officer = whole_number(asked.officer)
    if officer is None:
        raise Invalid("officer", "unknown", asked.officer[:40])
    return officer


def _merge(code: str, asked: Asked) -> ComplaintCommand:
    into = codes.parse(asked.into.strip().upper())
    if into is None:
        raise NotFound("complaint", asked.into.strip()[:40])
    return Merge(code, str(into))


def _day(asked: Asked) -> date:
    """The day that was written. Raises Invalid where none was, or where it may be several."""
    days = read_day(asked.until, asked.today).days
    if len(days) != 1:
        raise Invalid("until", "unclear" if days else "unknown", asked.until[:40])
    return days[0]


def _pause(code: str, asked: Asked) -> ComplaintCommand:
    if asked.waits_for not in set(PauseFor):
        raise Invalid("waits_for", "unknown", asked.waits_for[:40], ", ".join(PauseFor))
    return PauseComplaint(code, _day(asked), PauseFor(asked.waits_for), asked.words)


def _politeness(code: str, asked: Asked) -> ComplaintCommand:
    if asked.polite not in ("yes", "no"):
        raise Invalid("polite", "empty")
    return TellPoliteness(code, asked.polite == "yes")


ACTIONS: Mapping[str, Callable[[str, Asked], ComplaintCommand]] = {
    "acknowledge": _acknowledge,
    "solve": lambda code, asked: Solve(code, asked.words, asked.evidence),
    "note": lambda code, asked: AddNote(code, asked.words, asked.evidence),
    "undo": lambda code, asked: UndoSolution(code),
    "evidence": lambda code, asked: AddEvidence(code, asked.evidence),
    "confirm": lambda code, asked: Confirm(code, asked.complainant, asked.evidence),
    "reopen": lambda code, asked: Reopen(code, asked.words, asked.complainant, asked.evidence),
    "reword": lambda code, asked: RewordSolution(code, asked.words),
    "not-reached": lambda code, asked: TellNotReached(code),
    "polite": _politeness,
    "flags": lambda code, asked: LookAtFlags(code),
    "still-wrong": lambda code, asked: TellStillWrong(code, asked.words, asked.evidence),
    "transfer": lambda code, asked: Transfer(code, asked.to, asked.words),
    "more-time": lambda code, asked: AskMoreTime(code, _day(asked), asked.words),
    "give-time": lambda code, asked: GrantMoreTime(code, _day(asked) if asked.until.strip() else None),
    "no-time": lambda code, asked: DeclineMoreTime(code, asked.words),
    "pause": _pause,
    "resume": lambda code, asked: ResumeComplaint(code),
    "category": lambda code, asked: Recategorise(code, asked.category, asked.words),
    "assign": lambda code, asked: Assign(code, _officer(asked)),
    "ask": lambda code, asked: AskOfficer(code, asked.words),
    "answer": lambda code, asked: AnswerQuestion(code, asked.words, asked.evidence),
    "reject": lambda code, asked: Reject(code, asked.ground, asked.words),
    "merge": _merge,
    "unmerge": lambda code, asked: Unmerge(code),
}
"""Every action by its name in addresses, and the command that it asks for."""

#: Actions that add something and can't be wrong because somebody else was quicker.
HARMLESS = frozenset({"acknowledge", "note", "evidence", "still-wrong", "not-reached", "polite", "flags", "ask"})


def offered(complaint: Complaint, actor: Actor, now: datetime) -> tuple[str, ...]:
    """The actions whose forms the page shows, the likeliest first."""
    may_pause = complaint.is_open and complaint.pause is None and complaint.pauses < MOST_PAUSES
    asks = {
        "answer": _waits_for_an_answer(complaint, actor),
        "unmerge": complaint.state is State.MERGED,
        "give-time": complaint.more_time is not None,
        "no-time": complaint.more_time is not None,
        "resume": complaint.state is State.PAUSED,
        "acknowledge": complaint.is_open and (complaint.assignee != actor.person or complaint.assigned_at is not None),
        "solve": complaint.is_open,
        "undo": _can_be_undone(complaint, actor, now),
        "confirm": complaint.state is State.SOLVED and not _has_to_do_with_it(complaint, actor),
        "reopen": complaint.state in (State.SOLVED, State.CLOSED, State.REJECTED),
        "flags": bool(complaint.flags) and not _has_to_do_with_it(complaint, actor),
        "polite": _can_tell_politeness(complaint, actor),
        "reword": complaint.state is State.SOLVED and _solved_by(complaint, actor),
        "evidence": complaint.state is State.SOLVED,
        "still-wrong": complaint.is_open and complaint.reopened > 0,
        "note": True,
        "more-time": may_pause and complaint.more_time is None,
        "transfer": complaint.is_open,
        "pause": may_pause,
        "category": complaint.is_open,
        "assign": complaint.is_open,
        "ask": complaint.is_open or complaint.state is State.SOLVED,
        "reject": complaint.is_open,
        "merge": complaint.is_open,
    }
    looks = is_asked_to_look(complaint, actor)
    return tuple(
        name
        for name, useful in asks.items()
        if useful and (_may(name, complaint, actor) or (looks and name in ("confirm", "reopen")))
    )


def _may(name: str, complaint: Complaint, actor: Actor) -> bool:
    of_department = actor.belongs_to(complaint.department)
    complained_about = complaint.about is not None and actor.belongs_to(complaint.about)
    if name in ("reject", "merge", "unmerge"):
        return actor.has(Role.SENIOR) and not complained_about
    if name == "confirm" and (complained_about or needs_a_senior(complaint)):
        return actor.has(Role.SENIOR) and not complained_about
    if name in ("give-time", "no-time") or (name == "reopen" and complaint.state is State.REJECTED):
        return actor.has(Role.SENIOR)
    if name == "flags":
        return actor.has(Role.SENIOR, Role.ADMINISTRATOR)
    if name == "assign":
        return complaint.department in actor.head_of or actor.has(Role.OPERATOR)
    if name == "answer":
        return of_department or actor.has(Role.SENIOR, Role.OPERATOR)
    if name in ("confirm", "reopen", "still-wrong", "polite", "pause", "resume", "category", "ask"):
        return actor.has(Role.SENIOR, Role.OPERATOR)
    if name == "note":
        return of_department or actor.has(Role.OPERATOR, Role.SENIOR, Role.ADMINISTRATOR, Role.NODAL_OFFICER)
    if name == "transfer":
        return of_department or actor.has(Role.OPERATOR, Role.SENIOR)
    return of_department or actor.has(Role.OPERATOR)


def _waits_for_an_answer(complaint: Complaint, actor: Actor) -> bool:
    # Whoever asked last does not answer themselves.
    asked = complaint.question
    return asked is not None and asked.by != actor.person and sees_words(actor, complaint)


def _solved_by(complaint: Complaint, actor: Actor) -> bool:
    return complaint.solution is not None and complaint.solution.by == actor.person


def _has_to_do_with_it(complaint: Complaint, actor: Actor) -> bool:
    about = complaint.about is not None and actor.belongs_to(complaint.about)
    return about or actor.belongs_to(complaint.department) or _solved_by(complaint, actor)


def _can_tell_politeness(complaint: Complaint, actor: Actor) -> bool:
    answered = complaint.confirmed_by_complainant or complaint.reopened > 0
    return answered and complaint.polite is None and not _has_to_do_with_it(complaint, actor)


def _can_be_undone(complaint: Complaint, actor: Actor, now: datetime) -> bool:
    solution = complaint.solution
    if complaint.state is not State.SOLVED or solution is None or solution.undo_until is None:
        return False
    return now <= solution.undo_until and (solution.by == actor.person or complaint.department in actor.head_of)
