"""What time it is. Everything takes its time from a `Clock`, so that a day can be played in a second.

Source: docs/design.md §2. No other file of the project asks the machine for the time.
"""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol

SHORTEST_WAIT_S = 0.05
"""However fast a clock runs, nobody looks more often: the machine has other work."""


class Clock(Protocol):
    """Whoever can say what time it is."""

    def now(self) -> datetime:
        """The present instant: aware, in UTC, to the microsecond."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present instant by the machine's clock, aware and in UTC."""
        return datetime.now(UTC)


class SetClock:
    """A clock that stands still until it is moved: for tests, and for playing past days of the demo district.

    `advance` only goes forward; `set` goes anywhere.
    """

    def __init__(self, at: datetime) -> None:
        """Start at `at`, an aware instant of any zone; a naive one is a ValueError."""
        self._at = _in_utc(at)

    def now(self) -> datetime:
        """The instant it was last moved to, aware and in UTC."""
        return self._at

    def set(self, at: datetime) -> None:
        """Jump to `at`, forward or back; a naive instant is a ValueError."""
        self._at = _in_utc(at)

    def advance(self, by: timedelta) -> None:
        """Go forward by `by`; a negative step is a ValueError, since time that runs back is a mistake unless `set`."""
        if by < timedelta(0):
            raise ValueError(f"advance({by}) would turn the clock back; use set(at) to go back on purpose")
        self._at += by


class FastClock:
    """A clock that runs `speed` times as fast as the machine's from `at` until `until`, and then at the machine's pace.

    It stands at `at` until it is started. It follows the machine's time since the start, which never goes back.
    """

    def __init__(self, at: datetime, speed: float, until: datetime) -> None:
        """`at`, `until`: aware instants, the second not before the first.   speed: above 0. Else a ValueError."""
        if speed <= 0:
            raise ValueError(f"a clock cannot run {speed:g} times as fast; give a speed above 0")
        self._at, self._until = _in_utc(at), _in_utc(until)
        if self._until < self._at:
            raise ValueError(f"the clock would be fast until {until}, before it starts at {at}; end it later")
        self._speed = speed
        self._fast_s = (self._until - self._at).total_seconds() / speed
        self._started_s: float | None = None

    def start(self) -> None:
        """From now on it runs; a second start changes nothing."""
        if self._started_s is None:
            self._started_s = time.monotonic()

    def now(self) -> datetime:
        """The present instant of this clock, aware and in UTC."""
        passed_s = time.monotonic() - self._started_s if self._started_s is not None else 0.0
        if passed_s < self._fast_s:
            return self._at + timedelta(seconds=passed_s * self._speed)
        return self._until + timedelta(seconds=passed_s - self._fast_s)

    def machine_seconds(self, seconds: float) -> float:
        """How many seconds of the machine pass while so many pass on this clock, from now on; 0 for none or fewer."""
        fast = max(0.0, (self._until - self.now()).total_seconds())
        within = min(max(seconds, 0.0), fast)
        return within / self._speed + max(0.0, seconds - within)


def machine_seconds(clock: Clock, seconds: float) -> float:
    """How long to wait, in seconds of the machine, where `seconds` of a clock are meant.

    For whoever looks at a clock again and again: what is due by it must not be found late because it runs fast.
    """
    return max(SHORTEST_WAIT_S, clock.machine_seconds(seconds)) if isinstance(clock, FastClock) else seconds


def _in_utc(at: datetime) -> datetime:
    if at.tzinfo is None or at.utcoffset() is None:
        raise ValueError(f"{at!r} has no time zone; give an aware instant, such as datetime(..., tzinfo=UTC)")
    return at.astimezone(UTC)
