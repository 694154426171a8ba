"""What seniors, heads and operators decide about a complaint, and what is asked of them: facts, as in `happened`."""

from dataclasses import dataclass
from datetime import date, datetime

from core.complaints.happened import Happened, StoredDue, personal
from core.pauses import PauseFor


@dataclass(frozen=True, kw_only=True)
class MoreTimeAsked(Happened):
    """The department asks for time until a date; a senior grants or declines it (rule 6)."""

    until: date
    reason: str = personal()


@dataclass(frozen=True, kw_only=True)
class MoreTimeDeclined(Happened):
    """No more time: the due time stays as it is."""

    words: str = personal()


@dataclass(frozen=True, kw_only=True)
class Paused(Happened):
    """The clock stands still until `until`, an opening of the office, or until somebody ends it (docs/rules.md D10)."""

    waits_for: PauseFor
    until: datetime
    reason: str = personal()


@dataclass(frozen=True, kw_only=True)
class Resumed(Happened):
    """The pause is over: the due time moved by the office hours paused, and by what came about meanwhile.

    granted: a transfer during the pause moved it too (docs/rules.md D7).
    """

    due: StoredDue
    granted: bool = False


@dataclass(frozen=True, kw_only=True)
class Recategorised(Happened):
    """Another category; of a paused complaint `due` stays until the pause ends (rule 4; docs/rules.md D6, D10)."""

    category: str
    due: StoredDue
    reason: str = personal()


@dataclass(frozen=True, kw_only=True)
class DueMoved(Happened):
    """A holiday was declared on the day it was due (rule 3; docs/rules.md D5)."""

    due: StoredDue


@dataclass(frozen=True, kw_only=True)
class Rejected(Happened):
    """Nothing can be done about it here; `ground` is one of the office's configured reasons."""

    ground: str
    words: str = personal()


@dataclass(frozen=True, kw_only=True)
class Merged(Happened):
    """The same matter is another complaint already: `into` is its id, `into_code` its code."""

    into: int
    into_code: str


@dataclass(frozen=True, kw_only=True)
class Unmerged(Happened):
    """It is a matter of its own after all; the due time is the old one (docs/rules.md L4)."""


@dataclass(frozen=True, kw_only=True)
class QuestionAsked(Happened):
    """A senior or operator asks the officer in charge (`officer`; None: the administration group) about it."""

    officer: int | None
    words: str = personal()


@dataclass(frozen=True, kw_only=True)
class QuestionAnswered(Happened):
    """The department answers what was asked; `askers` are told."""

    askers: tuple[int, ...] = ()
    words: str = personal()
    evidence: tuple[str, ...] = ()
