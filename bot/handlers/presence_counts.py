"""What a day's verdicts come to, for the report, the list by department and the chart."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.outbox import ButtonSpec
from core.presence import Verdict
from core.standing import Standing, Stands
from core.store.queries.day_reports import DayVerdict

T = TypeVar("T")

CAME = (Verdict.PRESENT, Verdict.LATE, Verdict.PARTIAL)
MISSING = (Verdict.ABSENT, Verdict.SEEN_ONLY)
AWAY = (Stands.ON_LEAVE, Stands.OFF_DUTY)


@dataclass(frozen=True)
class Counts:
    """How many have which verdict. came: present, late or partly.   expected: those who came, and those who did not."""

    by_verdict: Mapping[Verdict, int]

    @staticmethod
    def of(verdicts: Iterable[Verdict]) -> "Counts":
        """Count them."""
        return Counts(Counter(verdicts))

    def __getitem__(self, verdict: Verdict) -> int:
        return self.by_verdict.get(verdict, 0)

    @property
    def total(self) -> int:
        """Everybody who has a verdict."""
        return sum(self.by_verdict.values())

    @property
    def came(self) -> int:
        """Whoever was there, if only for a part."""
        return sum(self[each] for each in CAME)

    @property
    def missing(self) -> int:
        """Whoever should have been there and was not."""
        return sum(self[each] for each in MISSING)

    @property
    def expected(self) -> int:
        """Whoever should have been there, as far as anybody knows."""
        return self.came + self.missing

    @property
    def is_closed(self) -> bool:
        """Whether the day was declared a holiday after its report."""
        return bool(self.total) and self[Verdict.CLOSED_DAY] == self.total

    def facts(self) -> dict[str, object]:
        """As the templates name them."""
        return {
            "total": self.total,
            "present": self[Verdict.PRESENT],
            "came_late": self[Verdict.LATE],
            "partial": self[Verdict.PARTIAL],
            "on_leave": self[Verdict.ON_LEAVE],
            "absent": self[Verdict.ABSENT],
            "off_duty": self[Verdict.OFF_DUTY],
            "seen_only": self[Verdict.SEEN_ONLY],
            "not_known": self[Verdict.NOT_KNOWN],
            "closed": self.is_closed,
        }


@dataclass(frozen=True)
class Figure:
    """How many of those who should be there are, or were, of a department (its id)."""

    department: int
    came: int
    expected: int


def figures(verdicts: Iterable[DayVerdict]) -> list[Figure]:
    """Of a reported day, by department, those with most missing first."""
    of: dict[int, list[Verdict]] = {}
    for each in verdicts:
        of.setdefault(each.department, []).append(each.verdict)
    counted = {department: Counts.of(found) for department, found in of.items()}
    return _worst_first(Figure(id, counts.came, counts.expected) for id, counts in counted.items())


def figures_now(standings: Iterable[Standing]) -> list[Figure]:
    """The same while the window is open: how many are here, of those who are neither on leave nor offline."""
    of: dict[int, list[Stands]] = {}
    for each in standings:
        of.setdefault(each.department, []).append(each.stands)
    return _worst_first(
        Figure(id, found.count(Stands.HERE), sum(each not in AWAY for each in found)) for id, found in of.items()
    )


def _worst_first(found: Iterable[Figure]) -> list[Figure]:
    return sorted(found, key=lambda each: (each.came - each.expected, each.department))


@dataclass(frozen=True)
class Page:
    """A page of a long list. `number` counts from 1; `of`: how many there are."""

    number: int
    of: int
    begin: int
    end: int

    def cut(self, rows: Sequence[T]) -> Sequence[T]:
        """Its part of the rows."""
        return rows[self.begin : self.end]

    def buttons(self, action: str) -> list[ButtonSpec]:
        """To the pages beside it; the data is `action:NUMBER`."""
        earlier = [ButtonSpec("earlier_page", f"{action}:{self.number - 1}")] if self.number > 1 else []
        later = [ButtonSpec("later_page", f"{action}:{self.number + 1}")] if self.number < self.of else []
        return earlier + later


def page_of(rows: int, size: int, wanted: int) -> Page:
    """The page `wanted` of so many rows; the nearest there is, if the list has become shorter meanwhile."""
    of = max(1, -(-rows // size))
    number = min(max(1, wanted), of)
    return Page(number, of, (number - 1) * size, number * size)
