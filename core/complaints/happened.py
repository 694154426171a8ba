"""What can happen to a complaint: each a fact in the past tense, frozen.

A fact has three uses: it changes the state (`evolve`), it is an entry of the timeline, and it is what the chat and the
desk are told (docs/design.md §2, The rules are pure). A field made by `personal()` holds somebody's data: it is stored
apart and may be erased later, after which it reads "".
"""

from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import PlainSerializer, PlainValidator

from core.petitions import Direction
from core.sla import Due


def _read_due(stored: Any) -> Due:
    return stored if isinstance(stored, Due) else Due.from_json(stored)


StoredDue = Annotated[Due, PlainSerializer(Due.to_json), PlainValidator(_read_due)]
"""A due time as records hold it, for years: in the form that core/sla writes out, not in a library's."""


def personal() -> Any:
    """A text field that holds personal data and can be erased."""
    return field(default="", metadata={"personal": True})


@dataclass(frozen=True, kw_only=True)
class Happened:
    """What every fact knows: when it happened, and who caused it (id of a person; None: complainant or system)."""

    at: datetime
    by: int | None


@dataclass(frozen=True, kw_only=True)
class Registered(Happened):
    """The complaint was registered at the desk; the first entry of every timeline. `day`: the office's date."""

    id: int
    code: str
    petition: int
    department: int
    category: str
    day: date
    due: StoredDue
    confidential: bool = False
    about: int | None = None
    heard_by: int | None = None
    direction: Direction | None = None
    complainant: str = personal()
    phone: str = personal()
    place: str = personal()
    words: str = personal()


@dataclass(frozen=True, kw_only=True)
class Acknowledged(Happened):
    """An officer is on it."""

    officer: int


@dataclass(frozen=True, kw_only=True)
class Assigned(Happened):
    """The head gave it to an officer of the department, who still has to say that they are on it."""

    officer: int


@dataclass(frozen=True, kw_only=True)
class TakenOver(Happened):
    """Whoever had it was taken off duty: the head has it now, or nobody (docs/design.md §4, Presence).

    officer: who had it.   head: who has it now, None where there is none that could.
    """

    officer: int
    head: int | None


@dataclass(frozen=True, kw_only=True)
class Solved(Happened):
    """The department says that it is done. `undo_until`: until when it can be taken back, if it came as free text."""

    words: str = personal()
    evidence: tuple[str, ...] = ()
    in_time: bool
    undo_until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class SolutionUndone(Happened):
    """The solution was taken back by whoever gave it; the clock is the old one."""


@dataclass(frozen=True, kw_only=True)
class SolutionReworded(Happened):
    """Whoever gave the solution wrote it anew, before anybody had confirmed it; the words before stay on record."""

    words: str = personal()


@dataclass(frozen=True, kw_only=True)
class EvidenceAdded(Happened):
    """Photos or papers were added to the solution."""

    evidence: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Noted(Happened):
    """Words about the complaint that change nothing. `question`: somebody asked something."""

    words: str = personal()
    evidence: tuple[str, ...] = ()
    question: bool = False


@dataclass(frozen=True, kw_only=True)
class Confirmed(Happened):
    """Somebody else than the department confirmed the solution; the complaint is closed.

    complainant: whether it was the complainant's own word; else the office's, by the person in `by`.
    evidence: what whoever went to look has seen.
    """

    complainant: bool
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Reopened(Happened):
    """It is not solved after all: back to work under a new clock. `times`: the how many-th reopening this is."""

    due: StoredDue
    times: int
    complainant: bool
    words: str = personal()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class StillWrongTold(Happened):
    """After reopening, the complainant told what is still wrong."""

    words: str = personal()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Transferred(Happened):
    """Another department holds the complaint now. `granted`: the transfer moved the due time (docs/rules.md D7)."""

    sender: int
    receiver: int
    due: StoredDue
    granted: bool
    reason: str = personal()


def personal_fields(kind: type[Happened]) -> frozenset[str]:
    """Names of the fields of a fact that can be erased."""
    return frozenset(each.name for each in fields(kind) if each.metadata.get("personal"))
