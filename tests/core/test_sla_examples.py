"""Each rule for due times on real dates of 2026 and 2027 (docs/design.md §4, Due times; docs/rules.md D1 to D14).

The office is Prayagraj's: 10 to 18, closed on Sundays, second Saturdays (14 November, 12 December) and on Tuesday
24 November 2026. The window is 9 to 11.
"""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from core.office_days import Holiday, OfficeCalendar
from core.sla import (
    Due,
    Hold,
    MovedBy,
    Paused,
    Why,
    acknowledge_by,
    after_pause,
    book_time,
    charged_department,
    due_after_reopening,
    due_at_registration,
    explain,
    hearing_target,
    in_time,
    moved_by_holiday,
    moved_by_transfer,
    recategorised_down,
    recategorised_up,
    reopen_until,
    still_on_it_answer_by,
    still_on_it_at,
)
from tests.core.calendars import HEAVY_RAIN, PRAYAGRAJ, STANDARD, ist, said, settings

HOUR, MICROSECOND = timedelta(hours=1), timedelta(microseconds=1)
WORKING = settings(due={"count": "working"})
A, B, C = STANDARD.categories.rules()


def registered(at, category=A, calendar=PRAYAGRAJ, rules=STANDARD) -> Due:
    """The due time of a complaint registered at a time of Prayagraj's clock."""
    return due_at_registration(ist(at), category, calendar, rules)


@pytest.mark.parametrize(
    ("at", "a", "b", "b_working", "c", "c_working"),
    [
        # Monday, before the opening and before the cut-off at 14:00.
        ("2026-11-23 09:30", "Mon 23 Nov", "Thu 26 Nov", "Fri 27 Nov", "Mon 30 Nov", "Wed 02 Dec"),
        ("2026-11-23 14:00", "Mon 23 Nov", "Thu 26 Nov", "Fri 27 Nov", "Mon 30 Nov", "Wed 02 Dec"),
        # A minute less than four hours left: A is due on the next office day, which is not the holiday.
        ("2026-11-23 14:01", "Wed 25 Nov", "Thu 26 Nov", "Fri 27 Nov", "Mon 30 Nov", "Wed 02 Dec"),
        ("2026-11-23 17:59", "Wed 25 Nov", "Thu 26 Nov", "Fri 27 Nov", "Mon 30 Nov", "Wed 02 Dec"),
        # Exactly at close is too late for registering: D is Wednesday.
        ("2026-11-23 18:00", "Wed 25 Nov", "Sat 28 Nov", "Sat 28 Nov", "Wed 02 Dec", "Thu 03 Dec"),
        ("2026-11-24 11:00", "Wed 25 Nov", "Sat 28 Nov", "Sat 28 Nov", "Wed 02 Dec", "Thu 03 Dec"),
        # Friday 17:00 before a second Saturday: A on Monday, and three calendar days end there too.
        ("2026-11-13 17:00", "Mon 16 Nov", "Mon 16 Nov", "Wed 18 Nov", "Fri 20 Nov", "Mon 23 Nov"),
        ("2026-11-14 08:00", "Mon 16 Nov", "Thu 19 Nov", "Thu 19 Nov", "Mon 23 Nov", "Wed 25 Nov"),
        ("2026-11-29 12:00", "Mon 30 Nov", "Thu 03 Dec", "Thu 03 Dec", "Mon 07 Dec", "Tue 08 Dec"),
        # Over the new year.
        ("2026-12-31 18:30", "Fri 01 Jan", "Mon 04 Jan", "Tue 05 Jan", "Fri 08 Jan", "Mon 11 Jan"),
    ],
)
def test_rules_1_and_2_registration(at, a, b, b_working, c, c_working):
    assert [said(registered(at, one).at) for one in (A, B, C)] == [f"{day} 18:00" for day in (a, b, c)]
    working = [said(registered(at, one, rules=WORKING).at) for one in (B, C)]
    assert working == [f"{day} 18:00" for day in (b_working, c_working)]


