"""Why a complaint is due when it is: facts in the order in which they counted; a template makes sentences of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from core.office_days import Closed
from core.sla.due import Counting, Due, DueRule, Moved, MovedBy


class Why(StrEnum):
    """A step on the way to a due time. Beside each: what its `Reason` holds."""

    REGISTERED = "registered"  # at
    REOPENED = "reopened"  # at
    AFTER_CLOSE = "after_close"  # at; day: D, the next office day; closed
    CLOSED_DAY = "closed_day"  # at; day: D, the next office day; closed
    CATEGORY = "category"  # category, days, working; day: the day before closed days are passed over
    TOO_LATE_FOR_SAME_DAY = "too_late_for_same_day"  # left, needs; day: the next office day; closed
    ROLLED = "rolled"  # closed; day: the office day after them
    CLOSE_OF_OFFICE = "close_of_office"  # new: the due time so far; day
    MOVED_BY_HOLIDAY = "moved_by_holiday"  # at, old, new, day, closed
    MOVED_BY_TRANSFER = "moved_by_transfer"  # at, old, new, day
    MOVED_BY_CATEGORY_UP = "moved_by_category_up"  # at, old, new, day, category, days, working
    MOVED_BY_CATEGORY_DOWN = "moved_by_category_down"  # at, old, new, day, category, days, working
    MOVED_BY_PAUSE = "moved_by_pause"  # at, old, new, day; since: begin of the pause; left: office hours paused


@dataclass(frozen=True)
class Reason:
    """A fact about a due time; which fields are there is said at each `Why`."""

    why: Why
    at: datetime | None = None
    old: datetime | None = None
    new: datetime | None = None
    day: date | None = None
    category: str = ""
    days: int = 0
    working: bool = False
    closed: tuple[Closed, ...] = ()
    since: datetime | None = None
    left: timedelta | None = None
    needs: timedelta | None = None


def explain(due: Due) -> tuple[Reason, ...]:
    """The facts that led to this due time, first to last; the last one that has `new` gives the due time itself."""
    return (*_counted(due.counting), *(_moved(moved) for moved in due.moved))


def _counted(counting: Counting) -> Iterator[Reason]:
    start = Why.REOPENED if counting.rule is DueRule.REOPENED else Why.REGISTERED
    yield Reason(start, at=counting.since)
    if counting.after_close or counting.waited:
        why = Why.AFTER_CLOSE if counting.after_close else Why.CLOSED_DAY
        yield Reason(why, at=counting.since, day=counting.first_day, closed=counting.waited)
    working = counting.count == "working"
    counted_to = counting.skipped[0].day if counting.skipped and not working else counting.day
    if counting.too_late_for_same_day:
        counted_to = counting.first_day
    yield Reason(Why.CATEGORY, category=counting.category, days=counting.days, working=working, day=counted_to)
    if counting.too_late_for_same_day:
        yield Reason(
            Why.TOO_LATE_FOR_SAME_DAY,
            left=counting.left,
            needs=counting.same_day_needs,
            day=counting.day,
            closed=counting.skipped,
        )
    elif counting.skipped:
        yield Reason(Why.ROLLED, day=counting.day, closed=counting.skipped)
    yield Reason(Why.CLOSE_OF_OFFICE, new=counting.at, day=counting.day)


_WHY_MOVED = {
    MovedBy.HOLIDAY: Why.MOVED_BY_HOLIDAY,
    MovedBy.TRANSFER: Why.MOVED_BY_TRANSFER,
    MovedBy.CATEGORY_UP: Why.MOVED_BY_CATEGORY_UP,
    MovedBy.CATEGORY_DOWN: Why.MOVED_BY_CATEGORY_DOWN,
    MovedBy.PAUSE: Why.MOVED_BY_PAUSE,
}


def _moved(moved: Moved) -> Reason:
    counting = moved.counting
    return Reason(
        _WHY_MOVED[moved.by],
        at=moved.at,
        old=moved.old,
        new=moved.new,
        day=moved.day,
        closed=moved.skipped,
        category=counting.category if counting else "",
        days=counting.days if counting else 0,
        working=counting is not None and counting.count == "working",
        since=moved.paused_since,
        left=moved.paused,
    )
