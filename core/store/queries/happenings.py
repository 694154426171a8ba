"""What happened in all, for whoever sums up a time: counts over whole tables."""

from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, func, select

from core.complaints.complaint import Complaint
from core.complaints.happened import Happened
from core.store.entries import TIMELINE
from core.store.failures import FAILURE
from core.store.people_tables import DepartmentRow, PersonRow
from core.store.records import COMPLAINT, complaint_of
from core.store.tables import table_of
from core.timeline import decode


def every_complaint(connection: Connection) -> Iterator[Complaint]:
    """All of them, in the order of registration."""
    for record in connection.execute(select(COMPLAINT.c.record).order_by(COMPLAINT.c.id)).scalars():
        yield complaint_of(record)


def complaints_by_happening(connection: Connection) -> Mapping[str, int]:
    """To how many complaints each kind of fact ever happened, by the kind's name on the timeline."""
    query = select(TIMELINE.c.kind, func.count(TIMELINE.c.complaint.distinct())).group_by(TIMELINE.c.kind)
    return {row[0]: row[1] for row in connection.execute(query)}


def failures_kept(connection: Connection) -> int:
    """How many works raised what nobody foresaw."""
    return int(connection.execute(select(func.count()).select_from(FAILURE)).scalar_one())


def is_unused(connection: Connection) -> bool:
    """Whether there is nobody and nothing in the records yet."""
    tables = (COMPLAINT, table_of(DepartmentRow), table_of(PersonRow))
    return all(connection.execute(select(table.c.id).limit(1)).first() is None for table in tables)


def facts_of(connection: Connection, kind: str) -> Iterator[tuple[int, Happened]]:
    """(complaint, fact) of every fact of a kind, as the timeline names it, in order. Reads every entry."""
    query = select(TIMELINE.c.complaint, TIMELINE.c.payload).where(TIMELINE.c.kind == kind).order_by(TIMELINE.c.id)
    for id, payload in connection.execute(query):
        yield id, decode(kind, payload, None)
