"""Mornings as they come, through the records: every verdict is that of the slow computation from the raw marks.

Marks arrive in any order, some twice, some only after the report; there is leave, being off duty, and an account that
is down. After each morning, and again after what came late, the report says what the raw marks say.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.marking import mark
from core.people import Door
from core.presence import Mark, Strength
from core.presence_commands import EnterLeave, RestoreOfficer, TakeOffline
from core.receiving import note_receiving
from core.store.queries.receiving import keep_outage
from core.store.unit import UnitOfWork
from core.store.work import Work
from tests.core.presence.office_mornings import STAFF, close_windows, words
from tests.core.presence.slow_verdicts import Hours, RawMark, slow_verdict
from tests.district import PEOPLE, District

ZONE = ZoneInfo("Asia/Kolkata")
HOURS = Hours(ZONE, time(9), time(11), (time(9), time(9, 40), time(10, 20)), grace=15)
FIRST = date(2026, 11, 30)
SECOND = timedelta(seconds=1)
Told = tuple[str, tuple[int, str]]
"""Who, how many seconds after the window begins, and how strong."""


def instant(day: date, second: int) -> datetime:
    """So many seconds after the window begins."""
    return HOURS.instant(day, HOURS.begin) + second * SECOND


edges = st.sampled_from([0, 15 * 60, 40 * 60, 80 * 60, 120 * 60])
seconds = st.one_of(
    st.integers(0, 7199), st.integers(0, 7199), st.builds(lambda edge, beside: edge + beside, edges, st.integers(-1, 1))
)
told = st.tuples(seconds, st.sampled_from(["strong", "strong", "strong", "weak"]))
people = st.sampled_from(STAFF)


@dataclass(frozen=True)
class Morning:
    """What happens on one: who makes which marks, in time and late; who is away; when the account is down, in minutes
    after the window begins and how long."""

    marks: Sequence[Told]
    late: Sequence[Told]
    leave: AbstractSet[str]
    off: AbstractSet[str]
    down: Sequence[tuple[int, int]]


some = st.lists(st.tuples(people, told), max_size=20)
#: Somebody who is there in each period, and comes about the end of the grace.
whole = st.builds(
    lambda name, first: [(name, (second, "strong")) for second in (5000, 3000, first)], people, st.integers(870, 930)
)
downs = st.tuples(st.integers(0, 119), st.integers(1, 30))
mornings = st.builds(
    Morning,
    marks=st.builds(lambda some, whole: [*some, *(mark for one in whole for mark in one)], some, st.lists(whole)),
    late=st.lists(st.tuples(people, told), max_size=6),
    leave=st.sets(people, max_size=1),
    off=st.sets(people, max_size=1),
    down=st.one_of(st.just(()), st.lists(downs, max_size=2)),
)


def by_law(day: date, name: str, raw: Sequence[Told], morning: Morning) -> str:
    """What the slow computation says of somebody."""
    marks: list[RawMark] = [(instant(day, second), strength) for who, (second, strength) in raw if who == name]
    down = [(instant(day, begin * 60), instant(day, (begin + length) * 60)) for begin, length in morning.down]
    away = {"on_leave": name in morning.leave, "off_duty": name in morning.off}
    return slow_verdict(HOURS, day, marks, down={"web": down}, **away)


@pytest.fixture
def next_day() -> list[date]:
    """The office day that the next morning is played on."""
    return [FIRST]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(morning=mornings)
def test_each_verdict_is_what_the_raw_marks_say(district: District, next_day: list[date], morning: Morning) -> None:
    day = next_day[0]
    live(district, day, morning)
    next_day[0] = following(day)


def live(district: District, day: date, morning: Morning) -> None:
    senior = district.actor("senior", Door.CHAT)
    raw, late = morning.marks, morning.late
    district.clock.set(instant(day, -3600))
    for name in morning.leave:
        district.do(EnterLeave(PEOPLE[name], day, day), name)
    for name in morning.off:
        district.do(TakeOffline(PEOPLE[name], "अनुपस्थित"), senior)
    district.clock.set(instant(day, 7199))
    district.store.do_now(Work(lambda unit: deliver(district, unit, day, raw, morning)))
    district.clock.set(instant(day, 7200))
    assert close_windows(district) == len(STAFF)
    assert words(district, day) == {name: by_law(day, name, raw, morning) for name in STAFF}
    district.clock.set(instant(day, 9000))
    district.store.do_now(Work(lambda unit: deliver(district, unit, day, [*late, *late, *raw[:3]], morning)))
    for name in morning.off:
        district.do(RestoreOfficer(PEOPLE[name]), senior)
    assert words(district, day) == {name: by_law(day, name, [*raw, *late], morning) for name in STAFF}


def deliver(
    district: District,
    unit: UnitOfWork,
    day: date,
    raw: Sequence[Told],
    morning: Morning,
) -> None:
    """Everything arrives in one batch, the latest first."""
    for name, (second, strength) in sorted(raw, key=lambda each: -each[1][0]):
        mark(district.office, unit, Mark(PEOPLE[name], instant(day, second), Strength(strength)))
    for begin, length in morning.down:
        keep_outage(unit, "web", instant(day, begin * 60), instant(day, (begin + length) * 60))
    note_receiving(unit, {"web": instant(FIRST, -7200)})


def following(day: date) -> date:
    """The next day on which the office is open."""
    day += timedelta(days=1)
    while day.weekday() == 6 or (day.weekday() == 5 and 8 <= day.day <= 14):
        day += timedelta(days=1)
    return day
