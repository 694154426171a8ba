"""More time and pauses: asked for by the department, given or declined by a senior; waiting for somebody else. Pure.

Source: docs/design.md §4, Life of a complaint, Due times 6; docs/rules.md D4, D10, D11. How a pause ends is in
`resuming`, that it ends by itself in `clocks`.
"""

from datetime import date, datetime, timedelta

from core.complaints.complaint import Complaint, State
from core.complaints.decisions import MoreTimeAsked, MoreTimeDeclined, Paused
from core.complaints.happened import Happened
from core.complaints.resuming import resumed
from core.complaints.rights import need_department, need_open, need_role
from core.complaints.rules import OfficeRules
from core.office_days import OfficeCalendar
from core.pauses import PauseFor
from core.people import Actor, Role
from core.refusals import AlreadyAsked, AlreadyPaused, Invalid, NothingAsked, NotPaused, TimeLeft, TooManyPauses
from core.sla import Due, after_pause

MOST_PAUSES = 2
"""docs/rules.md D10: over the complaint's whole life."""

FURTHEST = timedelta(days=366)
"""How far ahead a date may be: who types a year wrongly is asked again."""


def ask_more_time(
    complaint: Complaint, by: Actor, until: date, reason: str, at: datetime, rules: OfficeRules
) -> tuple[Happened, ...]:
    """The department asks for time until the end of a day, and says why; nothing moves until a senior gives it."""
    need_department(complaint, by, Role.OPERATOR)
    need_open(complaint)
    _need_a_pause_left(complaint)
    asked = complaint.more_time
    if asked is not None:
        if (asked.by, asked.until) == (by.person, until):
            return ()
        raise AlreadyAsked(complaint.code, asked.by, asked.until)
    need_office_day_ahead(until, at, rules.calendar)
    if complaint.due.at > at and rules.calendar.closes(until) <= complaint.due.at:
        raise TimeLeft(complaint.code, until, complaint.due.at)
    return (MoreTimeAsked(at=at, by=by.person, until=until, reason=_reason(reason)),)


def grant_more_time(
    complaint: Complaint, by: Actor, until: date | None, at: datetime, rules: OfficeRules
) -> tuple[Happened, ...]:
    """A senior gives the time asked for, or until another date; the clock stands still until then.

    Given after the due time it heals nothing (docs/rules.md D11): a pause that began then moves nothing.
    """
    need_role(complaint, by, Role.SENIOR)
    need_open(complaint)
    asked = complaint.more_time
    if asked is None:
        decided = complaint.time_decided
        if decided is not None and decided.by == by.person and decided.until is not None and until is None:
            return ()
        raise nothing_asked(complaint)
    _need_a_pause_left(complaint)
    if until is not None:
        need_office_day_ahead(until, at, rules.calendar)
    # What was asked for stays good though the office is closed on that day by now: the next office day then (D10).
    day = until or asked.until
    _need_a_day_ahead(day, at, rules.calendar)
    return (_paused(complaint, by, day, PauseFor.MORE_TIME, asked.reason, at, rules),)


def decline_more_time(complaint: Complaint, by: Actor, words: str, at: datetime) -> tuple[Happened, ...]:
    """A senior gives no more time, and may say why: the due time stays as it is."""
    need_role(complaint, by, Role.SENIOR)
    need_open(complaint)
    if complaint.more_time is None:
        decided = complaint.time_decided
        if decided is not None and decided.by == by.person and decided.until is None:
            return ()
        raise nothing_asked(complaint)
    return (MoreTimeDeclined(at=at, by=by.person, words=words.strip()),)


def pause(
    complaint: Complaint, by: Actor, until: date, waits_for: PauseFor, reason: str, at: datetime, rules: OfficeRules
) -> tuple[Happened, ...]:
    """It waits for the complainant or a court until a date; time that nobody asked for is a senior's to give."""
    if waits_for is PauseFor.MORE_TIME:
        need_role(complaint, by, Role.SENIOR)
    else:
        need_role(complaint, by, Role.SENIOR, Role.OPERATOR)
    need_open(complaint)
    _need_a_pause_left(complaint)
    need_office_day_ahead(until, at, rules.calendar)
    return (_paused(complaint, by, until, waits_for, _reason(reason), at, rules),)


def resume(complaint: Complaint, by: Actor, at: datetime, rules: OfficeRules) -> tuple[Happened, ...]:
    """The pause ends before its date: what was waited for has come."""
    need_role(complaint, by, Role.SENIOR, Role.OPERATOR)
    need_open(complaint)
    if complaint.state is not State.PAUSED:
        raise NotPaused(complaint.code)
    return (resumed(complaint, at, by.person, rules.calendar, rules.settings),)


def need_office_day_ahead(day: date, at: datetime, calendar: OfficeCalendar) -> None:
    """Raises Invalid for a date that is past, today, more than a year ahead, or one on which the office is closed.

    `limit` is the first date that would do, in ISO form.
    """
    _need_a_day_ahead(day, at, calendar)
    if not calendar.is_open(day):
        raise Invalid("until", "closed_day", day.isoformat(), calendar.next_open_day(day).isoformat())


def nothing_asked(complaint: Complaint) -> NothingAsked:
    """Why there is nothing to decide: who decided what, where somebody did."""
    decided = complaint.time_decided
    if decided is None:
        return NothingAsked(complaint.code)
    return NothingAsked(complaint.code, decided.by, decided.at, decided.until)


def _need_a_day_ahead(day: date, at: datetime, calendar: OfficeCalendar) -> None:
    today = calendar.day_of(at)
    reason = "past" if day < today else "today" if day == today else "too_far" if day > today + FURTHEST else None
    if reason is not None:
        raise Invalid("until", reason, day.isoformat(), calendar.next_open_day(today).isoformat())


def _need_a_pause_left(complaint: Complaint) -> None:
    if complaint.pause is not None:
        raise AlreadyPaused(complaint.code, complaint.pause.until)
    if complaint.pauses >= MOST_PAUSES:
        raise TooManyPauses(complaint.code, complaint.pauses)


def _paused(
    complaint: Complaint, by: Actor, day: date, waits_for: PauseFor, reason: str, at: datetime, rules: OfficeRules
) -> Paused:
    until = rules.calendar.opens(rules.calendar.open_day_from(day))
    return Paused(at=at, by=by.person, waits_for=waits_for, until=until, reason=reason)


def _reason(words: str) -> str:
    if not words.strip():
        raise Invalid("reason", "empty")
    return words.strip()


def need_time_to_ask_for(complaint: Complaint) -> None:
    """Raises why no more time can be asked for now, whatever the date: so that nobody is asked for one in vain."""
    need_open(complaint)
    _need_a_pause_left(complaint)
    asked = complaint.more_time
    if asked is not None:
        raise AlreadyAsked(complaint.code, asked.by, asked.until)


def due_if_given(complaint: Complaint, day: date, at: datetime, rules: OfficeRules) -> Due:
    """When it would be due if its clock stood still from `at` until the office opens on `day`, or on the next day."""
    until = rules.calendar.opens(rules.calendar.open_day_from(day))
    return after_pause(complaint.due, at, until, rules.calendar)


def due_after_pause(complaint: Complaint, rules: OfficeRules) -> Due:
    """When a paused complaint will be due if its pause lasts as long as promised; else when it is due."""
    if complaint.pause is None:
        return complaint.due
    return resumed(complaint, complaint.pause.until, None, rules.calendar, rules.settings).due
