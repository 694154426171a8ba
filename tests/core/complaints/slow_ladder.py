"""The ladder computed another way, slowly, from docs/rules.md L1 to L5, D4 and D8 alone: minute by minute.

It is told what happened to a complaint, and what it was due when; of the project's rules it asks nothing but whether
a day is open.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


@dataclass
class SlowNight:
    """When nothing is sent: `begin` to `end` of the night, and days that are not open."""

    zone: ZoneInfo
    opening: time
    closing: time
    begin: time
    end: time
    is_open: Callable[[date], bool]

    def in_office_hours(self, at: datetime) -> bool:
        wall = at.astimezone(self.zone)
        return self.is_open(wall.date()) and self.opening <= wall.time() <= self.closing

    def is_quiet(self, at: datetime) -> bool:
        wall = at.astimezone(self.zone)
        if not self.is_open(wall.date()):
            return True
        if self.in_office_hours(at):
            return False
        now, hours = wall.time(), set()
        minute = self.begin
        while minute != self.end:  # each minute of the night, over midnight or not
            hours.add(minute)
            minute = (datetime.combine(DAYLESS, minute) + MINUTE).time()
        return now.replace(second=0, microsecond=0) in hours

    def opens_at(self, at: datetime) -> bool:
        wall = at.astimezone(self.zone)
        return self.is_open(wall.date()) and wall.time() == self.opening


DAYLESS = date(2000, 1, 1)


@dataclass
class SlowLadder:
    """What must have been told by now. `rungs`: name to (minutes, days) from the due time, the lowest first."""

    rungs: dict[str, tuple[int, int]]
    night: SlowNight
    due: datetime
    began: datetime
    done: set[str] = field(default_factory=set)
    breached: bool = False

    def is_due_at(self, due: datetime, at: datetime) -> None:
        """Something made it due then, at `at`: where that is another time, the ladder begins anew."""
        if due != self.due:
            self.due, self.began, self.done = due, at, set()

    def begins_anew(self, due: datetime, at: datetime) -> None:
        """Reopened: another clock."""
        self.due, self.began, self.done, self.breached = due, at, set(), False

    def ready_at(self, name: str) -> datetime | None:
        """When a rung is ready by itself; None where it was over when this due time began."""
        minutes, days = self.rungs[name]
        if days:
            wall = self.due.astimezone(self.night.zone)
            at = datetime.combine(wall.date() + days * DAY, wall.time(), self.night.zone)
        else:
            at = self.due + minutes * MINUTE
        if self.night.is_quiet(at):
            before = at < self.due
            while not (self.night.in_office_hours(at) if before else self.night.opens_at(at)):
                at += -MINUTE if before else MINUTE
        return at if at > self.began else None

    def waits(self, now: datetime) -> bool:
        """Whether a rung that is ready was missed, and it is quiet now."""
        ready = [at for name in self.rungs if name not in self.done and (at := self.ready_at(name)) is not None]
        return self.night.is_quiet(now) and any(at <= now for at in ready)

    def speaks(self, now: datetime) -> tuple[str, tuple[str, ...]] | None:
        """The rung that speaks when an open complaint, not paused, is looked at `now`, and those recorded with it."""
        if self.night.is_quiet(now):
            return None
        ready = []
        for name in self.rungs:
            at = None if name in self.done else self.ready_at(name)
            if name in self.done or at is None:
                continue
            if at > now:
                break  # none before a lower one
            ready.append(name)
        if not ready:
            return None
        # What was over when it began is below the one that speaks: it never comes any more.
        names = list(self.rungs)
        self.done.update(names[: names.index(ready[-1]) + 1])
        return ready[-1], tuple(ready[:-1])
