"""The verdict of a person and a day: the first of nine that fits. Pure.

Source: docs/design.md §4, Presence; docs/rules.md P1, P3 to P8.
"""

from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum

from core.presence.marks import Marks
from core.presence.outages import Span, length_within
from core.presence.windows import DayWindow

NOT_RECEIVING = timedelta(minutes=5)
"""So much of a period that we were not receiving makes it not known (P3)."""


class Verdict(StrEnum):
    """What is said of a day, in the order in which they are tried."""

    CLOSED_DAY = "closed_day"
    ON_LEAVE = "on_leave"
    OFF_DUTY = "off_duty"
    NOT_KNOWN = "not_known"
    ABSENT = "absent"
    SEEN_ONLY = "seen_only"
    PARTIAL = "partial"
    LATE = "late"
    PRESENT = "present"


def verdict(
    window: DayWindow | None,
    marks: Marks | None,
    on_leave: bool = False,
    off_duty: bool = False,
    outages: Sequence[Span] = (),
) -> Verdict:
    """The verdict of a day.

    window: None on a closed day.   marks: None without any.   outages: when none of the person's accounts was
    receiving, in spans that are apart (core.presence.outages.out_for).
    """
    if window is None:
        return Verdict.CLOSED_DAY
    if on_leave:
        return Verdict.ON_LEAVE
    if off_duty:
        return Verdict.OFF_DUTY
    told = _by_marks(window, marks)
    return Verdict.NOT_KNOWN if outages and _may_be_wrong(told, window, marks, outages) else told


def missed_periods(window: DayWindow, marks: Marks | None) -> tuple[int, ...]:
    """Numbers of the periods without a strong mark."""
    seen = marks.strong_periods if marks is not None else 0
    return tuple(number for number in range(len(window.periods)) if not seen >> number & 1)


def _by_marks(window: DayWindow, marks: Marks | None) -> Verdict:
    if marks is None or not (marks.strong or marks.weak):
        return Verdict.ABSENT
    if not marks.strong:
        return Verdict.SEEN_ONLY
    if missed_periods(window, marks):
        return Verdict.PARTIAL
    # At the very end of the grace is in time, as with every other time limit of the office.
    late = marks.first is not None and marks.first > window.grace_ends
    return Verdict.LATE if late else Verdict.PRESENT


def _may_be_wrong(told: Verdict, window: DayWindow, marks: Marks | None, outages: Sequence[Span]) -> bool:
    """Whether what we did not receive could have made another verdict (P3)."""
    spans = window.spans()
    missed = (spans[number] for number in missed_periods(window, marks))
    if any(length_within(outages, *span) >= NOT_RECEIVING for span in missed):
        return True
    in_grace = length_within(outages, window.begin, window.grace_ends)
    return told is Verdict.LATE and in_grace >= NOT_RECEIVING
