"""What `janmilan verify` reads: records as they stand, without trusting a single value of them.

Instants come as the numbers that they are, so that a changed one is a fault to be told and not an error.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    Row,
    Select,
    Table,
    bindparam,
    func,
    insert,
    select,
    text,
    type_coerce,
    union,
)
from sqlalchemy.sql.elements import ColumnElement

from core.store.columns import Instant
from core.store.entries import ERASED, PERSONAL, TIMELINE
from core.store.queries.petitions import PETITION
from core.store.records import COMPLAINT
from core.store.staging import Stage
from core.store.tables import ChainHeadRow, table_of
from core.timeline import Written

CHUNK = 400
"""Complaints that are read at once."""

HEAD = table_of(ChainHeadRow)


def _raw(table: Table) -> list[ColumnElement[Any]]:
    return [
        type_coerce(column, BigInteger).label(column.name) if isinstance(column.type, Instant) else column
        for column in table.c
    ]


_IDS = (
    union(select(COMPLAINT.c.id.label("id")), select(TIMELINE.c.complaint), select(HEAD.c.complaint))
    .subquery("known")
    .select()
)
_NEXT_IDS = select(_IDS.subquery("ids").c.id).order_by("id")
_COMPLAINTS = select(*_raw(COMPLAINT)).where(COMPLAINT.c.id.in_(bindparam("ids", expanding=True)))
_ENTRIES = (
    select(*_raw(TIMELINE), PERSONAL.c.salt, PERSONAL.c.payload.label("personal"))
    .join_from(TIMELINE, PERSONAL, PERSONAL.c.entry == TIMELINE.c.id, isouter=True)
    .where(TIMELINE.c.complaint.in_(bindparam("ids", expanding=True)))
    .order_by(TIMELINE.c.complaint, TIMELINE.c.number, TIMELINE.c.id)
)
_ERASED = (
    select(TIMELINE.c.complaint, TIMELINE.c.number, ERASED.c.rule)
    .join_from(ERASED, TIMELINE, ERASED.c.entry == TIMELINE.c.id)
    .where(TIMELINE.c.complaint.in_(bindparam("ids", expanding=True)))
)
_PETITIONS = select(*_raw(PETITION)).where(PETITION.c.id.in_(bindparam("ids", expanding=True)))
_HEADS: Select[Any] = select(HEAD).where(HEAD.c.complaint.in_(bindparam("ids", expanding=True))).order_by(HEAD.c.day)
_COUNT = select(func.count()).select_from(COMPLAINT)
_LATEST = select(COMPLAINT.c.registered_at).order_by(COMPLAINT.c.registered_at.desc()).limit(1)
_STRAY_PERSONAL = select(PERSONAL.c.entry).where(
    ~select(TIMELINE.c.id).where(TIMELINE.c.id == PERSONAL.c.entry).exists()
)
_STRAY_ERASED = select(ERASED.c.entry).where(~select(TIMELINE.c.id).where(TIMELINE.c.id == ERASED.c.entry).exists())
_LATEST_NUMBER = (
    select(func.coalesce(func.max(HEAD.c.number), 0))
    .where(HEAD.c.complaint == COMPLAINT.c.id)
    .correlate(COMPLAINT)
    .scalar_subquery()
)
_KEEP_HEADS = insert(HEAD).from_select(
    ["day", "complaint", "number", "hash"],
    select(bindparam("day"), COMPLAINT.c.id, COMPLAINT.c.version, COMPLAINT.c.head).where(
        COMPLAINT.c.version > _LATEST_NUMBER
    ),
)
_LISTED = select(HEAD.c.day).where(HEAD.c.day == bindparam("of")).limit(1)
_SNAPSHOT = text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


@dataclass
class Records:
    """What stands in the database about some complaints, by complaint; petitions by their own ids."""

    ids: Sequence[int]
    complaints: Mapping[int, Row[Any]]
    petitions: Mapping[int, Row[Any]]
    entries: Mapping[int, list[Written]] = field(default_factory=dict)
    erased: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    heads: Mapping[int, list[Row[Any]]] = field(default_factory=dict)


def records_in_chunks(connection: Connection) -> Iterator[Records]:
    """All complaints, all chains and all listed heads, a chunk at a time; leans on the primary keys and on
    (complaint, number). Sees one moment of the database if it is the first to be asked of `connection`."""
    ids = list(connection.execute(_NEXT_IDS).scalars())
    for begin in range(0, len(ids), CHUNK):
        yield _records(connection, ids[begin : begin + CHUNK])


def hold_still(connection: Connection) -> None:
    """From now on the connection sees one moment, however long it reads; SQLite's readers always do."""
    if connection.dialect.name == "postgresql":
        connection.execute(_SNAPSHOT)


def count_of_complaints(connection: Connection) -> int:
    """How many there are."""
    return connection.execute(_COUNT).scalar_one()


def latest_registration(connection: Connection) -> datetime | None:
    """When the newest complaint was registered; leans on complaint_by_registration."""
    return connection.execute(_LATEST).scalar()


def strays(connection: Connection) -> Iterator[tuple[str, int]]:
    """Personal fields, and notes of erasing, of entries that there are not: which table, and the entry's id."""
    yield from (("personal", entry) for entry in connection.execute(_STRAY_PERSONAL).scalars())
    yield from (("erased", entry) for entry in connection.execute(_STRAY_ERASED).scalars())


def keep_chain_heads(unit: Stage, day: str) -> None:
    """List the heads of all chains that grew since they were last listed, once a `day` (an ISO date); leans on
    chain_head_of_complaint: without it 200,000 complaints would be looked up one by one in as many heads."""
    if unit.fresh(_LISTED, {"of": day}).first() is None:
        unit.fresh(_KEEP_HEADS, {"day": day})


def _records(connection: Connection, ids: Sequence[int]) -> Records:
    asked = {"ids": list(ids)}
    complaints = {row.id: row for row in connection.execute(_COMPLAINTS, asked)}
    petitions = {row.petition for row in complaints.values()}
    entries: dict[int, list[Written]] = {}
    for row in connection.execute(_ENTRIES, asked):
        values = {name: value for name, value in row._mapping.items() if name != "id"}
        entries.setdefault(row.complaint, []).append(Written(**values))
    erased: dict[int, dict[int, str]] = {}
    for gone in connection.execute(_ERASED, asked):
        erased.setdefault(gone.complaint, {})[gone.number] = gone.rule
    heads: dict[int, list[Row[Any]]] = {}
    for head in connection.execute(_HEADS, asked):
        heads.setdefault(head.complaint, []).append(head)
    brought = connection.execute(_PETITIONS, {"ids": sorted(petitions)})
    return Records(ids, complaints, {row.id: row for row in brought}, entries, erased, heads)
