"""Updates of the web chat that the engine has not taken yet."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, select
from sqlalchemy import text as sql

from bot.store.webchat.tables import UPDATE
from core.store.unit import UnitOfWork

_KEEP = sql(
    "INSERT INTO web_update (key, at, payload) VALUES (:key, :at, :payload) ON CONFLICT (key) DO NOTHING"
).bindparams(bindparam("at", type_=UPDATE.c.at.type))
_TAKEN = delete(UPDATE).where(UPDATE.c.key == bindparam("of_key"))
_WAITING = select(UPDATE).order_by(UPDATE.c.at, UPDATE.c.key).limit(bindparam("most"))
_WAITS = select(UPDATE).where(UPDATE.c.key == bindparam("of_key"))


def keep_update(uow: UnitOfWork, key: str, payload: str) -> None:
    """Stage an update that the engine must still take; the same key again is the same update."""
    uow.write(_KEEP, {"key": key, "at": uow.now, "payload": payload})


def update_taken(uow: UnitOfWork, key: str) -> None:
    """Stage that the engine has taken an update."""
    uow.write(_TAKEN, {"of_key": key})


def waiting_updates(connection: Connection, most: int) -> Sequence[Row[Any]]:
    """The updates that the engine has not taken, oldest first."""
    return connection.execute(_WAITING, {"most": most}).all()


def waiting_update(connection: Connection, key: str) -> Row[Any] | None:
    """The update with this key if the engine has not taken it."""
    return connection.execute(_WAITS, {"of_key": key}).one_or_none()
