"""Everything that one complaint's page shows, read in one go; and the complaints that a phone number has open."""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, case, select, text

from core.complaints.complaint import Complaint
from core.complaints.happened import Happened
from core.people import Via
from core.petitions import Petition
from core.store.entries import entries_of
from core.store.queries.petitions import PETITION, petition
from core.store.records import COMPLAINT, complaint_of, complaints_of
from core.store.tables import OPEN_STATES, AttachmentRow, table_of
from core.timeline import decode, decode_via

_ATTACHMENT = table_of(AttachmentRow)
_BY_CODE = select(COMPLAINT.c.record).where(COMPLAINT.c.code == bindparam("of"))
_OF_PETITION = select(COMPLAINT.c.record).where(COMPLAINT.c.petition == bindparam("of")).order_by(COMPLAINT.c.id)
# The states are those of OPEN_STATES and solved: what the phone's owner would call open.
_OPEN_WITH_PHONE = (
    select(COMPLAINT.c.code, case((PETITION.c.confidential, ""), else_=PETITION.c.words).label("words"))
    .join_from(PETITION, COMPLAINT, COMPLAINT.c.petition == PETITION.c.id)
    .where(PETITION.c.phone == bindparam("of"), text(f"({OPEN_STATES} OR state = 'solved')"))
    .order_by(COMPLAINT.c.id)
    .limit(5)
)


@dataclass(frozen=True)
class Step:
    """An entry of a timeline. `erased`: its personal fields are gone."""

    number: int
    happened: Happened
    via: Via
    erased: bool


@dataclass(frozen=True)
class Paper:
    """A kept file's name and type."""

    sha256: str
    name: str
    media_type: str


@dataclass(frozen=True)
class ComplaintPage:
    """A complaint, its petition, the petition's other complaints, its timeline, and the files named in any of them."""

    complaint: Complaint
    petition: Petition
    siblings: tuple[Complaint, ...]
    steps: tuple[Step, ...]
    papers: dict[str, Paper]


@dataclass(frozen=True)
class SamePhone:
    """A complaint that is open from the same number, and what it is about; "" of a confidential one."""

    code: str
    words: str


def complaint_page(connection: Connection, code: str) -> ComplaintPage | None:
    """What the page of this complaint shows, or None; leans on the unique index on code and on primary keys."""
    record = connection.execute(_BY_CODE, {"of": code}).scalar()
    if record is None:
        return None
    complaint = complaint_of(record)
    brought = petition(connection.execute, complaint.petition)
    assert brought is not None, "a complaint is registered in one transaction with its petition"
    steps = timeline_of(connection, complaint.id)
    named = set(brought.papers).union(*(getattr(step.happened, "evidence", ()) for step in steps))
    return ComplaintPage(
        complaint,
        brought,
        tuple(each for each in complaints_of_petition(connection, brought.id) if each.id != complaint.id),
        steps,
        papers_named(connection, named),
    )


def timeline_of(connection: Connection, complaint: int) -> tuple[Step, ...]:
    """What happened to the complaint, in order; leans on the unique index on (complaint, number)."""
    return tuple(
        Step(
            each.number,
            decode(each.kind, each.payload, each.personal),
            decode_via(each.via),
            each.personal is None,
        )
        for each in entries_of(connection, complaint)
    )


def complaints_of_petition(connection: Connection, petition: int) -> tuple[Complaint, ...]:
    """A petition's complaints in the order of their registration; leans on complaint_of_petition."""
    return complaints_of(connection.execute(_OF_PETITION, {"of": petition}).scalars())


def open_complaints_with_phone(connection: Connection, phone: str) -> tuple[SamePhone, ...]:
    """Complaints from this number (ten digits) that are not closed, five at most; leans on the index on phone."""
    return tuple(SamePhone(row.code, row.words) for row in connection.execute(_OPEN_WITH_PHONE, {"of": phone}))


def papers_named(connection: Connection, sha256s: set[str]) -> dict[str, Paper]:
    """The kept files with these hashes; leans on the primary key."""
    if not sha256s:
        return {}
    query = select(_ATTACHMENT).where(_ATTACHMENT.c.sha256.in_(sha256s))
    return {row.sha256: Paper(row.sha256, row.name, row.media_type) for row in connection.execute(query)}
