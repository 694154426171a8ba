"""Complaints that are looked for: by codes, by department, by who has them, by due time."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, bindparam, func, select
from sqlalchemy import text as sql

from core.complaints.complaint import Complaint, State
from core.store.records import COMPLAINT, complaint_of, complaints_of
from core.store.staging import Run, Stage
from core.store.tables import OPEN_STATES

_OF_ASSIGNEE = (
    select(COMPLAINT.c.record)
    .where(sql(OPEN_STATES), COMPLAINT.c.assignee == bindparam("of_person"))
    .order_by(COMPLAINT.c.id)
    .with_for_update()
)
_NEW_BETWEEN = (
    select(COMPLAINT.c.record)
    .where(
        COMPLAINT.c.registered_at >= bindparam("since"),
        COMPLAINT.c.registered_at < bindparam("until"),
        COMPLAINT.c.state == State.REGISTERED.value,
        COMPLAINT.c.assignee.is_(None),
        COMPLAINT.c.department.in_(bindparam("of_departments", expanding=True)),
    )
    .order_by(COMPLAINT.c.id)
)


@dataclass(frozen=True)
class Page:
    """The first of some complaints, and how many there are in all."""

    complaints: tuple[Complaint, ...]
    total: int


def registered_codes(connection: Connection, codes: Collection[str]) -> Collection[str]:
    """Those of `codes` that complaints have; leans on the unique index on code."""
    return set(connection.execute(select(COMPLAINT.c.code).where(COMPLAINT.c.code.in_(codes))).scalars())


def complaint_with_code(connection: Connection, code: str) -> Complaint | None:
    """The complaint, as a reader sees it; leans on the unique index on code."""
    record = connection.execute(select(COMPLAINT.c.record).where(COMPLAINT.c.code == code)).scalar()
    return None if record is None else complaint_of(record)


def open_complaints(connection: Connection, departments: Collection[int] | None, most: int) -> Page:
    """Open complaints of departments (None: of all), earliest due first; leans on open_complaint_by_due_time."""
    return _page(connection, _of(departments), most)


def overdue_complaints(connection: Connection, departments: Collection[int] | None, now: datetime, most: int) -> Page:
    """Those that are open past their due time, the longest overdue first; leans on open_complaint_by_due_time.

    Not those that are paused: their clock stands still.
    """
    late = [COMPLAINT.c.due_at < now, COMPLAINT.c.state != State.PAUSED.value]
    return _page(connection, [*_of(departments), *late], most)


def all_open_complaints(connection: Connection) -> tuple[Complaint, ...]:
    """Every open complaint, the earliest due first; leans on open_complaint_by_due_time."""
    rows = select(COMPLAINT.c.record).where(sql(OPEN_STATES)).order_by(COMPLAINT.c.due_at)
    return complaints_of(connection.execute(rows).scalars())


def unconfirmed_complaints(connection: Connection, departments: Collection[int]) -> tuple[Complaint, ...]:
    """Every solved complaint of the departments that nobody confirmed; leans on complaint_by_department_and_state."""
    solved = and_(COMPLAINT.c.department.in_(departments), COMPLAINT.c.state == State.SOLVED.value)
    return complaints_of(connection.execute(select(COMPLAINT.c.record).where(solved)).scalars())


def open_complaints_of_assignee(unit: Stage, assignee: int) -> tuple[Complaint, ...]:
    """Every open complaint that a person has, locked, by id; leans on open_complaint_of_assignee."""
    return complaints_of(unit.fresh(_OF_ASSIGNEE, {"of_person": assignee}).scalars())


def new_complaints_between(
    run: Run, since: datetime, until: datetime, departments: Collection[int]
) -> tuple[Complaint, ...]:
    """What was registered in [since, until) for these departments and nobody has yet; leans on
    complaint_by_registration."""
    asked = {"since": since, "until": until, "of_departments": sorted(departments)}
    return complaints_of(run(_NEW_BETWEEN, asked).scalars())


def complaints_with(connection: Connection, assignee: int, most: int) -> Page:
    """Open complaints that a person has, the earliest due first; leans on open_complaint_of_assignee."""
    return _page(connection, [COMPLAINT.c.assignee == assignee], most)


def complaints_of_petitions(connection: Connection, petitions: Collection[int]) -> tuple[Complaint, ...]:
    """Every complaint of the petitions, in order; leans on complaint_of_petition."""
    query = select(COMPLAINT.c.record).where(COMPLAINT.c.petition.in_(petitions)).order_by(COMPLAINT.c.id)
    return complaints_of(connection.execute(query).scalars())


def _of(departments: Collection[int] | None) -> list[ColumnElement[bool]]:
    return [] if departments is None else [COMPLAINT.c.department.in_(departments)]


def _page(connection: Connection, conditions: list[ColumnElement[bool]], most: int) -> Page:
    are_open = and_(sql(OPEN_STATES), *conditions)
    total = connection.execute(select(func.count()).select_from(COMPLAINT).where(are_open)).scalar_one()
    rows = select(COMPLAINT.c.record).where(are_open).order_by(COMPLAINT.c.due_at, COMPLAINT.c.id).limit(most)
    return Page(complaints_of(connection.execute(rows).scalars()), total)
