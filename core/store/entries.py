"""Timeline entries as rows: appended to a complaint's chain, and read again to be shown or proved."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from core.complaints.complaint import Complaint
from core.complaints.evolve import evolve
from core.complaints.happened import Happened
from core.frozen import with_changes
from core.instants import microseconds
from core.people import Via
from core.store.staging import Stage
from core.store.tables import ErasedRow, PersonalRow, TimelineRow, table_of
from core.timeline import Written, write

TIMELINE = table_of(TimelineRow)
COLUMNS = tuple(column.name for column in TIMELINE.c)
_AS_WRITTEN = tuple(name for name in COLUMNS if name not in ("id", "at"))
PERSONAL = table_of(PersonalRow)
ERASED = table_of(ErasedRow)

_ENTRIES = (
    select(TIMELINE, PERSONAL.c.salt, PERSONAL.c.payload.label("personal"))
    .join_from(TIMELINE, PERSONAL, PERSONAL.c.entry == TIMELINE.c.id, isouter=True)
    .where(TIMELINE.c.complaint == bindparam("of"))
    .order_by(TIMELINE.c.number)
)
_ERASED = (
    select(TIMELINE.c.number, ERASED.c.rule)
    .join_from(ERASED, TIMELINE, ERASED.c.entry == TIMELINE.c.id)
    .where(TIMELINE.c.complaint == bindparam("of"))
)


def chained(complaint: Complaint | None, happened: Happened, via: Via) -> tuple[Written, Complaint]:
    """The entry that follows the complaint's head, and the complaint after it. `complaint` is None at the first."""
    after = evolve(happened, complaint)
    previous = complaint.head if complaint is not None else ""
    written = write(after.id, after.version, happened, via, previous)
    return written, with_changes(after, head=written.hash)


def stage(unit: Stage, entry: Written, happened: Happened) -> None:
    """Stage the entry and its personal fields."""
    id = unit.new_id("timeline")
    held = vars(entry)
    row = {name: held[name] for name in _AS_WRITTEN}
    row["id"], row["at"] = id, happened.at
    unit.insert(TIMELINE, row)
    unit.insert(PERSONAL, {"entry": id, "salt": entry.salt, "payload": entry.personal})


def entries_of(connection: Connection, complaint: int) -> Iterator[Written]:
    """A complaint's entries in order; leans on the unique index on (complaint, number)."""
    for row in connection.execute(_ENTRIES, {"of": complaint}):
        yield _written(row)


def erased_of(connection: Connection, complaint: int) -> Mapping[int, str]:
    """Number of each entry whose personal fields were erased, and the rule it went under."""
    return {row.number: row.rule for row in connection.execute(_ERASED, {"of": complaint})}


def _written(row: Row[Any]) -> Written:
    return Written(
        complaint=row.complaint,
        number=row.number,
        kind=row.kind,
        at=microseconds(row.at),
        person=row.person,
        via=row.via,
        payload=row.payload,
        personal_digest=row.personal_digest,
        previous=row.previous,
        hash=row.hash,
        salt=row.salt,
        personal=row.personal,
    )