def test_d3_the_cut_off_is_for_every_category_of_no_days():
    rules = settings(categories={"B": {"label": {"hi": "", "en": ""}, "days": 0}})
    assert said(registered("2026-11-25 17:00", rules.categories.rule("B"), rules=rules).at) == "Thu 26 Nov 18:00"


def test_rule_3_and_d5_a_holiday_declared_later_moves_deadlines_on_that_day_alone():
    thursday = registered("2026-11-23 12:00", B)
    friday = registered("2026-11-23 12:00", B, rules=WORKING)
    now = ist("2026-11-25 16:00")
    moved = moved_by_holiday(thursday, HEAVY_RAIN, PRAYAGRAJ, now)
    assert said(moved.at) == "Fri 27 Nov 18:00"
    assert (moved.moved[0].by, moved.moved[0].old, moved.first_at) == (MovedBy.HOLIDAY, thursday.at, thursday.at)
    assert moved_by_holiday(friday, HEAVY_RAIN, PRAYAGRAJ, now) == friday
    # Declared twice: the deadline has left that day, so nothing moves again.
    assert moved_by_holiday(moved, HEAVY_RAIN, PRAYAGRAJ.with_declared(HEAVY_RAIN), now) == moved


def test_d4_a_holiday_declared_at_the_due_time_heals_nothing():
    due = registered("2026-11-23 12:00", B)
    assert moved_by_holiday(due, HEAVY_RAIN, PRAYAGRAJ, due.at) == due
    assert moved_by_holiday(due, HEAVY_RAIN, PRAYAGRAJ, due.at - MICROSECOND) != due


def test_rule_4_a_faster_category_counts_from_now_and_never_later():
    due = registered("2026-11-23 12:00", C)
    assert said(recategorised_up(due, ist("2026-11-25 12:00"), A, PRAYAGRAJ, STANDARD).at) == "Wed 25 Nov 18:00"
    assert said(recategorised_up(due, ist("2026-11-25 17:00"), A, PRAYAGRAJ, STANDARD).at) == "Thu 26 Nov 18:00"
    # Three days from Saturday would be Tuesday; the old due time, Monday, stays.
    assert recategorised_up(due, ist("2026-11-28 12:00"), B, PRAYAGRAJ, STANDARD) == due


def test_rule_4_and_d6_a_slower_category_counts_from_the_start_of_the_clock():
    due = registered("2026-11-23 12:00", A)
    slower = recategorised_down(due, ist("2026-11-23 16:00"), C, PRAYAGRAJ, STANDARD)
    assert said(slower.at) == "Mon 30 Nov 18:00"
    assert slower.first_at == due.at
    assert recategorised_down(due, due.at, C, PRAYAGRAJ, STANDARD) == due

    reopened = due_after_reopening(ist("2026-12-01 11:00"), PRAYAGRAJ, STANDARD)
    assert said(reopened.at) == "Tue 01 Dec 18:00"
    assert said(recategorised_down(reopened, ist("2026-12-01 12:00"), B, PRAYAGRAJ, STANDARD).at) == "Fri 04 Dec 18:00"


def test_d6_a_slower_category_keeps_the_pauses_taken():
    due = registered("2026-11-25 10:00", B)
    paused = after_pause(due, ist("2026-11-26 10:00"), ist("2026-11-27 10:00"), PRAYAGRAJ)
    assert (said(due.at), said(paused.at)) == ("Sat 28 Nov 18:00", "Mon 30 Nov 18:00")
    slower = recategorised_down(paused, ist("2026-11-27 11:00"), C, PRAYAGRAJ, STANDARD)
    assert said(slower.at) == "Thu 03 Dec 18:00"  # Wednesday, and the eight hours of the pause


