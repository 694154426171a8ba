"""Today's window as read from the records: who is here, who is missing, and since when."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from urllib.parse import urlencode

from core.presence import DayWindow
from core.standing import standing
from core.store.queries.day_reports import verdicts_on
from core.text import fold
from core.watching import Watch
from desk.morning.looks import AWAITED, GROUPS, ORDER, band, came, expected, look_now
from desk.morning.sight import sight
from desk.visitor import Visitor

PAGE = 100


class Phase(StrEnum):
    """Where in the day it is."""

    CLOSED = "closed"
    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


@dataclass(frozen=True)
class Narrowed:
    """What of the morning is asked for, as the address says it."""

    department: str = ""
    show: str = ""
    words: str = ""
    page: int = 1

    def query(self, **other: object) -> str:
        """As the query of an address, with other values for some of it."""
        values = {"department": self.department, "show": self.show, "q": self.words, **other}
        return urlencode({name: value for name, value in values.items() if value})


@dataclass(frozen=True)
class Line:
    """Somebody's morning. since: first seen.   last: last seen.   missed: when the periods began that they missed."""

    person: int
    department: int
    look: str
    since: datetime | None = None
    last: datetime | None = None
    missed: tuple[datetime, ...] = ()


@dataclass(frozen=True)
class DepartmentLine:
    """A department's figure. `looks`: how many look how, in the order of the tiles.   begins: its window, if later."""

    department: int
    code: str
    came: int
    expected: int
    band: str
    looks: tuple[tuple[str, int], ...]
    begins: datetime | None = None


@dataclass(frozen=True)
class Morning:
    """The whole of it, as far as the reader may see it.

    tiles: how many look how, of the departments of which they see figures.   lines: people by name.   own: themselves.
    begin, end: the office's window; None on a closed day.   next: the next office day.
    """

    day: date
    phase: Phase
    next: date
    begin: datetime | None = None
    end: datetime | None = None
    calls: tuple[datetime, ...] = ()
    tiles: tuple[tuple[str, int], ...] = ()
    departments: tuple[DepartmentLine, ...] = ()
    lines: tuple[Line, ...] = ()
    found: int = 0
    pages: int = 1
    own: Line | None = None
    came: int = 0
    expected: int = 0


def read_narrowed(query: Mapping[str, str]) -> Narrowed:
    """What an address asks for; what is unknown in it counts as not there."""
    page, show = query.get("page", "1"), query.get("show", "")
    return Narrowed(
        department=query.get("department", "")[:8].upper(),
        show=show if show in GROUPS else "",
        words=query.get("q", "").strip()[:60],
        page=max(1, min(int(page), 10_000)) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
    )


def read_morning(watch: Watch, visitor: Visitor, asked: Narrowed) -> Morning:
    """Today for this reader."""
    day, calendar, seen = watch.today, watch.windows.calendar, sight(visitor)
    window = watch.window(day)
    if window is None:
        return Morning(day, Phase.CLOSED, calendar.next_open_day(day))
    lines = everybody_today(watch)
    of_figures = [each for each in lines if each.department in seen.figures]
    named = [each for each in lines if each.department in seen.names]
    wanted = _narrowed(named, visitor, asked, _phase(window, watch.now))
    pages = max(1, -(-len(wanted) // PAGE))
    page = min(asked.page, pages)
    looks = [each.look for each in of_figures]
    return Morning(
        day=day,
        phase=_phase(window, watch.now),
        next=calendar.next_open_day(day),
        begin=window.begin,
        end=window.end,
        calls=window.calls,
        tiles=_counted(looks),
        departments=_departments(watch, of_figures, window),
        lines=tuple(wanted[(page - 1) * PAGE : page * PAGE]),
        found=len(wanted),
        pages=pages,
        own=next((each for each in lines if each.person == seen.person), None),
        came=came(looks),
        expected=expected(looks),
    )


def everybody_today(watch: Watch) -> tuple[Line, ...]:
    """Everybody who is expected today: as reported where the day is reported, else as it stands now."""
    day = watch.today
    live = {each.person: each for each in standing(watch)}
    reported = verdicts_on(watch.run, day)
    lines = []
    for told in reported:
        last = live[told.person].last if told.person in live else None
        lines.append(Line(told.person, told.department, told.verdict.value, told.first, last))
    for each in (live[person] for person in live.keys() - {told.person for told in reported}):
        window = watch.window(day, each.department)
        if window is not None:
            missed = tuple(window.periods[number] for number in each.missed)
            look = look_now(each, window, watch.now)
            lines.append(Line(each.person, each.department, look, each.since, each.last, missed))
    return tuple(lines)


def state_of(watch: Watch) -> tuple[object, ...]:
    """What of the clock changes the page: the minute that it shows, and so the phase and the periods that are over."""
    return (watch.today, int(watch.now.timestamp()) // 60, watch.directory.generation)


def _phase(window: DayWindow, now: datetime) -> Phase:
    if now < window.begin:
        return Phase.BEFORE
    return Phase.DURING if now < window.end else Phase.AFTER


def _narrowed(lines: Iterable[Line], visitor: Visitor, asked: Narrowed, phase: Phase) -> list[Line]:
    """By department, group and name; without any of these whoever is missing."""
    words = fold(asked.words).split()
    everything = bool(asked.department or words or phase is Phase.BEFORE)
    looks = GROUPS[asked.show or ("all" if everything else "missing")]
    found = [
        each
        for each in lines
        if (not looks or each.look in looks)
        and (not asked.department or visitor.department_code(each.department) == asked.department)
        and all(word in _name(visitor, each.person) for word in words)
    ]
    return sorted(
        found,
        key=lambda each: (ORDER.index(each.look), visitor.department_code(each.department), each.person),
    )


def _name(visitor: Visitor, person: int) -> str:
    known = visitor.directory.people.get(person)
    return fold(f"{known.name_hi} {known.name_en}") if known else ""


def _departments(watch: Watch, lines: Iterable[Line], usual: DayWindow) -> tuple[DepartmentLine, ...]:
    """Those with most missing first."""
    of: dict[int, list[str]] = {}
    for each in lines:
        of.setdefault(each.department, []).append(each.look)
    rows = []
    for id, looks in of.items():
        window = watch.window(watch.today, id)
        here, should = came(looks), expected(looks)
        rows.append(
            DepartmentLine(
                department=id,
                code=watch.directory.departments[id].code,
                came=here,
                expected=should,
                band="none" if AWAITED in looks else band(here, should),
                looks=_counted(looks),
                begins=window.begin if window is not None and window.begin != usual.begin else None,
            )
        )
    return tuple(sorted(rows, key=lambda row: (row.came - row.expected, row.code)))


def _counted(looks: Iterable[str]) -> tuple[tuple[str, int], ...]:
    counted = Counter(looks)
    return tuple((look, counted[look]) for look in ORDER if counted[look])
