"""The unit of work: what one batch has read and will write, over the writer's one connection.

Works run one by one; each stages its changes in an overlay that joins the unit when it succeeds, so the second sees
the first, and one that fails leaves no trace. At the end everything is written with one executemany per statement,
complaints by version (docs/design.md §2, Unit of work).
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from types import TracebackType
from typing import Any, TypeVar

from sqlalchemy import Connection, Executable, Result, Select, Table

from core.complaints.complaint import Complaint
from core.complaints.happened import Happened
from core.directory import Directory
from core.frozen import with_changes
from core.people import Via
from core.petitions import Petition
from core.refusals import NotFound
from core.store import entries, records
from core.store.failures import is_of_the_database
from core.store.generation import BUMP, bump
from core.store.identifiers import Identifiers
from core.store.prepared import execute
from core.store.queries.directory import read_directory
from core.store.queries.petitions import petition, petitions
from core.store.savepoints import Savepoint
from core.store.staging import Overlay, tables_of
from core.timeline import Entry

T = TypeVar("T")


class UnitOfWork:
    """Lives in the writer's thread for one batch and never leaves it.

    connection: inside the batch's transaction.   now: when the batch began, by the Clock.   others_wait: tells whether
    more is to be written than the work that runs, so that a long one can give way.
    """

    def __init__(
        self,
        connection: Connection,
        directory: Directory,
        identifiers: Identifiers,
        now: datetime,
        others_wait: Callable[[], bool],
    ) -> None:
        self.connection = connection
        self.now = now
        self.others_wait = others_wait
        self._identifiers = identifiers
        self._directory: Directory | None = directory
        self._loaded: dict[int, Complaint] = {}
        self._petitions: dict[int, Petition] = {}
        self._codes: dict[int, Mapping[int, str]] = {}
        self._answers: dict[Hashable, Any] = {}
        self._touched: set[Table | None] = set()
        self._ids: dict[str, int] = {}
        self._overlays = [Overlay(droppable=False)]

    # Reading

    def read(self, statement: Executable, params: Mapping[str, Any] | None = None) -> Result[Any]:
        """Run a query that need not see rows staged in this batch."""
        return execute(self.connection, statement, params)

    def fresh(
        self,
        statement: Executable,
        params: Mapping[str, Any] | None = None,
        seeing: Collection[Table] | None = None,
    ) -> Result[Any]:
        """Run a query that must see what is staged so far; what is staged for its tables is written before.

        seeing: those of its tables of which that is true, if not all of them.
        """
        if isinstance(statement, Select):
            self._flush(seeing or tables_of(statement))
        else:
            # What writes at once goes behind a savepoint, so that it can be dropped.
            self._flush(droppable=True)
        return self.read(statement, params)

    def once(self, key: Hashable, ask: Callable[[], T]) -> T:
        """What `ask` answers, asked once in a batch: for what may be as old as the batch."""
        if key not in self._answers:
            self._answers[key] = ask()
        answer: T = self._answers[key]
        return answer

    def complaint(self, code: str) -> Complaint:
        """The complaint with this code, locked until the batch ends. Raises NotFound."""
        if code in self._ids:
            return self._known(self._ids[code], code)
        return self._load(records.lock_by_code(self.connection, code), code)

    def complaint_by_id(self, id: int) -> Complaint:
        """The complaint with this id, locked until the batch ends. Raises NotFound."""
        return self._known(id, str(id))

    def take(self, complaints: Iterable[Complaint]) -> None:
        """Complaints that a query has read and locked are in the map from now on, each read once."""
        for complaint in complaints:
            self._loaded.setdefault(complaint.id, complaint)
            self._ids[complaint.code] = complaint.id

    def complaints_of(self, petition: int) -> tuple[Complaint, ...]:
        """The complaints of a petition, in order, locked until the batch ends, those of this batch too."""
        return tuple(self.complaint_by_id(id) for id in sorted(self._codes_of(petition)))

    def petition(self, id: int) -> Petition | None:
        """What somebody brought; it stays as it is, so it is read once in a batch."""
        if id not in self._petitions:
            codes = self._codes_of(id)
            found = petition(self.fresh, id, [codes[each] for each in sorted(codes)])
            if found is None:
                return None
            self._petitions[id] = found
        return self._petitions[id]

    def read_petitions(self, ids: Iterable[int]) -> None:
        """Read several petitions at once, those that are not known yet: `petition` gives them then."""
        unknown = set(ids) - self._petitions.keys()
        if unknown:
            self._petitions.update({each.id: each for each in petitions(self.fresh, unknown)})

    @property
    def directory(self) -> Directory:
        """Who is who, with the changes of this batch."""
        if self._directory is None:
            self.flush()
            self._directory = read_directory(self.connection)
        return self._directory

    # Writing

    def insert(self, table: Table, row: Mapping[str, Any]) -> None:
        """Stage a new row; all rows of a table go in one executemany."""
        self._touched.add(table)
        self._top.insert(table, row)

    def write(self, statement: Executable, params: Mapping[str, Any]) -> None:
        """Stage an UPDATE, DELETE or upsert with bound parameters; give a constant, so that its runs are one."""
        table: Table | None = getattr(statement, "table", None)
        self._touched.add(table)
        self._top.write(statement, table, params)

    def new_id(self, name: str) -> int:
        """An id that no row of `name` has or will have."""
        return self._identifiers.next(name, self.connection)

    def append(self, complaint: Complaint | None, happened: Happened, via: Via) -> Entry:
        """Put what happened on the timeline and the complaint after it in its place. Returns the entry as told."""
        written, after = entries.chained(complaint, happened, via)
        entries.stage(self, written, happened)
        self._ids[after.code] = after.id
        self._top.complaints[after.id] = after
        self._touched.add(records.COMPLAINT)
        if complaint is None:
            self._top.registered.append(after)
        return Entry(after, happened, via)

    def set_next(self, id: int, at: datetime | None) -> None:
        """When the clock looks at a complaint again; it is no part of its record, so its version stays."""
        complaint = self.complaint_by_id(id)
        if complaint.next_at != at:
            self._top.complaints[id] = with_changes(complaint, next_at=at)
            self._touched.add(records.COMPLAINT)

    def changed_directory(self) -> None:
        """People, departments or groups were changed by what is staged: every process reads them anew."""
        self.write(BUMP, bump())
        self._directory = None
        self._top.directory_changed = True

    def after_commit(self, call: Callable[[], None]) -> None:
        """Call this in the writer's thread once the batch is durable, and once only; dropped with the work."""
        self._top.calls[call] = None

    def remember(self, answer: str) -> None:
        """Keep the work's answer with its key: it is given again to whoever sends the key again."""
        self._top.answer = answer

    # Overlays

    def overlay(self) -> "AbstractContextManager[Overlay]":
        """What is staged inside joins the unit at the end, or is dropped if the block raises."""
        return _Inside(self)

    def open_overlay(self) -> tuple[Overlay, int]:
        """Stage in a new overlay from now on; returns it, and a mark of the blocks of ids that were taken before."""
        overlay = Overlay()
        self._overlays.append(overlay)
        return overlay, self._identifiers.taken

    def close_overlay(self, blocks: int, error: BaseException | None) -> None:
        """The innermost overlay ends: it joins the one around it, or after an error is dropped."""
        overlay = self._overlays.pop()
        if error is None:
            overlay.join(self._top)
        elif not is_of_the_database(error):  # else the whole transaction goes, if it has not gone already
            overlay.drop()
            if overlay.savepoint is not None:
                # A block of ids taken behind the savepoint is the database's again, which would give it twice.
                self._identifiers.rolled_back(blocks)
            if overlay.directory_changed:
                self._directory = None
            # Some of them may have been the overlay's.
            self._petitions.clear()
            self._codes.clear()
            self._answers.clear()

    def finish(self) -> list[Callable[[], None]]:
        """Write all that is staged. Returns what to call after the commit. Raises StaleVersion."""
        (unit,) = self._overlays
        self.flush()
        return list(unit.calls)

    @property
    def known_directory(self) -> Directory | None:
        """The directory as of the end of the batch, if it was read."""
        return self._directory

    @property
    def _top(self) -> Overlay:
        return self._overlays[-1]

    def _known(self, id: int, asked: str) -> Complaint:
        for overlay in reversed(self._overlays):
            if id in overlay.complaints:
                return overlay.complaints[id]
        if id in self._loaded:
            return self._loaded[id]
        return self._load(records.lock_by_id(self.connection, id), asked)

    def changed_complaints(self) -> Iterator[Complaint]:
        """The complaints that this batch has changed, as they stand now."""
        changed: dict[int, Complaint] = {}
        for overlay in self._overlays:
            changed.update(overlay.complaints)
        return iter(changed.values())

    def _codes_of(self, petition: int) -> dict[int, str]:
        """The codes of a petition's complaints, by id. What is staged need not be written for it."""
        if petition not in self._codes:
            self._codes[petition] = records.codes_of_petition(self.connection, petition)
        new = [each for overlay in self._overlays for each in overlay.registered if each.petition == petition]
        return {**self._codes[petition], **{each.id: each.code for each in new}}

    def _load(self, complaint: Complaint | None, asked: str) -> Complaint:
        if complaint is None:
            raise NotFound("complaint", asked)
        self._loaded[complaint.id] = complaint
        self._ids[complaint.code] = complaint.id
        return complaint

    def flush(self) -> None:
        """Write all that is staged so far; what a work staged goes behind a savepoint and can still be dropped."""
        self._flush()

    def _flush(self, tables: Collection[Table] | None = None, droppable: bool = False) -> None:
        """Write what is staged for these tables, by default for all.

        droppable: what is written next goes behind a savepoint too, also if nothing is staged yet.
        """
        if tables is not None and None not in self._touched and self._touched.isdisjoint(tables):
            return  # nothing was staged for them in this batch
        writing = [depth for depth, overlay in enumerate(self._overlays) if self._has_staged(overlay, tables)]
        if droppable:
            writing.append(len(self._overlays) - 1)
        if not writing:
            return
        last = self._overlays[writing[-1]]
        opens = last.droppable and last.savepoint is None
        for depth, overlay in enumerate(self._overlays):
            # What the outer ones staged is written before an inner savepoint, or it would go with what is inside.
            whole = opens and depth < writing[-1]
            self._write(depth, overlay, None if whole else tables, droppable and overlay is self._top)

    def _has_staged(self, overlay: Overlay, tables: Collection[Table] | None) -> bool:
        changed = (tables is None or records.COMPLAINT in tables) and overlay.unwritten()
        return bool(changed) or overlay.stages_for(tables)

    def _write(self, depth: int, overlay: Overlay, tables: Collection[Table] | None, droppable: bool) -> None:
        if not droppable and not self._has_staged(overlay, tables):
            return
        # One inside another that has written nothing: its savepoint will be the other's too, once it joins it.
        if overlay.droppable and overlay.savepoint is None:
            overlay.savepoint = Savepoint(self.connection)
        overlay.flush(self.connection, tables)
        changed = overlay.unwritten() if tables is None or records.COMPLAINT in tables else []
        if changed:
            records.save(self.connection, [(each, self._written_version(each.id, depth)) for each in changed])
            overlay.written.update({each.id: each for each in changed})

    def _written_version(self, id: int, depth: int) -> int:
        for overlay in reversed(self._overlays[: depth + 1]):
            if id in overlay.written:
                return overlay.written[id].version
        return self._loaded[id].version if id in self._loaded else 0


class _Inside(AbstractContextManager[Overlay]):
    """The block of an overlay; a class, for there are several in each work."""

    __slots__ = ("_blocks", "_unit")

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit
        self._blocks = 0

    def __enter__(self) -> Overlay:
        overlay, self._blocks = self._unit.open_overlay()
        return overlay

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._unit.close_overlay(self._blocks, error)
