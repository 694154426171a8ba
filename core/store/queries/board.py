"""What the desk's board shows: counts by department and state, and the complaints that need somebody first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, literal, select, text, union_all

from core.complaints.complaint import Complaint, State
from core.store.queries.petitions import PETITION
from core.store.records import COMPLAINT, complaint_of
from core.store.tables import OPEN_STATES, UNCONFIRMED, TimelineRow, table_of

_TIMELINE = table_of(TimelineRow)
_LATEST_ENTRY = select(func.max(_TIMELINE.c.id))
#: Up to so many departments complaints are looked for by department.
FEW = 3
_OPEN, _UNCONFIRMED = text(OPEN_STATES), text(UNCONFIRMED)
#: Written so that the index on it does not fit: a span of days holds many more complaints than are open.
_REGISTERED = func.coalesce(COMPLAINT.c.registered_at, COMPLAINT.c.registered_at)


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

    Leans on open_complaint_of_all and unconfirmed_complaint alone: no row is read.
    """
    # Grouped by the plain column, SQLite would rather go by an index in that order, and look each row up.
    department, state = (COMPLAINT.c.department + 0).label("department"), COMPLAINT.c.state
    late, conditions = func.count().filter(*_late(now)), _of_many(choice)
    counts = [(_OPEN, state, late), (_UNCONFIRMED, literal(State.SOLVED.value), literal(0))]
    open, unconfirmed = (
        select(department, of.label("state"), func.count().label("complaints"), overdue.label("overdue"))
        .where(are, *conditions)
        .group_by(department, of)
        for are, of, overdue in counts
    )
    rows = connection.execute(union_all(open, unconfirmed))
    return tuple(Count(row.department, row.state, row.complaints, row.overdue) for row in rows)


def closed_complaints(connection: Connection, choice: Choice, most: int) -> int:
    """How many are closed, counted up to `most` and no further: they only grow, and nobody waits for the count.

    Leans on complaint_by_department_and_state, or between two dates on complaint_by_registration.
    """
    if choice.since is None and choice.until is None:
        closed = [*_narrowed(choice), COMPLAINT.c.state == State.CLOSED.value]
    else:
        closed = _closed_by_registration(choice)
    counted = select(literal(1).label("one")).where(*closed).limit(most).subquery()
    return connection.execute(select(func.count()).select_from(counted)).scalar_one()


def complaints_by_time_left(
    connection: Connection, choice: Choice, now: datetime, most: int, skip: int = 0
) -> tuple[Line, ...]:
    """The complaints of a view, those first that need somebody first; at most `most`, without the first `skip`.

    Open ones by due time, on open_complaint_of_all, of few departments on open_complaint_by_due_time; unconfirmed ones
    by how long they wait, on unconfirmed_complaint; closed ones the latest first, on complaint_by_registration, of few
    departments on complaint_by_department_and_state. Ids are sorted and cut, and only then the long rows read.
    """
    found, order = _of_view(choice, now)
    picked = found.order_by(*order).limit(most).offset(skip).subquery()
    lines = (
        select(COMPLAINT.c.record, PETITION.c.words, PETITION.c.village, PETITION.c.waiting)
        .join_from(picked, COMPLAINT, COMPLAINT.c.id == picked.c.id)
        .join(PETITION, PETITION.c.id == COMPLAINT.c.petition)
        .order_by(*order)
    )
    rows = connection.execute(lines)
    return tuple(Line(complaint_of(row.record), row.words, row.village, row.waiting) for row in rows)


def states_of(connection: Connection, codes: Collection[str]) -> dict[str, str]:
    """In which state each of these complaints is now; leans on the unique index on code."""
    query = select(COMPLAINT.c.code, COMPLAINT.c.state).where(COMPLAINT.c.code.in_(codes))
    return {row.code: row.state for row in connection.execute(query)}


def latest_entry(connection: Connection) -> int:
    """The highest id of the timeline: another number means that something happened. Leans on the primary key."""
    return connection.execute(_LATEST_ENTRY).scalar() or 0


def _narrowed(choice: Choice) -> list[ColumnElement[bool]]:
    return [COMPLAINT.c.department.in_(choice.departments), *_besides(choice)]


def _of_many(choice: Choice) -> list[ColumnElement[bool]]:
    """The same conditions, of many departments written so that no index on the department fits: all of one that is in
    the wanted order is read then, instead of a piece for each department, which would have to be sorted."""
    if len(choice.departments) <= FEW:
        return _narrowed(choice)
    return [(COMPLAINT.c.department + 0).in_(choice.departments), *_besides(choice)]


def _closed_by_registration(choice: Choice) -> list[ColumnElement[bool]]:
    # Nearly all complaints are closed. By department they would all be read and sorted (0.8 s in 400,000); written so
    # that no index fits but the one on registration, the latest hundred are read and no more (2 ms).
    department, state = COMPLAINT.c.department + 0, func.coalesce(COMPLAINT.c.state, "")
    closed = [department.in_(choice.departments), state == State.CLOSED.value]
    return [*closed, *_besides(choice, COMPLAINT.c.registered_at)]


def _besides(choice: Choice, registered: ColumnElement[datetime] = _REGISTERED) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if choice.category:
        conditions.append(COMPLAINT.c.category == choice.category)
    if choice.since is not None:
        conditions.append(registered >= choice.since)
    if choice.until is not None:
        conditions.append(registered < choice.until)
    return conditions


def _late(now: datetime) -> list[ColumnElement[bool]]:
    # The clock of a paused complaint stands still.
    return [COMPLAINT.c.due_at < now, COMPLAINT.c.state != State.PAUSED.value]


def _of_view(choice: Choice, now: datetime) -> tuple[Select[Any], tuple[ColumnElement[Any], ...]]:
    """Ids of the complaints of a view, and how they are sorted."""
    ids = select(COMPLAINT.c.id)
    if choice.view == State.CLOSED:
        few = len(choice.departments) <= FEW
        narrowed = [*_narrowed(choice), COMPLAINT.c.state == State.CLOSED.value] if few else None
        order = (COMPLAINT.c.registered_at.desc(), COMPLAINT.c.id.desc())
        return ids.where(*(narrowed or _closed_by_registration(choice))), order
    if choice.view == State.SOLVED:
        return ids.where(_UNCONFIRMED, *_of_many(choice)), (COMPLAINT.c.solved_at, COMPLAINT.c.id)
    found = ids.where(_OPEN, *_of_many(choice))
    if choice.view == "overdue":
        found = found.where(*_late(now))
    elif choice.view == State.REGISTERED:
        # Come from another department it waits for somebody, just as if it were new.
        found = found.where(COMPLAINT.c.state.in_((State.REGISTERED.value, State.TRANSFERRED.value)))
    elif choice.view != "open":
        found = found.where(COMPLAINT.c.state == choice.view)
    return found, (COMPLAINT.c.due_at, COMPLAINT.c.id)
