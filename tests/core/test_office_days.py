"""Office days, hours and holidays, by the district's calendar and by random ones (docs/rules.md D2, D9)."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.office_days import Closed, Holiday, OfficeCalendar, WhyClosed, holidays_of
from tests.core.calendars import HEAVY_RAIN, PRAYAGRAJ, STANDARD, calendars, holidays, instants, ist, said, settings

HOUR = timedelta(hours=1)
BERLIN = OfficeCalendar(ZoneInfo("Europe/Berlin"), time(10), time(18))
#: Clocks go back at 03:00 on 25 October 2026 and forward at 02:00 on 28 March 2027.
BERLIN_NIGHT = replace(BERLIN, opening=time(1), closing=time(4))


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 11, 23), None),
        (date(2026, 11, 22), WhyClosed.WEEKDAY),
        (date(2026, 11, 7), None),
        (date(2026, 11, 14), WhyClosed.SECOND_SATURDAY),
        (date(2026, 8, 8), WhyClosed.SECOND_SATURDAY),
        (date(2026, 8, 15), None),
        (date(2026, 11, 24), WhyClosed.HOLIDAY),
    ],
)
def test_why_the_office_is_closed(day, why):
    closed = PRAYAGRAJ.why_closed(day)
    assert (closed.why if closed else None) == why
    assert PRAYAGRAJ.is_open(day) == (why is None)


def test_what_beats_what_on_a_day():
    """An open date beats weekday and holiday, `/holiday` beats both (docs/rules.md D2)."""
    holiday, sunday = date(2026, 11, 24), date(2026, 11, 22)
    office = {"holidays": {"closed": ["2026-11-25"], "open": ["2026-11-22", "2026-11-24"]}}
    calendar = OfficeCalendar.of(settings(office=office), holidays=PRAYAGRAJ.holidays)
    assert calendar.is_open(sunday)
    assert calendar.is_open(holiday)
    assert calendar.why_closed(date(2026, 11, 25)) == Closed(date(2026, 11, 25), WhyClosed.CONFIGURED)

    declared = calendar.with_declared(Holiday(sunday, "शोक", "Mourning", "order 7"))
    assert declared.why_closed(sunday) == Closed(sunday, WhyClosed.DECLARED, "शोक", "Mourning")
    assert declared.without_declared(sunday) == calendar


def test_a_calendar_that_never_opens_is_refused():
    with pytest.raises(ValueError, match="needs an open weekday"):
        replace(PRAYAGRAJ, closed_weekdays=frozenset(range(7)))
    with pytest.raises(ValueError, match="close later"):
        replace(PRAYAGRAJ, closing=time(10))


def test_days_and_openings():
    friday = date(2026, 11, 13)  # before a second Saturday and a Sunday
    assert PRAYAGRAJ.next_open_day(friday) == date(2026, 11, 16)
    assert PRAYAGRAJ.open_day_from(friday) == friday
    assert [one.day.day for one in PRAYAGRAJ.skip_closed(date(2026, 11, 14))[1]] == [14, 15]
    assert said(PRAYAGRAJ.first_opening_at_or_after(ist("2026-11-13 10:00"))) == "Fri 13 Nov 10:00"
    assert said(PRAYAGRAJ.first_opening_at_or_after(ist("2026-11-13 10:01"))) == "Mon 16 Nov 10:00"
    assert PRAYAGRAJ.opens(friday) == datetime(2026, 11, 13, 4, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("since", "until", "hours", "with_window"),
    [
        ("2026-11-23 09:00", "2026-11-23 19:00", 8, 9),  # 09:00 to 11:00 counts once
        ("2026-11-23 17:00", "2026-11-25 10:30", 1.5, 2.5),  # over a holiday
        ("2026-11-21 18:00", "2026-11-23 09:30", 0, 0.5),
        ("2026-11-25 12:00", "2026-11-25 12:00", 0, 0),
        ("2026-11-25 12:00", "2026-11-23 12:00", 0, 0),
    ],
)
def test_office_time(since, until, hours, with_window):
    assert PRAYAGRAJ.office_time(ist(since), ist(until)) == hours * HOUR
    assert PRAYAGRAJ.office_time(ist(since), ist(until), with_window=True) == with_window * HOUR


def test_a_window_apart_from_the_hours_counts_by_itself():
    calendar = replace(PRAYAGRAJ, window=(time(7), time(8)))
    start = ist("2026-11-23 06:00")
    assert calendar.office_time(start, ist("2026-11-23 12:00"), with_window=True) == 3 * HOUR
    assert said(calendar.add_office_time(start, 2 * HOUR, with_window=True)) == "Mon 23 Nov 11:00"


def test_hours_are_by_the_wall_clock_on_both_sides_of_summer_time():
    assert BERLIN.opens(date(2026, 10, 24)) == datetime(2026, 10, 24, 8, tzinfo=UTC)
    assert BERLIN.opens(date(2026, 10, 26)) == datetime(2026, 10, 26, 9, tzinfo=UTC)
    assert said(BERLIN.closes(date(2027, 3, 29)), BERLIN) == "Mon 29 Mar 18:00"


@pytest.mark.parametrize(("night", "hours"), [((2026, 10, 24), 3), ((2026, 10, 25), 4), ((2027, 3, 28), 2)])
def test_hours_over_a_change_of_clocks_count_what_really_passes(night, hours):
    day = date(*night)
    assert BERLIN_NIGHT.office_time(BERLIN_NIGHT.opens(day), BERLIN_NIGHT.closes(day)) == hours * HOUR


def test_hours_never_turn_round_when_they_fall_into_the_change():
    """02:10 does not exist on 28 March 2027, 02:30 comes twice on 25 October 2026."""
    forward = replace(BERLIN, opening=time(2, 10), closing=time(3, 5))
    assert forward.opens(date(2027, 3, 28)) < forward.closes(date(2027, 3, 28))
    back = replace(BERLIN, opening=time(2, 10), closing=time(2, 30))
    assert back.closes(date(2026, 10, 25)) - back.opens(date(2026, 10, 25)) == timedelta(minutes=80)


def test_the_holidays_of_a_state_are_named_in_both_languages():
    found = {holiday.day: holiday for holiday in holidays_of("IN", "UP", [2026, 2027])}
    republic = found[date(2027, 1, 26)]
    assert (republic.name_hi, republic.name_en) == ("गणतंत्र दिवस", "Republic Day")
    assert republic.source.startswith("holidays 0.")
    assert republic.source.endswith(", IN-UP")
    assert {day.year for day in found} == {2026, 2027}
    with pytest.raises(ValueError, match=r"XX.*correct office\.holidays"):
        holidays_of("IN", "XX", [2026])


def test_the_standard_calendar_is_that_of_the_settings():
    calendar = OfficeCalendar.of(STANDARD, declared=[HEAVY_RAIN])
    assert calendar.closed_weekdays == {6}
    assert calendar.window == (time(9), time(11))
    assert not calendar.is_open(HEAVY_RAIN.day)
    assert calendar.is_open(date(2026, 11, 24))


# Laws


@given(st.data(), calendars())
def test_a_day_opens_before_it_closes_and_days_close_in_order(data, calendar):
    day = data.draw(st.dates(date(2026, 9, 20), date(2027, 5, 10)))
    assert calendar.opens(day) < calendar.closes(day) < calendar.closes(day + timedelta(days=1))
    assert calendar.is_open(calendar.next_open_day(day))
    assert calendar.next_open_day(day) > day


@given(st.data(), calendars(), st.booleans())
def test_office_time_can_be_cut_anywhere(data, calendar, with_window):
    first, middle, last = sorted(data.draw(instants(calendar)) for _ in range(3))
    whole = calendar.office_time(first, last, with_window)
    assert calendar.office_time(first, middle, with_window) + calendar.office_time(middle, last, with_window) == whole
    assert timedelta(0) <= whole <= last - first


@given(st.data(), calendars(), st.booleans(), st.timedeltas(timedelta(0), timedelta(hours=60)))
def test_adding_office_time_undoes_counting_it(data, calendar, with_window, span):
    start = data.draw(instants(calendar))
    end = calendar.add_office_time(start, span, with_window)
    assert calendar.office_time(start, end, with_window) == span
    if span:  # and it is the first such instant
        assert calendar.office_time(start, end - timedelta(microseconds=1), with_window) < span


@given(st.data(), calendars())
def test_the_window_adds_and_another_holiday_takes_away(data, calendar):
    since, until = sorted((data.draw(instants(calendar)), data.draw(instants(calendar))))
    hours = calendar.office_time(since, until)
    assert calendar.office_time(since, until, with_window=True) >= hours
    assert calendar.with_declared(data.draw(holidays())).office_time(since, until) <= hours


@given(st.data(), calendars())
def test_the_first_opening_is_the_first(data, calendar):
    at = data.draw(instants(calendar))
    opening = calendar.first_opening_at_or_after(at)
    assert opening >= at
    assert calendar.is_open(calendar.day_of(opening))
    assert calendar.office_time(at, opening) == calendar.office_time(
        at, min(opening, calendar.closes(calendar.day_of(at)))
    )