@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("2026-11-25 09:59", "Wed 25 Nov 18:00"),  # before the opening: that very day is a whole one
        ("2026-11-25 10:00", "Wed 25 Nov 18:00"),
        ("2026-11-25 10:01", "Thu 26 Nov 18:00"),
        ("2026-11-25 17:59", "Thu 26 Nov 18:00"),
        ("2026-11-25 18:00", "Wed 25 Nov 18:00"),  # it has come: nothing moves it (D4)
    ],
)
def test_rule_5_and_d7_a_transfer_gives_an_office_day(at, due):
    complaint = registered("2026-11-25 08:00", A)
    moved = moved_by_transfer(complaint, ist(at), PRAYAGRAJ, STANDARD, granted_before=False)
    assert said(moved.at) == due
    assert moved_by_transfer(complaint, ist(at), PRAYAGRAJ, STANDARD, granted_before=True) == complaint


def test_d1_the_floor_of_a_transfer_counts_office_days():
    rules = settings(due={"transfer_floor": "2d"})
    due = registered("2026-11-13 10:00", A)
    moved = moved_by_transfer(due, ist("2026-11-13 12:00"), PRAYAGRAJ, rules, granted_before=False)
    assert said(moved.at) == "Tue 17 Nov 18:00"  # Monday and Tuesday
    none = settings(due={"transfer_floor": "0d"})
    assert moved_by_transfer(due, ist("2026-11-13 12:00"), PRAYAGRAJ, none, granted_before=False) == due


@pytest.mark.parametrize(
    ("since", "until", "due"),
    [
        ("2026-11-25 12:00", "2026-11-25 12:01", "Mon 30 Nov 18:00"),  # a minute, rounded up to a close
        ("2026-11-25 10:00", "2026-11-25 18:00", "Mon 30 Nov 18:00"),  # a whole day is a whole day
        ("2026-11-25 10:00", "2026-11-26 11:00", "Tue 01 Dec 18:00"),
        ("2026-11-25 18:00", "2026-11-26 10:00", "Sat 28 Nov 18:00"),  # the night costs nothing
        ("2026-11-25 09:00", "2026-11-25 10:00", "Sat 28 Nov 18:00"),  # nor does the window: hours alone (D9)
        ("2026-11-28 12:00", "2026-12-01 10:00", "Tue 01 Dec 18:00"),  # over the due time: the clock stood still
        ("2026-11-28 18:00", "2026-12-01 10:00", "Sat 28 Nov 18:00"),  # begun when it had come: heals nothing
    ],
)
def test_rule_6_and_d10_a_pause_moves_by_the_office_hours_paused(since, until, due):
    complaint = registered("2026-11-25 09:00", B)
    assert said(after_pause(complaint, ist(since), ist(until), PRAYAGRAJ).at) == due


def test_rule_6_a_holiday_in_a_pause_moves_the_deadline_first():
    """Paused on Wednesday, rain declared for the due day while the clock stands still, resumed on Friday morning."""
    due, since = registered("2026-11-23 12:00", B), ist("2026-11-25 10:00")
    rained = PRAYAGRAJ.with_declared(HEAVY_RAIN)
    moved = moved_by_holiday(due, HEAVY_RAIN, PRAYAGRAJ, since)
    assert said(after_pause(moved, since, ist("2026-11-27 10:00"), rained).at) == "Sat 28 Nov 18:00"


@pytest.mark.parametrize(
    ("since", "resumed", "transferred"),
    [
        ("2026-11-26 17:00", "Fri 27 Nov 18:00", "Sat 28 Nov 18:00"),  # Friday is no whole day from 12:00 on
        ("2026-11-26 12:00", "Sat 28 Nov 18:00", "Sat 28 Nov 18:00"),  # Saturday is one already
    ],
)
def test_rule_6_a_transfer_in_a_pause_is_asked_when_it_ends(since, resumed, transferred):
    due = after_pause(registered("2026-11-23 12:00", B), ist(since), ist("2026-11-27 12:30"), PRAYAGRAJ)
    assert said(due.at) == resumed
    moved = moved_by_transfer(due, ist("2026-11-27 12:00"), PRAYAGRAJ, STANDARD, granted_before=False)
    assert said(moved.at) == transferred


