"""How fast a complaint must be solved and who hears of it when it is not (docs/design.md §4, Due times, ladder)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import lru_cache
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from core.settings.kinds import Bilingual, Days, Elapsed, Section, Span, misfit
from core.settings.office import STANDARD

Letter = Literal["A", "B", "C"]
LETTERS: tuple[Letter, ...] = ("A", "B", "C")
Addressee = Literal["assignee", "head", "administration", "senior"]
#: From the lowest to the highest.
ADDRESSEES: tuple[Addressee, ...] = ("assignee", "head", "administration", "senior")


@dataclass(frozen=True)
class CategoryRule:
    """What a category means for the due time: how many days after the day of registration."""

    letter: Letter
    days: int


class Category(Section):
    """A category as people see it: its words (never the letter alone) and its days."""

    label: Bilingual
    days: int = Field(ge=0, le=366)


def _standard(letter: Letter, days: int) -> Category:
    return Category(label=Bilingual.model_validate(STANDARD["category_labels"][letter]), days=days)


class Categories(Section):
    """The three categories; A is never due after B, nor B after C (docs/design.md §4, 10)."""

    A: Category = _standard("A", 0)
    B: Category = _standard("B", 3)
    C: Category = _standard("C", 7)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        for lower, higher in (("A", "B"), ("B", "C")):
            days, more = getattr(self, lower).days, getattr(self, higher).days
            if days > more:
                raise misfit(
                    (higher, "days"),
                    f"{higher} has {more} days and {lower} has {days}; give {higher} as many days as {lower} or more",
                )
        return self

    def named(self, letter: Letter) -> Category:
        """The category with this letter."""
        return {"A": self.A, "B": self.B, "C": self.C}[letter]

    def rule(self, letter: Letter) -> CategoryRule:
        """What the category with this letter means for the due time."""
        return CategoryRule(letter, self.named(letter).days)

    def rules(self) -> Iterator[CategoryRule]:
        """The rules of A, B and C, in this order."""
        return (self.rule(letter) for letter in LETTERS)


class DueRules(Section):
    """The numbers in the rules for due times (docs/design.md §4; docs/rules.md D1 to D14)."""

    count: Literal["calendar", "working"] = "calendar"
    #: Elapsed time that must be left until close, or a category of 0 days is due on the next office day (D3).
    same_day_needs: Elapsed = Span(4, "h")
    #: Office minutes: office hours plus the presence window (rule 8).
    acknowledge_within: Elapsed = Span(30, "m")
    #: Office days that the receiver of a transfer gets at least (D7); 0d gives none.
    transfer_floor: Days = Span(1, "d")
    #: The category by which a reopened complaint is due again (rule 7).
    on_reopen: Letter = "A"
    #: Calendar days after the day of closing (D12).
    reopen_within: Days = Span(15, "d")


@dataclass(frozen=True)
class Moment:
    """A moment told from the due time: `due`, `due-4h`, `due+1d`."""

    sign: Literal[-1, 1]
    span: Span

    def __str__(self) -> str:
        """The moment as config.yaml writes it."""
        return "due" if self.span.count == 0 else f"due{'-' if self.sign < 0 else '+'}{self.span}"

    def at(self, due_at: datetime, zone: tzinfo) -> datetime:
        """The instant (UTC) of this moment; days keep the wall time of `zone` (docs/rules.md D1)."""
        return self.span.before(due_at, zone) if self.sign < 0 else self.span.after(due_at, zone)

    @property
    def nominal_minutes(self) -> int:
        """Minutes from the due time with a day taken for 24 hours: to put moments in order, not to reckon with."""
        return self.sign * self.span.count * {"m": 1, "h": 60, "d": 1440, "y": 527040}[self.span.unit]


def _read_moment(value: object) -> Moment:
    if isinstance(value, Moment):
        return value
    text = str(value).replace(" ", "")
    if text == "due":
        return Moment(1, Span(0, "m"))
    found = re.fullmatch(r"due([+-])(\d{1,4})([mhd])", text)
    if not found or int(found[2]) == 0:
        raise ValueError(f"{value!r} is no moment of the ladder; write due, due-4h, due+30m or due+1d (m, h, d)")
    units: dict[str, Literal["m", "h", "d"]] = {"m": "m", "h": "h", "d": "d"}
    return Moment(-1 if found[1] == "-" else 1, Span(int(found[2]), units[found[3]]))


class Rung(Section):
    """A step of the ladder: when, told from the due time, and to whom."""

    when: Annotated[Moment, BeforeValidator(_read_moment)]
    to: Addressee


def _upward(ladder: tuple[Rung, ...]) -> tuple[Rung, ...]:
    # A rung never speaks before a lower one, and of several ready at once only the highest speaks (docs/rules.md L2):
    # a ladder that goes back in time, or down in rank, would leave somebody out.
    for number in range(1, len(ladder)):
        below, rung = ladder[number - 1], ladder[number]
        if rung.when.nominal_minutes <= below.when.nominal_minutes:
            raise misfit(
                (number, "when"),
                f"{rung.when} is not later than the step above it, {below.when}; order the steps by time",
            )
        if ADDRESSEES.index(rung.to) < ADDRESSEES.index(below.to):
            raise misfit(
                (number, "to"),
                f"{rung.to} is lower than {below.to} of the step above it; go upward: {', '.join(ADDRESSEES)}",
            )
    return ladder


@lru_cache(maxsize=64)
def moment_named(text: str) -> Moment:
    """The moment that `str(moment)` wrote. Raises ValueError for anything else."""
    return _read_moment(text)


Ladder = Annotated[tuple[Rung, ...], AfterValidator(_upward)]


def _rung(when: str, to: Addressee) -> Rung:
    return Rung(when=_read_moment(when), to=to)


STANDARD_LADDER: tuple[Rung, ...] = (
    _rung("due-4h", "assignee"),
    _rung("due", "head"),
    _rung("due+4h", "administration"),
    _rung("due+1d", "senior"),
)
