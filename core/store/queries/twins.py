"""Complaints about the same matter: those that were joined to one, and those that it may be joined to."""

from sqlalchemy import Connection, bindparam, or_, select
from sqlalchemy import text as sql

from core.complaints.complaint import Complaint
from core.petitions import Petition
from core.store.queries.petitions import PETITION
from core.store.records import COMPLAINT, complaints_of
from core.store.staging import Stage
from core.store.tables import OPEN_STATES

_JOINED = (
    select(COMPLAINT.c.id)
    .where(sql("merged_into IS NOT NULL"), COMPLAINT.c.merged_into == bindparam("of"))
    .order_by(COMPLAINT.c.id)
)
_SAME_PHONE = (PETITION.c.phone != "") & (PETITION.c.phone == bindparam("phone"))
_SAME_PLACE = (PETITION.c.village == bindparam("village")) & (COMPLAINT.c.department == bindparam("department"))
_TWINS = (
    select(COMPLAINT.c.record)
    .join_from(COMPLAINT, PETITION, PETITION.c.id == COMPLAINT.c.petition)
    .where(
        sql(OPEN_STATES),
        COMPLAINT.c.id != bindparam("but"),
        PETITION.c.confidential.is_(False),
        or_(_SAME_PHONE, _SAME_PLACE),
    )
    # Those of the same phone first, then those of the same department, the newest of each first.
    .order_by(_SAME_PHONE.desc(), _SAME_PLACE.desc(), COMPLAINT.c.id.desc())
    .limit(bindparam("most"))
)


def joined_to(unit: Stage, complaint: Complaint) -> tuple[Complaint, ...]:
    """The complaints that were joined to this one, and those that had been joined to them; leans on the partial index
    complaint_joined_to."""
    ids = set(unit.read(_JOINED, {"of": complaint.id}).scalars())
    for each in unit.changed_complaints():  # which need not be written for it
        if each.merged_into == complaint.id:
            ids.add(each.id)
        else:
            ids.discard(each.id)
    found = []
    for id in sorted(ids):
        each = unit.complaint_by_id(id)
        found += [each, *joined_to(unit, each)]
    return tuple(found)


def possible_twins(
    connection: Connection, complaint: Complaint, petition: Petition, most: int
) -> tuple[Complaint, ...]:
    """Open complaints that may be the same matter: of the same phone, or of the same department and village.

    None for a confidential complaint, and never one: that two are of one person is a secret too. Reads every open one's
    petition (a senior asks for it by hand).
    """
    if complaint.confidential:
        return ()
    values = {"but": complaint.id, "phone": petition.phone, "village": petition.village, "most": most}
    rows = connection.execute(_TWINS, {**values, "department": complaint.department})
    return complaints_of(rows.scalars())
