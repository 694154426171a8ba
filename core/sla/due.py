"""A due time with everything that it was computed from, so that "why is it due then?" has an answer.

Source: docs/design.md §4, Due times. Stored with the complaint as JSON and never computed again, only moved.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any, Literal

from core.office_days import Closed, WhyClosed
from core.settings import Letter

Json = dict[str, Any]
MICROSECOND = timedelta(microseconds=1)


class DueRule(StrEnum):
    """From what a due time was counted."""

    REGISTERED = "registered"
    REOPENED = "reopened"
    RECATEGORISED = "recategorised"


class MovedBy(StrEnum):
    """What moved a due time."""

    HOLIDAY = "holiday"
    TRANSFER = "transfer"
    CATEGORY_UP = "category_up"
    CATEGORY_DOWN = "category_down"
    PAUSE = "pause"


@dataclass(frozen=True)
class Counting:
    """One use of the rules 1 and 2: from an instant and a category to the close of an office day."""

    rule: DueRule
    #: The instant counted from.
    since: datetime
    category: Letter
    days: int
    count: Literal["calendar", "working"]
    #: Whether `since` fell at or after the close of an office day.
    after_close: bool
    #: Closed days passed over between `since` and D.
    waited: tuple[Closed, ...]
    #: D: the office day that counts as the day of registration.
    first_day: date
    #: Elapsed time from `since` to the close of D, and how much a category of 0 days needs (docs/rules.md D3).
    left: timedelta
    same_day_needs: timedelta
    #: Whether too little was left, so that it is due at the close of the next office day.
    too_late_for_same_day: bool
    #: Closed days passed over from D on.
    skipped: tuple[Closed, ...]
    #: The day it is due, and the close of office on it.
    day: date
    at: datetime


@dataclass(frozen=True)
class Moved:
    """A later change of a due time: by what, when, and what it looked at."""

    by: MovedBy
    #: When it was moved.
    at: datetime
    old: datetime
    new: datetime
    #: The office's date of `new`.
    day: date
    #: Closed days passed over, the holiday first.
    skipped: tuple[Closed, ...] = ()
    #: The new category's rule, where a category moved it.
    counting: Counting | None = None
    #: Begin of the pause and the office hours in it, where a pause moved it.
    paused_since: datetime | None = None
    paused: timedelta | None = None


@dataclass(frozen=True)
class Due:
    """When a complaint is due now (`at`, UTC; `day`, the office's date), what it was at first, and what moved it."""

    at: datetime
    day: date
    counting: Counting
    moved: tuple[Moved, ...] = ()

    @property
    def rule(self) -> DueRule:
        """From what the present clock started: a registration or a reopening."""
        return self.counting.rule

    @property
    def counted_from(self) -> datetime:
        """The instant at which the present clock started."""
        return self.counting.since

    @property
    def first_at(self) -> datetime:
        """The first due time of the present clock, before anything moved it."""
        return self.counting.at

    def moved_on(self, moved: Moved) -> "Due":
        """This due time after one more move."""
        return replace(self, at=moved.new, day=moved.day, moved=(*self.moved, moved))

    def to_json(self) -> Json:
        """The due time as JSON: instants in ISO 8601 UTC with microseconds, spans in whole microseconds."""
        return {
            "at": _instant(self.at),
            "day": self.day.isoformat(),
            "counting": _counting_to_json(self.counting),
            "moved": [_moved_to_json(moved) for moved in self.moved],
        }

    @classmethod
    def from_json(cls, stored: Json) -> "Due":
        """The due time that `to_json` wrote; a KeyError or ValueError for anything else."""
        return cls(
            at=datetime.fromisoformat(stored["at"]),
            day=date.fromisoformat(stored["day"]),
            counting=_counting_from_json(stored["counting"]),
            moved=tuple(_moved_from_json(moved) for moved in stored["moved"]),
        )


def counted(counting: Counting) -> Due:
    """The due time at the start of a clock."""
    return Due(at=counting.at, day=counting.day, counting=counting)


# Written out rather than derived: what stands in a record for years must not follow a library's idea of a duration.


def _counting_to_json(counting: Counting) -> Json:
    return {
        "rule": counting.rule.value,
        "since": _instant(counting.since),
        "category": counting.category,
        "days": counting.days,
        "count": counting.count,
        "after_close": counting.after_close,
        "waited": _closed_to_json(counting.waited),
        "first_day": counting.first_day.isoformat(),
        "left_us": counting.left // MICROSECOND,
        "same_day_needs_us": counting.same_day_needs // MICROSECOND,
        "too_late_for_same_day": counting.too_late_for_same_day,
        "skipped": _closed_to_json(counting.skipped),
        "day": counting.day.isoformat(),
        "at": _instant(counting.at),
    }


def _counting_from_json(stored: Json) -> Counting:
    return Counting(
        rule=DueRule(stored["rule"]),
        since=datetime.fromisoformat(stored["since"]),
        category=stored["category"],
        days=stored["days"],
        count=stored["count"],
        after_close=stored["after_close"],
        waited=_closed_from_json(stored["waited"]),
        first_day=date.fromisoformat(stored["first_day"]),
        left=stored["left_us"] * MICROSECOND,
        same_day_needs=stored["same_day_needs_us"] * MICROSECOND,
        too_late_for_same_day=stored["too_late_for_same_day"],
        skipped=_closed_from_json(stored["skipped"]),
        day=date.fromisoformat(stored["day"]),
        at=datetime.fromisoformat(stored["at"]),
    )


def _moved_to_json(moved: Moved) -> Json:
    return {
        "by": moved.by.value,
        "at": _instant(moved.at),
        "old": _instant(moved.old),
        "new": _instant(moved.new),
        "day": moved.day.isoformat(),
        "skipped": _closed_to_json(moved.skipped),
        "counting": _counting_to_json(moved.counting) if moved.counting else None,
        "paused_since": _instant(moved.paused_since) if moved.paused_since else None,
        "paused_us": None if moved.paused is None else moved.paused // MICROSECOND,
    }


def _moved_from_json(stored: Json) -> Moved:
    return Moved(
        by=MovedBy(stored["by"]),
        at=datetime.fromisoformat(stored["at"]),
        old=datetime.fromisoformat(stored["old"]),
        new=datetime.fromisoformat(stored["new"]),
        day=date.fromisoformat(stored["day"]),
        skipped=_closed_from_json(stored["skipped"]),
        counting=_counting_from_json(stored["counting"]) if stored["counting"] else None,
        paused_since=datetime.fromisoformat(stored["paused_since"]) if stored["paused_since"] else None,
        paused=None if stored["paused_us"] is None else stored["paused_us"] * MICROSECOND,
    )


def _closed_to_json(days: tuple[Closed, ...]) -> list[Json]:
    return [{"day": one.day.isoformat(), "why": one.why.value, "hi": one.name_hi, "en": one.name_en} for one in days]


def _closed_from_json(stored: list[Json]) -> tuple[Closed, ...]:
    return tuple(Closed(date.fromisoformat(one["day"]), WhyClosed(one["why"]), one["hi"], one["en"]) for one in stored)


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
