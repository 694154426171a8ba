"""A mark says that somebody was there; a day's marks of a person are a row of bits. Pure.

Source: docs/design.md §4, Presence; docs/rules.md P1, P2.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.presence.windows import DayWindow


class Strength(StrEnum):
    """How much a mark says: a message, press or reaction is strong, a read receipt weak (`presence.counts`)."""

    STRONG = "strong"
    WEAK = "weak"


@dataclass(frozen=True)
class Mark:
    """Somebody did something. `at`: the platform's own time of it."""

    person: int
    at: datetime
    strength: Strength = Strength.STRONG


@dataclass(frozen=True)
class Marks:
    """All marks of a person on a day.

    strong, weak: a bit for each quarter hour of the window.   strong_periods, weak_periods: a bit for each period.
    first: the first strong mark.   last: the last mark of either kind.
    """

    strong: int
    weak: int
    strong_periods: int
    weak_periods: int
    first: datetime | None
    last: datetime

    def joined(self, other: "Marks") -> "Marks":
        """What both say together; the order does not matter."""
        firsts = [each for each in (self.first, other.first) if each is not None]
        return Marks(
            self.strong | other.strong,
            self.weak | other.weak,
            self.strong_periods | other.strong_periods,
            self.weak_periods | other.weak_periods,
            min(firsts, default=None),
            max(self.last, other.last),
        )


def marks_of(at: datetime, strength: Strength, window: DayWindow) -> Marks:
    """What one mark says. `at` is in the window."""
    slot, period = 1 << window.slot(at), 1 << window.period(at)
    if strength is Strength.STRONG:
        return Marks(slot, 0, period, 0, at, at)
    return Marks(0, slot, 0, period, None, at)
