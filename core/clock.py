"""What time it is. Everything takes its time from a `Clock`, so that a day can be played in a second.

Source: docs/design.md §2. No other file of the project asks the machine for the time.
"""

from datetime import UTC, datetime, timedelta
from typing import Protocol


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


def _in_utc(at: datetime) -> datetime:
    if at.tzinfo is None or at.utcoffset() is None:
        raise ValueError(f"{at!r} has no time zone; give an aware instant, such as datetime(..., tzinfo=UTC)")
    return at.astimezone(UTC)
