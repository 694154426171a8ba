"""What a work wants to write, until it is known to have succeeded."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, Protocol
from weakref import WeakKeyDictionary

from sqlalchemy import ClauseElement, Connection, Executable, Result, Select, Table, TextClause, insert
from sqlalchemy.sql.dml import Insert
from sqlalchemy.sql.visitors import iterate

from core.complaints.complaint import Complaint
from core.store.prepared import execute_many
from core.store.savepoints import Savepoint


class Run(Protocol):
    """Runs a query: `unit.fresh` for one that must see what is staged, `connection.execute` for a reader's."""

    def __call__(self, statement: Executable, params: Mapping[str, Any] | None = None, /) -> Result[Any]:
        """The rows."""


class Stage(Protocol):
    """What a query that writes needs of the unit of work (core.store.unit.UnitOfWork)."""

    @property
    def connection(self) -> Connection:
        """Inside the batch's transaction."""

    def fresh(self, statement: Executable, params: Mapping[str, Any] | None = None) -> Result[Any]:
        """Write what is staged so far, then run a query that must see it."""

    def insert(self, table: Table, row: Mapping[str, Any]) -> None:
        """Stage a new row."""

    def write(self, statement: Executable, params: Mapping[str, Any]) -> None:
        """Stage an UPDATE, DELETE or upsert."""

    def new_id(self, name: str) -> int:
        """An id that no row of `name` has or will have."""

    def complaint_by_id(self, id: int) -> Complaint:
        """The complaint with this id, locked until the batch ends."""

    def read(self, statement: Executable, params: Mapping[str, Any] | None = None) -> Result[Any]:
        """Run a query that need not see what is staged."""

    def changed_complaints(self) -> Iterator[Complaint]:
        """The complaints that this batch has changed, as they stand now."""

    def complaints_of(self, petition: int) -> tuple[Complaint, ...]:
        """The complaints of a petition, locked until the batch ends."""

    def changed_directory(self) -> None:
        """People, departments or groups were changed by what is staged."""


Runs = list[tuple[Executable, list[Mapping[str, Any]]]]
"""Statements with the parameters of each of their runs, in the order in which they are written."""


class StaleVersion(Exception):
    """Another process changed a complaint between our reading and writing it; the batch runs again one by one."""


class Overlay:
    """The staged rows and complaints of one work, or of a part of it.

    droppable: False for what has succeeded already, the unit's own.   complaints: as they stand after the work.
    registered: those of them that are new.   written: each as a flush has put it in the database.
    calls: what follows the commit, each once.   savepoint: open once something of this overlay was flushed before its
    end.
    """

    __slots__ = (
        "_staged",
        "answer",
        "calls",
        "complaints",
        "directory_changed",
        "droppable",
        "registered",
        "savepoint",
        "written",
    )

    def __init__(self, droppable: bool = True) -> None:
        self.droppable = droppable
        self.complaints: dict[int, Complaint] = {}
        self.registered: list[Complaint] = []
        self.written: dict[int, Complaint] = {}
        self.calls: dict[Callable[[], None], None] = {}
        self.answer: str | None = None
        self.directory_changed = False
        self.savepoint: Savepoint | None = None
        self._staged: dict[Table | None, Runs] = {}

    def insert(self, table: Table, row: Mapping[str, Any]) -> None:
        """Stage a new row."""
        self._stage(_insertion(table), table, row)

    def write(self, statement: Executable, table: Table | None, params: Mapping[str, Any]) -> None:
        """Stage an UPDATE, DELETE or upsert of a table; None where that cannot be told."""
        self._stage(statement, table, params)

    def unwritten(self) -> list[Complaint]:
        """The complaints that are not in the database as they stand, by id, so that nobody deadlocks."""
        if not self.complaints:
            return []
        changed = sorted(id for id, each in self.complaints.items() if self.written.get(id) is not each)
        return [self.complaints[id] for id in changed]

    def stages_for(self, tables: Collection[Table] | None) -> bool:
        """Whether rows are staged that a query of these tables must see (None: of any)."""
        staged = self._staged
        if not staged or tables is None:
            return bool(staged)
        return None in staged or not staged.keys().isdisjoint(tables)

    def flush(self, connection: Connection, tables: Collection[Table] | None) -> None:
        """Write the rows that are staged for these tables (None: for all), one executemany for each run."""
        for table in list(self._staged) if tables is None or None in self._staged else tables:
            for statement, rows in self._staged.pop(table, ()):
                execute_many(connection, statement, rows)

    def join(self, parent: "Overlay") -> None:
        """Succeeded: what is staged here is staged there."""
        if self.savepoint is not None:
            self._leave_savepoint_to(parent)
        for table, runs in self._staged.items():
            theirs = parent._staged.setdefault(table, runs)
            if theirs is not runs:
                _append_runs(theirs, runs)
        if self.complaints:
            parent.complaints.update(self.complaints)
            parent.written.update(self.written)
            parent.registered += self.registered
        parent.calls.update(self.calls)
        parent.directory_changed |= self.directory_changed
        if self.answer is not None:
            parent.answer = self.answer

    def _leave_savepoint_to(self, parent: "Overlay") -> None:
        # A parent without one had nothing to write when ours was opened: it can be dropped as far as there.
        assert self.savepoint is not None
        if parent.droppable and parent.savepoint is None:
            parent.savepoint = self.savepoint
        else:
            self.savepoint.release()

    def drop(self) -> None:
        """Failed: nothing of it stays, not even what was flushed."""
        if self.savepoint is not None:
            self.savepoint.roll_back()

    def _stage(self, statement: Executable, table: Table | None, row: Mapping[str, Any]) -> None:
        runs = self._staged.get(table)
        if runs is None:
            self._staged[table] = [(statement, [row])]
        elif runs[-1][0] is statement:
            runs[-1][1].append(row)
        else:
            runs.append((statement, [row]))


def _append_runs(runs: Runs, more: Runs) -> None:
    """What is staged for a table is written in its order; runs of one statement are one executemany."""
    statement, rows = runs[-1]
    if more[0][0] is statement:
        rows.extend(more[0][1])
        runs.extend(more[1:])
    else:
        runs.extend(more)


_TABLES: WeakKeyDictionary[Executable, frozenset[Table] | None] = WeakKeyDictionary()


def tables_of(statement: Executable) -> frozenset[Table] | None:
    """The tables that a query reads or a statement writes, those inside it too; None where that cannot be told."""
    if statement not in _TABLES:
        _TABLES[statement] = _found_in(statement)
    return _TABLES[statement]


def _found_in(statement: Executable) -> frozenset[Table] | None:
    parts = list(iterate(statement)) if isinstance(statement, ClauseElement) else []
    if not parts or any(isinstance(part, TextClause) and not _is_condition(part, statement) for part in parts):
        return None
    return frozenset(part for part in (*parts, getattr(statement, "table", None)) if isinstance(part, Table))


def _is_condition(part: TextClause, statement: Executable) -> bool:
    """Whether a text is a condition on the tables of a SELECT: the words of a partial index, no query of its own."""
    return isinstance(statement, Select) and "select" not in part.text.lower()


_INSERTIONS: dict[Table, Insert] = {}


def _insertion(table: Table) -> Insert:
    if table not in _INSERTIONS:
        _INSERTIONS[table] = insert(table).inline()
    return _INSERTIONS[table]
