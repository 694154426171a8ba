"""The web chat's messages: kept, changed, taken back, and read page by page."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select, update
from sqlalchemy import text as sql

from bot.store.webchat.tables import FEED, MESSAGE
from core.store.unit import UnitOfWork

BOT = "bot"
"""Who sends what the bot says."""

# One statement that both databases take. The row stays locked until the commit: numbers are in the order of commits.
_NEXT = sql(
    "INSERT INTO web_feed (id, last) VALUES (1, 1) "
    "ON CONFLICT (id) DO UPDATE SET last = web_feed.last + 1 RETURNING last"
)
_NEWEST = select(FEED.c.last)
_BY_CLIENT = select(MESSAGE).where(
    MESSAGE.c.sender == bindparam("of_sender"), MESSAGE.c.client == bindparam("of_client")
)
_BY_SAY_KEY = select(MESSAGE.c.id).where(MESSAGE.c.say_key == bindparam("of_key"))
_ONE = select(MESSAGE).where(MESSAGE.c.id == bindparam("of_id"))
_SOME = select(MESSAGE).where(MESSAGE.c.id.in_(bindparam("ids", expanding=True)))
_THIS = update(MESSAGE).where(MESSAGE.c.id == bindparam("of_id"))
_EDIT = _THIS.values(
    body=bindparam("to_body"),
    folded=bindparam("to_folded"),
    buttons=bindparam("to_buttons"),
    edited_at=bindparam("on"),
    changed=bindparam("number"),
)
_TOUCH = _THIS.values(changed=bindparam("number"))
_DELETE = _THIS.values(
    body="", folded="", buttons="[]", files="[]", deleted_at=bindparam("on"), changed=bindparam("number")
)
_IN_CHATS = MESSAGE.c.chat.in_(bindparam("chats", expanding=True))
_IN_CHAT = select(MESSAGE).where(MESSAGE.c.chat == bindparam("of_chat"))
_BEFORE = _IN_CHAT.where(MESSAGE.c.id < bindparam("edge")).order_by(MESSAGE.c.id.desc()).limit(bindparam("most"))
_AFTER = _IN_CHAT.where(MESSAGE.c.id > bindparam("edge")).order_by(MESSAGE.c.id).limit(bindparam("most"))
_CHANGED = (
    select(MESSAGE)
    .where(MESSAGE.c.changed > bindparam("number"), _IN_CHATS)
    .order_by(MESSAGE.c.changed)
    .limit(bindparam("most"))
)
_LAST_IDS = select(func.max(MESSAGE.c.id)).where(_IN_CHATS).group_by(MESSAGE.c.chat)


@dataclass(frozen=True)
class NewMessage:
    """A message that is to be kept; `changed` and the id are the number it is given."""

    chat: str
    sender: str
    name: str
    at: datetime
    body: str
    folded: str
    buttons: str = "[]"
    reply_to: int | None = None
    files: str = "[]"
    client: str | None = None
    say_key: str | None = None


def keep_message(uow: UnitOfWork, message: NewMessage) -> int:
    """Stage a message; returns its id."""
    number = _next_number(uow)
    row = {name: getattr(message, name) for name in NewMessage.__dataclass_fields__}
    uow.insert(MESSAGE, {**row, "id": number, "changed": number, "edited_at": None, "deleted_at": None})
    return number


def change_message(uow: UnitOfWork, id: int, body: str, folded: str, buttons: str) -> None:
    """Stage another body and other buttons for a message that is there."""
    params = {"of_id": id, "to_body": body, "to_folded": folded, "to_buttons": buttons}
    uow.write(_EDIT, {**params, "on": uow.now, "number": _next_number(uow)})


def touch_message(uow: UnitOfWork, id: int) -> None:
    """Stage that something about a message has changed, such as its reactions."""
    uow.write(_TOUCH, {"of_id": id, "number": _next_number(uow)})


def delete_message(uow: UnitOfWork, id: int) -> None:
    """Stage that nothing is left of a message but that it was there."""
    uow.write(_DELETE, {"of_id": id, "on": uow.now, "number": _next_number(uow)})


def posted_before(uow: UnitOfWork, sender: str, client: str) -> Row[Any] | None:
    """The message that this sender posted under this client id; leans on the unique index over both."""
    return uow.fresh(_BY_CLIENT, {"of_sender": sender, "of_client": client}).one_or_none()


def said_before(uow: UnitOfWork, say_key: str) -> int | None:
    """The id of the message that was said under this key; leans on the unique index."""
    found: int | None = uow.fresh(_BY_SAY_KEY, {"of_key": say_key}).scalar_one_or_none()
    return found


def message_now(uow: UnitOfWork, id: int) -> Row[Any] | None:
    """A message as it is within this batch."""
    return uow.fresh(_ONE, {"of_id": id}).one_or_none()


def newest_change(connection: Connection) -> int:
    """The number of the last change; 0 before the first message."""
    return connection.execute(_NEWEST).scalar_one_or_none() or 0


def messages_before(connection: Connection, chat: str, edge: int, most: int) -> Sequence[Row[Any]]:
    """The last `most` messages of a chat before message `edge`, oldest first; leans on web_message_of_chat."""
    found = connection.execute(_BEFORE, {"of_chat": chat, "edge": edge, "most": most}).all()
    return found[::-1]


def messages_after(connection: Connection, chat: str, edge: int, most: int) -> Sequence[Row[Any]]:
    """The first `most` messages of a chat after message `edge`, oldest first; leans on web_message_of_chat."""
    return connection.execute(_AFTER, {"of_chat": chat, "edge": edge, "most": most}).all()


def messages_by_id(connection: Connection, ids: Collection[int]) -> Sequence[Row[Any]]:
    """The messages with these ids, in no order."""
    return connection.execute(_SOME, {"ids": list(ids)}).all() if ids else []


def changed_after(connection: Connection, number: int, chats: Collection[str], most: int) -> Sequence[Row[Any]]:
    """What was posted or changed in these chats after change `number`; leans on the unique index over `changed`."""
    return connection.execute(_CHANGED, {"number": number, "chats": list(chats), "most": most}).all()


def last_messages(connection: Connection, chats: Collection[str]) -> dict[str, Row[Any]]:
    """The last message of each chat that has one."""
    ids = connection.execute(_LAST_IDS, {"chats": list(chats)}).scalars().all()
    return {row.chat: row for row in messages_by_id(connection, ids)}


def _next_number(uow: UnitOfWork) -> int:
    number: int = uow.read(_NEXT).scalar_one()
    return number
