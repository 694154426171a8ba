"""Solutions that wait for somebody: who is asked, what is flagged, whom the desk should call."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, exists, func, select
from sqlalchemy import text as sql

from core.complaints.about import needs_a_senior
from core.complaints.complaint import Complaint, State
from core.complaints.verifying import Asked
from core.petitions import Petition
from core.store.entries import TIMELINE
from core.store.queries.petitions import COMPLAINANT, PETITION, petition
from core.store.records import COMPLAINT, complaint_of, complaints_of
from core.store.staging import Stage
from core.store.tables import IS_ASKED, IS_FLAGGED, IS_SOLUTION

_SOLVED_SINCE = select(func.count(TIMELINE.c.complaint.distinct())).where(
    sql(IS_SOLUTION),
    TIMELINE.c.person == bindparam("of"),
    TIMELINE.c.at >= bindparam("since", type_=TIMELINE.c.at.type),
    TIMELINE.c.complaint != bindparam("but"),
)
_ASKED = (
    select(COMPLAINT.c.record)
    .where(sql(IS_ASKED), COMPLAINT.c.asked == bindparam("of"))
    .order_by(COMPLAINT.c.next_at, COMPLAINT.c.id)
)
_COUNT_ASKED = select(COMPLAINT.c.asked, func.count()).where(sql(IS_ASKED)).group_by(COMPLAINT.c.asked)
_FLAGGED = select(COMPLAINT.c.record).where(sql(IS_FLAGGED)).order_by(COMPLAINT.c.solved_at.desc(), COMPLAINT.c.id)
_COUNT_FLAGGED = select(func.count()).select_from(COMPLAINT).where(sql(IS_FLAGGED))
_LINKED = exists().where(COMPLAINANT.c.petition == COMPLAINT.c.petition)
_CALLS = (
    select(COMPLAINT.c.record, _LINKED.label("linked"))
    .join_from(COMPLAINT, PETITION, PETITION.c.id == COMPLAINT.c.petition)
    .where(sql(IS_ASKED), COMPLAINT.c.asked.in_((Asked.COMPLAINANT.value, Asked.SENIORS.value)), PETITION.c.phone != "")
    .order_by(COMPLAINT.c.next_at, COMPLAINT.c.id)
)


SILENT = timedelta(hours=24)
"""Whoever was asked in their chat is called when they have been silent for so long."""


@dataclass(frozen=True)
class Call:
    """A complainant whom the desk should call: their petition, and its complaints that are claimed to be solved.

    linked: whether they were asked in their chat, and have not answered.
    """

    petition: Petition
    complaints: tuple[Complaint, ...]
    linked: bool

    @property
    def first(self) -> Complaint:
        """The complaint that the call is put down with."""
        return self.complaints[0]


def solved_since(unit: Stage, person: int, since: datetime, but: int) -> int:
    """How many other complaints a person has solved since then; leans on solution_by_person."""
    return int(unit.fresh(_SOLVED_SINCE, {"of": person, "since": since, "but": but}).scalar_one())


def complaints_asked(connection: Connection, asked: Asked) -> tuple[Complaint, ...]:
    """Those about which they are asked, whose time is over soonest first; leans on complaint_by_who_is_asked."""
    return complaints_of(connection.execute(_ASKED, {"of": asked.value}).scalars())


def waiting_for_seniors(connection: Connection) -> tuple[Complaint, ...]:
    """What waits for a senior: what they are asked about, and samples at which no other head can look."""
    samples = (
        each
        for each in complaints_asked(connection, Asked.OTHER_HEAD)
        if each.confirmation is not None and each.confirmation.department is None
    )
    return (*complaints_asked(connection, Asked.SENIORS), *samples)


def count_asked(connection: Connection) -> dict[Asked, int]:
    """How many solutions wait for whom; leans on complaint_by_who_is_asked."""
    return {Asked(row[0]): row[1] for row in connection.execute(_COUNT_ASKED)}


def flagged_complaints(connection: Connection) -> tuple[Complaint, ...]:
    """Those with a flag at which nobody has looked, the latest solved first; leans on flagged_complaint."""
    return complaints_of(connection.execute(_FLAGGED).scalars())


def count_flagged(connection: Connection) -> int:
    """How many there are of them."""
    return int(connection.execute(_COUNT_FLAGGED).scalar_one())


def calls_to_make(connection: Connection, asked_before: datetime) -> tuple[Call, ...]:
    """The complainants whom the desk should call, those called in vain last; leans on complaint_by_who_is_asked.

    With a phone and no chat, or asked in their chat before `asked_before` and silent since. One call for a petition.
    """
    families: dict[int, list[Complaint]] = {}
    linked: dict[int, bool] = {}
    for row in connection.execute(_CALLS):
        complaint = complaint_of(row.record)
        assert complaint.solution is not None
        if needs_a_senior(complaint):
            continue  # the complainant's word does not close it (docs/rules.md O3)
        if row.linked and complaint.solution.at > asked_before:
            continue
        families.setdefault(complaint.petition, []).append(complaint)
        linked[complaint.petition] = row.linked
    found = []
    for id, complaints in families.items():
        brought = petition(connection.execute, id)
        if brought is not None and all(each.state is State.SOLVED for each in complaints):
            found.append(Call(brought, tuple(complaints), linked[id]))
    return tuple(sorted(found, key=lambda call: call.first.calls))
