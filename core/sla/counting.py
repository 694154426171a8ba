"""From an instant and a category to a due time: the rules 1, 2 and 7 of docs/design.md §4, Due times."""

from datetime import UTC, date, datetime, timedelta

from core.office_days import ONE_DAY, Closed, OfficeCalendar
from core.settings import CategoryRule, OfficeSettings
from core.sla.due import Counting, Due, DueRule, counted


def due_at_registration(
    at: datetime, category: CategoryRule, calendar: OfficeCalendar, settings: OfficeSettings
) -> Due:
    """When a complaint registered at `at` is due (docs/design.md §4, Due times 1 and 2; docs/rules.md D1 to D3)."""
    return counted(count_from(at, category, DueRule.REGISTERED, calendar, settings))


def due_after_reopening(at: datetime, calendar: OfficeCalendar, settings: OfficeSettings) -> Due:
    """When a complaint reopened at `at` is due: a new clock, by the category `due.on_reopen` (Due times 7)."""
    category = settings.categories.rule(settings.due.on_reopen)
    return counted(count_from(at, category, DueRule.REOPENED, calendar, settings))


def count_from(
    at: datetime, category: CategoryRule, rule: DueRule, calendar: OfficeCalendar, settings: OfficeSettings
) -> Counting:
    """Close of office of day D + n, counted from `at` for `category`; the result is the close of an office day.

    D is the office's day at `at`, or the next office day at or after close and on a closed day. A due day that is
    closed rolls forward. A category of 0 days with too little left until close is due on the next office day.
    """
    at = at.astimezone(UTC)
    first_day, waited, after_close = _first_day(at, calendar)
    left = calendar.closes(first_day) - at
    needs = settings.due.same_day_needs.elapsed
    too_late = category.days == 0 and left < needs
    # Too late for the same day is what one working day would give: the next office day, whatever `count` says.
    if too_late or settings.due.count == "working":
        day, skipped = _working_days_on(first_day, 1 if too_late else category.days, calendar)
    else:
        day, skipped = calendar.skip_closed(first_day + timedelta(days=category.days))
    return Counting(
        rule=rule,
        since=at,
        category=category.letter,
        days=category.days,
        count=settings.due.count,
        after_close=after_close,
        waited=waited,
        first_day=first_day,
        left=left,
        same_day_needs=needs,
        too_late_for_same_day=too_late,
        skipped=skipped,
        day=day,
        at=calendar.closes(day),
    )


def _first_day(at: datetime, calendar: OfficeCalendar) -> tuple[date, tuple[Closed, ...], bool]:
    """D, the closed days waited for it, and whether `at` was too late for the office day it fell on."""
    today = calendar.day_of(at)
    after_close = calendar.is_open(today) and at >= calendar.closes(today)
    day, waited = calendar.skip_closed(today + ONE_DAY if after_close else today)
    return day, waited, after_close


def _working_days_on(day: date, count: int, calendar: OfficeCalendar) -> tuple[date, tuple[Closed, ...]]:
    skipped: list[Closed] = []
    for _ in range(count):
        day, passed = calendar.skip_closed(day + ONE_DAY)
        skipped += passed
    return day, tuple(skipped)
