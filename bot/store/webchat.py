"""What the web chat keeps, as the platform that it is: its messages, who is in which chat, what was read, whose files.

Every change of a message gets the next number of one counter, `web_feed`. A message's id is the number under which it
came. So ids and changes are in one order, that of the commits, and whoever knows number n asks for what is after n.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    Row,
    UniqueConstraint,
    bindparam,
    delete,
    func,
    select,
    update,
)
from sqlalchemy import text as sql
from sqlmodel import Field, SQLModel

from core.store.columns import identifier, instant, key, reference, text
from core.store.tables import AttachmentRow, table_of
from core.store.unit import UnitOfWork

BOT = "bot"
"""Who sends what the bot says."""


class WebMessageRow(SQLModel, table=True):
    """A message. `body` is the HTML subset if the bot sent it, else what somebody typed; `client` their id for it.

    buttons: JSON, rows of {label, data}.   files: JSON, a list of {sha256, name, media_type, size}.
    """

    __tablename__ = "web_message"
    __table_args__ = (
        UniqueConstraint("sender", "client"),
        Index("web_message_of_chat", "chat", "id"),
    )
    id: int = Field(sa_column=identifier())
    chat: str = Field(sa_column=text())
    sender: str = Field(sa_column=text())
    name: str = Field(sa_column=text())
    at: datetime = Field(sa_column=instant())
    body: str = Field(sa_column=text())
    buttons: str = Field(default="[]", sa_column=text())
    reply_to: int | None = Field(default=None, sa_column=reference(nullable=True))
    files: str = Field(default="[]", sa_column=text())
    edited_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    changed: int = Field(sa_column=Column(BigInteger, nullable=False, unique=True))
    client: str | None = Field(default=None, sa_column=text(nullable=True))
    say_key: str | None = Field(default=None, sa_column=Column(text().type, nullable=True, unique=True))


class WebChatRow(SQLModel, table=True):
    """A group that somebody made in the web chat; bound groups need no row, direct chats none either."""

    __tablename__ = "web_chat"
    id: str = Field(sa_column=key())
    title: str = Field(sa_column=text())
    kind: str = Field(sa_column=text())
    made_by: str = Field(sa_column=text())
    client: str = Field(sa_column=text())
    made_at: datetime = Field(sa_column=instant())
    __table_args__ = (UniqueConstraint("made_by", "client"),)


class WebMemberRow(SQLModel, table=True):
    """Somebody is in a chat that was made by hand."""

    __tablename__ = "web_member"
    chat: str = Field(sa_column=key())
    user: str = Field(sa_column=Column("user", text().type, primary_key=True, index=True))


class WebReadRow(SQLModel, table=True):
    """Up to which message somebody has read a chat."""

    __tablename__ = "web_read"
    chat: str = Field(sa_column=key())
    user: str = Field(sa_column=key())
    message: int = Field(sa_column=reference())


class WebFileRow(SQLModel, table=True):
    """Who may see a file: everybody in the chat, or the one user, that `holder` names (`chat:…`, `user:…`)."""

    __tablename__ = "web_file"
    holder: str = Field(sa_column=key())
    sha256: str = Field(sa_column=key())
    name: str = Field(sa_column=text())
    media_type: str = Field(sa_column=text())
    size: int = Field(sa_column=Column(BigInteger, nullable=False))


class WebUpdateRow(SQLModel, table=True):
    """An update that the engine has not taken yet."""

    __tablename__ = "web_update"
    key: str = Field(sa_column=key())
    at: datetime = Field(sa_column=instant(index=True))
    payload: str = Field(sa_column=text())


class WebFeedRow(SQLModel, table=True):
    """The number of the last change of a message."""

    __tablename__ = "web_feed"
    id: int = Field(sa_column=identifier())
    last: int = Field(sa_column=Column(BigInteger, nullable=False))


MESSAGE, CHAT, MEMBER = table_of(WebMessageRow), table_of(WebChatRow), table_of(WebMemberRow)
READ, FILE, UPDATE, FEED = table_of(WebReadRow), table_of(WebFileRow), table_of(WebUpdateRow), table_of(WebFeedRow)
_ATTACHMENT = table_of(AttachmentRow)

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
_EDIT = (
    update(MESSAGE)
    .where(MESSAGE.c.id == bindparam("of_id"))
    .values(
        body=bindparam("to_body"),
        buttons=bindparam("to_buttons"),
        edited_at=bindparam("on"),
        changed=bindparam("number"),
    )
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
_UNREAD = (
    select(MESSAGE.c.chat, func.count())
    .select_from(MESSAGE)
    .outerjoin(READ, (READ.c.chat == MESSAGE.c.chat) & (READ.c.user == bindparam("of_user")))
    .where(
        _IN_CHATS,
        MESSAGE.c.id > func.coalesce(READ.c.message, 0),
        MESSAGE.c.sender != bindparam("of_user"),
    )
    .group_by(MESSAGE.c.chat)
)
_MARK_READ = sql(
    'INSERT INTO web_read (chat, "user", message) VALUES (:chat, :reader, :message) '
    'ON CONFLICT (chat, "user") DO UPDATE SET message = excluded.message WHERE excluded.message > web_read.message'
)
_HOLD = sql(
    "INSERT INTO web_file (holder, sha256, name, media_type, size) "
    "VALUES (:holder, :sha256, :name, :media_type, :size) ON CONFLICT (holder, sha256) DO NOTHING"
)
_HELD = select(FILE).where(
    FILE.c.sha256 == bindparam("of_sha256"), FILE.c.holder.in_(bindparam("holders", expanding=True))
)
_SIZE = select(_ATTACHMENT.c.size).where(_ATTACHMENT.c.sha256 == bindparam("of_sha256"))
_MADE_FOR = select(CHAT).join(MEMBER, MEMBER.c.chat == CHAT.c.id).where(MEMBER.c.user == bindparam("of_user"))
_MADE_BY_CLIENT = select(CHAT).where(CHAT.c.made_by == bindparam("of_user"), CHAT.c.client == bindparam("of_client"))
_MEMBER_COUNTS = (
    select(MEMBER.c.chat, func.count())
    .where(MEMBER.c.chat.in_(bindparam("chats", expanding=True)))
    .group_by(MEMBER.c.chat)
)
_TAKEN = delete(UPDATE).where(UPDATE.c.key == bindparam("of_key"))
_WAITING = select(UPDATE).order_by(UPDATE.c.at, UPDATE.c.key).limit(bindparam("most"))
_WAITS = select(UPDATE).where(UPDATE.c.key == bindparam("of_key"))


@dataclass(frozen=True)
class NewMessage:
    """A message that is to be kept; `changed` and the id are the number it is given."""

    chat: str
    sender: str
    name: str
    at: datetime
    body: str
    buttons: str = "[]"
    reply_to: int | None = None
    files: str = "[]"
    client: str | None = None
    say_key: str | None = None


# Writing, inside a work


def keep_message(uow: UnitOfWork, message: NewMessage) -> int:
    """Stage a message; returns its id."""
    number = _next_number(uow)
    row = {name: getattr(message, name) for name in NewMessage.__dataclass_fields__}
    uow.insert(MESSAGE, {**row, "id": number, "changed": number, "edited_at": None})
    return number


def change_message(uow: UnitOfWork, id: int, body: str, buttons: str) -> None:
    """Stage another body and other buttons for a message that is there."""
    uow.write(_EDIT, {"of_id": id, "to_body": body, "to_buttons": buttons, "on": uow.now, "number": _next_number(uow)})


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


def hold_file(uow: UnitOfWork, holder: str, sha256: str, name: str, media_type: str, size: int) -> None:
    """Stage that whoever `holder` names may see a file; saying it twice changes nothing."""
    uow.write(_HOLD, {"holder": holder, "sha256": sha256, "name": name, "media_type": media_type, "size": size})


def held_now(uow: UnitOfWork, sha256: str, holders: Collection[str]) -> Row[Any] | None:
    """The file as one of the holders has it, within this batch."""
    return uow.fresh(_HELD, {"of_sha256": sha256, "holders": list(holders)}).first()


def size_of_file(uow: UnitOfWork, sha256: str) -> int:
    """How many bytes a kept file has; 0 for one that is not kept."""
    return uow.read(_SIZE, {"of_sha256": sha256}).scalar_one_or_none() or 0


def mark_read(uow: UnitOfWork, chat: str, user: str, message: int) -> None:
    """Stage that a chat was read up to a message; it never goes back."""
    uow.write(_MARK_READ, {"chat": chat, "reader": user, "message": message})


def make_chat(uow: UnitOfWork, title: str, made_by: str, client: str, members: Collection[str]) -> str:
    """Stage a group with these users in it; returns its id."""
    id = f"group:{uow.new_id('web_chat')}"
    row = {"id": id, "title": title, "kind": "group", "made_by": made_by, "client": client, "made_at": uow.now}
    uow.insert(CHAT, row)
    for user in members:
        uow.insert(MEMBER, {"chat": id, "user": user})
    return id


def made_before(uow: UnitOfWork, made_by: str, client: str) -> Row[Any] | None:
    """The group that this user made under this client id."""
    return uow.fresh(_MADE_BY_CLIENT, {"of_user": made_by, "of_client": client}).one_or_none()


def keep_update(uow: UnitOfWork, key: str, payload: str) -> None:
    """Stage an update that the engine must still take."""
    uow.insert(UPDATE, {"key": key, "at": uow.now, "payload": payload})


def update_taken(uow: UnitOfWork, key: str) -> None:
    """Stage that the engine has taken an update."""
    uow.write(_TAKEN, {"of_key": key})


def _next_number(uow: UnitOfWork) -> int:
    number: int = uow.read(_NEXT).scalar_one()
    return number


# Reading


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


def unread_counts(connection: Connection, chats: Collection[str], user: str) -> dict[str, int]:
    """How many messages of others each chat has after the one up to which the user has read."""
    rows = connection.execute(_UNREAD, {"chats": list(chats), "of_user": user}).all()
    return {row[0]: row[1] for row in rows}


def chats_made_for(connection: Connection, user: str) -> Sequence[Row[Any]]:
    """The groups made by hand that the user is in."""
    return connection.execute(_MADE_FOR, {"of_user": user}).all()


def member_counts(connection: Connection, chats: Collection[str]) -> dict[str, int]:
    """How many were put into each chat by hand."""
    rows = connection.execute(_MEMBER_COUNTS, {"chats": list(chats)}).all()
    return {row[0]: row[1] for row in rows}


def held_file(connection: Connection, sha256: str, holders: Collection[str]) -> Row[Any] | None:
    """The file as one of the holders has it, or None if none of them may see it."""
    return connection.execute(_HELD, {"of_sha256": sha256, "holders": list(holders)}).first()


def waiting_updates(connection: Connection, most: int) -> Sequence[Row[Any]]:
    """The updates that the engine has not taken, oldest first."""
    return connection.execute(_WAITING, {"most": most}).all()


def waiting_update(connection: Connection, key: str) -> Row[Any] | None:
    """The update with this key if the engine has not taken it."""
    return connection.execute(_WAITS, {"of_key": key}).one_or_none()
