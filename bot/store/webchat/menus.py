"""What is offered while somebody writes a command: one list for each direct chat."""

from sqlalchemy import Connection, bindparam, select
from sqlalchemy import text as sql

from bot.store.webchat.tables import MENU
from core.store.unit import UnitOfWork

_KEEP = sql(
    "INSERT INTO web_menu (chat, commands) VALUES (:chat, :commands) "
    "ON CONFLICT (chat) DO UPDATE SET commands = excluded.commands"
)
_OF = select(MENU.c.commands).where(MENU.c.chat == bindparam("of_chat"))


def keep_menu(uow: UnitOfWork, chat: str, commands: str) -> bool:
    """Stage the list of a chat, JSON, in place of the one before; returns True."""
    uow.write(_KEEP, {"chat": chat, "commands": commands})
    return True


def menu_of(connection: Connection, chat: str) -> str:
    """The list of a chat, JSON; an empty one where there is none."""
    found: str | None = connection.execute(_OF, {"of_chat": chat}).scalar_one_or_none()
    return found or "[]"