def test_rule_7_and_d12_reopening():
    assert said(due_after_reopening(ist("2026-12-04 15:00"), PRAYAGRAJ, STANDARD).at) == "Sat 05 Dec 18:00"
    by_b = settings(due={"on_reopen": "B"})
    assert said(due_after_reopening(ist("2026-12-04 15:00"), PRAYAGRAJ, by_b).at) == "Mon 07 Dec 18:00"
    assert said(reopen_until(ist("2026-11-25 00:00"), PRAYAGRAJ, STANDARD)) == "Fri 11 Dec 00:00"
    assert said(reopen_until(ist("2026-11-25 23:59"), PRAYAGRAJ, STANDARD)) == "Fri 11 Dec 00:00"


@pytest.mark.parametrize(
    ("at", "acknowledge", "hearing"),
    [
        ("2026-11-23 08:00", "Mon 23 Nov 09:30", "none"),  # office minutes begin with the window
        ("2026-11-23 09:00", "Mon 23 Nov 09:30", "Mon 23 Nov 11:00"),
        ("2026-11-23 10:45", "Mon 23 Nov 11:15", "Mon 23 Nov 11:00"),
        ("2026-11-23 11:00", "Mon 23 Nov 11:30", "none"),
        ("2026-11-23 17:45", "Wed 25 Nov 09:15", "none"),
        ("2026-11-24 09:30", "Wed 25 Nov 09:30", "none"),  # no window on a holiday
    ],
)
def test_rule_8_targets_in_office_minutes(at, acknowledge, hearing):
    assert said(acknowledge_by(ist(at), PRAYAGRAJ, STANDARD)) == acknowledge
    assert said(hearing_target(ist(at), PRAYAGRAJ)) == hearing


def test_rule_8_without_a_window_office_minutes_are_hours():
    calendar = replace(PRAYAGRAJ, window=None)
    assert said(acknowledge_by(ist("2026-11-23 09:00"), calendar, STANDARD)) == "Mon 23 Nov 10:30"
    assert hearing_target(ist("2026-11-23 09:30"), calendar) is None


def test_d14_still_on_it_after_half_of_the_office_minutes_left():
    due = registered("2026-11-25 09:00", A)
    assert said(still_on_it_at(ist("2026-11-25 12:00"), due, PRAYAGRAJ)) == "Wed 25 Nov 15:00"
    assert still_on_it_at(due.at, due, PRAYAGRAJ) is None
    assert said(still_on_it_answer_by(ist("2026-11-25 17:00"), PRAYAGRAJ)) == "Thu 26 Nov 10:00"


def test_rule_9_in_time_to_the_very_instant():
    due = registered("2026-11-25 09:00", A)
    assert in_time(ist("2026-11-25 18:00"), due)
    assert not in_time(ist("2026-11-25 18:00") + MICROSECOND, due)


def test_rule_5_and_d8_time_is_booked_and_a_breach_charged():
    due_at = ist("2026-11-26 18:00")
    holds = [
        Hold("DPRO", ist("2026-11-23 12:00"), ist("2026-11-25 12:00")),
        Hold("BDO", ist("2026-11-25 12:00"), due_at),
        Hold("DPRO", due_at),
    ]
    pauses = [Paused(ist("2026-11-25 16:00"), ist("2026-11-26 11:00"))]
    booked = book_time(holds, ist("2026-11-27 12:00"), PRAYAGRAJ)
    assert booked == {"DPRO": 10 * HOUR, "BDO": 14 * HOUR}
    booked = book_time(holds, ist("2026-11-27 12:00"), PRAYAGRAJ, pauses)
    assert booked == {"DPRO": 10 * HOUR, "BDO": 11 * HOUR}
    assert charged_department(holds, due_at) == "BDO"  # handed over at that very instant: the sender's
    assert charged_department(holds, due_at + MICROSECOND) == "DPRO"
    assert charged_department(holds, ist("2026-11-23 12:00")) is None


def test_a_pause_that_still_runs_is_booked_to_nobody():
    holds = [Hold("DPRO", ist("2026-11-25 10:00"))]
    assert book_time(holds, ist("2026-11-26 12:00"), PRAYAGRAJ, [Paused(ist("2026-11-25 13:00"))]) == {"DPRO": 3 * HOUR}


