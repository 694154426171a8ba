"""What can be done on a complaint's page: which forms to offer, and the command that each of them asks for.

Offering only hides and answers early. Whether it may be done is the rule's to say (core/complaints/rules.py).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from core.commands import (
    Acknowledge,
    AddEvidence,
    AddNote,
    ComplaintCommand,
    Confirm,
    LookAtFlags,
    Reopen,
    RewordSolution,
    Solve,
    TellNotReached,
    TellPoliteness,
    TellStillWrong,
    Transfer,
    UndoSolution,
)
from core.complaints.complaint import Complaint, State
from core.complaints.rights import is_asked_to_look
from core.people import Actor, Role
from core.refusals import Invalid
from desk.forms import whole_number


@dataclass(frozen=True)
class Asked:
    """What a form or a program sends with an action; what an action does not need stays empty.

    officer: id of who takes it on.   to: letters of a department.   evidence: sha256 of kept files.
    complainant: whether an operator passes on the complainant's own word.   polite: "yes" or "no".
    """

    words: str = ""
    officer: str = ""
    to: str = ""
    evidence: tuple[str, ...] = ()
    complainant: bool = False
    polite: str = ""


def _acknowledge(code: str, asked: Asked) -> ComplaintCommand:
    officer = whole_number(asked.officer)
    if asked.officer and officer is None:
        raise Invalid("officer", "unknown", asked.officer[:40])
    return Acknowledge(code, officer)


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
}
"""Every action by its name in addresses, and the command that it asks for."""

#: Actions that add something and can't be wrong because somebody else was quicker.
HARMLESS = frozenset({"acknowledge", "note", "evidence", "still-wrong", "not-reached", "polite", "flags"})


def offered(complaint: Complaint, actor: Actor, now: datetime) -> tuple[str, ...]:
    """The actions whose forms the page shows, the likeliest first."""
    of_department = actor.belongs_to(complaint.department)
    asks = {
        "acknowledge": complaint.is_open and complaint.assignee != actor.person,
        "solve": complaint.is_open,
        "undo": _can_be_undone(complaint, actor, now),
        "confirm": complaint.state is State.SOLVED and not _has_to_do_with_it(complaint, actor),
        "reopen": not complaint.is_open,
        "flags": bool(complaint.flags) and not _has_to_do_with_it(complaint, actor),
        "polite": _can_tell_politeness(complaint, actor),
        "reword": complaint.state is State.SOLVED and _solved_by(complaint, actor),
        "evidence": complaint.state is State.SOLVED,
        "still-wrong": complaint.is_open and complaint.reopened > 0,
        "note": True,
        "transfer": complaint.is_open,
    }
    looks = is_asked_to_look(complaint, actor)
    return tuple(
        name
        for name, useful in asks.items()
        if useful and (_may(name, actor, of_department) or (looks and name in ("confirm", "reopen")))
    )


def _may(name: str, actor: Actor, of_department: bool) -> bool:
    if name == "flags":
        return actor.has(Role.SENIOR, Role.ADMINISTRATOR)
    if name in ("confirm", "reopen", "still-wrong", "polite"):
        return actor.has(Role.SENIOR, Role.OPERATOR)
    if name == "note":
        return of_department or actor.has(Role.OPERATOR, Role.SENIOR, Role.ADMINISTRATOR, Role.NODAL_OFFICER)
    if name == "transfer":
        return of_department or actor.has(Role.OPERATOR, Role.SENIOR)
    return of_department or actor.has(Role.OPERATOR)


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
