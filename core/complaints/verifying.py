"""What follows a solution until somebody else has confirmed it: facts, as in `happened`.

Solved is the department's claim; closed is somebody else's confirmation (docs/design.md §4, Life of a complaint).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.complaints.happened import Happened


class Asked(StrEnum):
    """Who is asked whether it is really solved: first the complainant, then the seniors, then perhaps another head."""

    COMPLAINANT = "complainant"
    SENIORS = "seniors"
    OTHER_HEAD = "other_head"


class Flag(StrEnum):
    """What makes a solution worth a look by the administration."""

    WITHIN_MINUTES = "within_minutes"
    UNACKNOWLEDGED = "unacknowledged"
    BURST = "burst"
    PICTURE_USED = "picture_used"
    PICTURE_ALIKE = "picture_alike"
    FAR_AWAY = "far_away"
    SAMPLE_UNANSWERED = "sample_unanswered"


@dataclass(frozen=True, kw_only=True)
class ConfirmationAsked(Happened):
    """Somebody is asked, until `until`.

    department: the one whose head looks at a sample; None there: the administration does.
    """

    asked: Asked
    until: datetime
    department: int | None = None


@dataclass(frozen=True, kw_only=True)
class ConfirmationHeld(Happened):
    """The question waits, since another complaint of the same petition is open again."""


@dataclass(frozen=True, kw_only=True)
class ClosedUnconfirmed(Happened):
    """Nobody answered: closed, and never counted as satisfied."""


@dataclass(frozen=True, kw_only=True)
class NotReached(Happened):
    """The complainant was called, and nobody answered."""


@dataclass(frozen=True, kw_only=True)
class PolitenessTold(Happened):
    """The complainant told whether they were treated politely."""

    polite: bool


@dataclass(frozen=True, kw_only=True)
class Flagged(Happened):
    """The solution should be looked at; `other`: code of the complaint whose picture it is, "" where there is none."""

    flag: Flag
    other: str = ""


@dataclass(frozen=True, kw_only=True)
class FlagsLookedAt(Happened):
    """Somebody of the administration has looked at what was flagged."""
