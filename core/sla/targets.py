"""The other clocks of a complaint: acknowledging, the hearing's end, "still on it?", reopening; and in time or late.

Source: docs/design.md §4, Due times 7 to 9; docs/rules.md D9, D12, D14. Office minutes are office hours and the window.
"""

from datetime import UTC, datetime, timedelta

from core.office_days import ONE_DAY, OfficeCalendar
from core.settings import OfficeSettings
from core.sla.due import Due

#: How long the department has to answer "still on it?" before its acknowledgement falls, in office minutes (D14).
STILL_ON_IT_ANSWER = timedelta(hours=2)


def in_time(solved_at: datetime, due: Due) -> bool:
    """Whether a solution at `solved_at` is in time; at the very instant it is (docs/rules.md D4)."""
    return solved_at <= due.at


def acknowledge_by(at: datetime, calendar: OfficeCalendar, settings: OfficeSettings) -> datetime:
    """Until when a complaint that reached its department at `at` should be acknowledged (rule 8)."""
    return calendar.add_office_time(at, settings.due.acknowledge_within.elapsed, with_window=True)


def hearing_target(at: datetime, calendar: OfficeCalendar) -> datetime | None:
    """The end of the presence window for what was registered in it, else None; reported, never a breach (rule 8)."""
    window = calendar.window_on(calendar.day_of(at))
    if window is None or not window[0] <= at < window[1]:
        return None
    return window[1]


def still_on_it_at(last_word: datetime, due: Due, calendar: OfficeCalendar) -> datetime | None:
    """When an acknowledged complaint is asked "still on it?": half of the office minutes left at `last_word` later.

    `last_word` is the department's last word, at first its acknowledgement. None when no office time is left until due
    (docs/rules.md D14).
    """
    left = calendar.office_time(last_word, due.at, with_window=True)
    return calendar.add_office_time(last_word, left / 2, with_window=True) if left else None


def still_on_it_answer_by(asked_at: datetime, calendar: OfficeCalendar) -> datetime:
    """Until when any word of the department keeps its acknowledgement (docs/rules.md D14)."""
    return calendar.add_office_time(asked_at, STILL_ON_IT_ANSWER, with_window=True)


def reopen_until(closed_at: datetime, calendar: OfficeCalendar, settings: OfficeSettings) -> datetime:
    """The instant before which a complaint closed at `closed_at` may be reopened (docs/rules.md D12).

    It is the end of the 15th (`reopen_within`) calendar day after the day of closing.
    """
    last_day = calendar.day_of(closed_at) + settings.due.reopen_within.count * ONE_DAY
    return datetime.combine(last_day + ONE_DAY, datetime.min.time(), calendar.zone).astimezone(UTC)
