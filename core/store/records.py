"""Complaints as rows: read under a lock, written by version."""

from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, bindparam, insert, select, update

from core.complaints.complaint import Complaint
from core.store.staging import StaleVersion
from core.store.tables import ComplaintRow, table_of

COMPLAINT = table_of(ComplaintRow)
_RECORD = TypeAdapter(Complaint)
_CHANGING = (
    "department",
    "category",
    "state",
    "due_at",
    "assignee",
    "solved_at",
    "closed_at",
    "next_at",
    "asked",
    "flags",
    "merged_into",
    "version",
    "head",
    "record",
)

_BY_CODE = select(COMPLAINT.c.record).where(COMPLAINT.c.code == bindparam("of")).with_for_update()
_BY_ID = select(COMPLAINT.c.record).where(COMPLAINT.c.id == bindparam("of")).with_for_update()
_INSERT = insert(COMPLAINT).inline()
_UPDATE = (
    update(COMPLAINT)
    .where(COMPLAINT.c.id == bindparam("b_id"), COMPLAINT.c.version == bindparam("b_was"))
    .values({name: bindparam(name) for name in _CHANGING})
)


def lock_by_code(connection: Connection, code: str) -> Complaint | None:
    """The complaint with this code, locked on PostgreSQL; leans on the unique index on code."""
    return _first(connection.execute(_BY_CODE, {"of": code}).scalar())


def lock_by_id(connection: Connection, id: int) -> Complaint | None:
    """The complaint with this id, locked on PostgreSQL; leans on the primary key."""
    return _first(connection.execute(_BY_ID, {"of": id}).scalar())


def complaint_of(record: str) -> Complaint:
    """The complaint that a row's `record` holds."""
    return _RECORD.validate_json(record)


def complaints_of(records: Iterable[str]) -> tuple[Complaint, ...]:
    """The complaints that rows' `record`s hold, in their order."""
    return tuple(complaint_of(record) for record in records)


def save(connection: Connection, complaints: Sequence[tuple[Complaint, int]]) -> None:
    """Write complaints, each with the version that the database holds (0: none yet). Raises StaleVersion."""
    new = [_row(complaint) for complaint, was in complaints if was == 0]
    changed = [{**_changes(complaint), "b_id": complaint.id, "b_was": was} for complaint, was in complaints if was != 0]
    if new:
        connection.execute(_INSERT, new)
    if changed and connection.execute(_UPDATE, changed).rowcount != len(changed):
        raise StaleVersion(", ".join(complaint.code for complaint, was in complaints if was))


def columns_of(complaint: Complaint) -> dict[str, Any]:
    """What the row of a complaint holds; `janmilan verify` compares it with what stands there."""
    return _row(complaint)


def _first(record: str | None) -> Complaint | None:
    return None if record is None else complaint_of(record)


def _row(complaint: Complaint) -> dict[str, Any]:
    return {
        "id": complaint.id,
        "code": complaint.code,
        "petition": complaint.petition,
        "registered_at": complaint.registered_at,
        "registered_day": complaint.registered_day.isoformat(),
        **_changes(complaint),
    }


def _changes(complaint: Complaint) -> dict[str, Any]:
    return {
        "department": complaint.department,
        "category": complaint.category,
        "state": complaint.state.value,
        "due_at": complaint.due.at,
        "assignee": complaint.assignee,
        "solved_at": complaint.solution.at if complaint.solution else None,
        "closed_at": complaint.closed_at,
        "next_at": complaint.next_at,
        "asked": complaint.confirmation.asked.value if complaint.confirmation else None,
        "flags": len(complaint.flags),
        "merged_into": complaint.merged_into,
        "version": complaint.version,
        "head": complaint.head,
        "record": _RECORD.dump_json(complaint).decode(),
    }
