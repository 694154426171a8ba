"""Who cannot write in which group, since the bot took that right from them."""

from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from bot.store.tables import MutedRow
from core.store.tables import table_of
from core.store.unit import UnitOfWork

_MUTED = table_of(MutedRow)
_ALL = select(_MUTED.c.account, _MUTED.c.chat, _MUTED.c.user)
_KEEP = {
    "sqlite": sqlite_insert(_MUTED).on_conflict_do_nothing(),
    "postgresql": postgresql_insert(_MUTED).on_conflict_do_nothing(),
}
_DROP = delete(_MUTED).where(
    _MUTED.c.account == bindparam("of_account"),
    _MUTED.c.chat == bindparam("of_chat"),
    _MUTED.c.user == bindparam("of_user"),
)


class Muted(NamedTuple):
    """A user of an account, and the group in which they cannot write."""

    account: str
    chat: str
    user: str


def muted(connection: Connection) -> set[Muted]:
    """All of them; there are few."""
    return {Muted(*row) for row in connection.execute(_ALL)}


def keep_muted(unit: UnitOfWork, who: Muted) -> None:
    """Stage that the right was taken; twice is once."""
    unit.write(_KEEP[unit.connection.dialect.name], {**who._asdict(), "at": unit.now})


def unmute(unit: UnitOfWork, who: Muted) -> None:
    """Stage that the right was given back."""
    unit.write(_DROP, {"of_account": who.account, "of_chat": who.chat, "of_user": who.user})
