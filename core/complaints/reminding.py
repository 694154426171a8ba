"""What the clock makes happen to a complaint that is not solved, and what is answered to it: facts, as in `happened`.

Source: docs/design.md §4, Due times 8, Reminders and escalation; docs/rules.md D8, D14, L1 to L5.
"""

from dataclasses import dataclass
from datetime import datetime

from core.complaints.happened import Happened
from core.settings import Addressee


@dataclass(frozen=True, kw_only=True)
class Breached(Happened):
    """The due time has come and nothing was solved: recorded at that very instant, whenever somebody looked.

    department: to which it is charged, who held it just before (docs/rules.md D8).
    """

    department: int


@dataclass(frozen=True, kw_only=True)
class Escalated(Happened):
    """A rung of the ladder spoke. `recorded`: lower ones that were missed, or ready at the same time, and said nothing.

    rung, recorded: as config.yaml writes them, `due+4h`.   to: who was told.   version: of the due time, from 1 on.
    """

    rung: str
    to: Addressee
    version: int
    recorded: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AskedStillOnIt(Happened):
    """The officer who has it was silent for half of the time and is asked; any word until `until` keeps it (D14)."""

    officer: int
    since: datetime
    until: datetime


@dataclass(frozen=True, kw_only=True)
class StillOnItTold(Happened):
    """The department says that it is still on it."""


@dataclass(frozen=True, kw_only=True)
class AcknowledgementFell(Happened):
    """Nobody has it any more: no answer to "still on it?" (`by` is None), or it was handed back by somebody."""

    officer: int
