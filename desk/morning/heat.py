"""Days and months as heat maps: a department's or a person's row, a day's or a quarter hour's cell."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.office_days import ONE_DAY
from core.presence import DayWindow, Marks, Verdict
from core.presence.windows import SLOT
from core.store.queries.day_reports import DayVerdict, verdicts_on
from core.store.queries.marks import marks_on
from core.store.queries.morning import DayCount, counts_by_department
from core.watching import Watch, month_of, sheet
from desk.morning.looks import CAME, NOT_SEEN, band, came, expected


@dataclass(frozen=True)
class Cell:
    """A square. look: a verdict, a band, or "strong", "weak", "closed", "none".   came, expected: where it counts."""

    look: str
    came: int = 0
    expected: int = 0


@dataclass(frozen=True)
class Row:
    """A department's row, or a person's (`person`: their id). The last cell sums it up."""

    department: int
    person: int | None
    cells: tuple[Cell, ...]
    sum: Cell


@dataclass(frozen=True)
class MonthMap:
    """A month. days: its office days and those of which anything is reported.   department: of one, by person."""

    first: date
    days: tuple[date, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class DayMap:
    """A day by quarter hours. starts: when each begins; the columns that a roll-call falls into are in `calls`."""

    day: date
    starts: tuple[datetime, ...]
    calls: frozenset[int]
    rows: tuple[Row, ...]


def month_by_department(watch: Watch, departments: frozenset[int], month: date) -> MonthMap:
    """How many came of how many, for each of these departments and each day."""
    first, last = month_of(month)
    counts = [each for each in counts_by_department(watch.run, first, last) if each.department in departments]
    by_cell = {(each.department, each.day): _cell(each) for each in counts}
    days = _days(watch, first, last, {each.day for each in counts})
    rows = []
    for department in watch.directory.departments:
        cells = tuple(by_cell.get((department, day), Cell("none")) for day in days)
        if any((department, day) in by_cell for day in days):
            rows.append(Row(department, None, cells, _sum(cells)))
    return MonthMap(first, days, tuple(rows))


def month_by_person(watch: Watch, department: int, month: date) -> MonthMap:
    """The verdict of each person of a department and each day."""
    first, last = month_of(month)
    found = sheet(watch, department, first, min(last, watch.today))
    days = _days(watch, first, last, {day for _, day in found.verdicts})
    rows = []
    for person in found.people:
        told = [found.verdicts.get((person, day)) for day in days]
        rows.append(Row(department, person, tuple(_verdict_cell(each) for each in told), _kept(told)))
    return MonthMap(first, days, tuple(rows))


def day_by_department(watch: Watch, departments: frozenset[int], day: date) -> DayMap | None:
    """How many of each department were seen in each quarter hour, and how many came; None where nothing is reported."""
    window = watch.window(day)
    if window is None:
        return None
    marks, rows = marks_on(watch.run, day), []
    for department, told in _by_department(verdicts_on(watch.run, day), departments).items():
        own = watch.window(day, department)
        if own is None or own.begin != window.begin or own.end != window.end:
            continue
        should = [each for each in told if each.verdict in CAME or each.verdict in NOT_SEEN]
        seen = [marks[each.person] for each in told if each.person in marks]
        cells = tuple(
            _share(sum((each.strong | each.weak) >> n & 1 for each in seen), len(should)) for n in _slots(own)
        )
        looks = [each.verdict.value for each in told]
        rows.append(Row(department, None, cells, _share(came(looks), expected(looks))))
    return _day_map(day, window, sorted(rows, key=lambda row: row.sum.came - row.sum.expected)) if rows else None


def day_by_person(watch: Watch, department: int, day: date) -> DayMap | None:
    """In which quarter hours each person of a department was seen; None where nothing is reported."""
    window = watch.window(day, department)
    told = _by_department(verdicts_on(watch.run, day), frozenset({department})).get(department, [])
    if window is None or not told:
        return None
    marks = marks_on(watch.run, day)
    rows = [
        Row(department, each.person, _quarters(marks.get(each.person), window), _verdict_cell(each)) for each in told
    ]
    return _day_map(day, window, rows)


def _day_map(day: date, window: DayWindow, rows: Sequence[Row]) -> DayMap:
    starts = tuple(window.begin + SLOT * number for number in _slots(window))
    return DayMap(day, starts, frozenset(window.slot(each) for each in window.calls), tuple(rows))


def _slots(window: DayWindow) -> range:
    return range(-(-(window.end - window.begin) // SLOT))


def _quarters(marks: Marks | None, window: DayWindow) -> tuple[Cell, ...]:
    strong, weak = (marks.strong, marks.weak) if marks is not None else (0, 0)
    return tuple(
        Cell("strong" if strong >> number & 1 else "weak" if weak >> number & 1 else "none")
        for number in _slots(window)
    )


def _by_department(told: Iterable[DayVerdict], departments: frozenset[int]) -> Mapping[int, list[DayVerdict]]:
    found: dict[int, list[DayVerdict]] = {}
    for each in told:
        if each.department in departments:
            found.setdefault(each.department, []).append(each)
    return found


def _days(watch: Watch, first: date, last: date, reported: set[date]) -> tuple[date, ...]:
    """Those on which the office is open, up to today, and any that is reported all the same."""
    calendar = watch.windows.calendar
    every = (first + ONE_DAY * number for number in range((last - first) // timedelta(days=1) + 1))
    return tuple(day for day in every if day in reported or (day <= watch.today and calendar.is_open(day)))


def _cell(count: DayCount) -> Cell:
    looks = count.by_verdict
    if set(looks) == {Verdict.CLOSED_DAY}:
        return Cell("closed")
    here = sum(people for verdict, people in looks.items() if verdict in CAME)
    return _share(here, here + sum(people for verdict, people in looks.items() if verdict in NOT_SEEN))


def _share(came: int, expected: int) -> Cell:
    return Cell(band(came, expected), came, expected)


def _sum(cells: Iterable[Cell]) -> Cell:
    counted = [each for each in cells if each.expected]
    return _share(sum(each.came for each in counted), sum(each.expected for each in counted))


def _verdict_cell(told: DayVerdict | None) -> Cell:
    return Cell(told.verdict.value if told is not None else "none")


def _kept(told: Iterable[DayVerdict | None]) -> Cell:
    looks = [each.verdict.value for each in told if each is not None]
    return _share(came(looks), expected(looks))
