"""Leave, and being taken off duty: on which days each counts. Pure.

Source: docs/design.md §4, Presence; docs/rules.md P5, P6.
"""

from dataclasses import dataclass
from datetime import date, datetime

from core.presence.windows import DayWindow


@dataclass(frozen=True)
class Leave:
    """Somebody is away from the day `first` to the day `last`, both included.

    entered_by: who wrote it down, at entered_at.   by_authority: the head or a senior did, which counts afterwards too.
    """

    id: int
    person: int
    first: date
    last: date
    reason: str
    entered_at: datetime
    entered_by: int | None
    by_authority: bool = False
    cancelled_at: datetime | None = None
    cancelled_by: int | None = None

    def counts(self, window: DayWindow) -> bool:
        """Whether it is leave on that day: written down before the window's end, or by authority (P5).

        One that is cancelled only afterwards was leave on that day all the same.
        """
        if not self.first <= window.day <= self.last:
            return False
        if self.cancelled_at is not None and self.cancelled_at < window.end:
            return False
        return self.by_authority or self.entered_at < window.end


@dataclass(frozen=True)
class OffDuty:
    """Somebody was taken offline by a senior. `until`: the first day back, None: until restored."""

    id: int
    person: int
    since: datetime
    until: date | None
    reason: str
    by: int | None
    restored_at: datetime | None = None
    restored_by: int | None = None

    def counts(self, window: DayWindow) -> bool:
        """Whether it is being off duty on that day: they were when the window opened (P6)."""
        return self.holds(window.begin, window.day)

    def holds(self, at: datetime, day: date) -> bool:
        """Whether they are off duty at an instant, which is on the office's `day`."""
        if self.until is not None and day >= self.until:
            return False
        return self.since <= at and (self.restored_at is None or at < self.restored_at)
