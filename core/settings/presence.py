"""The daily window in which everybody is online, and its roll-calls (docs/design.md §4, Presence)."""

from datetime import time
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from core.settings.kinds import Elapsed, Section, Span, TimeOfDay, department_letters, misfit

Strength = Literal["strong", "weak", "none"]

LONGEST_HOURS = 12
"""A day's marks are kept as a bit for each quarter hour, in one number of the database."""


def _minutes(wall: time) -> int:
    return wall.hour * 60 + wall.minute


class Window(Section):
    """The presence window on office days: [begin, end) by the wall clock (docs/rules.md P8)."""

    begin: TimeOfDay = Field(validation_alias="from")
    end: TimeOfDay = Field(validation_alias="to")

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.end <= self.begin:
            raise misfit(("to",), f"the window ends at {self.end:%H:%M}, not after {self.begin:%H:%M}; end it later")
        if _minutes(self.end) - _minutes(self.begin) > LONGEST_HOURS * 60:
            raise misfit(("to",), f"a window of more than {LONGEST_HOURS} hours is no roll-call; end it earlier")
        return self


class Counts(Section):
    """How much each kind of activity counts as a mark: strong, weak or none."""

    message: Strength = "strong"
    button: Strength = "strong"
    reaction: Strength = "strong"
    read: Strength = "weak"


class OwnWindow(Section):
    """A department's own window, which brings its own roll-calls (docs/rules.md P8)."""

    window: Window
    roll_calls: tuple[TimeOfDay, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _roll_calls_in_the_window(self) -> Self:
        _check_roll_calls(self.window, self.roll_calls)
        return self


class Presence(Section):
    """The window, its roll-calls and what counts as being there."""

    window: Window = Window.model_validate({"from": "09:00", "to": "11:00"})
    roll_calls: tuple[TimeOfDay, ...] = Field(default=(time(9), time(9, 40), time(10, 20)), min_length=1)
    grace: Elapsed = Span(15, "m")
    counts: Counts = Counts()
    #: Windows of departments that have their own, by letters.
    departments: dict[Annotated[str, AfterValidator(department_letters)], OwnWindow] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _roll_calls_in_the_window(self) -> Self:
        _check_roll_calls(self.window, self.roll_calls)
        return self


def _check_roll_calls(window: Window, calls: tuple[time, ...]) -> None:
    for number, call in enumerate(calls):
        if not window.begin <= call < window.end:
            hours = f"{window.begin:%H:%M} to {window.end:%H:%M}"
            raise misfit(("roll_calls", number), f"{call:%H:%M} is outside the window, {hours}; move it inside")
        if number and call <= calls[number - 1]:
            raise misfit(("roll_calls", number), f"{call:%H:%M} is not later than the one before; order them by time")
