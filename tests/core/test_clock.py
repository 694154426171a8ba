"""The clocks give aware UTC instants, and a set clock goes back on purpose alone."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.clock import SHORTEST_WAIT_S, Clock, FastClock, SetClock, SystemClock, machine_seconds

NOON = datetime(2026, 11, 25, 12, tzinfo=ZoneInfo("Asia/Kolkata"))


@pytest.mark.parametrize("clock", [SystemClock(), SetClock(NOON), FastClock(NOON, 60, NOON)])
def test_now_is_aware_and_in_utc(clock: Clock):
    assert clock.now().tzinfo is UTC


def test_the_system_clock_goes_forward():
    clock = SystemClock()
    assert clock.now() <= clock.now()


def test_a_set_clock_stands_until_it_is_moved():
    clock = SetClock(NOON)
    assert clock.now() == NOON
    clock.advance(timedelta(microseconds=1))
    assert clock.now() - NOON == timedelta(microseconds=1)
    with pytest.raises(ValueError, match="use set"):
        clock.advance(timedelta(seconds=-1))
    clock.set(NOON - timedelta(days=90))
    assert clock.now() == NOON - timedelta(days=90)
    with pytest.raises(ValueError, match="has no time zone"):
        clock.set(NOON.replace(tzinfo=None))


def test_a_fast_clock_stands_until_it_is_started_and_then_runs_ahead_of_the_machine():
    fast, machine = FastClock(NOON, 3600, NOON + timedelta(days=365)), SystemClock()
    assert fast.now() == fast.now() == NOON
    begun = machine.now()
    fast.start()
    first = fast.now()
    while machine.now() - begun < timedelta(milliseconds=20):
        assert fast.now() >= first
    fast.start()
    passed = fast.now() - NOON
    assert timedelta(milliseconds=19) * 3600 <= passed <= (machine.now() - begun) * 3601


def test_a_fast_clock_keeps_the_machine_s_pace_once_it_has_come_to_where_it_was_fast_until():
    clock, machine = FastClock(NOON, 1e9, NOON + timedelta(hours=2)), SystemClock()
    begun = machine.now()
    clock.start()
    while clock.now() < NOON + timedelta(hours=2):
        pass
    late = clock.now() - NOON - timedelta(hours=2)
    assert timedelta(0) <= late <= machine.now() - begun
    assert clock.machine_seconds(30) == 30


def test_how_long_to_wait_is_told_in_the_machine_s_seconds():
    clock = FastClock(NOON, 60, NOON + timedelta(minutes=10))
    assert clock.machine_seconds(60) == 1
    assert clock.machine_seconds(10 * 60 + 30) == 10 + 30
    assert clock.machine_seconds(-5) == 0
    assert machine_seconds(clock, 15) == 0.25
    assert machine_seconds(clock, 1) == SHORTEST_WAIT_S
    assert machine_seconds(SystemClock(), 15) == machine_seconds(SetClock(NOON), 15) == 15


@pytest.mark.parametrize("speed", [0, -1])
def test_a_clock_that_would_stand_or_go_back_is_refused_with_the_cure(speed: float):
    with pytest.raises(ValueError, match="give a speed above 0"):
        FastClock(NOON, speed, NOON)
    with pytest.raises(ValueError, match="end it later"):
        FastClock(NOON, 60, NOON - timedelta(minutes=1))
