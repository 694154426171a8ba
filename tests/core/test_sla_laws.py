"""Laws of due times, in random calendars of three zones (docs/design.md §4, Due times: the properties)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from core.office_days import Holiday, OfficeCalendar
from core.settings import CategoryRule, OfficeSettings
from core.sla import (
    Due,
    Hold,
    MovedBy,
    Paused,
    acknowledge_by,
    after_pause,
    book_time,
    charged_department,
    due_after_reopening,
    due_at_registration,
    explain,
    has_come,
    hearing_target,
    in_time,
    moved_by_holiday,
    moved_by_transfer,
    recategorised_down,
    recategorised_up,
    reopen_until,
)
from tests.core.calendars import calendars, categories, fortnights, holidays, instants, rules

NONE, MICROSECOND, HOUR = timedelta(0), timedelta(microseconds=1), timedelta(hours=1)


def is_close_of_an_open_day(due: Due, calendar: OfficeCalendar) -> bool:
    """Whether the due time is what the rules promise."""
    return calendar.is_open(due.day) and due.at == calendar.closes(due.day) and calendar.day_of(due.at) == due.day


@given(st.data(), calendars(), categories(), rules())
def test_registered_later_is_never_due_earlier(data, calendar, abc, config):
    earlier, later = data.draw(fortnights(calendar, 2, 2))
    for category in abc:
        first = due_at_registration(earlier, category, calendar, config)
        assert first.at <= due_at_registration(later, category, calendar, config).at
        assert first.at > earlier
        assert is_close_of_an_open_day(first, calendar)


@given(st.data(), calendars(), categories(), rules())
def test_a_is_never_due_after_b_nor_b_after_c(data, calendar, abc, config):
    at = data.draw(instants(calendar))
    a, b, c = (due_at_registration(at, category, calendar, config).at for category in abc)
    assert a <= b <= c


@given(st.data(), calendars(), categories(), rules())
def test_another_holiday_never_makes_a_new_or_open_due_earlier(data, calendar, abc, config):
    at, now = data.draw(fortnights(calendar, 2, 2))
    soon = st.dates(at.date(), at.date() + timedelta(days=14))
    holiday = Holiday(data.draw(soon), "", "a holiday", "a test")
    after = calendar.with_declared(holiday)
    for category in abc:
        due = due_at_registration(at, category, calendar, config)
        assert due_at_registration(at, category, after, config).at >= due.at
        moved = moved_by_holiday(due, holiday, calendar, now)
        assert moved.at >= due.at
        assert has_come(due, now) or is_close_of_an_open_day(moved, after)
        assert (moved == due) == (has_come(due, now) or due.day != holiday.day)


@given(st.data(), calendars(), categories(), rules())
def test_the_close_is_in_time_for_solving_and_too_late_for_registering(data, calendar, abc, config):
    day = calendar.day_of(data.draw(instants(calendar)))
    close = calendar.closes(calendar.open_day_from(day))
    at_close = due_at_registration(close, abc[0], calendar, config)
    assert at_close.counting.first_day == calendar.next_open_day(calendar.day_of(close))
    assert due_at_registration(close - MICROSECOND, abc[0], calendar, config).counting.first_day < at_close.day
    assert in_time(at_close.at, at_close)
    assert not in_time(at_close.at + MICROSECOND, at_close)


@given(st.data(), calendars(), categories(), rules())
def test_the_same_day_needs_its_hours_or_gives_the_next(data, calendar, abc, config):
    """A category of no days has at least `same_day_needs` until close, or lasts over another office day (D3)."""
    at = data.draw(instants(calendar))
    due = due_at_registration(at, CategoryRule("A", 0), calendar, config)
    assert due.at - at >= config.due.same_day_needs.elapsed or due.day > due.counting.first_day
    assert due.day in (due.counting.first_day, calendar.next_open_day(due.counting.first_day))


@given(st.data(), calendars(), categories(), rules())
def test_a_transfer_gives_an_office_day_before_it_is_due(data, calendar, abc, config):
    at, transferred = data.draw(fortnights(calendar, 2, 2))
    due = due_at_registration(at, abc[0], calendar, config)
    moved = moved_by_transfer(due, transferred, calendar, config, granted_before=False)
    assert moved.at >= due.at
    assert is_close_of_an_open_day(moved, calendar)
    assert moved_by_transfer(due, transferred, calendar, config, granted_before=True) == due
    floor = config.due.transfer_floor.count
    if has_come(due, transferred):
        assert moved == due
    elif floor:
        opening = calendar.first_opening_at_or_after(transferred)
        whole_day = calendar.closes(calendar.day_of(opening)) - opening
        assert moved.at - opening >= whole_day
        assert calendar.office_time(opening, moved.at) >= (NONE if floor == 1 else whole_day)


@given(st.data(), calendars(), categories(), rules())
def test_up_is_never_later_nor_past_and_down_is_never_earlier(data, calendar, abc, config):
    at, now = data.draw(fortnights(calendar, 2, 2))
    fast, middle, slow = abc
    due = due_at_registration(at, middle, calendar, config)
    up = recategorised_up(due, now, fast, calendar, config)
    down = recategorised_down(due, now, slow, calendar, config)
    assert up.at <= due.at <= down.at
    assert up.at > now or has_come(due, now)
    assert is_close_of_an_open_day(up, calendar)
    assert is_close_of_an_open_day(down, calendar)
    if not has_come(due, now):
        assert down.at == due_at_registration(at, slow, calendar, config).at


@given(st.data(), calendars(), categories(), rules())
def test_a_pause_gives_back_the_office_hours_and_less_than_a_day_more(data, calendar, abc, config):
    at, since, until = data.draw(fortnights(calendar, 3, 3))
    due = due_at_registration(at, abc[1], calendar, config)
    moved = after_pause(due, since, until, calendar)
    assert is_close_of_an_open_day(moved, calendar)
    paused = NONE if has_come(due, since) else calendar.office_time(since, until)
    given_back = calendar.office_time(due.at, moved.at)
    last_day = calendar.office_time(calendar.opens(moved.day), moved.at)
    assert paused <= given_back < paused + max(last_day, MICROSECOND)
    # Whoever resumes has the office hours left that they had, if any were left.
    if not has_come(due, since):
        assert calendar.office_time(until, moved.at) >= calendar.office_time(since, due.at)


@given(st.data(), calendars(), rules())
def test_reopening_and_targets(data, calendar, config):
    at = data.draw(instants(calendar))
    category = config.categories.rule(config.due.on_reopen)
    reopened = due_after_reopening(at, calendar, config)
    assert reopened.at == due_at_registration(at, category, calendar, config).at
    until = reopen_until(at, calendar, config)
    assert calendar.day_of(until - MICROSECOND) == calendar.day_of(at) + timedelta(days=15)
    assert calendar.day_of(until) == calendar.day_of(at) + timedelta(days=16)
    by = acknowledge_by(at, calendar, config)
    assert calendar.office_time(at, by, with_window=True) == config.due.acknowledge_within.elapsed
    hearing = hearing_target(at, calendar)
    assert hearing is None or (hearing > at and calendar.is_open(calendar.day_of(at)))


@given(st.data(), calendars())
def test_holding_times_add_up_to_the_open_time(data, calendar):
    cuts = sorted(data.draw(st.lists(instants(calendar), min_size=2, max_size=6, unique=True)))
    departments = data.draw(st.lists(st.sampled_from(["DPRO", "BDO", "DSO"]), min_size=len(cuts), max_size=len(cuts)))
    handed_over = [*cuts[1:], None]
    holds = [Hold(*one) for one in zip(departments, cuts, handed_over, strict=True)]
    until = data.draw(instants(calendar))
    ends = sorted(data.draw(st.lists(instants(calendar), min_size=4, max_size=4)))
    pauses = [Paused(ends[0], ends[1]), Paused(ends[2], ends[3] if data.draw(st.booleans()) else None)]

    assert sum(book_time(holds, until, calendar).values(), NONE) == calendar.office_time(cuts[0], until)
    booked = book_time(holds, until, calendar, pauses)
    paused = [
        calendar.office_time(max(one.since, cuts[0]), min(one.until, until) if one.until else until) for one in pauses
    ]
    assert sum(booked.values(), NONE) + sum(paused, NONE) == calendar.office_time(cuts[0], until)
    assert all(time >= NONE for time in booked.values())


@given(st.data(), calendars())
def test_a_breach_is_charged_to_whoever_held_it_just_before(data, calendar):
    first, handed_over = data.draw(fortnights(calendar, 2, 2))
    due_at = data.draw(st.one_of(instants(calendar), st.sampled_from([first, handed_over])))
    holds = [Hold("DPRO", first, handed_over), Hold("BDO", handed_over)]
    charged = charged_department(holds, due_at)
    assert charged == (None if due_at <= first else "DPRO" if due_at <= handed_over else "BDO")


@dataclass
class Life:
    """A complaint's due time and what is known of the office while time goes on."""

    due: Due
    calendar: OfficeCalendar
    settings: OfficeSettings
    granted: bool = False


