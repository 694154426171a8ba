"""The board as read from the records: tiles, lines, departments. The same for the whole page and for its live part."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from core.complaints.complaint import Complaint
from core.complaints.rules import OfficeRules
from core.complaints.sight import sees_words
from core.complaints.targets import acknowledging
from core.store.queries.board import (
    Count,
    Line,
    closed_complaints,
    complaints_by_time_left,
    open_complaints_by_department,
    states_of,
)
from core.store.queries.solutions import SILENT, calls_to_make, count_flagged, waiting_for_seniors
from desk.board.filter import VIEWS, Filter
from desk.desk import Desk
from desk.visitor import Visitor

PAGE = 50
#: The closed are counted up to here, in a few milliseconds; beyond it says "10,000+".
MOST_CLOSED = 10_000


@dataclass(frozen=True)
class Tile:
    """A state and how many complaints are in it. `more`: at least so many, they were not all counted."""

    state: str
    count: int
    more: bool = False


@dataclass(frozen=True)
class Shown:
    """A complaint's line.

    visible: whether the reader may read its words.   take_by: until when somebody should have it; None: somebody has.
    """

    complaint: Complaint
    words: str
    village: str
    waiting: bool
    visible: bool
    take_by: datetime | None


@dataclass(frozen=True)
class DepartmentRow:
    """A department's counts."""

    code: str
    name: str
    open: int
    overdue: int
    solved: int


@dataclass(frozen=True)
class Left:
    """A complaint that was in the list before and is there no more, and its state now."""

    code: str
    state: str


def read_board(
    desk: Desk, connection: Any, visitor: Visitor, filter: Filter, now: datetime, before: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """What board_live.html shows, read on a reader's connection. `before`: the codes that the list held so far."""
    mine = visitor.departments
    choice = filter.choice(mine, visitor.directory, desk.speech.zone)
    everywhere = Filter(category=filter.category, since_text=filter.since_text, until_text=filter.until_text)
    counts = open_complaints_by_department(
        connection, everywhere.choice(mine, visitor.directory, desk.speech.zone), now
    )
    found = complaints_by_time_left(connection, choice, now, PAGE + 1, (filter.page - 1) * PAGE) if mine else ()
    rules = desk.office.rules(connection)
    lines = [_shown(line, visitor, rules) for line in found[:PAGE]]
    closed = closed_complaints(connection, choice, MOST_CLOSED + 1) if mine else 0
    tiles = _tiles([each for each in counts if each.department in choice.departments], closed)
    shown = next(tile for tile in tiles if tile.state == filter.state)
    gone = before - {line.complaint.code for line in lines}
    return {
        "filter": filter,
        "tiles": tiles,
        "lines": lines,
        "more": len(found) > PAGE,
        "total": shown.count,
        "total_more": shown.more,
        "departments": _departments(counts, visitor),
        "left_list": [Left(code, state) for code, state in sorted(states_of(connection, gone).items())] if gone else [],
        "today": desk.speech.day_of(now),
        "claims": _claims(connection, visitor, now),
        "out_of_band": False,
    }


def _claims(connection: Connection, visitor: Visitor, now: datetime) -> tuple[tuple[str, int], ...]:
    """The lists of what is claimed and not confirmed that are the visitor's, each with how many there are."""
    counts = []
    if visitor.calls:
        counts.append(("calls", len(calls_to_make(connection, now - SILENT))))
    if visitor.decides:
        counts += [("waiting", len(waiting_for_seniors(connection))), ("flagged", count_flagged(connection))]
    return tuple(each for each in counts if each[1])


def _shown(line: Line, visitor: Visitor, rules: OfficeRules) -> Shown:
    complaint, visible = line.complaint, sees_words(visitor.actor, line.complaint)
    target = acknowledging(complaint, rules) if complaint.is_open and complaint.assignee is None else None
    return Shown(
        complaint=complaint,
        words=line.words if visible else "",
        village=line.village if visible else "",
        waiting=line.waiting,
        visible=visible,
        take_by=target.by if target is not None else None,
    )


def _tiles(counts: Iterable[Count], closed: int) -> tuple[Tile, ...]:
    by_state: dict[str, int] = dict.fromkeys(VIEWS, 0)
    for each in counts:
        # Come from another department it waits for somebody, just as if it were new.
        state = "registered" if each.state == "transferred" else each.state
        by_state[state] += each.complaints
        by_state["overdue"] += each.overdue
        by_state["open"] += each.complaints if state != "solved" else 0
    by_state["closed"] = min(closed, MOST_CLOSED)
    return tuple(Tile(state, by_state[state], state == "closed" and closed > MOST_CLOSED) for state in VIEWS)


def _departments(counts: Iterable[Count], visitor: Visitor) -> list[DepartmentRow]:
    """Departments with anything to do, those with most overdue first, then those with most open."""
    summed: dict[int, list[int]] = {}
    for each in counts:
        row = summed.setdefault(each.department, [0, 0, 0])
        row[0] += each.complaints if each.state != "solved" else 0
        row[1] += each.overdue
        row[2] += each.complaints if each.state == "solved" else 0
    rows = [
        DepartmentRow(visitor.department_code(id), visitor.department_name(id), open, overdue, solved)
        for id, (open, overdue, solved) in summed.items()
    ]
    return sorted(rows, key=lambda row: (-row.overdue, -row.open, row.code))
