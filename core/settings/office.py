"""The office: its name, zone, language, hours and holidays, as config.yaml gives them."""

import re
from collections.abc import Callable
from datetime import time
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, available_timezones

import yaml
from pydantic import AfterValidator, Field, model_validator

from core.settings.kinds import Bilingual, Day, Section, TimeOfDay, misfit
from core.settings.nearest import nearest

Language = Literal["hi", "en"]
ClosedDay = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "second_saturday"]
WEEKDAYS: tuple[ClosedDay, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

#: The standard words, kept apart because text for people never stands in Python.
STANDARD: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("standard.yaml").read_text(encoding="utf-8"))


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ValueError, LookupError, OSError):
        raise ValueError(
            f"{name!r} is no time zone; write a name of the IANA list, such as Asia/Kolkata"
            + nearest(name, available_timezones())
        ) from None
    return name


def _letters(pattern: str, what: str, example: str) -> Callable[[str | None], str | None]:
    def check(letters: str | None) -> str | None:
        if letters is not None and not re.fullmatch(pattern, letters):
            raise ValueError(f"{letters!r} are no letters of a {what}; write them in capitals, such as {example}")
        return letters

    return check


class Hours(Section):
    """When the office is open, and on which weekdays it never is."""

    open: TimeOfDay = time(10)
    close: TimeOfDay = time(18)
    closed_days: tuple[ClosedDay, ...] = ("sunday", "second_saturday")

    @model_validator(mode="after")
    def _an_office_that_opens(self) -> Self:
        if self.close <= self.open:
            raise misfit(("close",), f"{self.close:%H:%M} is not after the opening at {self.open:%H:%M}; close later")
        if set(WEEKDAYS) <= set(self.closed_days):
            raise misfit(("closed_days",), "no weekday is left open, so nothing could ever fall due; leave one out")
        return self


class Holidays(Section):
    """Which holidays the office keeps: a country's and state's, and dates of its own (docs/rules.md D2)."""

    #: None: the office keeps only the dates in `closed`.
    country: Annotated[str | None, AfterValidator(_letters("^[A-Z]{2}$", "country", "IN"))] = "IN"
    state: Annotated[str | None, AfterValidator(_letters("^[A-Z0-9]{1,3}$", "state", "UP"))] = "UP"
    closed: tuple[Day, ...] = ()
    open: tuple[Day, ...] = ()

    @model_validator(mode="after")
    def _open_or_closed(self) -> Self:
        both = sorted(set(self.closed) & set(self.open))
        if both:
            days = ", ".join(day.isoformat() for day in both)
            raise misfit(("open",), f"{days} stands in closed too; a date is either open or closed, remove it from one")
        return self


class Quiet(Section):
    """The hours of the night in which nothing is sent: [begin, end), usually over midnight (docs/rules.md L1)."""

    begin: TimeOfDay = Field(validation_alias="from")
    end: TimeOfDay = Field(validation_alias="to")

    @model_validator(mode="after")
    def _a_night(self) -> Self:
        if self.begin == self.end:
            raise misfit(
                ("to",), f"quiet hours from {self.begin:%H:%M} to the same time say nothing; end them earlier or later"
            )
        return self


class Office(Section):
    """The office that this installation serves."""

    name: Bilingual = Bilingual.model_validate(STANDARD["office_name"])
    timezone: Annotated[str, AfterValidator(_known_zone)] = "Asia/Kolkata"
    language: Language = "hi"
    holidays: Holidays = Holidays()
    hours: Hours = Hours()
    quiet: Quiet = Quiet.model_validate({"from": "20:00", "to": "08:00"})

    @property
    def zone(self) -> ZoneInfo:
        """The office's time zone."""
        return ZoneInfo(self.timezone)
