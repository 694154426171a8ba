"""The tables of the chat engine: what is still to be said, what was said, what was asked, what came."""

from datetime import datetime

from sqlalchemy import Boolean, Column, Index, Integer, UniqueConstraint
from sqlalchemy import text as sql
from sqlmodel import Field, SQLModel

from core.store.columns import identifier, instant, key, reference
from core.store.columns import text as words
from core.store.tables import table_of

PENDING = "outcome IS NULL"
"""A row that is still to be said; queries say it in these very words, or SQLite does not use the partial index."""

FRESH_CARD = "card_kind IS NOT NULL AND text IS NULL AND outcome IS NULL"
"""A card's row that will be rendered from the state at send; of these there is one per card and address."""

OFFERS = "choices IS NOT NULL"
"""A message under whose text buttons stand as numbers: few do, where a platform has buttons."""

UNANSWERED = "answered_at IS NULL"
"""A question that is open; of the others a user gathers thousands over the years."""


def _flag() -> Column[bool]:
    return Column(Boolean, nullable=False)


def _number() -> Column[int]:
    return Column(Integer, nullable=False)


class OutboxRow(SQLModel, table=True):
    """Something to be said in a chat (docs/design.md §2, bot; §3).

    template, params, buttons: what is said, with JSON parameters as they were then; a card's row has none, it is
    rendered at send.   edit_of: the message that gets another text; `only_in_place`: or nothing.   kind, about: what a
    reply to it is about.
    text: exactly what goes out, as JSON, from just before the first send on, so that a repeat is identical.
    parts_sent: how many parts of it are known to have arrived.   attempted_at: set while a part is on its way; a row
    found with it at start is in doubt.   outcome: null while pending; sent, dead, doubtful, or replaced (a card whose
    newer row says it all).
    """

    __tablename__ = "outbox"
    id: int = Field(sa_column=identifier())
    account: str = Field(sa_column=words())
    chat: str = Field(sa_column=words())
    priority: int = Field(sa_column=_number())
    said_at: datetime = Field(sa_column=instant())
    language: str | None = Field(default=None, sa_column=words(nullable=True))
    template: str = Field(default="", sa_column=words())
    params: str = Field(default="{}", sa_column=words())
    buttons: str = Field(default="[]", sa_column=words())
    attachments: str = Field(default="[]", sa_column=words())
    reply_to: str | None = Field(default=None, sa_column=words(nullable=True))
    card_kind: str | None = Field(default=None, sa_column=words(nullable=True))
    card_id: int | None = Field(default=None, sa_column=reference(nullable=True))
    kind: str | None = Field(default=None, sa_column=words(nullable=True))
    about: int | None = Field(default=None, sa_column=reference(nullable=True))
    edit_of: str | None = Field(default=None, sa_column=words(nullable=True))
    only_in_place: bool = Field(default=False, sa_column=_flag())
    repeat_if_doubtful: bool = Field(default=False, sa_column=_flag())
    attempted_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    attempts: int = Field(default=0, sa_column=_number())
    text: str | None = Field(default=None, sa_column=words(nullable=True))
    parts_sent: int = Field(default=0, sa_column=_number())
    sent_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    message: str | None = Field(default=None, sa_column=words(nullable=True))
    outcome: str | None = Field(default=None, sa_column=words(nullable=True))
    reason: str | None = Field(default=None, sa_column=words(nullable=True))
    __table_args__ = (
        Index(
            "outbox_pending",
            "account",
            "chat",
            "priority",
            "id",
            sqlite_where=sql(PENDING),
            postgresql_where=sql(PENDING),
        ),
        Index(
            "outbox_fresh_card",
            "account",
            "chat",
            "card_kind",
            "card_id",
            unique=True,
            sqlite_where=sql(FRESH_CARD),
            postgresql_where=sql(FRESH_CARD),
        ),
        Index("outbox_by_outcome", "outcome", "id"),
    )


class PostedRow(SQLModel, table=True):
    """A message of ours that is in a chat.

    kind, about: what it is about; a reply to it is a reply about that.   card: whether it is that thing's card.
    live: False once a newer message has taken its place.   shown: what stands there, as a digest.
    choices: buttons that became numbers, as JSON.
    """

    __tablename__ = "posted"
    account: str = Field(sa_column=key())
    chat: str = Field(sa_column=key())
    message: str = Field(sa_column=key())
    outbox: int = Field(sa_column=reference(index=True))
    part: int = Field(sa_column=_number())
    kind: str | None = Field(default=None, sa_column=words(nullable=True))
    about: int | None = Field(default=None, sa_column=reference(nullable=True))
    card: bool = Field(default=False, sa_column=_flag())
    live: bool = Field(default=True, sa_column=_flag())
    posted_at: datetime = Field(sa_column=instant())
    shown: str = Field(sa_column=words())
    choices: str | None = Field(default=None, sa_column=words(nullable=True))
    __table_args__ = (
        Index("posted_about", "kind", "about", "account", "chat"),
        Index(
            "posted_offers",
            "account",
            "chat",
            "posted_at",
            sqlite_where=sql(OFFERS),
            postgresql_where=sql(OFFERS),
        ),
    )


