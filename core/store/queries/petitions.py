"""Petitions: kept with their complaints, found by id, by phone and by the chat of their complainant."""

import json
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, bindparam, select, update

from core.complaints.complaint import Complaint
from core.petitions import Direction, Kind, Petition
from core.store.records import COMPLAINT
from core.store.staging import Run, Stage
from core.store.tables import ComplainantRow, DepartmentRow, PetitionRow, table_of

PETITION = table_of(PetitionRow)
COLUMNS = tuple(column.name for column in PETITION.c)
COMPLAINANT = table_of(ComplainantRow)
_DEPARTMENT = table_of(DepartmentRow)

_BY_ID = select(PETITION).where(PETITION.c.id == bindparam("of"))
_CODES = select(COMPLAINT.c.code).where(COMPLAINT.c.petition == bindparam("of")).order_by(COMPLAINT.c.id)
_SEVERAL = select(PETITION).where(PETITION.c.id.in_(bindparam("of", expanding=True)))
_CODES_OF_SEVERAL = (
    select(COMPLAINT.c.petition, COMPLAINT.c.code)
    .where(COMPLAINT.c.petition.in_(bindparam("of", expanding=True)))
    .order_by(COMPLAINT.c.id)
)
_OF_COMPLAINANT = select(COMPLAINANT.c.petition).where(
    COMPLAINANT.c.account == bindparam("of_account"), COMPLAINANT.c.user == bindparam("of_user")
)
_CHATS = select(COMPLAINANT).where(COMPLAINANT.c.petition == bindparam("of"))
_CHOSEN = (
    select(PETITION.c.language)
    .join_from(COMPLAINANT, PETITION, COMPLAINANT.c.petition == PETITION.c.id)
    .where(
        COMPLAINANT.c.account == bindparam("of_account"),
        COMPLAINANT.c.chat == bindparam("of_chat"),
        PETITION.c.language.is_not(None),
    )
    .order_by(PETITION.c.id.desc())
)
_NEXT_SERIAL = (
    update(_DEPARTMENT)
    .where(_DEPARTMENT.c.id == bindparam("of"))
    .values(next_serial=_DEPARTMENT.c.next_serial + 1)
    .returning(_DEPARTMENT.c.next_serial)
)


def next_serial(unit: Stage, department: int) -> int:
    """The department's next serial, never given again; a gap is allowed, where a registration fails later."""
    taken: int = unit.fresh(_NEXT_SERIAL, {"of": department}).scalar_one()
    return taken - 1


def keep_petition(unit: Stage, petition: Petition) -> None:
    """Stage a new petition."""
    row = {name: getattr(petition, name) for name in COLUMNS}
    unit.insert(PETITION, {**row, "papers": json.dumps(petition.papers)})


def petition(run: Run, id: int, codes: Sequence[str] | None = None) -> Petition | None:
    """The petition with its codes; leans on the primary key and on the index complaint_of_petition.

    codes: of its complaints, where they are known already.
    """
    row = run(_BY_ID, {"of": id}).first()
    if row is None:
        return None
    return _petition(row, [code for (code,) in run(_CODES, {"of": id})] if codes is None else codes)


def petitions(run: Run, ids: Collection[int]) -> list[Petition]:
    """Several of them at once."""
    codes: dict[int, list[str]] = {}
    for row in run(_CODES_OF_SEVERAL, {"of": list(ids)}):
        codes.setdefault(row.petition, []).append(row.code)
    return [_petition(row, codes.get(row.id, ())) for row in run(_SEVERAL, {"of": list(ids)})]


def _petition(row: Row[Any], codes: Sequence[str]) -> Petition:
    values = dict(zip(COLUMNS, row, strict=True))
    values["kind"] = Kind(row.kind)
    values["direction"] = Direction(row.direction) if row.direction else None
    values["papers"] = tuple(json.loads(row.papers))
    return Petition(**values, codes=tuple(codes))


def petitions_of_complainant(run: Run, account: str, user: str) -> tuple[int, ...]:
    """The petitions whose complainant a user of a chat account is; leans on the primary key."""
    return tuple(run(_OF_COMPLAINANT, {"of_account": account, "of_user": user}).scalars())


def complainant_chats(run: Run, petition: int) -> tuple[tuple[str, str, str], ...]:
    """(account, user, chat) of each chat in which a petition's complainant is reached."""
    rows = run(_CHATS, {"of": petition})
    return tuple((row.account, row.user, row.chat) for row in rows)


def siblings_of(unit: Stage, complaint: Complaint) -> tuple[Complaint, ...]:
    """The other complaints of the same petition, as they stand in this batch."""
    return tuple(each for each in unit.complaints_of(complaint.petition) if each.id != complaint.id)


def language_of_complainant(run: Run, account: str, chat: str) -> str | None:
    """The language that the complainant in a direct chat chose; None where there is no choice, or no complainant."""
    row = run(_CHOSEN, {"of_account": account, "of_chat": chat}).first()
    return None if row is None else row.language
