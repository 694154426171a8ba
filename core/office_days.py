"""When the office is open: its days, hours and holidays, in its own time zone.

Source: docs/design.md §4, Due times; docs/rules.md D2, D9. Days are the office's dates, instants are aware UTC.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from importlib.metadata import version
from zoneinfo import ZoneInfo

from core.settings import WEEKDAYS, OfficeSettings

SATURDAY = 5
ONE_DAY = timedelta(days=1)


class WhyClosed(StrEnum):
    """Why the office is closed on a day."""

    WEEKDAY = "weekday"
    SECOND_SATURDAY = "second_saturday"
    #: A holiday of the country or state, frozen in the database.
    HOLIDAY = "holiday"
    #: A date in `office.holidays.closed` of config.yaml.
    CONFIGURED = "configured"
    #: Declared with `/holiday`.
    DECLARED = "declared"


@dataclass(frozen=True)
class Holiday:
    """A day off, and where that is written: `holidays 0.109, IN-UP`, or the number of an order."""

    day: date
    name_hi: str
    name_en: str
    source: str


@dataclass(frozen=True)
class Closed:
    """A closed day and the reason; the names are empty where the reason says all."""

    day: date
    why: WhyClosed
    name_hi: str = ""
    name_en: str = ""


@dataclass(frozen=True)
class OfficeCalendar:
    """The office's days and hours. A ValueError when no weekday is open or the hours close before they open.

    `holidays` are the frozen ones of country and state; `declared` come later and beat everything (docs/rules.md D2).
    """

    zone: ZoneInfo
    opening: time
    closing: time
    #: Monday is 0.
    closed_weekdays: frozenset[int] = frozenset()
    second_saturday_closed: bool = False
    holidays: tuple[Holiday, ...] = ()
    closed_dates: frozenset[date] = frozenset()
    open_dates: frozenset[date] = frozenset()
    declared: tuple[Holiday, ...] = ()
    #: The presence window, [begin, end) by the wall clock; None where there is none.
    window: tuple[time, time] | None = None

    def __post_init__(self) -> None:
        """Refuse what could never fall due (docs/design.md §4, 10)."""
        if not set(range(7)) - self.closed_weekdays:
            raise ValueError("a calendar needs an open weekday; take one out of closed_days")
        if self.closing <= self.opening:
            raise ValueError(f"the office closes at {self.closing}, not after it opens at {self.opening}; close later")

    @classmethod
    def of(
        cls, settings: OfficeSettings, holidays: Iterable[Holiday] = (), declared: Iterable[Holiday] = ()
    ) -> "OfficeCalendar":
        """The calendar of config.yaml with the frozen `holidays` and those `declared` since."""
        office, window = settings.office, settings.presence.window
        return cls(
            zone=office.zone,
            opening=office.hours.open,
            closing=office.hours.close,
            closed_weekdays=frozenset(n for n, name in enumerate(WEEKDAYS) if name in office.hours.closed_days),
            second_saturday_closed="second_saturday" in office.hours.closed_days,
            holidays=tuple(holidays),
            closed_dates=frozenset(office.holidays.closed),
            open_dates=frozenset(office.holidays.open),
            declared=tuple(declared),
            window=(window.begin, window.end),
        )

    def with_declared(self, holiday: Holiday) -> "OfficeCalendar":
        """The same calendar with one more holiday declared; of two for the same day the new one counts."""
        return replace(self, declared=(*(known for known in self.declared if known.day != holiday.day), holiday))

    def without_declared(self, day: date) -> "OfficeCalendar":
        """The same calendar with no holiday declared on `day`."""
        return replace(self, declared=tuple(known for known in self.declared if known.day != day))

    # Days

    def day_of(self, at: datetime) -> date:
        """The office's date at an instant."""
        return at.astimezone(self.zone).date()

    def why_closed(self, day: date) -> Closed | None:
        """Why the office is closed on `day`; None when it is open. `/holiday` beats an open date, it all else (D2)."""
        declared = self._declared_on.get(day)
        if declared:
            return Closed(day, WhyClosed.DECLARED, declared.name_hi, declared.name_en)
        if day in self.open_dates:
            return None
        holiday = self._holidays_on.get(day)
        if holiday:
            return Closed(day, WhyClosed.HOLIDAY, holiday.name_hi, holiday.name_en)
        if day in self.closed_dates:
            return Closed(day, WhyClosed.CONFIGURED)
        if day.weekday() in self.closed_weekdays:
            return Closed(day, WhyClosed.WEEKDAY)
        if self.second_saturday_closed and day.weekday() == SATURDAY and 8 <= day.day <= 14:
            return Closed(day, WhyClosed.SECOND_SATURDAY)
        return None

    def is_open(self, day: date) -> bool:
        """Whether `day` is an office day."""
        return self.why_closed(day) is None

    def open_day_from(self, day: date) -> date:
        """`day` itself when it is an office day, else the next one."""
        return self.skip_closed(day)[0]

    def next_open_day(self, day: date) -> date:
        """The first office day after `day`."""
        return self.open_day_from(day + ONE_DAY)

    def skip_closed(self, day: date) -> tuple[date, tuple[Closed, ...]]:
        """The first office day from `day` on, and the closed days passed over on the way.

        It ends, for a weekday is open and holidays are finite.
        """
        skipped: list[Closed] = []
        while closed := self.why_closed(day):
            skipped.append(closed)
            day += ONE_DAY
        return day, tuple(skipped)

    # Instants

    def opens(self, day: date) -> datetime:
        """When the office opens on `day`, were it an office day."""
        return self._earliest(day, self.opening)

    def closes(self, day: date) -> datetime:
        """When the office closes on `day`, were it an office day."""
        return self._latest(day, self.closing)

    def first_opening_at_or_after(self, at: datetime) -> datetime:
        """The first opening of an office day that is not before `at`."""
        day = self.open_day_from(self.day_of(at))
        while self.opens(day) < at:
            day = self.next_open_day(day)
        return self.opens(day)

    def window_on(self, day: date) -> tuple[datetime, datetime] | None:
        """Begin and end of the presence window on `day`; None on a closed day or without a window."""
        if self.window is None or not self.is_open(day):
            return None
        begin, end = self.window
        return self._earliest(day, begin), self._latest(day, end)

    # Office time

    def office_time(self, since: datetime, until: datetime, with_window: bool = False) -> timedelta:
        """How long the office was open between two instants; zero when `until` is not after `since`.

        With `with_window` the presence window of each office day counts too, what it shares with the hours once
        (docs/rules.md D9).
        """
        total = timedelta(0)
        last = self.day_of(until)
        day = self.day_of(since)
        while day <= last:
            for begin, end in self._sittings(day, with_window):
                total += max(timedelta(0), min(end, until) - max(begin, since))
            day += ONE_DAY
        return total

    def add_office_time(self, at: datetime, span: timedelta, with_window: bool = False) -> datetime:
        """The first instant from `at` on at which the office has been open for `span`; `at` itself for none."""
        if span <= timedelta(0):
            return at.astimezone(UTC)
        day = self.day_of(at)
        while True:
            for begin, end in self._sittings(day, with_window):
                start = max(begin, at)
                if end - start >= span:
                    return (start + span).astimezone(UTC)
                span -= max(timedelta(0), end - start)
            day += ONE_DAY

    def _sittings(self, day: date, with_window: bool) -> Sequence[tuple[datetime, datetime]]:
        """The stretches of office time on a day, in order and apart; none on a closed day."""
        if not self.is_open(day):
            return ()
        hours = (self.opens(day), self.closes(day))
        window = self.window_on(day) if with_window else None
        if window is None:
            return (hours,)
        first, second = sorted((hours, window))
        if second[0] <= first[1]:
            return ((first[0], max(first[1], second[1])),)
        return (first, second)

    # In the night the clocks change, a wall time may come twice or never. An opening then counts at its earliest
    # reading and a close at its latest: so the hours never turn round, and a later day never closes before an earlier.

    def _earliest(self, day: date, wall: time) -> datetime:
        return min(self.readings(day, wall))

    def _latest(self, day: date, wall: time) -> datetime:
        return max(self.readings(day, wall))

    def readings(self, day: date, wall: time) -> tuple[datetime, datetime]:
        """Both instants that a wall time may mean on a day; they differ only in the night when the clocks change."""
        local = datetime.combine(day, wall, self.zone)
        return local.astimezone(UTC), local.replace(fold=1).astimezone(UTC)

    @cached_property
    def _declared_on(self) -> dict[date, Holiday]:
        return {holiday.day: holiday for holiday in self.declared}

    @cached_property
    def _holidays_on(self) -> dict[date, Holiday]:
        return {holiday.day: holiday for holiday in self.holidays}


def holidays_of(country: str, state: str | None, years: Iterable[int]) -> list[Holiday]:
    """The public holidays of a country (`IN`) and state (`UP`) in `years`, by date, named in Hindi and English.

    Asked only when a year is frozen into the database: a later release of the list must never move a promised date
    (docs/design.md §4, 3). A ValueError for a country or state that is not in the list.
    """
    import holidays  # here, for it takes 14 MB that a running office does not need

    wanted = list(years)

    def named(language: str) -> dict[date, str]:
        return dict(holidays.country_holidays(country, subdiv=state, years=wanted, language=language))

    try:
        hindi, english = named("hi"), named("en_IN")
    except NotImplementedError as error:
        raise ValueError(f"{error}; correct office.holidays in config.yaml (country: IN, state: UP)") from None
    source = f"holidays {version('holidays')}, {'-'.join(filter(None, (country, state)))}"
    return [Holiday(day, hindi[day], english[day], source) for day in sorted(english)]
