"""Who may see which file of the web chat."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, exists, select
from sqlalchemy import text as sql

from bot.store.webchat.tables import FILE, MESSAGE
from core.store.tables import AttachmentRow, table_of
from core.store.unit import UnitOfWork

_ATTACHMENT = table_of(AttachmentRow)
_HOLD = sql(
    "INSERT INTO web_file (holder, sha256, name, media_type, size) "
    "VALUES (:holder, :sha256, :name, :media_type, :size) ON CONFLICT (holder, sha256) DO NOTHING"
)
_LET_GO = delete(FILE).where(FILE.c.holder == bindparam("of_holder"), FILE.c.sha256 == bindparam("of_sha256"))
_CARRIED = select(
    exists().where(
        MESSAGE.c.chat == bindparam("of_chat"),
        MESSAGE.c.id != bindparam("but"),
        MESSAGE.c.files.contains(bindparam("of_sha256")),
    )
)
_HELD = select(FILE).where(
    FILE.c.sha256 == bindparam("of_sha256"), FILE.c.holder.in_(bindparam("holders", expanding=True))
)
_SIZE = select(_ATTACHMENT.c.size).where(_ATTACHMENT.c.sha256 == bindparam("of_sha256"))


def hold_file(uow: UnitOfWork, holder: str, sha256: str, name: str, media_type: str, size: int) -> None:
    """Stage that whoever `holder` names may see a file; saying it twice changes nothing."""
    uow.write(_HOLD, {"holder": holder, "sha256": sha256, "name": name, "media_type": media_type, "size": size})


def let_go(uow: UnitOfWork, chat: str, message: int, sha256: str) -> None:
    """Stage that a chat does not see a file any more through this message; it does through another that carries it."""
    if not uow.fresh(_CARRIED, {"of_chat": chat, "but": message, "of_sha256": sha256}).scalar_one():
        uow.write(_LET_GO, {"of_holder": f"chat:{chat}", "of_sha256": sha256})


def held_now(uow: UnitOfWork, sha256: str, holders: Collection[str]) -> Row[Any] | None:
    """The file as one of the holders has it, within this batch."""
    return uow.fresh(_HELD, {"of_sha256": sha256, "holders": list(holders)}).first()


def held_file(connection: Connection, sha256: str, holders: Collection[str]) -> Row[Any] | None:
    """The file as one of the holders has it, or None if none of them may see it."""
    return connection.execute(_HELD, {"of_sha256": sha256, "holders": list(holders)}).first()


def size_of_file(uow: UnitOfWork, sha256: str) -> int:
    """How many bytes a kept file has; 0 for one that is not kept."""
    return uow.read(_SIZE, {"of_sha256": sha256}).scalar_one_or_none() or 0
