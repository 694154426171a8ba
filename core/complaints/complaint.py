"""A complaint as it stands, and how each fact changes it. Nothing changes a complaint in any other way."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import singledispatch

from core.complaints.happened import (
    Acknowledged,
    Confirmed,
    EvidenceAdded,
    Happened,
    Noted,
    Registered,
    Reopened,
    SolutionUndone,
    Solved,
    StillWrongTold,
    StoredDue,
    Transferred,
)
from core.petitions import Direction


class State(StrEnum):
    """Where a complaint stands (docs/design.md §4, Life of a complaint)."""

    REGISTERED = "registered"
    ACKNOWLEDGED = "acknowledged"
    SOLVED = "solved"
    CLOSED = "closed"
    REOPENED = "reopened"
    TRANSFERRED = "transferred"


OPEN = frozenset({State.REGISTERED, State.ACKNOWLEDGED, State.REOPENED, State.TRANSFERRED})
"""The states in which the department has work to do and the clock runs."""


@dataclass(frozen=True)
class Solution:
    """What the department says was done. `over` is the state to go back to when it is undone."""

    words: str
    by: int | None
    at: datetime
    evidence: tuple[str, ...]
    in_time: bool
    over: State
    undo_until: datetime | None = None


@dataclass(frozen=True)
class Hold:
    """From when a department held the complaint; until the next hold, or the end."""

    department: int
    since: datetime


@dataclass(frozen=True)
class Complaint:
    """One department's part of a petition, with its own code, category, card and clock.

    department: who holds it now.   registered_day: the office's date of registration.
      version: how many facts made it.   head: hash of the last of them.
    due: when it must be solved, and why then.   first_due_at: what was promised at registration.
    solution: the present claim.   first_solution: what a reopening found wanting; it stays on record.
    """

    id: int
    code: str
    petition: int
    department: int
    category: str
    state: State
    registered_at: datetime
    registered_day: date
    due: StoredDue
    first_due_at: datetime
    confidential: bool = False
    about: int | None = None
    heard_by: int | None = None
    direction: Direction | None = None
    assignee: int | None = None
    acknowledged_at: datetime | None = None
    solution: Solution | None = None
    first_solution: Solution | None = None
    still_wrong: str = ""
    reopened: int = 0
    transfers: int = 0
    granted: bool = False
    holds: tuple[Hold, ...] = ()
    closed_at: datetime | None = None
    confirmed_by: int | None = None
    confirmed_by_complainant: bool = False
    version: int = 0
    head: str = ""

    @property
    def is_open(self) -> bool:
        """Whether the department still has work to do."""
        return self.state in OPEN

    def is_overdue(self, now: datetime) -> bool:
        """Whether it is open past its due time."""
        return self.is_open and now > self.due.at


@singledispatch
def evolve(happened: Happened, complaint: Complaint | None) -> Complaint:
    """The complaint after `happened`; `complaint` is None before the first fact. Pure."""
    raise TypeError(f"evolve does not know {type(happened).__name__}; register it in core/complaints/complaint.py")


@evolve.register
def _(happened: Registered, complaint: Complaint | None) -> Complaint:
    return Complaint(
        id=happened.id,
        code=happened.code,
        petition=happened.petition,
        department=happened.department,
        category=happened.category,
        state=State.REGISTERED,
        registered_at=happened.at,
        registered_day=happened.day,
        due=happened.due,
        first_due_at=happened.due.at,
        confidential=happened.confidential,
        about=happened.about,
        heard_by=happened.heard_by,
        direction=happened.direction,
        holds=(Hold(happened.department, happened.at),),
        version=1,
    )


@evolve.register
def _(happened: Acknowledged, complaint: Complaint) -> Complaint:
    return _next(complaint, state=State.ACKNOWLEDGED, assignee=happened.officer, acknowledged_at=happened.at)


@evolve.register
def _(happened: Solved, complaint: Complaint) -> Complaint:
    solution = Solution(
        words=happened.words,
        by=happened.by,
        at=happened.at,
        evidence=happened.evidence,
        in_time=happened.in_time,
        over=complaint.state,
        undo_until=happened.undo_until,
    )
    return _next(complaint, state=State.SOLVED, solution=solution)


@evolve.register
def _(happened: SolutionUndone, complaint: Complaint) -> Complaint:
    assert complaint.solution is not None
    return _next(complaint, state=complaint.solution.over, solution=None)


@evolve.register
def _(happened: EvidenceAdded, complaint: Complaint) -> Complaint:
    assert complaint.solution is not None
    evidence = complaint.solution.evidence + happened.evidence
    return _next(complaint, solution=replace(complaint.solution, evidence=evidence))


@evolve.register
def _(happened: Noted, complaint: Complaint) -> Complaint:
    return _next(complaint)


@evolve.register
def _(happened: Confirmed, complaint: Complaint) -> Complaint:
    return _next(
        complaint,
        state=State.CLOSED,
        closed_at=happened.at,
        confirmed_by=happened.by,
        confirmed_by_complainant=happened.complainant,
    )


@evolve.register
def _(happened: Reopened, complaint: Complaint) -> Complaint:
    return _next(
        complaint,
        state=State.REOPENED,
        due=happened.due,
        reopened=happened.times,
        still_wrong=happened.words,
        first_solution=complaint.first_solution or complaint.solution,
        solution=None,
        assignee=None,
        acknowledged_at=None,
        closed_at=None,
        confirmed_by=None,
        confirmed_by_complainant=False,
    )


@evolve.register
def _(happened: StillWrongTold, complaint: Complaint) -> Complaint:
    return _next(complaint, still_wrong=happened.words or complaint.still_wrong)


@evolve.register
def _(happened: Transferred, complaint: Complaint) -> Complaint:
    return _next(
        complaint,
        state=State.TRANSFERRED,
        department=happened.receiver,
        due=happened.due,
        transfers=complaint.transfers + 1,
        granted=complaint.granted or happened.granted,
        holds=(*complaint.holds, Hold(happened.receiver, happened.at)),
        assignee=None,
        acknowledged_at=None,
    )


def _next(complaint: Complaint, **changes: object) -> Complaint:
    return replace(complaint, version=complaint.version + 1, **changes)  # type: ignore[arg-type]  # by name
