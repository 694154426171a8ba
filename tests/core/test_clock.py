"""The clocks give aware UTC instants, and a set clock goes back on purpose alone."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.clock import Clock, SetClock, SystemClock

NOON = datetime(2026, 11, 25, 12, tzinfo=ZoneInfo("Asia/Kolkata"))


@pytest.mark.parametrize("clock", [SystemClock(), SetClock(NOON)])
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
