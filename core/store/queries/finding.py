"""Complaints whose petition holds some words: who brought it, where from, or what about."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, or_, select, text

from core.complaints.complaint import Complaint
from core.store.queries.petitions import PETITION
from core.store.records import COMPLAINT, complaints_of
from core.store.tables import OPEN_STATES
from core.text import fold

MOST_WORDS = 6


def complaints_with_words(
    connection: Connection, typed: str, departments: Collection[int] | None, since: datetime, most: int
) -> tuple[Complaint, ...]:
    """Those in which every word stands somewhere, the latest registered first, `most` at most.

    typed: words as people type them; they are folded, and six count.   departments: None for all.
    since: of those that are not open any more, only the ones registered since.

    Reads the petitions of open and of recent complaints; leans on complaint_by_registration.
    """
    words = fold(typed).split()[:MOST_WORDS]
    if not words:
        return ()
    query = (
        select(COMPLAINT.c.record)
        .join_from(COMPLAINT, PETITION, PETITION.c.id == COMPLAINT.c.petition)
        .where(*(PETITION.c.folded.contains(word, autoescape=True) for word in words))
        .where(or_(COMPLAINT.c.registered_at >= since, text(OPEN_STATES)))
        .order_by(COMPLAINT.c.registered_at.desc(), COMPLAINT.c.id.desc())
        .limit(most)
    )
    if departments is not None:
        query = query.where(COMPLAINT.c.department.in_(departments))
    return complaints_of(connection.execute(query).scalars())
