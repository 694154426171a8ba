"""Complaints by the clock: whose time has come, and those that are looked at again on a day."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Connection, Text, bindparam, cast, exists, literal, select
from sqlalchemy import text as sql

from core.complaints.complaint import Complaint
from core.store.queries.occasions import OCCASION
from core.store.records import COMPLAINT, complaints_of
from core.store.staging import Stage
from core.store.tables import OPEN_STATES

_NEXT_AT = COMPLAINT.c.next_at
_NOW = bindparam("now", type_=_NEXT_AT.type)
_FAILED_TODAY = exists().where(
    OCCASION.c.name == literal("clock of ") + cast(COMPLAINT.c.id, Text), OCCASION.c.day == bindparam("of_day")
)
_DUE = (
    select(COMPLAINT.c.id)
    .where(_NEXT_AT.is_not(None), _NEXT_AT <= _NOW, ~_FAILED_TODAY)
    .order_by(_NEXT_AT, COMPLAINT.c.id)
    .limit(bindparam("most"))
)
_LOCKED = (
    select(COMPLAINT.c.record)
    .where(COMPLAINT.c.id.in_(bindparam("ids", expanding=True)), _NEXT_AT.is_not(None), _NEXT_AT <= _NOW)
    .order_by(_NEXT_AT, COMPLAINT.c.id)
    .with_for_update(skip_locked=True)
)
_ON_THE_DAY = (
    select(COMPLAINT.c.record)
    .where(
        sql(OPEN_STATES),
        bindparam("begin", type_=_NEXT_AT.type) <= _NEXT_AT,
        bindparam("end", type_=_NEXT_AT.type) > _NEXT_AT,
    )
    .order_by(COMPLAINT.c.id)
    .with_for_update()
)


def clock_name(complaint: int) -> str:
    """The name of the occasion that the clock failed at a complaint: on that day it is not tried again."""
    return f"clock of {complaint}"


def complaints_due(connection: Connection, now: datetime, today: date, most: int) -> tuple[int, ...]:
    """Ids of the complaints whose `next_at` has come, the longest due first; without those that failed today.

    Leans on complaint_by_next_clock.
    """
    rows = connection.execute(_DUE, {"now": now, "of_day": today.isoformat(), "most": most})
    return tuple(rows.scalars())


def lock_due(unit: Stage, ids: Sequence[int], now: datetime) -> tuple[Complaint, ...]:
    """Those of them that are still due, the longest first, locked; none that another process has at that moment."""
    return complaints_of(unit.fresh(_LOCKED, {"ids": list(ids), "now": now}).scalars())


def open_complaints_next_between(unit: Stage, begin: datetime, end: datetime) -> tuple[Complaint, ...]:
    """Open complaints that the clock looks at in [begin, end), locked; leans on complaint_by_next_clock."""
    return complaints_of(unit.fresh(_ON_THE_DAY, {"begin": begin, "end": end}).scalars())
