"""What a work wants to write, until it is known to have succeeded."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, Protocol
from weakref import WeakKeyDictionary

from sqlalchemy import (
    ClauseElement,
    Connection,
    CursorResult,
    Executable,
    NestedTransaction,
    Table,
    TextClause,
    insert,
)
from sqlalchemy.sql.dml import Insert
from sqlalchemy.sql.visitors import iterate

from core.complaints.complaint import Complaint


class Stage(Protocol):
    """What a query that writes needs of the unit of work (core.store.unit.UnitOfWork)."""

    @property
    def connection(self) -> Connection:
        """Inside the batch's transaction."""

    def fresh(self, statement: Executable, params: Mapping[str, Any] | None = None) -> CursorResult[Any]:
        """Write what is staged so far, then run a query that must see it."""

    def insert(self, table: Table, row: Mapping[str, Any]) -> None:
        """Stage a new row."""

    def write(self, statement: Executable, params: Mapping[str, Any]) -> None:
        """Stage an UPDATE, DELETE or upsert."""

    def new_id(self, name: str) -> int:
        """An id that no row of `name` has or will have."""

    def complaint_by_id(self, id: int) -> Complaint:
        """The complaint with this id, locked until the batch ends."""

    def changed_directory(self) -> None:
        """People, departments or groups were changed by what is staged."""


class StaleVersion(Exception):
    """Another process changed a complaint between our reading and writing it; the batch runs again one by one."""


class Overlay:
    """The staged rows and complaints of one work, or of a part of it.

    complaints: as they stand after the work.   written: the version of each that a flush has put in the database.
    savepoint: open once something of this overlay was flushed before its end.
    """

    def __init__(self) -> None:
        self.complaints: dict[int, Complaint] = {}
        self.written: dict[int, int] = {}
        self.calls: list[Callable[[], None]] = []
        self.answer: str | None = None
        self.directory_changed = False
        self.savepoint: NestedTransaction | None = None
        self._segments: list[dict[Executable, list[Mapping[str, Any]]]] = [{}]
        self._latest: dict[Table, Executable] = {}

    def insert(self, table: Table, row: Mapping[str, Any]) -> None:
        """Stage a new row."""
        self._stage(_insertion(table), table, row)

    def write(self, statement: Executable, params: Mapping[str, Any]) -> None:
        """Stage an UPDATE, DELETE or upsert."""
        self._stage(statement, getattr(statement, "table", None), params)

    def unwritten(self) -> Iterator[Complaint]:
        """The complaints whose latest version is not in the database yet, by id, so that nobody deadlocks."""
        for id in sorted(self.complaints):
            if self.written.get(id) != self.complaints[id].version:
                yield self.complaints[id]

    def stages_for(self, tables: Collection[Table]) -> bool:
        """Whether something is staged that a query of these tables must see."""
        return any(
            (written := getattr(statement, "table", None)) is None or written in tables
            for segment in self._segments
            for statement in segment
        )

    def flush(self, connection: Connection) -> None:
        """Write the staged rows, one executemany per statement."""
        segments, self._segments, self._latest = self._segments, [{}], {}
        for segment in segments:
            for statement, rows in segment.items():
                connection.execute(statement, rows)

    def join(self, parent: "Overlay") -> None:
        """Succeeded: what is staged here is staged there."""
        if self.savepoint is not None:
            self.savepoint.commit()
        for segment in self._segments:
            for statement, rows in segment.items():
                table = getattr(statement, "table", None)
                for row in rows:
                    parent._stage(statement, table, row)
        parent.complaints.update(self.complaints)
        parent.written.update(self.written)
        parent.calls.extend(self.calls)
        parent.directory_changed |= self.directory_changed
        if self.answer is not None:
            parent.answer = self.answer

    def drop(self) -> None:
        """Failed: nothing of it stays, not even what was flushed."""
        if self.savepoint is not None and self.savepoint.is_active:
            self.savepoint.rollback()

    def _stage(self, statement: Executable, table: Table | None, row: Mapping[str, Any]) -> None:
        # Runs of a statement are put together, but never past another statement on the same table.
        segment = self._segments[-1]
        if statement in segment and table is not None and self._latest.get(table) is not statement:
            segment = {}
            self._segments.append(segment)
        segment.setdefault(statement, []).append(row)
        if table is not None:
            self._latest[table] = statement


_TABLES: WeakKeyDictionary[Executable, frozenset[Table] | None] = WeakKeyDictionary()


def tables_of(statement: Executable) -> frozenset[Table] | None:
    """The tables that a query reads or a statement writes, those inside it too; None where that cannot be told."""
    if statement not in _TABLES:
        _TABLES[statement] = _found_in(statement)
    return _TABLES[statement]


def _found_in(statement: Executable) -> frozenset[Table] | None:
    parts = list(iterate(statement)) if isinstance(statement, ClauseElement) else []
    if not parts or any(isinstance(part, TextClause) for part in parts):
        return None
    return frozenset(part for part in (*parts, getattr(statement, "table", None)) if isinstance(part, Table))


_INSERTIONS: dict[Table, Insert] = {}


def _insertion(table: Table) -> Insert:
    if table not in _INSERTIONS:
        _INSERTIONS[table] = insert(table).inline()
    return _INSERTIONS[table]
