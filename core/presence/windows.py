"""The presence window of a day: from when to when, its periods and quarter hours, for each department. Pure.

Source: docs/design.md §4, Presence; docs/rules.md P2, P8. Days are the office's dates, instants are aware UTC.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from core.office_days import OfficeCalendar
from core.settings.presence import OwnWindow, Presence

SLOT = timedelta(minutes=15)
"""A row of marks has a bit for each quarter hour of the window."""


@dataclass(frozen=True)
class DayWindow:
    """A window on one day: [begin, end).

    periods: when each period begins, the first at `begin`; it ends where the next begins.   grace_ends: somebody whose
    first mark is later than this is late.   calls: when the roll-calls are.
    """

    day: date
    begin: datetime
    end: datetime
    periods: tuple[datetime, ...]
    grace_ends: datetime
    calls: tuple[datetime, ...]

    def holds(self, at: datetime) -> bool:
        """Whether an instant is in the window."""
        return self.begin <= at < self.end

    def slot(self, at: datetime) -> int:
        """Number of the quarter hour that an instant of the window is in."""
        return int((at - self.begin) / SLOT)

    def period(self, at: datetime) -> int:
        """Number of the roll-call period that an instant of the window is in."""
        return bisect_right(self.periods, at) - 1

    def spans(self) -> tuple[tuple[datetime, datetime], ...]:
        """Begin and end of each period, in order."""
        return tuple(zip(self.periods, (*self.periods[1:], self.end), strict=True))


@dataclass(frozen=True)
class Windows:
    """Every window that the office and its departments have. Days are worked out once and kept.

    A department without a window of its own has the office's; its own one brings its own roll-calls (P8).
    """

    settings: Presence
    calendar: OfficeCalendar
    _known: dict[tuple[date, str], DayWindow | None] = field(default_factory=dict, compare=False, repr=False)
    _met: dict[str, DayWindow] = field(default_factory=dict, compare=False, repr=False)

    def on(self, day: date, department: str = "") -> DayWindow | None:
        """The window of a department (its letters) on a day; None on a closed day."""
        key = (day, department if department in self.settings.departments else "")
        if key not in self._known:
            self._known[key] = self._made(*key)
        return self._known[key]

    def around(self, at: datetime, department: str = "") -> DayWindow | None:
        """The window that an instant is in; None outside one."""
        known = self._met.get(department)
        if known is not None and known.holds(at):
            return known  # nearly every mark is in the window that the last one was in
        window = self.on(self.calendar.day_of(at), department)
        if window is None or not window.holds(at):
            return None
        self._met[department] = window
        return window

    def last_end(self, day: date, departments: Iterable[str] = ()) -> datetime | None:
        """When the last of the office's and these departments' windows ends; None on a closed day."""
        windows = [self.on(day, each) for each in ("", *departments)]
        return max((each.end for each in windows if each is not None), default=None)

    def _made(self, day: date, department: str) -> DayWindow | None:
        if not self.calendar.is_open(day):
            return None
        own: OwnWindow | Presence = self.settings.departments.get(department, self.settings)
        begin, end = self._earliest(day, own.window.begin), self._latest(day, own.window.end)
        # In the night the clocks change, a roll-call may fall on another or turn round; what is left of it is kept.
        calls = sorted({min(max(self._earliest(day, call), begin), end - SLOT / 15) for call in own.roll_calls})
        return DayWindow(
            day=day,
            begin=begin,
            end=end,
            periods=(begin, *(call for call in calls[1:] if call > begin)),
            grace_ends=begin + self.settings.grace.elapsed,
            calls=tuple(calls),
        )

    def _earliest(self, day: date, wall: time) -> datetime:
        return min(self.calendar.readings(day, wall))

    def _latest(self, day: date, wall: time) -> datetime:
        return max(self.calendar.readings(day, wall))
