"""The verdict of a day: to the second at its edges, and against a slow computation from raw marks in three zones."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import reduce
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.office_days import OfficeCalendar
from core.presence import DayWindow, Marks, Strength, Verdict, Windows, marks_of, out_for, verdict
from tests.core.calendars import PRAYAGRAJ, ZONES, ist, settings
from tests.core.presence.slow_verdicts import Hours, RawMark, slow_verdict

WEDNESDAY = date(2026, 11, 25)
STANDARD = Windows(settings().presence, PRAYAGRAJ)
MINUTE = timedelta(minutes=1)


def wednesday() -> DayWindow:
    window = STANDARD.on(WEDNESDAY)
    assert window is not None
    return window


def at(wall: str) -> datetime:
    return ist(f"2026-11-25 {wall}")


def row(marks: Sequence[RawMark], window: DayWindow) -> Marks | None:
    rows = [marks_of(at, Strength(strength), window) for at, strength in marks if window.holds(at)]
    return reduce(Marks.joined, rows) if rows else None


def said(*walls: str, on_leave: bool = False, off_duty: bool = False) -> Verdict:
    """The verdict of somebody with strong marks at these times; `~` before a time makes it weak."""
    marks = [(at(wall.lstrip("~")), "weak" if wall.startswith("~") else "strong") for wall in walls]
    return verdict(wednesday(), row(marks, wednesday()), on_leave, off_duty)


THE_REST = ("09:50:00", "10:30:00")


@pytest.mark.parametrize(
    ("walls", "wanted"),
    [
        ((), Verdict.ABSENT),
        (("08:59:59",), Verdict.ABSENT),
        (("11:00:00",), Verdict.ABSENT),
        (("10:59:59",), Verdict.PARTIAL),
        (("09:00:00", *THE_REST), Verdict.PRESENT),
        (("08:59:59", *THE_REST), Verdict.PARTIAL),
        (("09:15:00", *THE_REST), Verdict.PRESENT),
        (("09:15:01", *THE_REST), Verdict.LATE),
        (("09:00:00", "09:40:00", "10:59:59"), Verdict.PRESENT),
        (("09:00:00", "09:40:00", "11:00:00"), Verdict.PARTIAL),
        (("09:00:00", "09:39:59", "10:20:00"), Verdict.PARTIAL),
        (("09:38:00", "09:42:00", "10:20:00"), Verdict.LATE),
        (("~09:05:00", "~09:45:00", "~10:30:00"), Verdict.SEEN_ONLY),
        (("~09:05:00", "09:20:00", *THE_REST), Verdict.LATE),
        (("09:05:00", "~09:50:00", "10:30:00"), Verdict.PARTIAL),
    ],
)
def test_to_the_second(walls: tuple[str, ...], wanted: Verdict) -> None:
    assert said(*walls) is wanted


def test_what_comes_first_counts() -> None:
    marks = row([(at("09:05:00"), "strong")], wednesday())
    assert verdict(None, marks, on_leave=True, off_duty=True) is Verdict.CLOSED_DAY
    assert said("09:05:00", on_leave=True, off_duty=True) is Verdict.ON_LEAVE
    assert said("09:05:00", off_duty=True) is Verdict.OFF_DUTY


@pytest.mark.parametrize(
    ("walls", "out", "wanted"),
    [
        ((), [("10:20", "10:25")], Verdict.NOT_KNOWN),
        ((), [("10:20", "10:24")], Verdict.ABSENT),
        ((), [("09:10", "09:12"), ("09:30", "09:33")], Verdict.NOT_KNOWN),
        ((), [("09:37", "09:43")], Verdict.ABSENT),
        (("09:01:00", "09:41:00", "10:21:00"), [("09:00", "11:00")], Verdict.PRESENT),
        (("09:20:00", *THE_REST), [("09:00", "09:05")], Verdict.NOT_KNOWN),
        (("09:20:00", *THE_REST), [("09:15", "09:40")], Verdict.LATE),
        (("09:05:00", "10:30:00"), [("09:00", "09:39")], Verdict.PARTIAL),
        (("09:05:00", "10:30:00"), [("09:50", "09:55")], Verdict.NOT_KNOWN),
        (("~09:05:00",), [("10:50", "11:04")], Verdict.NOT_KNOWN),
    ],
)
def test_an_outage_makes_not_known_only_what_it_may_have_changed(
    walls: tuple[str, ...], out: list[tuple[str, str]], wanted: Verdict
) -> None:
    marks = [(at(wall.lstrip("~")), "weak" if wall.startswith("~") else "strong") for wall in walls]
    outages = out_for(["bot"], {"bot": [(at(begin), at(end)) for begin, end in out]})
    assert verdict(wednesday(), row(marks, wednesday()), outages=outages) is wanted


def test_an_outage_counts_only_while_none_of_their_accounts_was_receiving() -> None:
    outages = {"bot": [(at("09:00"), at("10:00"))], "web": [(at("09:56"), at("11:00"))]}
    assert out_for(["bot", "web"], outages) == ((at("09:56"), at("10:00")),)
    assert out_for(["bot"], outages) == ((at("09:00"), at("10:00")),)
    assert out_for(["bot", "never on"], outages) == ((at("09:00"), at("10:00")),)
    assert out_for(["never on"], outages) == ()


walls = st.times().map(lambda wall: wall.replace(second=0, microsecond=0))
#: Office days in winter and summer time, beside the changes of the clocks, north and south.
days = st.sampled_from([date(2026, 10, 5), date(2026, 10, 26), date(2026, 11, 25), date(2027, 3, 29), date(2027, 4, 5)])


@st.composite
def mornings(draw: st.DrawFn) -> tuple[Windows, Hours]:
    """A window with its roll-calls, as the settings take it and as the slow computation does; by day, not by night."""
    begin, minutes = draw(st.integers(6 * 60, 12 * 60)), draw(st.integers(20, 5 * 60))
    calls = sorted(draw(st.sets(st.integers(begin, begin + minutes - 1), min_size=1, max_size=5)))
    grace = draw(st.integers(0, 40))
    zone = ZoneInfo(draw(st.sampled_from(ZONES)))

    def wall(at: int) -> time:
        return time(at // 60, at % 60)

    presence = settings(
        presence={
            "window": {"from": wall(begin), "to": wall(begin + minutes)},
            "roll_calls": [wall(each) for each in calls],
            "grace": f"{grace}m",
        }
    ).presence
    calendar = OfficeCalendar(zone, time(10), time(18))
    hours = Hours(zone, wall(begin), wall(begin + minutes), [wall(each) for each in calls], grace)
    return Windows(presence, calendar), hours


@given(mornings(), days, st.data())
def test_the_slow_computation_says_the_same(morning: tuple[Windows, Hours], day: date, data: st.DataObject) -> None:
    windows, hours = morning
    window = windows.on(day)
    assert window is not None
    edges = st.sampled_from([window.begin, window.end, window.grace_ends, *window.periods])
    beside = st.builds(lambda at, second: at + timedelta(seconds=second), edges, st.integers(-1, 1))
    length = int((window.end - window.begin).total_seconds())
    inside = st.integers(0, length - 1).map(lambda second: window.begin + timedelta(seconds=second))
    strengths = st.sampled_from(["strong", "strong", "weak"])
    marks = data.draw(st.lists(st.tuples(st.one_of(beside, inside), strengths), max_size=8))
    minutes = st.integers(0, length // 60)
    spans = st.lists(
        st.tuples(minutes, st.integers(1, 40)).map(
            lambda each: (window.begin + each[0] * MINUTE, window.begin + (each[0] + each[1]) * MINUTE)
        ),
        max_size=3,
    )
    down = data.draw(st.dictionaries(st.sampled_from(["bot", "web"]), spans, max_size=2))
    facts = {name: data.draw(st.integers(0, 9)) == 0 for name in ("on_leave", "off_duty")}
    said = verdict(window, row(data.draw(st.permutations(marks)), window), outages=out_for(down, down), **facts)
    assert said.value == slow_verdict(hours, day, marks, down=down, **facts)


@given(days, st.lists(st.tuples(st.integers(0, 7199), st.sampled_from(list(Strength))), min_size=1, max_size=6))
def test_the_order_and_number_of_marks_do_not_matter(day: date, told: list[tuple[int, Strength]]) -> None:
    window = STANDARD.on(day) or wednesday()
    rows = [marks_of(window.begin + timedelta(seconds=second), strength, window) for second, strength in told]
    once = reduce(Marks.joined, rows)
    assert reduce(Marks.joined, [*reversed(rows), *rows]) == once
    assert once.last == max(each.last for each in rows)


def test_a_day_of_the_office_is_not_a_day_of_utc() -> None:
    window = STANDARD.around(datetime(2026, 11, 24, 20, tzinfo=UTC))
    assert window is None
    early = STANDARD.around(datetime(2026, 11, 25, 3, 30, tzinfo=UTC))
    assert early is not None
    assert early.day == WEDNESDAY
