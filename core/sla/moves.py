"""What moves a due time after registration: the rules 3 to 6 of docs/design.md §4, Due times.

Each function gives the due time back unchanged where the rule moves nothing. A due time that has come never moves
(docs/rules.md D4). While a complaint is paused its clock stands still: what `now` and `at` mean then is said at each.
"""

from datetime import UTC, datetime, timedelta

from core.office_days import Holiday, OfficeCalendar
from core.settings import CategoryRule, OfficeSettings
from core.sla.counting import count_from
from core.sla.due import Due, DueRule, Moved, MovedBy


def has_come(due: Due, now: datetime) -> bool:
    """Whether the due time has come: from that very instant on nothing moves it (docs/rules.md D4)."""
    return now >= due.at


def moved_by_holiday(
    due: Due, holiday: Holiday, calendar: OfficeCalendar, now: datetime, paused_since: datetime | None = None
) -> Due:
    """A holiday is declared: a deadline on that very day rolls to the next office day, no other moves (D5).

    `calendar` may hold the holiday already or not. `now` is the instant of the declaration, `paused_since` the begin of
    the pause of a paused complaint: its due time can't come while the clock stands still. Taking a holiday back moves
    nothing.
    """
    if due.day != holiday.day or has_come(due, paused_since or now):
        return due
    day, skipped = calendar.with_declared(holiday).skip_closed(due.day)
    moved = Moved(MovedBy.HOLIDAY, _utc(now), due.at, calendar.closes(day), day, skipped=skipped)
    return due.moved_on(moved)


def moved_by_transfer(
    due: Due, at: datetime, calendar: OfficeCalendar, settings: OfficeSettings, *, granted_before: bool
) -> Due:
    """Another department takes over at `at`: it gets at least `transfer_floor` office days, once in a life (D7).

    One office day lasts until the close of the first office day that opens at or after the transfer. Only a transfer
    that moved the due time uses up the grant (`granted_before`). Transferred while paused: ask when the pause ends,
    after `after_pause`, with the instant of the transfer.
    """
    floor = settings.due.transfer_floor.count
    if granted_before or floor == 0 or has_come(due, at):
        return due
    day = calendar.day_of(calendar.first_opening_at_or_after(at))
    for _ in range(floor - 1):
        day = calendar.next_open_day(day)
    if calendar.closes(day) <= due.at:
        return due
    return due.moved_on(Moved(MovedBy.TRANSFER, _utc(at), due.at, calendar.closes(day), day))


def recategorised_up(
    due: Due, at: datetime, category: CategoryRule, calendar: OfficeCalendar, settings: OfficeSettings
) -> Due:
    """A faster category from `at` on: the earlier of the old due time and the new rule counted from now (rule 4).

    Changed while paused: ask when the pause ends, after `after_pause`, with the instant of its end.
    """
    counting = count_from(at, category, DueRule.RECATEGORISED, calendar, settings)
    # The new rule is later than now, so a due time that has come stays too (D4).
    if counting.at >= due.at:
        return due
    moved = Moved(MovedBy.CATEGORY_UP, counting.since, due.at, counting.at, counting.day, counting=counting)
    return due.moved_on(moved)


def recategorised_down(
    due: Due, at: datetime, category: CategoryRule, calendar: OfficeCalendar, settings: OfficeSettings
) -> Due:
    """A slower category from `at` on: never earlier than the old due time (rule 4; docs/rules.md D6).

    The new rule is counted from the start of the present clock, with the calendar known now, and moved again by each
    pause already taken. That it is refused once the due time has come is the complaint's rule; here nothing moves then.
    Changed while paused: ask when the pause ends, after `after_pause`.
    """
    counting = count_from(due.counted_from, category, due.rule, calendar, settings)
    new = counting.at
    for pause in due.moved:
        if pause.paused and pause.paused_since and pause.paused_since < new:
            new = _after_office_time(new, pause.paused, calendar)
    if has_come(due, at) or new <= due.at:
        return due
    moved = Moved(MovedBy.CATEGORY_DOWN, _utc(at), due.at, new, calendar.day_of(new), counting=counting)
    return due.moved_on(moved)


def after_pause(due: Due, since: datetime, until: datetime, calendar: OfficeCalendar) -> Due:
    """A pause ended: due moves by the office hours paused, rounded up to a close of office (rule 6; D9, D10).

    A pause that began when the due time had come heals nothing; one over the due time does move it, since the clock
    stood still when it would have come.
    """
    paused = calendar.office_time(since, until)
    if has_come(due, since) or not paused:
        return due
    new = _after_office_time(due.at, paused, calendar)
    moved = Moved(
        MovedBy.PAUSE, _utc(until), due.at, new, calendar.day_of(new), paused_since=_utc(since), paused=paused
    )
    return due.moved_on(moved)


def _after_office_time(at: datetime, span: timedelta, calendar: OfficeCalendar) -> datetime:
    """The close of the office day on which the office has been open for `span` since `at`."""
    return calendar.closes(calendar.day_of(calendar.add_office_time(at, span)))


def _utc(at: datetime) -> datetime:
    return at.astimezone(UTC)
