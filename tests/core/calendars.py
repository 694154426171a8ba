"""Calendars for tests: the district's own in autumn 2026, and random ones in three zones for laws that hold in all."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from core.office_days import Holiday, OfficeCalendar
from core.settings import CategoryRule, OfficeSettings

#: India, and two zones whose clocks change: north by an hour, south by half an hour.
ZONES = ("Asia/Kolkata", "Europe/Berlin", "Australia/Lord_Howe")
#: A span with both changes of the clocks in it; calendars have their holidays here.
FIRST, LAST = date(2026, 9, 20), date(2027, 5, 10)
STANDARD = OfficeSettings()
GURU_NANAK = Holiday(date(2026, 11, 24), "गुरु नानक जयंती", "Guru Nanak's Birthday", "order 1")
HEAVY_RAIN = Holiday(date(2026, 11, 26), "भारी वर्षा", "Heavy rain", "DM order 12")
#: Prayagraj: 10 to 18, closed on Sundays and second Saturdays, Tuesday 24 November 2026 a holiday.
PRAYAGRAJ = OfficeCalendar.of(STANDARD, holidays=[GURU_NANAK])


def ist(text: str) -> datetime:
    """An instant by Prayagraj's clock: `ist("2026-11-23 17:50")`."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Kolkata"))


def said(at: datetime | None, calendar: OfficeCalendar = PRAYAGRAJ) -> str:
    """An instant as people of the office say it: `Mon 23 Nov 18:00`."""
    return f"{at.astimezone(calendar.zone):%a %d %b %H:%M}" if at else "none"


def settings(**sections: object) -> OfficeSettings:
    """The standard settings with the given sections, written as in config.yaml."""
    return OfficeSettings.model_validate(sections)


dates = st.dates(FIRST, LAST)
times = st.times().map(lambda wall: wall.replace(second=0, microsecond=0))


def holidays() -> st.SearchStrategy[Holiday]:
    """A holiday on any day."""
    return dates.map(lambda day: Holiday(day, "", "a holiday", "a test"))


@st.composite
def calendars(draw: st.DrawFn) -> OfficeCalendar:
    """Any calendar of an office that opens at all."""
    opening, closing = draw(st.lists(times, min_size=2, max_size=2, unique=True).map(sorted))
    begin, end = draw(st.lists(times, min_size=2, max_size=2, unique=True).map(sorted))
    return OfficeCalendar(
        zone=ZoneInfo(draw(st.sampled_from(ZONES))),
        opening=opening,
        closing=closing,
        closed_weekdays=draw(st.frozensets(st.integers(0, 6), max_size=6)),
        second_saturday_closed=draw(st.booleans()),
        holidays=tuple(draw(st.lists(holidays(), max_size=8))),
        closed_dates=draw(st.frozensets(dates, max_size=4)),
        open_dates=draw(st.frozensets(dates, max_size=4)),
        declared=tuple(draw(st.lists(holidays(), max_size=4))),
        window=draw(st.sampled_from([None, (begin, end), (time(9), time(11))])),
    )


@st.composite
def instants(draw: st.DrawFn, calendar: OfficeCalendar, days: st.SearchStrategy[date] | None = None) -> datetime:
    """Any instant, on one of `days` if given; often at or beside an opening or a close, or in the night of a change."""
    anywhere = st.one_of(dates, st.sampled_from([date(2026, 10, 25), date(2026, 10, 4), date(2027, 3, 28)]))
    day = draw(anywhere if days is None else days)
    beside = timedelta(microseconds=draw(st.integers(-1, 1)))
    some_time = datetime.combine(day, draw(st.times()), UTC)
    return draw(st.sampled_from([some_time, calendar.opens(day) + beside, calendar.closes(day) + beside]))


@st.composite
def fortnights(draw: st.DrawFn, calendar: OfficeCalendar, least: int, most: int) -> list[datetime]:
    """Instants in order, all within about two weeks: the events of one complaint."""
    first = draw(st.one_of(dates, st.sampled_from([date(2026, 10, 20), date(2026, 9, 30), date(2027, 3, 24)])))
    days = st.dates(first, first + timedelta(days=14))
    return sorted(draw(st.lists(instants(calendar, days), min_size=least, max_size=most)))


def categories() -> st.SearchStrategy[tuple[CategoryRule, CategoryRule, CategoryRule]]:
    """The rules of A, B and C, in the order that settings demand."""
    days = st.lists(st.integers(0, 12), min_size=3, max_size=3).map(sorted)
    return days.map(lambda n: (CategoryRule("A", n[0]), CategoryRule("B", n[1]), CategoryRule("C", n[2])))


@st.composite
def rules(draw: st.DrawFn) -> OfficeSettings:
    """Settings with any numbers in `due`."""
    return settings(
        due={
            "count": draw(st.sampled_from(["calendar", "working"])),
            "same_day_needs": f"{draw(st.integers(0, 30))}h",
            "acknowledge_within": f"{draw(st.integers(0, 600))}m",
            "transfer_floor": f"{draw(st.integers(0, 3))}d",
            "on_reopen": draw(st.sampled_from("ABC")),
        }
    )
