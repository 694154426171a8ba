"""A complaint as it stands. Nothing changes it but what happened to it (core/complaints/evolve.py)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from core.complaints.happened import StoredDue
from core.complaints.verifying import Asked, Flag
from core.pauses import PauseFor
from core.petitions import Direction
from core.settings import Addressee


class State(StrEnum):
    """Where a complaint stands (docs/design.md §4, Life of a complaint)."""

    REGISTERED = "registered"
    ACKNOWLEDGED = "acknowledged"
    SOLVED = "solved"
    CLOSED = "closed"
    REOPENED = "reopened"
    TRANSFERRED = "transferred"
    PAUSED = "paused"
    REJECTED = "rejected"
    MERGED = "merged"


OPEN = frozenset({State.REGISTERED, State.ACKNOWLEDGED, State.REOPENED, State.TRANSFERRED, State.PAUSED})
"""The states in which the department has work to do. The clock runs, but for a paused one."""


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
class MoreTime:
    """What the department has asked a senior for: until when, and why."""

    by: int | None
    at: datetime
    until: date
    reason: str


@dataclass(frozen=True)
class TimeDecided:
    """What a senior has said to the last request for time: until when it was given, or None for declined."""

    by: int | None
    at: datetime
    until: datetime | None


@dataclass(frozen=True)
class Pause:
    """The clock stands still from `since` until `until`, or until somebody resumes or solves it.

    over: the state to go back to.   category: the letter when the pause began.   transferred_at: the last transfer
    meanwhile, whose grant is asked for when the pause ends.
    """

    since: datetime
    until: datetime
    waits_for: PauseFor
    reason: str
    over: State
    category: str
    transferred_at: datetime | None = None


@dataclass(frozen=True)
class Breach:
    """Its due time came and nothing was solved; charged to the department that held it just before (D8)."""

    at: datetime
    department: int


@dataclass(frozen=True)
class Told:
    """A rung of the ladder that spoke, as config.yaml writes it (`due+4h`), to whom and when."""

    rung: str
    to: Addressee
    at: datetime


@dataclass(frozen=True)
class StillAsked:
    """Whoever has it was asked "still on it?", and has until `until`; `answered`: the department has said a word."""

    at: datetime
    until: datetime
    answered: bool = False


@dataclass(frozen=True)
class Question:
    """What a senior or operator wants to know, and from whom (None: the administration group).

    askers: everybody who has asked since the last answer, and is told the next one.
    """

    by: int | None
    officer: int | None
    words: str
    at: datetime
    askers: tuple[int, ...] = ()


@dataclass(frozen=True)
class Confirmation:
    """Who is asked just now whether it is really solved, until when; `department`: whose head looks at a sample."""

    asked: Asked
    until: datetime
    department: int | None = None


@dataclass(frozen=True)
class Raised:
    """A flag on the solution; `other`: the code of the complaint whose picture it is, else ""."""

    flag: Flag
    other: str = ""


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
    assigned_at: when the head gave it to the assignee, who has not said since that they are on it.
    solution: the present claim.   first_solution: what a reopening found wanting; it stays on record.
    pauses: how many there were in its life; paused: from when to when each was.   more_time: asked and not decided.
    time_decided: how the last request for time was decided, until there is another.
    confirmation: who is asked about the solution now.   polite: what the complainant said of how they were treated.
    calls: how often the complainant was called in vain about the present solution, the last time at called_at.
    flags: raised on the present solution and not looked at.   merged_into: id and code of what it is a duplicate of.
    over: the state that an un-merge goes back to.   rejected_for: one of the office's reasons; rejected_by: who.
    due_version: how many due times there were, a reopening's too.   breached: of the present clock.   told: the rungs
    that spoke in this version.   last_word_at: when the department said something, since somebody has it.
    still_asked: once in an acknowledgement.   unacknowledged: the state before it, to which it falls back.
    next_at: when the clock looks at it again. It is no record but follows from this and the calendar of the day;
    whoever changes a complaint sets it (core/office.py).
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
    assigned_at: datetime | None = None
    acknowledged_at: datetime | None = None
    solution: Solution | None = None
    first_solution: Solution | None = None
    still_wrong: str = ""
    reopened: int = 0
    transfers: int = 0
    granted: bool = False
    holds: tuple[Hold, ...] = ()
    more_time: MoreTime | None = None
    time_decided: TimeDecided | None = None
    pause: Pause | None = None
    pauses: int = 0
    paused: tuple[tuple[datetime, datetime], ...] = ()
    question: Question | None = None
    confirmation: Confirmation | None = None
    flags: tuple[Raised, ...] = ()
    polite: bool | None = None
    calls: int = 0
    called_at: datetime | None = None
    closed_at: datetime | None = None
    confirmed_by: int | None = None
    confirmed_by_complainant: bool = False
    rejected_for: str = ""
    rejected_by: int | None = None
    merged_into: int | None = None
    merged_code: str = ""
    over: State | None = None
    due_version: int = 1
    breached: Breach | None = None
    told: tuple[Told, ...] = ()
    last_word_at: datetime | None = None
    still_asked: StillAsked | None = None
    unacknowledged: State = State.REGISTERED
    version: int = 0
    head: str = ""
    next_at: datetime | None = field(default=None, compare=False)

    @property
    def is_open(self) -> bool:
        """Whether the department still has work to do."""
        return self.state in OPEN

    def is_overdue(self, now: datetime) -> bool:
        """Whether it is open past its due time. A paused one is not: its clock stands still."""
        return self.is_open and self.pause is None and now > self.due.at

    @property
    def unconfirmed(self) -> bool:
        """Whether it was closed since nobody answered; never counted as satisfied."""
        return self.state is State.CLOSED and not self.confirmed_by_complainant and self.confirmed_by is None
