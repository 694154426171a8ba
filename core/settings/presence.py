"""The daily window in which everybody is online, and its roll-calls (docs/design.md §4, Presence)."""

from datetime import time
from typing import Literal, Self

from pydantic import Field, model_validator

from core.settings.kinds import Elapsed, Section, Span, TimeOfDay, misfit

Strength = Literal["strong", "weak", "none"]


class Window(Section):
    """The presence window on office days: [begin, end) by the wall clock (docs/rules.md P8)."""

    begin: TimeOfDay = Field(validation_alias="from")
    end: TimeOfDay = Field(validation_alias="to")

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.end <= self.begin:
            raise misfit(("to",), f"the window ends at {self.end:%H:%M}, not after {self.begin:%H:%M}; end it later")
        return self


class Counts(Section):
    """How much each kind of activity counts as a mark: strong, weak or none."""

    message: Strength = "strong"
    button: Strength = "strong"
    reaction: Strength = "strong"
    read: Strength = "weak"


class Presence(Section):
    """The window, its roll-calls and what counts as being there."""

    window: Window = Window.model_validate({"from": "09:00", "to": "11:00"})
    roll_calls: tuple[TimeOfDay, ...] = Field(default=(time(9), time(9, 40), time(10, 20)), min_length=1)
    grace: Elapsed = Span(15, "m")
    counts: Counts = Counts()

    @model_validator(mode="after")
    def _roll_calls_in_the_window(self) -> Self:
        for number, call in enumerate(self.roll_calls):
            if not self.window.begin <= call < self.window.end:
                window = f"{self.window.begin:%H:%M} to {self.window.end:%H:%M}"
                raise misfit(("roll_calls", number), f"{call:%H:%M} is outside the window, {window}; move it inside")
            if number and call <= self.roll_calls[number - 1]:
                raise misfit(
                    ("roll_calls", number), f"{call:%H:%M} is not later than the one before; order them by time"
                )
        return self