class ChatPaceRow(SQLModel, table=True):
    """A chat in which nothing may be said from `since` to `free_at`, as the platform asked to wait.

    A clock that was turned back before `since` makes it void: nobody waits an hour longer for that.
    """

    __tablename__ = "chat_pace"
    account: str = Field(sa_column=key())
    chat: str = Field(sa_column=key())
    since: datetime = Field(sa_column=instant())
    free_at: datetime = Field(sa_column=instant())


class AskRow(SQLModel, table=True):
    """Something that somebody was asked in a chat. `outbox`: the row of the prompt, if there was one."""

    __tablename__ = "ask"
    __table_args__ = (
        Index(
            "ask_open",
            "account",
            "chat",
            "user",
            "asked_at",
            sqlite_where=sql(UNANSWERED),
            postgresql_where=sql(UNANSWERED),
        ),
        Index("ask_of_question", "question", "asked_at"),
    )
    id: int = Field(sa_column=identifier())
    account: str = Field(sa_column=words())
    chat: str = Field(sa_column=words())
    user: str = Field(sa_column=words())
    question: str = Field(sa_column=words())
    data: str = Field(sa_column=words())
    asked_at: datetime = Field(sa_column=instant())
    expires: datetime = Field(sa_column=instant())
    outbox: int | None = Field(default=None, sa_column=reference(nullable=True, index=True))
    answered_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))


class ChatMessageRow(SQLModel, table=True):
    """A message that somebody wrote, kept for `retention.chat_messages`; an edit is a further row of the same message.

    update: the key of the event that brought it.   files: JSON, a list of {id, name, media_type, size, sha256}.
    """

    __tablename__ = "chat_message"
    id: int = Field(sa_column=identifier())
    account: str = Field(sa_column=words())
    chat: str = Field(sa_column=words())
    message: str = Field(sa_column=words())
    update: str = Field(sa_column=words())
    at: datetime = Field(sa_column=instant(index=True))
    user: str = Field(sa_column=words())
    name: str = Field(sa_column=words())
    person: int | None = Field(default=None, sa_column=reference(nullable=True))
    text: str = Field(sa_column=words())
    reply_to: str | None = Field(default=None, sa_column=words(nullable=True))
    files: str = Field(default="[]", sa_column=words())
    __table_args__ = (
        UniqueConstraint("account", "update"),
        Index("chat_message_versions", "account", "chat", "message"),
    )


class ChatMessageAboutRow(SQLModel, table=True):
    """A message is about a complaint."""

    __tablename__ = "chat_message_about"
    __table_args__ = (Index("complaints_of_message", "account", "chat", "message"),)
    complaint: int = Field(sa_column=identifier())
    account: str = Field(sa_column=key())
    chat: str = Field(sa_column=key())
    message: str = Field(sa_column=key())


class SeenRow(SQLModel, table=True):
    """When a message of ours was delivered to a person and read by them, the earliest that is known of each."""

    __tablename__ = "seen"
    account: str = Field(sa_column=key())
    chat: str = Field(sa_column=key())
    message: str = Field(sa_column=key())
    person: int = Field(sa_column=identifier())
    delivered_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    read_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))


class FileWaitRow(SQLModel, table=True):
    """A file that came with a message and whose bytes must be fetched from the platform.

    file: the platform's id of it.   data: JSON that whoever expects it gets back.   next_at: when to try (again).
    ended_at: when the bytes were here (then with `sha256`) or it was given up (then with `reason`).
    """

    __tablename__ = "file_wait"
    id: int = Field(sa_column=identifier())
    account: str = Field(sa_column=words())
    chat: str = Field(sa_column=words())
    user: str = Field(sa_column=words())
    message: str = Field(sa_column=words())
    file: str = Field(sa_column=words())
    name: str = Field(sa_column=words())
    media_type: str = Field(sa_column=words())
    size: int = Field(sa_column=reference())
    data: str = Field(default="{}", sa_column=words())
    since: datetime = Field(sa_column=instant())
    next_at: datetime = Field(sa_column=instant())
    tries: int = Field(default=0, sa_column=_number())
    sha256: str | None = Field(default=None, sa_column=words(nullable=True))
    ended_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    reason: str | None = Field(default=None, sa_column=words(nullable=True))
    __table_args__ = (
        Index(
            "file_wait_open",
            "next_at",
            sqlite_where=sql("ended_at IS NULL"),
            postgresql_where=sql("ended_at IS NULL"),
        ),
        Index("file_wait_of_message", "account", "chat", "message"),
    )


class MutedRow(SQLModel, table=True):
    """The bot took a user's right to write in a group, since they are off duty; restored, the row goes."""

    __tablename__ = "muted"
    account: str = Field(sa_column=key())
    chat: str = Field(sa_column=key())
    user: str = Field(sa_column=key())
    at: datetime = Field(sa_column=instant())


OUTBOX, POSTED, CHAT_PACE = table_of(OutboxRow), table_of(PostedRow), table_of(ChatPaceRow)
ASK, SEEN, FILE_WAIT = table_of(AskRow), table_of(SeenRow), table_of(FileWaitRow)
CHAT_MESSAGE, CHAT_MESSAGE_ABOUT = table_of(ChatMessageRow), table_of(ChatMessageAboutRow)
