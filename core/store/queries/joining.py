"""Who waits to be enrolled in a department, and what became of it."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Row, bindparam, select, update

from core.people import JoinRequest
from core.store.failures import Moment
from core.store.people_tables import JoinRequestRow
from core.store.staging import Stage
from core.store.tables import table_of

_REQUEST = table_of(JoinRequestRow)
_COLUMNS = (_REQUEST.c.id, _REQUEST.c.account, _REQUEST.c.user, _REQUEST.c.chat, _REQUEST.c.department, _REQUEST.c.name)
_WAITING = (
    select(*_COLUMNS)
    .where(_REQUEST.c.department == bindparam("of_department"), _REQUEST.c.taken.is_(None))
    .order_by(_REQUEST.c.id)
)
_OPEN = select(*_COLUMNS).where(_REQUEST.c.id.in_(bindparam("ids", expanding=True)), _REQUEST.c.taken.is_(None))
_OF_USER = select(_REQUEST.c.id).where(
    _REQUEST.c.account == bindparam("of_account"),
    _REQUEST.c.user == bindparam("of_user"),
    _REQUEST.c.department == bindparam("of_department"),
)
_ASKED_AT = select(_REQUEST.c.asked_at).where(_REQUEST.c.id == bindparam("of_id"))
_DECIDE = (
    update(_REQUEST)
    .where(_REQUEST.c.id == bindparam("b_id"))
    .values(taken=bindparam("is_taken"), decided_at=bindparam("at"), decided_by=bindparam("by"))
)


def waiting_to_join(unit: Stage, department: int) -> tuple[JoinRequest, ...]:
    """Everybody who waits for this department, who asked first first; leans on the index on department."""
    return tuple(map(_request, unit.fresh(_WAITING, {"of_department": department})))


def open_requests(unit: Stage, ids: Collection[int]) -> tuple[JoinRequest, ...]:
    """Those of the requests that nobody has decided; leans on the primary key."""
    return tuple(map(_request, unit.fresh(_OPEN, {"ids": sorted(ids)})))


def has_asked(unit: Stage, account: str, user: str, department: int) -> bool:
    """Whether this user ever asked to join it, decided or not; leans on the unique index."""
    params = {"of_account": account, "of_user": user, "of_department": department}
    return unit.fresh(_OF_USER, params).first() is not None


def asked_at(unit: Stage, request: int) -> datetime | None:
    """Since when somebody waits, or waited; leans on the primary key."""
    at: datetime | None = unit.fresh(_ASKED_AT, {"of_id": request}).scalar()
    return at


def keep_request(unit: Moment, request: JoinRequest) -> None:
    """Stage a request that waits."""
    row = {"id": request.id, "account": request.account, "user": request.user, "chat": request.chat}
    unit.insert(
        _REQUEST,
        {
            **row,
            "department": request.department,
            "name": request.name,
            "asked_at": unit.now,
            "taken": None,
            "decided_at": None,
            "decided_by": None,
        },
    )


def decide_request(unit: Moment, request: int, taken: bool, by: int | None) -> None:
    """Stage what became of a request."""
    unit.write(_DECIDE, {"b_id": request, "is_taken": taken, "at": unit.now, "by": by})


def _request(row: Row[tuple[int, str, str, str, int, str]]) -> JoinRequest:
    return JoinRequest(row.id, row.account, row.user, row.chat, row.department, row.name)
