"""Which department held a complaint for how long, and to whom a breach is charged.

Source: docs/design.md §4, Due times 5; docs/rules.md D8, D9.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.office_days import OfficeCalendar


@dataclass(frozen=True)
class Hold:
    """A department held the complaint from `since` to `until`, the hand-over; None: it still does."""

    department: str
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True)
class Paused:
    """The complaint was paused from `since` to `until`; None: it still is."""

    since: datetime
    until: datetime | None = None


def book_time(
    holds: Iterable[Hold], until: datetime, calendar: OfficeCalendar, pauses: Sequence[Paused] = ()
) -> dict[str, timedelta]:
    """The office hours that each department held the complaint until `until`; paused time is booked to nobody (D9).

    Without pauses the sum is the office time from the first hold to `until`.
    """
    booked: dict[str, timedelta] = {}
    for hold in holds:
        end = _earlier(hold.until, until)
        time = calendar.office_time(hold.since, end)
        for pause in pauses:
            time -= calendar.office_time(max(pause.since, hold.since), _earlier(pause.until, end))
        booked[hold.department] = booked.get(hold.department, timedelta(0)) + time
    return booked


def charged_department(holds: Iterable[Hold], due_at: datetime) -> str | None:
    """The department that held the complaint just before its due time: to it a breach is charged (docs/rules.md D8).

    A hand-over at that very instant is the sender's breach. None when nobody held it yet.
    """
    for hold in holds:
        if hold.since < due_at and (hold.until is None or due_at <= hold.until):
            return hold.department
    return None


def _earlier(until: datetime | None, limit: datetime) -> datetime:
    return limit if until is None else min(until, limit)
