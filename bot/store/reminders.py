"""Rungs and questions that wait to be told, until the clocks are done: then a chat has all of them in one message."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, Connection, bindparam, delete, exists, select

from bot.events import Address
from bot.store.tables import POSTED, REMINDER
from core.complaints import OPEN, Complaint, State
from core.settings import Addressee
from core.store.records import COMPLAINT, complaints_of

if TYPE_CHECKING:
    from core.store.unit import UnitOfWork

CHUNK = 500
"""Ids in one query: far below what either database takes."""

_QUESTION = "still_on_it"
"""Stands where a rung has whom it tells: a question to the officer in charge."""

_ANY = select(exists().where(REMINDER.c.told != _QUESTION))
_TAKE = (
    delete(REMINDER).where(REMINDER.c.told != _QUESTION).returning(REMINDER.c.id, REMINDER.c.complaint, REMINDER.c.told)
)
_ANY_QUESTION = select(exists().where(REMINDER.c.told == _QUESTION))
_TAKE_QUESTIONS = delete(REMINDER).where(REMINDER.c.told == _QUESTION).returning(REMINDER.c.complaint)
_IDS = bindparam("ids", expanding=True, type_=BigInteger())
_STANDING = select(
    COMPLAINT.c.id, COMPLAINT.c.department, COMPLAINT.c.assignee, COMPLAINT.c.due_at, COMPLAINT.c.state
).where(COMPLAINT.c.id.in_(_IDS))
_RECORDS = select(COMPLAINT.c.record).where(COMPLAINT.c.id.in_(_IDS))
_CARDS = (
    select(POSTED.c.about, POSTED.c.account, POSTED.c.chat)
    .where(POSTED.c.kind == "complaint", POSTED.c.about.in_(_IDS), POSTED.c.card, POSTED.c.live)
    .distinct()
)
_AT_WORK = {state.value for state in OPEN - {State.PAUSED}}


@dataclass(frozen=True)
class Waiting:
    """An open complaint of which somebody is to be told. `told`: whom, the highest where several rungs wait."""

    complaint: int
    told: Addressee
    department: int
    assignee: int | None
    due_at: datetime


def keep_reminder(unit: "UnitOfWork", complaint: int, told: Addressee, at: datetime) -> None:
    """Stage that a rung is to be told once the clocks are done."""
    row = {"id": unit.new_id("reminder"), "complaint": complaint, "told": told, "at": at}
    unit.insert(REMINDER, row)


def reminders_wait(connection: Connection) -> bool:
    """Whether anything waits to be told."""
    return bool(connection.execute(_ANY).scalar_one())


def take_reminders(unit: "UnitOfWork") -> list[Waiting]:
    """All that waits, the longest overdue first, and it waits no more; not what was solved or paused meanwhile."""
    rows = unit.fresh(_TAKE).all()
    told: dict[int, Addressee] = {row.complaint: row.told for row in sorted(rows, key=lambda row: row.id)}
    found = []
    for ids in _chunks(list(told)):
        for row in unit.fresh(_STANDING, {"ids": ids}):
            if row.state in _AT_WORK:
                found.append(Waiting(row.id, told[row.id], row.department, row.assignee, row.due_at))
    return sorted(found, key=lambda each: (each.due_at, each.complaint))


def keep_question(unit: "UnitOfWork", complaint: int, at: datetime) -> None:
    """Stage that whoever has it is to be asked "still on it?" once the clocks are done."""
    row = {"id": unit.new_id("reminder"), "complaint": complaint, "told": _QUESTION, "at": at}
    unit.insert(REMINDER, row)


def questions_wait(connection: Connection) -> bool:
    """Whether anybody is to be asked."""
    return bool(connection.execute(_ANY_QUESTION).scalar_one())


def take_questions(unit: "UnitOfWork") -> list[Complaint]:
    """The complaints that are to be asked about, the earliest due first; they wait no more."""
    ids = set(unit.fresh(_TAKE_QUESTIONS).scalars())
    return sorted(complaints_named(unit, ids).values(), key=lambda each: (each.due.at, each.id))


def complaints_named(unit: "UnitOfWork", ids: Collection[int]) -> Mapping[int, Complaint]:
    """These complaints as they stand, by id."""
    found: dict[int, Complaint] = {}
    for some in _chunks(list(ids)):
        found.update({each.id: each for each in complaints_of(unit.fresh(_RECORDS, {"ids": some}).scalars())})
    return found


def cards_shown(unit: "UnitOfWork", ids: Collection[int]) -> Iterator[tuple[int, Address]]:
    """(complaint, chat) of each card of these complaints that stands somewhere; leans on posted_about."""
    for some in _chunks(list(ids)):
        for row in unit.fresh(_CARDS, {"ids": some}):
            yield row.about, Address(row.account, row.chat)


def _chunks(ids: Sequence[int]) -> Iterator[list[int]]:
    for begin in range(0, len(ids), CHUNK):
        yield list(ids[begin : begin + CHUNK])