def _next(life: Life, data: Any, now: datetime, later: datetime, abc: tuple[CategoryRule, ...]) -> Life:
    """What a random event at `now` makes of the due time; a pause lasts until `later`."""
    event = data.draw(st.sampled_from(["holiday", "undo", "transfer", "up", "down", "pause"]), label="event")
    due, calendar, config = life.due, life.calendar, life.settings
    if event == "holiday":
        on_the_day = st.just(Holiday(due.day, "", "on the due day", "a test"))
        holiday = data.draw(st.one_of(holidays(), on_the_day))
        moved = moved_by_holiday(due, holiday, calendar, now)
        return replace(life, due=moved, calendar=calendar.with_declared(holiday))
    if event == "undo" and calendar.declared:
        return replace(life, calendar=calendar.without_declared(data.draw(st.sampled_from(calendar.declared)).day))
    if event == "transfer":
        moved = moved_by_transfer(due, now, calendar, config, granted_before=life.granted)
        return replace(life, due=moved, granted=life.granted or moved != due)
    if event == "up":
        return replace(life, due=recategorised_up(due, now, data.draw(st.sampled_from(abc)), calendar, config))
    if event == "down":
        return replace(life, due=recategorised_down(due, now, data.draw(st.sampled_from(abc)), calendar, config))
    if event == "pause":
        return replace(life, due=after_pause(due, now, later, calendar))
    return life


@given(st.data(), calendars(), categories(), rules())
def test_in_any_life_nothing_heals_a_breach_and_every_step_is_explained(data, calendar, abc, config):
    times = data.draw(fortnights(calendar, 3, 12))
    life = Life(due_at_registration(times[0], data.draw(st.sampled_from(abc)), calendar, config), calendar, config)
    for now, later in pairwise(times):
        before, life = life, _next(life, data, now, later, abc)
        if has_come(before.due, now):
            assert life.due == before.due
            continue
        # At this instant it is not late, whatever happened, and only a faster category hurries anybody.
        assert life.due.at > now
        assert is_close_of_an_open_day(life.due, life.calendar)
        hurried = life.due.at < before.due.at
        assert not hurried or life.due.moved[-1].by is MovedBy.CATEGORY_UP
    moves = life.due.moved
    assert sum(move.by is MovedBy.TRANSFER for move in moves) <= 1
    assert [move.old for move in moves] + [life.due.at] == [life.due.first_at] + [move.new for move in moves]
    assert [reason.new for reason in explain(life.due) if reason.new][-1] == life.due.at
    assert Due.from_json(life.due.to_json()) == life.due
