"""The tables of the web chat, as the platform that it is: messages, chats, who read what, whose files and devices.

Every change of a message gets the next number of one counter, `web_feed`. A message's id is the number under which it
came. So ids and changes are in one order, that of the commits, and whoever knows number n asks for what is after n.
"""

from datetime import datetime

from sqlalchemy import BigInteger, Column, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from core.store.columns import identifier, instant, key, reference, text
from core.store.tables import table_of


class WebMessageRow(SQLModel, table=True):
    """A message. `body` is the HTML subset if the bot sent it, else what somebody typed; `client` their id for it.

    folded: its words and its files' names as they are searched (core.text).   buttons: JSON, rows of {label, data}
    or {label, copies}.
    files: JSON, a list of {sha256, name, media_type, size, document}.   deleted_at: then nothing of it is left here.
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
    folded: str = Field(default="", sa_column=text())
    buttons: str = Field(default="[]", sa_column=text())
    reply_to: int | None = Field(default=None, sa_column=reference(nullable=True))
    files: str = Field(default="[]", sa_column=text())
    edited_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    deleted_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    changed: int = Field(sa_column=Column(BigInteger, nullable=False, unique=True))
    client: str | None = Field(default=None, sa_column=text(nullable=True))
    say_key: str | None = Field(default=None, sa_column=Column(text().type, nullable=True, unique=True))


class WebReactionRow(SQLModel, table=True):
    """The reaction that somebody has set under a message; one each."""

    __tablename__ = "web_reaction"
    message: int = Field(sa_column=identifier())
    user: str = Field(sa_column=key())
    emoji: str = Field(sa_column=text())
    at: datetime = Field(sa_column=instant())


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


class WebSeenRow(SQLModel, table=True):
    """Each time that somebody read on: up to which message, and when. So every message has its time."""

    __tablename__ = "web_seen"
    chat: str = Field(sa_column=key())
    user: str = Field(sa_column=key())
    message: int = Field(sa_column=identifier())
    at: datetime = Field(sa_column=instant())


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


class WebMenuRow(SQLModel, table=True):
    """The commands that are offered to whoever is alone with the bot in a chat, as JSON."""

    __tablename__ = "web_menu"
    chat: str = Field(sa_column=key())
    commands: str = Field(sa_column=text())


class WebFeedRow(SQLModel, table=True):
    """The number of the last change of a message."""

    __tablename__ = "web_feed"
    id: int = Field(sa_column=identifier())
    last: int = Field(sa_column=Column(BigInteger, nullable=False))


class WebDeviceRow(SQLModel, table=True):
    """A browser that wants to be woken: the address at its push service, and the session that asked for it."""

    __tablename__ = "web_device"
    endpoint: str = Field(sa_column=key())
    user: str = Field(sa_column=text(index=True))
    session: int = Field(sa_column=reference())
    since: datetime = Field(sa_column=instant())


class WebKeyRow(SQLModel, table=True):
    """The key by which push services know this office (VAPID): P-256, PKCS8, PEM. One row."""

    __tablename__ = "web_key"
    id: int = Field(sa_column=identifier())
    private: str = Field(sa_column=text())


MESSAGE, REACTION = table_of(WebMessageRow), table_of(WebReactionRow)
CHAT, MEMBER = table_of(WebChatRow), table_of(WebMemberRow)
READ, SEEN_UP_TO = table_of(WebReadRow), table_of(WebSeenRow)
FILE, UPDATE, FEED = table_of(WebFileRow), table_of(WebUpdateRow), table_of(WebFeedRow)
MENU = table_of(WebMenuRow)
DEVICE, KEY = table_of(WebDeviceRow), table_of(WebKeyRow)
