"""The small kinds of values that stand in config.yaml: spans of time, times of day, dates, sizes, shares.

Each is read from text by a function that says, when it can't, what is wrong and what would be right.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

Unit = Literal["m", "h", "d", "y"]


class Section(BaseModel):
    """A part of config.yaml: it can't be changed once read, and an unknown key in it is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Bilingual(Section):
    """Words in both languages of the office."""

    hi: str
    en: str


@dataclass(frozen=True)
class Span:
    """A span of time as people write it: `30m`, `4h`, `1d`, `1y`.

    Minutes and hours are elapsed time, days and years are counted on the calendar (docs/rules.md D1), so a span of days
    has no fixed length and `elapsed` refuses it.
    """

    count: int
    unit: Unit

    def __str__(self) -> str:
        """The span as config.yaml writes it."""
        return f"{self.count}{self.unit}"

    @property
    def elapsed(self) -> timedelta:
        """The length of a span of minutes or hours; a ValueError for days and years."""
        if self.unit == "m":
            return timedelta(minutes=self.count)
        if self.unit == "h":
            return timedelta(hours=self.count)
        raise ValueError(f"{self} is counted on the calendar and has no fixed length; use after() or before()")

    def after(self, at: datetime, zone: tzinfo) -> datetime:
        """The instant (UTC) this span after `at`; days and years keep the wall time of `zone` (docs/rules.md D1)."""
        return self._moved(at, zone, 1)

    def before(self, at: datetime, zone: tzinfo) -> datetime:
        """The instant (UTC) this span before `at`; days and years keep the wall time of `zone` (docs/rules.md D1)."""
        return self._moved(at, zone, -1)

    def _moved(self, at: datetime, zone: tzinfo, sign: int) -> datetime:
        if self.unit in ("m", "h"):
            return at.astimezone(UTC) + sign * self.elapsed
        wall = at.astimezone(zone)
        if self.unit == "d":
            day = wall.date() + timedelta(days=sign * self.count)
        else:
            day = _years_on(wall.date(), sign * self.count)
        return datetime.combine(day, wall.time(), zone).astimezone(UTC)


def _years_on(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February has no like in other years
        return day.replace(year=day.year + years, day=28)


def _span_in(units: tuple[Unit, ...], example: str) -> Callable[[object], Span]:
    names = {"m": "minutes", "h": "hours", "d": "days", "y": "years"}
    allowed = " or ".join(f"{unit} ({names[unit]})" for unit in units)

    def read(value: object) -> Span:
        if isinstance(value, Span):
            value = str(value)
        found = re.fullmatch(r"(\d{1,5})([a-z])", str(value).strip())
        if not found or found[2] not in units:
            raise ValueError(
                f"{value!r} is no span of time here; write a whole number and {allowed}, such as {example}"
            )
        return Span(int(found[1]), _unit(found[2]))

    return read


def _unit(letter: str) -> Unit:
    units: tuple[Unit, ...] = get_args(Unit)
    return next(unit for unit in units if unit == letter)


Elapsed = Annotated[Span, BeforeValidator(_span_in(("m", "h"), "30m"))]
Days = Annotated[Span, BeforeValidator(_span_in(("d",), "15d"))]
Keeping = Annotated[Span, BeforeValidator(_span_in(("d", "y"), "1y"))]


def _read_time(value: object) -> time:
    if isinstance(value, time):
        return value
    found = re.fullmatch(r"(\d{2}):(\d{2})", str(value).strip())
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise ValueError(
            f'{value!r} is no time of day; write hours and minutes from "00:00" to "23:59", such as "09:40"'
        )
    return time(int(found[1]), int(found[2]))


TimeOfDay = Annotated[time, BeforeValidator(_read_time)]


def _read_day(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return datetime.strptime(str(value).strip(), "%Y-%m-%d").replace(tzinfo=UTC).date()
    except ValueError:
        raise ValueError(f"{value!r} is no date; write year-month-day, such as 2026-11-24") from None


Day = Annotated[date, BeforeValidator(_read_day)]

_BYTES = {"KB": 1024, "MB": 1024**2, "GB": 1024**3}


def _read_size(value: object) -> int:
    found = re.fullmatch(r"(\d{1,6})\s*(KB|MB|GB)", str(value).strip())
    if not found or int(found[1]) == 0:
        raise ValueError(f"{value!r} is no size of a file; write a whole number and KB, MB or GB, such as 10MB")
    return int(found[1]) * _BYTES[found[2]]


#: Bytes, written as 10MB; a megabyte is 1,048,576 bytes, so that "10 MB" on any device passes a limit of 10MB.
Size = Annotated[int, BeforeValidator(_read_size)]


def _read_distance(value: object) -> int:
    if isinstance(value, int):
        return value
    found = re.fullmatch(r"(\d{1,4})\s*(m|km)", str(value).strip())
    if not found or int(found[1]) == 0:
        raise ValueError(f"{value!r} is no distance; write a whole number and m or km, such as 500m")
    return int(found[1]) * (1000 if found[2] == "km" else 1)


#: Metres, written as 500m or 1km.
Distance = Annotated[int, BeforeValidator(_read_distance)]


def _read_share(value: object) -> float:
    found = re.fullmatch(r"(\d{1,3})\s*%", str(value).strip())
    if not found or int(found[1]) > 100:
        raise ValueError(f"{value!r} is no share; write a percentage from 0% to 100%, such as 10%")
    return int(found[1]) / 100


#: A share from 0.0 to 1.0, written as 10%.
Share = Annotated[float, BeforeValidator(_read_share)]


def department_letters(letters: str) -> str:
    """The letters of a department, as a key of config.yaml; a ValueError for what cannot be letters."""
    if not re.fullmatch(r"[A-Z]{2,5}", letters):
        raise ValueError(f"{letters!r} is no department; write its letters, such as DPRO")
    return letters


def misfit(key: tuple[str | int, ...], problem: str) -> PydanticCustomError:
    """An error about values that don't fit together; `key` leads from the section checked to the value to change."""
    return PydanticCustomError("misfit", "{problem}", {"problem": problem, "key": key})
