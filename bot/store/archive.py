"""Messages that people wrote, kept for `retention.chat_messages`, edits as versions (docs/design.md §3, Archive)."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, and_, bindparam, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from bot.events import Address, Message
from bot.store.tables import CHAT_MESSAGE, CHAT_MESSAGE_ABOUT, FILE_WAIT
from core.json_text import as_json

if TYPE_CHECKING:
    from core.store.unit import UnitOfWork


@dataclass(frozen=True)
class KeptFile:
    """A file of a kept message; `sha256` is None as long as its bytes are not there."""

    name: str
    media_type: str
    sha256: str | None


@dataclass(frozen=True)
class Version:
    """What a message said from `at` on."""

    at: datetime
    text: str


@dataclass(frozen=True)
class KeptMessage:
    """A message as it stands now. `versions`: all that it said, the first first; `at` is when it was written."""

    address: Address
    message: str
    at: datetime
    user: str
    name: str
    person: int | None
    text: str
    reply_to: str | None
    files: tuple[KeptFile, ...]
    versions: tuple[Version, ...]


_KEEP = {
    "sqlite": sqlite_insert(CHAT_MESSAGE).on_conflict_do_nothing(),
    "postgresql": postgresql_insert(CHAT_MESSAGE).on_conflict_do_nothing(),
}
_RELATE = {
    "sqlite": sqlite_insert(CHAT_MESSAGE_ABOUT).on_conflict_do_nothing(),
    "postgresql": postgresql_insert(CHAT_MESSAGE_ABOUT).on_conflict_do_nothing(),
}


def _same_message(table: Any) -> Any:
    about = CHAT_MESSAGE_ABOUT.c
    return and_(table.c.account == about.account, table.c.chat == about.chat, table.c.message == about.message)


_ABOUT = (
    select(CHAT_MESSAGE)
    .join_from(CHAT_MESSAGE_ABOUT, CHAT_MESSAGE, _same_message(CHAT_MESSAGE))
    .where(CHAT_MESSAGE_ABOUT.c.complaint == bindparam("of_complaint"))
    .order_by(CHAT_MESSAGE.c.account, CHAT_MESSAGE.c.chat, CHAT_MESSAGE.c.message, CHAT_MESSAGE.c.at, CHAT_MESSAGE.c.id)
)
_SAID_BEFORE = (
    select(CHAT_MESSAGE.c.text, CHAT_MESSAGE_ABOUT.c.complaint)
    .join_from(CHAT_MESSAGE_ABOUT, CHAT_MESSAGE, _same_message(CHAT_MESSAGE))
    .where(
        CHAT_MESSAGE_ABOUT.c.account == bindparam("of_account"),
        CHAT_MESSAGE_ABOUT.c.chat == bindparam("of_chat"),
        CHAT_MESSAGE_ABOUT.c.message == bindparam("of_message"),
    )
    .order_by(CHAT_MESSAGE.c.at, CHAT_MESSAGE.c.id)
)
_FETCHED = (
    select(FILE_WAIT.c.account, FILE_WAIT.c.file, FILE_WAIT.c.sha256)
    .join_from(CHAT_MESSAGE_ABOUT, FILE_WAIT, _same_message(FILE_WAIT))
    .where(CHAT_MESSAGE_ABOUT.c.complaint == bindparam("of_complaint"), FILE_WAIT.c.sha256.is_not(None))
)


def keep_message(unit: "UnitOfWork", event: Message, person: int | None, about: Collection[int] = ()) -> None:
    """Stage a message, or another version of it if the event is an edit; the same event again changes nothing.

    person: who of the office wrote it, or None.   about: ids of the complaints that it is about.
    """
    row = {
        "id": unit.new_id("chat_message"),
        "account": event.address.account,
        "chat": event.address.chat,
        "message": event.message,
        "update": event.key,
        "at": event.at,
        "user": event.sender.user,
        "name": event.sender.name,
        "person": person,
        "text": event.text,
        "reply_to": event.reply_to,
        "files": as_json([asdict(file) for file in event.attachments]),
    }
    unit.write(_KEEP[unit.connection.dialect.name], row)
    for complaint in about:
        relate(unit, event.address, event.message, complaint)


def relate(unit: "UnitOfWork", address: Address, message: str, complaint: int) -> None:
    """Stage that a message is about a complaint; saying it twice changes nothing."""
    row = {"complaint": complaint, "account": address.account, "chat": address.chat, "message": message}
    unit.write(_RELATE[unit.connection.dialect.name], row)


def said_before(unit: "UnitOfWork", address: Address, message: str) -> Mapping[int, tuple[str, ...]]:
    """The complaints that a message is about, each with what the message has said so far, the first version first.

    Leans on complaints_of_message.
    """
    params = {"of_account": address.account, "of_chat": address.chat, "of_message": message}
    said: dict[int, tuple[str, ...]] = {}
    for row in unit.fresh(_SAID_BEFORE, params):
        said[row.complaint] = (*said.get(row.complaint, ()), row.text)
    return said


def messages_about(connection: Connection, complaint_id: int) -> tuple[KeptMessage, ...]:
    """The messages that are about a complaint, the first first; leans on the key of chat_message_about."""
    rows = connection.execute(_ABOUT, {"of_complaint": complaint_id}).all()
    fetched = {(row[0], row[1]): row[2] for row in connection.execute(_FETCHED, {"of_complaint": complaint_id})}
    versions = groupby(rows, lambda row: (row.account, row.chat, row.message))
    kept = [_message(tuple(same), fetched) for _, same in versions]
    return tuple(sorted(kept, key=lambda message: message.at))


def _message(rows: Sequence[Row[Any]], fetched: Mapping[tuple[str, str], str]) -> KeptMessage:
    first, last = rows[0], rows[-1]
    return KeptMessage(
        address=Address(first.account, first.chat),
        message=first.message,
        at=first.at,
        user=first.user,
        name=last.name,
        person=last.person,
        text=last.text,
        reply_to=first.reply_to,
        files=tuple(_files(last.account, json.loads(last.files), fetched)),
        versions=tuple(Version(row.at, row.text) for row in rows),
    )


def _files(
    account: str, files: Iterable[Mapping[str, Any]], fetched: Mapping[tuple[str, str], str]
) -> Iterable[KeptFile]:
    for file in files:
        yield KeptFile(file["name"], file["media_type"], file["sha256"] or fetched.get((account, file["id"])))
