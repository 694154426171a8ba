"""The end of a pause: its due time moves by the office hours paused, and by what came about meanwhile. Pure.

Source: docs/design.md §4, Due times 4 to 6; docs/rules.md D4, D6, D7, D10, L4.
"""

from datetime import datetime

from core.complaints.complaint import Complaint, State
from core.complaints.decisions import Resumed
from core.office_days import OfficeCalendar
from core.settings import LETTERS, Letter, OfficeSettings
from core.sla import Due, after_pause, moved_by_transfer, recategorised_down, recategorised_up


def resumed(
    complaint: Complaint, at: datetime, by: int | None, calendar: OfficeCalendar, settings: OfficeSettings
) -> Resumed:
    """The pause of a paused complaint ends at `at`, or at its promised end if that was earlier.

    First the office hours paused move the due time; then the grant of a transfer meanwhile is asked for, with the
    transfer's own instant; then a category that changed meanwhile counts, from the end of the pause.
    """
    pause = complaint.pause
    assert pause is not None
    end = min(max(at, pause.since), pause.until)
    due = after_pause(complaint.due, pause.since, end, calendar)
    granted = False
    if pause.transferred_at is not None:
        before = due
        due = moved_by_transfer(before, pause.transferred_at, calendar, settings, granted_before=complaint.granted)
        granted = due.at != before.at
    due = recategorised(due, pause.category, complaint.category, end, calendar, settings)
    return Resumed(at=end, by=by, due=due, granted=granted)


def end_of_pause(
    complaint: Complaint, by: int | None, at: datetime, calendar: OfficeCalendar, settings: OfficeSettings
) -> tuple[Resumed, ...]:
    """The end of its pause, for whatever ends one by the way (a solution); empty for a complaint that is not paused."""
    return (resumed(complaint, at, by, calendar, settings),) if complaint.state is State.PAUSED else ()


def recategorised(
    due: Due, old: str, new: str, at: datetime, calendar: OfficeCalendar, settings: OfficeSettings
) -> Due:
    """The due time after a change of category from `old` to `new` at `at`: up or down by their order (rule 4, D6)."""
    if old == new:
        return due
    move = recategorised_up if is_up(old, new) else recategorised_down
    return move(due, at, settings.categories.rule(letter(new)), calendar, settings)


def is_up(old: str, new: str) -> bool:
    """Whether `new` is the more urgent category."""
    return LETTERS.index(letter(new)) < LETTERS.index(letter(old))


def letter(typed: str) -> Letter:
    """The category with this letter. Raises StopIteration for none; who asks has checked it."""
    return next(each for each in LETTERS if each == typed)
