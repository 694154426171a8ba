"""Which days are open and when nothing is sent, by the words of config.yaml and docs/rules.md L1 alone."""

from datetime import date, datetime, time
from functools import cached_property
from zoneinfo import ZoneInfo

from core.settings import Office
from tests.core.complaints.slow_ladder import SlowNight

_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WHICH = ("first", "second", "third", "fourth", "fifth")


class SlowDays:
    """The days of an office with these holidays."""

    def __init__(self, office: Office, holidays: frozenset[date]) -> None:
        self._office = office
        self._holidays = holidays

    def is_open(self, day: date) -> bool:
        """Whether the office is open, by the names of the weekdays, lists and holidays."""
        lists = self._office.holidays
        if day in lists.open:
            return True
        name = _NAMES[day.weekday()]
        which = f"{_WHICH[(day.day - 1) // 7]}_{name}"
        closed = {str(each) for each in self._office.hours.closed_days}
        return name not in closed and which not in closed and day not in lists.closed and day not in self._holidays

    @cached_property
    def night(self) -> "RememberedNight":
        """When nothing is sent."""
        hours, quiet = self._office.hours, self._office.quiet
        zone = ZoneInfo(self._office.timezone)
        return RememberedNight(zone, hours.open, hours.close, quiet.begin, quiet.end, self.is_open)


class RememberedNight(SlowNight):
    """The same slow night; what was worked out of an instant is kept, for a month has many complaints."""

    @cached_property
    def _quiet(self) -> dict[datetime, bool]:
        return {}

    @cached_property
    def _moments(self) -> frozenset[time]:
        """Each minute of the night."""
        minutes = (time(number // 60, number % 60) for number in range(24 * 60))
        begin, end = self.begin, self.end
        return frozenset(
            each for each in minutes if (begin <= each < end if begin < end else each >= begin or each < end)
        )

    def is_quiet(self, at: datetime) -> bool:
        """As a minute of the night, or a closed day."""
        if at not in self._quiet:
            wall = at.astimezone(self.zone)
            minute = wall.time().replace(second=0, microsecond=0)
            night = minute in self._moments and not self.in_office_hours(at)
            self._quiet[at] = not self.is_open(wall.date()) or night
        return self._quiet[at]