def facts(due: Due) -> list[str]:
    """The explanation in short: each step, its day, and the closed days passed over."""
    return [
        " ".join(
            [reason.why, f"{reason.day:%d.%m}" if reason.day else "", *(f"-{one.day:%d.%m}" for one in reason.closed)]
        ).replace("  ", " ")
        for reason in explain(due)
    ]


def test_a_due_time_explains_itself():
    saturday = registered("2026-11-21 18:30", B)
    assert facts(saturday) == ["registered ", "after_close 23.11 -22.11", "category 26.11", "close_of_office 26.11"]
    too_late = registered("2026-11-23 16:00", A)
    assert facts(too_late) == [
        "registered ",
        "category 23.11",
        "too_late_for_same_day 25.11 -24.11",
        "close_of_office 25.11",
    ]
    reason = explain(too_late)[2]
    assert (reason.left, reason.needs) == (2 * HOUR, 4 * HOUR)
    sunday = registered("2026-11-15 12:00", C)
    assert facts(sunday) == ["registered ", "closed_day 16.11 -15.11", "category 23.11", "close_of_office 23.11"]
    rolled = registered("2026-11-21 12:00", B)
    assert facts(rolled) == ["registered ", "category 24.11", "rolled 25.11 -24.11", "close_of_office 25.11"]
    working = registered("2026-11-23 12:00", B, rules=WORKING)
    assert facts(working) == ["registered ", "category 27.11", "rolled 27.11 -24.11", "close_of_office 27.11"]
    assert explain(working)[1].working


def test_every_move_is_in_the_explanation_and_in_the_record():
    due = registered("2026-11-23 12:00", B)
    due = moved_by_holiday(due, HEAVY_RAIN, PRAYAGRAJ, ist("2026-11-25 16:00"))
    calendar = PRAYAGRAJ.with_declared(HEAVY_RAIN)
    due = after_pause(due, ist("2026-11-25 17:00"), ist("2026-11-27 10:00"), calendar)
    due = recategorised_up(due, ist("2026-11-27 11:00"), A, calendar, STANDARD)
    due = moved_by_transfer(due, ist("2026-11-27 12:00"), calendar, STANDARD, granted_before=False)
    due = recategorised_down(due, ist("2026-11-27 13:00"), C, calendar, STANDARD)
    assert [reason.why for reason in explain(due)][-5:] == [
        Why.MOVED_BY_HOLIDAY,
        Why.MOVED_BY_PAUSE,
        Why.MOVED_BY_CATEGORY_UP,
        Why.MOVED_BY_TRANSFER,
        Why.MOVED_BY_CATEGORY_DOWN,
    ]
    assert [said(moved.new)[:10] for moved in due.moved] == [
        "Fri 27 Nov",
        "Sat 28 Nov",
        "Fri 27 Nov",
        "Sat 28 Nov",
        "Tue 01 Dec",
    ]
    names = [one.name_en for one in explain(due)[-5].closed]
    assert names == ["Heavy rain"]
    assert Due.from_json(due.to_json()) == due


def test_rules_hold_where_clocks_change():
    """In Berlin the close stays 18:00 by the wall clock and days count as dates, over 25 October 2026."""
    berlin = OfficeCalendar.of(settings(office={"timezone": "Europe/Berlin"}))
    at = ist("2026-10-23 15:30")  # 12:00 in Berlin
    due = due_at_registration(at, B, berlin, STANDARD)
    assert said(due.at, berlin) == "Mon 26 Oct 18:00"
    assert due.at - at == 3 * 24 * HOUR + 7 * HOUR
    moved = moved_by_holiday(due, Holiday(date(2026, 10, 26), "", "", ""), berlin, at)
    assert said(moved.at, berlin) == "Tue 27 Oct 18:00"
    night = replace(berlin, opening=time(1), closing=time(4), closed_weekdays=frozenset())
    late = due_at_registration(night.closes(date(2026, 10, 25)) - 4 * HOUR, A, night, STANDARD)
    assert said(late.at, night) == "Sun 25 Oct 04:00"  # 4 hours are left, though the clock shows 1 to 4
