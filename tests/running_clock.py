"""A clock that goes on from a chosen instant: a server under it lives, and no test depends on when it is run."""

import time
from datetime import UTC, datetime, timedelta

WEDNESDAY_NOON = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)
"""12:00 in Prayagraj on an office day: the hearing is over, the office is open for hours, midnight is far."""


class RunningClock:
    """`at` when it is made, and from then on as fast as the machine's clock."""

    def __init__(self, at: datetime = WEDNESDAY_NOON) -> None:
        self._at = at
        self._since = time.monotonic()

    def now(self) -> datetime:
        """The present instant of this clock, aware and in UTC."""
        return self._at + timedelta(seconds=time.monotonic() - self._since)

    def advance(self, by: timedelta) -> None:
        """It jumps forward, as the clock of an office does to a page that slept."""
        self._at += by
