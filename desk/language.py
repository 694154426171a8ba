"""How the desk speaks: templates in the reader's language, and dates, spans and numbers as the office writes them.

A template's sentences are English in its source and Hindi in `locales/hi/LC_MESSAGES/desk.po`, read at start. Dates are
DD-MM-YYYY, digits Latin with Indian grouping (docs/voice.md 1.1, research pitfall K45).
"""

import io
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml
from babel.dates import format_date, format_datetime
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import Translations
from jinja2 import Environment, PackageLoader, StrictUndefined

LANGUAGES = ("hi", "en")
_LOCALE = {"hi": "hi_IN", "en": "en_IN"}
_LOCALES = Path(__file__).parent / "locales"
_UNITS: dict[str, dict[str, str]] = yaml.safe_load((_LOCALES / "units.yaml").read_text(encoding="utf-8"))
SIX_HOURS = timedelta(hours=6)


@cache
def speech_of(zone: ZoneInfo) -> "Speech":
    """The speech of an office in `zone`; templates are compiled once in a process."""
    return Speech(zone)


class Speech:
    """Renders the desk's templates for one office: its zone, its clock's present moment, and the reader's language."""

    def __init__(self, zone: ZoneInfo) -> None:
        """`zone`: in whose wall time everything is shown."""
        self.zone = zone
        self._environments = {language: self._environment(language) for language in LANGUAGES}

    def render(self, template: str, language: str, now: datetime, values: Mapping[str, object]) -> str:
        """The template with `values`, in `language` ("hi" or "en"), as seen at `now` (aware)."""
        shown = {**values, "language": language, "now": now}
        return self._environments[language].get_template(template).render(shown)

    def say(self, template: str, language: str, now: datetime, values: Mapping[str, object]) -> str:
        """The same for a template that is given as text."""
        return self._environments[language].from_string(template).render({**values, "language": language, "now": now})

    def day_of(self, at: datetime) -> date:
        """The office's date of an instant."""
        return at.astimezone(self.zone).date()

    def _environment(self, language: str) -> Environment:
        environment = Environment(
            loader=PackageLoader("desk"),
            extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        environment.policies["ext.i18n.trimmed"] = True
        environment.install_gettext_translations(catalogue(language), newstyle=True)  # type: ignore[attr-defined]  # i18n adds it
        environment.filters.update(
            when=lambda at, now: self._when(at, now, language),
            stamp=lambda at: self._stamp(at, language),
            clock=lambda at: self._clock(at, language),
            day=lambda at: f"{self.day_of(at):%d-%m-%Y}",
            dated=lambda day: self._dated(day, language),
            month=lambda day: format_date(day, "LLLL yyyy", locale=_LOCALE[language]),
            weekday=lambda day: format_date(day, "ccc", locale=_LOCALE[language]),
            hm=lambda at: f"{self._wall(at):%-H:%M}",
            span=lambda length: span(length, language),
            oblique=lambda length: span(length, language, oblique=True),
            number=lambda value: _number(value, language),
            cut=cut,
        )
        return environment

    def _dated(self, day: date | str, language: str) -> str:
        """A day, or its ISO form, with its weekday: शुक्र 27-11-2026."""
        value = date.fromisoformat(day) if isinstance(day, str) else day
        return f"{format_date(value, 'EEE', locale=_LOCALE[language])} {value:%d-%m-%Y}"

    def _clock(self, at: datetime, language: str) -> str:
        return _wall_clock(self._wall(at), language)

    def _stamp(self, at: datetime, language: str) -> str:
        """Always with its date: शुक्र 27-11-2026, शाम 6:00."""
        return _wall_stamp(self._wall(at), language)

    def _wall(self, at: datetime) -> datetime:
        """What the clock on the wall shows, to the minute."""
        return at.astimezone(self.zone).replace(second=0, microsecond=0, tzinfo=None)

    def _when(self, at: datetime, now: datetime, language: str) -> str:
        """Today by its time alone (आज शाम 6:00), any other day with its date; never कल, which points both ways."""
        if self.day_of(at) != self.day_of(now):
            return self._stamp(at, language)
        return _UNITS[language]["today"].format(clock=self._clock(at, language))


# A board shows the same closes of office and the same small numbers a hundred times; Babel takes its time for each.
@lru_cache(maxsize=4096)
def _wall_clock(wall: datetime, language: str) -> str:
    return format_datetime(wall, _UNITS[language]["clock"], locale=_LOCALE[language])


@lru_cache(maxsize=4096)
def _wall_stamp(wall: datetime, language: str) -> str:
    weekday = format_datetime(wall, "EEE", locale=_LOCALE[language])
    return f"{weekday} {wall:%d-%m-%Y}, {_wall_clock(wall, language)}"


@lru_cache(maxsize=4096)
def _number(value: int, language: str) -> str:
    return format_decimal(value, locale=_LOCALE[language])


def span(length: timedelta, language: str, oblique: bool = False) -> str:
    """A length of time: 20 मिनट, 3 घंटे 20 मिनट, 2 दिन. Two units only under six hours; its sign is dropped.

    oblique: the form before से, की, में (1 घंटे की देरी).   Source: docs/voice.md 1.1.
    """
    words = _UNITS[language]
    minutes = int(abs(length).total_seconds() // 60)
    days, hours = minutes // 1440, minutes // 60
    if days:
        return words["day" if days == 1 else "days"].format(n=days)
    if not hours:
        return words["minutes"].format(n=minutes)
    hour = "hour_oblique" if oblique else "hour"
    told = words[hour if hours == 1 else "hours"].format(n=hours)
    rest = minutes % 60
    if abs(length) < SIX_HOURS and rest:
        return f"{told} {words['minutes'].format(n=rest)}"
    return told


def cut(text: str, most: int) -> str:
    """`text` on one line, at most `most` characters, cut between words where that is possible, with an ellipsis."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    # A cut inside a Hindi syllable would leave a bare sign; between words it never does.
    head, _, _ = line[: most - 1].rpartition(" ")
    return f"{head or line[: most - 1]}…"


def catalogue(language: str) -> Translations:
    """The sentences of `language`; English stands in the templates themselves."""
    path = _LOCALES / language / "LC_MESSAGES" / "desk.po"
    if not path.is_file():
        return Translations()
    compiled = io.BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return Translations(compiled)
