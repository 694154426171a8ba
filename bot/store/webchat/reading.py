"""Who has read what in the web chat, and when; what is still unread."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select
from sqlalchemy import text as sql

from bot.store.webchat.messages import BOT
from bot.store.webchat.tables import MESSAGE, READ, SEEN_UP_TO
from core.store.unit import UnitOfWork

_MARK_READ = sql(
    'INSERT INTO web_read (chat, "user", message) VALUES (:chat, :reader, :message) '
    'ON CONFLICT (chat, "user") DO UPDATE SET message = excluded.message WHERE excluded.message > web_read.message'
)
_MARK = select(READ.c.message).where(READ.c.chat == bindparam("of_chat"), READ.c.user == bindparam("of_user"))
_LAST_UP_TO = select(func.max(MESSAGE.c.id)).where(
    MESSAGE.c.chat == bindparam("of_chat"), MESSAGE.c.id <= bindparam("edge")
)
_SAID_BETWEEN = (
    select(MESSAGE.c.id)
    .where(
        MESSAGE.c.chat == bindparam("of_chat"),
        MESSAGE.c.id > bindparam("after"),
        MESSAGE.c.id <= bindparam("edge"),
        MESSAGE.c.sender == BOT,
    )
    .order_by(MESSAGE.c.id.desc())
    .limit(bindparam("most"))
)
_IN_CHATS = MESSAGE.c.chat.in_(bindparam("chats", expanding=True))
_UNREAD = (
    select(MESSAGE.c.chat, func.count())
    .select_from(MESSAGE)
    .outerjoin(READ, (READ.c.chat == MESSAGE.c.chat) & (READ.c.user == bindparam("of_user")))
    .where(
        _IN_CHATS,
        MESSAGE.c.id > func.coalesce(READ.c.message, 0),
        MESSAGE.c.sender != bindparam("of_user"),
        MESSAGE.c.deleted_at.is_(None),
    )
    .group_by(MESSAGE.c.chat)
)
_READ_BY_OTHERS = (
    select(READ.c.chat, func.max(READ.c.message))
    .where(READ.c.chat.in_(bindparam("chats", expanding=True)), READ.c.user != bindparam("of_user"))
    .group_by(READ.c.chat)
)
_WHEN = (
    select(SEEN_UP_TO.c.at)
    .where(
        SEEN_UP_TO.c.chat == READ.c.chat, SEEN_UP_TO.c.user == READ.c.user, SEEN_UP_TO.c.message >= bindparam("of_id")
    )
    .order_by(SEEN_UP_TO.c.message)
    .limit(1)
    .correlate(READ)
    .scalar_subquery()
    .label("at")
)
_READERS = select(READ.c.user, _WHEN).where(READ.c.chat == bindparam("of_chat"), READ.c.message >= bindparam("of_id"))


@dataclass(frozen=True)
class ReadOn:
    """Somebody read on in a chat: up to which message, and the ids of what the bot had said that was new to them."""

    upto: int
    said: tuple[int, ...]


def read_up_to(uow: UnitOfWork, chat: str, user: str, upto: int, most: int) -> ReadOn | None:
    """Stage that a chat was read up to a message; it never goes back, nor further than there are messages.

    Returns None if nothing was new. Of what the bot had said, at most the last `most` are named: whoever comes back
    after long has looked at the end alone.
    """
    edge = uow.fresh(_LAST_UP_TO, {"of_chat": chat, "edge": upto}).scalar_one()
    before = uow.fresh(_MARK, {"of_chat": chat, "of_user": user}).scalar_one_or_none() or 0
    if edge is None or edge <= before:
        return None
    uow.write(_MARK_READ, {"chat": chat, "reader": user, "message": edge})
    uow.insert(SEEN_UP_TO, {"chat": chat, "user": user, "message": edge, "at": uow.now})
    between = {"of_chat": chat, "after": before, "edge": edge, "most": most}
    said = uow.fresh(_SAID_BETWEEN, between).scalars().all()
    return ReadOn(edge, tuple(reversed(said)))


def unread_counts(connection: Connection, chats: Collection[str], user: str) -> dict[str, int]:
    """How many messages of others each chat has after the one up to which the user has read."""
    rows = connection.execute(_UNREAD, {"chats": list(chats), "of_user": user}).all()
    return {row[0]: row[1] for row in rows}


def read_by_others(connection: Connection, chats: Collection[str], user: str) -> dict[str, int]:
    """Up to which message of each chat anybody but this user has read."""
    rows = connection.execute(_READ_BY_OTHERS, {"chats": list(chats), "of_user": user}).all()
    return {row[0]: row[1] for row in rows}


def readers_of(connection: Connection, chat: str, message: int) -> dict[str, datetime]:
    """Who has read a chat up to this message or further, and when they first had."""
    return {row.user: row.at for row in connection.execute(_READERS, {"of_chat": chat, "of_id": message})}
