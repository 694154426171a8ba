"""The verdict of a day worked out slowly, from the raw marks alone: minute by minute, in the wall time of the office.

It shares no code with core/presence: whoever changes a rule changes it here too, and by its words in docs/rules.md.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
RawMark = tuple[datetime, str]
"""When, and "strong" or "weak"."""


@dataclass(frozen=True)
class Hours:
    """The window as config.yaml has it; `grace` in minutes."""

    zone: ZoneInfo
    begin: time
    end: time
    roll_calls: Sequence[time]
    grace: int

    def instant(self, day: date, wall: time) -> datetime:
        """When it is so late on that day."""
        return datetime.combine(day, wall, self.zone)


def slow_verdict(
    hours: Hours,
    day: date,
    marks: Collection[RawMark],
    *,
    closed: bool = False,
    on_leave: bool = False,
    off_duty: bool = False,
    down: Mapping[str, Collection[tuple[datetime, datetime]]] | None = None,
) -> str:
    """The name of the verdict. `down`: for each account of the person, when it was not receiving; whole minutes."""
    if closed:
        return "closed_day"
    if on_leave:
        return "on_leave"
    if off_duty:
        return "off_duty"
    begin, end = hours.instant(day, hours.begin), hours.instant(day, hours.end)
    strong = sorted(at for at, strength in marks if strength == "strong" and begin <= at < end)
    any_at_all = [at for at, _ in marks if begin <= at < end]
    edges = [begin, *(hours.instant(day, call) for call in hours.roll_calls[1:]), end]
    told = "present"
    missed_some = False
    for first, last in pairwise(edges):
        if any(first <= at < last for at in strong):
            continue
        missed_some = True
        if _minutes_down(first, last, down) >= 5:
            return "not_known"
    grace = begin + hours.grace * MINUTE
    if not any_at_all:
        told = "absent"
    elif not strong:
        told = "seen_only"
    elif missed_some:
        told = "partial"
    elif strong[0] > grace:
        told = "not_known" if _minutes_down(begin, grace, down) >= 5 else "late"
    return told


def _minutes_down(
    first: datetime, last: datetime, down: Mapping[str, Collection[tuple[datetime, datetime]]] | None
) -> int:
    """How many minutes nothing that the person is on was receiving."""
    if not down:
        return 0
    count, at = 0, first
    while at < last:
        count += all(any(begin <= at < end for begin, end in spans) for spans in down.values())
        at += MINUTE
    return count
