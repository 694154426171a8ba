"""What the desk's board shows: counts by department and state, and the complaints that need somebody first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, select, text

from core.complaints.complaint import OPEN, Complaint, State
from core.store.queries.petitions import PETITION
from core.store.records import COMPLAINT, complaint_of
from core.store.tables import OPEN_STATES, TimelineRow, table_of

_TIMELINE = table_of(TimelineRow)
_LATEST_ENTRY = select(func.max(_TIMELINE.c.id))
#: Up to so many departments the closed are looked for by department.
FEW = 3
_COUNTED = (*sorted(state.value for state in OPEN), State.SOLVED.value)
"""Of what is closed, rejected or joined to another there is no end, and nothing to do."""


@dataclass(frozen=True)
class Choice:
    """What the board is asked for.

    departments: ids of the departments to look at, never empty.   view: "open", "overdue", or a state.
    category: a letter, "" for all.   since, until: registered in [since, until), None for no bound.
    """

    departments: Collection[int]
    view: str = "open"
    category: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Line:
    """A complaint with what its petition says."""

    complaint: Complaint
    words: str
    village: str
    waiting: bool


@dataclass(frozen=True)
class Count:
    """How many complaints of a department are in a state; `overdue`: how many of them are past their due time."""

    department: int
    state: str
    complaints: int
    overdue: int


def open_complaints_by_department(connection: Connection, choice: Choice, now: datetime) -> tuple[Count, ...]:
    """Counts of open and unconfirmed complaints; for the closed see `closed_complaints`.

    Leans on complaint_by_department_and_state: one seek for each department and state.
    """
    late = and_(text(OPEN_STATES), *_late(now))
    query = (
        select(
            COMPLAINT.c.department,
            COMPLAINT.c.state,
            func.count().label("complaints"),
            func.count().filter(late).label("overdue"),
        )
        .where(*_narrowed(choice), COMPLAINT.c.state.in_(_COUNTED))
        .group_by(COMPLAINT.c.department, COMPLAINT.c.state)
    )
    return tuple(Count(row.department, row.state, row.complaints, row.overdue) for row in connection.execute(query))


def closed_complaints(connection: Connection, choice: Choice, most: int) -> int:
    """How many are closed, counted up to `most` and no further: they only grow, and nobody waits for the count.

    Leans on complaint_by_department_and_state, or between two dates on complaint_by_registration.
    """
    if choice.since is None and choice.until is None:
        closed = [*_narrowed(choice), COMPLAINT.c.state == State.CLOSED.value]
    else:
        closed = _closed_by_registration(choice)
    counted = select(COMPLAINT.c.id).where(*closed).limit(most).subquery()
    return connection.execute(select(func.count()).select_from(counted)).scalar_one()


def complaints_by_time_left(
    connection: Connection, choice: Choice, now: datetime, most: int, skip: int = 0
) -> tuple[Line, ...]:
    """The complaints of a view, those first that need somebody first; at most `most`, without the first `skip`.

    Open ones by due time, on open_complaint_by_due_time; unconfirmed ones by how long they wait, on
    complaint_by_department_and_state; closed ones the latest first, on complaint_by_registration.
    """
    lines = select(COMPLAINT.c.record, PETITION.c.words, PETITION.c.village, PETITION.c.waiting).join_from(
        COMPLAINT, PETITION, PETITION.c.id == COMPLAINT.c.petition
    )
    if choice.view == State.CLOSED and len(choice.departments) > FEW:
        query = _latest_closed(lines, choice)
    else:
        query = _of_view(lines.where(*_narrowed(choice)), choice.view, now)
    rows = connection.execute(query.limit(most).offset(skip))
    return tuple(Line(complaint_of(row.record), row.words, row.village, row.waiting) for row in rows)


def states_of(connection: Connection, codes: Collection[str]) -> dict[str, str]:
    """In which state each of these complaints is now; leans on the unique index on code."""
    query = select(COMPLAINT.c.code, COMPLAINT.c.state).where(COMPLAINT.c.code.in_(codes))
    return {row.code: row.state for row in connection.execute(query)}


def latest_entry(connection: Connection) -> int:
    """The highest id of the timeline: another number means that something happened. Leans on the primary key."""
    return connection.execute(_LATEST_ENTRY).scalar() or 0


def _narrowed(choice: Choice) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [COMPLAINT.c.department.in_(choice.departments)]
    if choice.category:
        conditions.append(COMPLAINT.c.category == choice.category)
    if choice.since is not None:
        conditions.append(COMPLAINT.c.registered_at >= choice.since)
    if choice.until is not None:
        conditions.append(COMPLAINT.c.registered_at < choice.until)
    return conditions


def _latest_closed(lines: Select[Any], choice: Choice) -> Select[Any]:
    # Nearly all complaints are closed. By department they would all be read and sorted (0.8 s in 400,000); written so
    # that no index fits but the one on registration, the latest hundred are read and no more (2 ms).
    query = lines.where(*_closed_by_registration(choice))
    return query.order_by(COMPLAINT.c.registered_at.desc(), COMPLAINT.c.id.desc())


def _closed_by_registration(choice: Choice) -> list[ColumnElement[bool]]:
    department, state = COMPLAINT.c.department + 0, func.coalesce(COMPLAINT.c.state, "")
    return [department.in_(choice.departments), state == State.CLOSED.value, *_narrowed(choice)[1:]]


def _late(now: datetime) -> list[ColumnElement[bool]]:
    # The clock of a paused complaint stands still.
    return [COMPLAINT.c.due_at < now, COMPLAINT.c.state != State.PAUSED.value]


def _of_view(query: Select[Any], view: str, now: datetime) -> Select[Any]:
    if view == "open":
        return query.where(text(OPEN_STATES)).order_by(COMPLAINT.c.due_at, COMPLAINT.c.id)
    if view == "overdue":
        return query.where(text(OPEN_STATES), *_late(now)).order_by(COMPLAINT.c.due_at, COMPLAINT.c.id)
    if view == State.REGISTERED:
        # Come from another department it waits for somebody, just as if it were new.
        states = (State.REGISTERED.value, State.TRANSFERRED.value)
        return query.where(COMPLAINT.c.state.in_(states)).order_by(COMPLAINT.c.due_at, COMPLAINT.c.id)
    query = query.where(COMPLAINT.c.state == view)
    if view == State.SOLVED:
        return query.order_by(COMPLAINT.c.solved_at, COMPLAINT.c.id)
    if view == State.CLOSED:
        return query.order_by(COMPLAINT.c.registered_at.desc(), COMPLAINT.c.id.desc())
    return query.order_by(COMPLAINT.c.due_at, COMPLAINT.c.id)
