"""Windows: a department's own, closed days, the night the clocks change, and what is refused at start."""

from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given

from core.office_days import OfficeCalendar
from core.presence import Windows
from core.settings import ConfigError, OfficeSettings, read_config
from tests.core.calendars import GURU_NANAK, PRAYAGRAJ, calendars, dates, ist, settings

WEDNESDAY = date(2026, 11, 25)
OWN = settings(
    presence={"departments": {"JNR": {"window": {"from": "08:00", "to": "09:30"}, "roll_calls": ["08:10", "08:50"]}}}
).presence


def test_a_department_may_have_its_own_window_and_roll_calls() -> None:
    windows = Windows(OWN, PRAYAGRAJ)
    own, office = windows.on(WEDNESDAY, "JNR"), windows.on(WEDNESDAY, "DPRO")
    assert own is not None
    assert office is not None
    assert (own.begin, own.end) == (ist("2026-11-25 08:00"), ist("2026-11-25 09:30"))
    assert own.periods == (ist("2026-11-25 08:00"), ist("2026-11-25 08:50")), "the first from the window's begin"
    assert own.calls == (ist("2026-11-25 08:10"), ist("2026-11-25 08:50"))
    assert own.grace_ends == ist("2026-11-25 08:15")
    assert office == windows.on(WEDNESDAY)
    assert windows.last_end(WEDNESDAY, ["JNR"]) == office.end


def test_there_is_none_on_a_closed_day() -> None:
    assert Windows(OWN, PRAYAGRAJ).on(GURU_NANAK.day) is None
    assert Windows(OWN, PRAYAGRAJ).on(date(2026, 11, 29), "JNR") is None
    assert Windows(OWN, PRAYAGRAJ).last_end(GURU_NANAK.day) is None


@given(calendars(), dates)
def test_in_any_night_the_periods_follow_one_another(calendar: OfficeCalendar, day: date) -> None:
    at_night = settings(
        presence={"window": {"from": "00:30", "to": "03:30"}, "roll_calls": ["00:30", "01:50", "02:10", "02:40"]}
    ).presence
    window = Windows(at_night, calendar).on(day)
    if window is None:
        assert not calendar.is_open(day)
        return
    assert window.begin == window.periods[0]
    assert list(window.periods) == sorted(set(window.periods))
    assert all(begin < end for begin, end in window.spans())
    assert all(window.holds(each) and window.slot(each) < 63 for each in (*window.periods, *window.calls))


@pytest.mark.parametrize(
    ("presence", "words"),
    [
        ("window: {from: '06:00', to: '18:01'}", "more than 12 hours is no roll-call"),
        ("departments: {JNR: {window: {from: '09:00', to: '08:00'}, roll_calls: ['08:10']}}", "ends at 08:00, not"),
        ("departments: {JNR: {window: {from: '08:00', to: '09:00'}, roll_calls: ['09:00']}}", "outside the window"),
        ("departments: {JNR: {window: {from: '08:00', to: '09:00'}}}", "roll_calls"),
        ("departments: {JNR: {window: {from: '08:00', to: '09:00'}, roll_calls: ['08:40', '08:10']}}", "order them"),
        ("departments: {jnr: {window: {from: '08:00', to: '09:00'}, roll_calls: ['08:10']}}", "write its letters"),
    ],
)
def test_what_cannot_be_is_refused_at_start(tmp_path: Path, presence: str, words: str) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(f"presence:\n  {presence}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=words):
        read_config(path, OfficeSettings)


def test_a_wall_time_of_a_window_is_the_offices() -> None:
    window = Windows(OWN, PRAYAGRAJ).on(WEDNESDAY)
    assert window is not None
    assert window.begin.astimezone(PRAYAGRAJ.zone).time() == time(9)
