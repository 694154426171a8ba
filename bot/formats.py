"""How times, spans and numbers are written, in Hindi and in English (docs/voice.md 1.1).

The words of a format (today, hours, minutes) stand in templates/formats.j2 like all words; here are only the rules.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_decimal

_LOCALES = {"hi": Locale("hi"), "en": Locale("en", "IN")}
_TIME = {"hi": "B h:mm", "en": "h:mm a"}
_DAY = "EEE d MMM"
_DAY_WITH_YEAR = "EEE d MMM y"
_TWO_UNITS_BELOW = timedelta(hours=6)
_DAYS_FROM = timedelta(hours=48)

Word = Callable[[str, dict[str, object]], str]
"""Gives a block of formats.j2 with these values filled in."""


@dataclass(frozen=True)
class Formats:
    """The formats of one language in the office's time zone.

    language: "hi" or "en".   word: where "today", "hours" and the like come from.
    """

    language: str
    zone: ZoneInfo
    word: Word

    def when(self, at: datetime, now: datetime) -> str:
        """Day and time: "today 6:00 pm", "Fri 27 Nov, 6:00 pm", with the year only when it is another one."""
        if self._local(at).date() == self._local(now).date():
            return self.word("today", {"time": self.clock(at)})
        return f"{self.day(at, now)}, {self.clock(at)}"

    def at(self, at: datetime, now: datetime) -> str:
        """The time alone if it is today, else day and time: for what has happened."""
        if self._local(at).date() == self._local(now).date():
            return self.clock(at)
        return self.when(at, now)

    def clock(self, at: datetime) -> str:
        """The time alone: सुबह 9:12, 9:12 am."""
        return _clock(self._local(at).time().replace(second=0, microsecond=0), self.language)

    def day(self, at: date, now: datetime) -> str:
        """The day alone: बुध 25 नव॰, Wed 25 Nov; never yesterday or tomorrow, since कल points both ways."""
        day = self._local(at).date() if isinstance(at, datetime) else at
        pattern = _DAY if day.year == self._local(now).year else _DAY_WITH_YEAR
        return _day(day, pattern, self.language)

    def span(self, length: timedelta, oblique: bool = False) -> str:
        """A length of time, rounded down, at least a minute; two units only under 6 hours, days from 48 hours on.

        oblique: the form before से, की, में (of the Hindi words only घंटा changes).
        """
        minutes = max(1, int(length.total_seconds() // 60))
        if length >= _DAYS_FROM:
            return self._unit("days", minutes // (24 * 60))
        if minutes < 60:
            return self._unit("minutes", minutes)
        hours = self._unit("hours_oblique" if oblique else "hours", minutes // 60)
        if length >= _TWO_UNITS_BELOW or minutes % 60 == 0:
            return hours
        return f"{hours} {self._unit('minutes', minutes % 60)}"

    def number(self, number: int) -> str:
        """The number in Latin digits with Indian grouping: 1,24,560."""
        return _number(number, self.language)

    def _unit(self, name: str, number: int) -> str:
        return self.word(name, {"number": number})

    def _local(self, at: datetime) -> datetime:
        if at.tzinfo is None:
            raise ValueError(f"{at!r} has no time zone; give an aware instant")
        return at.astimezone(self.zone)


# A morning's messages say the same few times, days and numbers over and over, and Babel takes its time for each.


@lru_cache(maxsize=2048)
def _clock(at: time, language: str) -> str:
    return format_time(at, _TIME[language], locale=_LOCALES[language])


@lru_cache(maxsize=1024)
def _day(day: date, pattern: str, language: str) -> str:
    return format_date(day, pattern, locale=_LOCALES[language])


@lru_cache(maxsize=1024)
def _number(number: int, language: str) -> str:
    return format_decimal(number, locale=_LOCALES[language])
