"""Files whose bytes are still with the platform."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, bindparam, select, update

from bot.events import Address, FileReference, Message
from bot.store.tables import FILE_WAIT
from core.store.columns import Instant

if TYPE_CHECKING:
    from core.store.unit import UnitOfWork


@dataclass(frozen=True)
class FileWait:
    """A file that is to be fetched. `data`: what whoever expects it wanted back; `since`: when it was first known."""

    id: int
    address: Address
    user: str
    message: str
    file: FileReference
    data: Mapping[str, Any]
    since: datetime
    tries: int


_OPEN = FILE_WAIT.c.ended_at.is_(None)
_DUE = (
    select(FILE_WAIT)
    .where(
        _OPEN,
        FILE_WAIT.c.next_at <= bindparam("at", type_=Instant()),
        FILE_WAIT.c.account.in_(bindparam("accounts", expanding=True)),
        FILE_WAIT.c.id.not_in(bindparam("closed", expanding=True)),
    )
    .order_by(FILE_WAIT.c.next_at, FILE_WAIT.c.id)
    .limit(bindparam("most"))
)
_ONE = select(FILE_WAIT).where(FILE_WAIT.c.id == bindparam("of_id"), _OPEN)
_OF_MESSAGE = (
    select(FILE_WAIT)
    .where(
        FILE_WAIT.c.account == bindparam("of_account"),
        FILE_WAIT.c.chat == bindparam("of_chat"),
        FILE_WAIT.c.message == bindparam("of_message"),
    )
    .order_by(FILE_WAIT.c.id)
)
_LATEST = select(FILE_WAIT).order_by(FILE_WAIT.c.id.desc()).limit(500)
_AGAIN = (
    update(FILE_WAIT)
    .where(FILE_WAIT.c.id == bindparam("of_id"))
    .values(next_at=bindparam("at", type_=Instant()), tries=FILE_WAIT.c.tries + 1)
)
_END = (
    update(FILE_WAIT)
    .where(FILE_WAIT.c.id == bindparam("of_id"), _OPEN)
    .values(ended_at=bindparam("at", type_=Instant()), sha256=bindparam("kept_as"), reason=bindparam("why"))
)


def expect_file(
    unit: "UnitOfWork", event: Message, file: FileReference, data: Mapping[str, object], after: timedelta = timedelta(0)
) -> int:
    """Stage that a file of this message is to be fetched `after` a while; returns the id.

    `data` must be what JSON can hold.
    """
    id = unit.new_id("file_wait")
    row = {
        "id": id,
        "account": event.address.account,
        "chat": event.address.chat,
        "user": event.sender.user,
        "message": event.message,
        "file": file.id,
        "name": file.name,
        "media_type": file.media_type,
        "size": file.size,
        "data": json.dumps(dict(data), ensure_ascii=False),
        "since": unit.now,
        "next_at": unit.now + after,
    }
    unit.insert(FILE_WAIT, {**row, "tries": 0, "sha256": None, "ended_at": None, "reason": None})
    return id


def due_files(
    connection: Connection, at: datetime, accounts: Collection[str], closed: Collection[int], most: int
) -> Sequence[FileWait]:
    """Files of these accounts to be fetched now, but those in `closed`; leans on file_wait_open."""
    params = {"at": at, "accounts": list(accounts), "closed": list(closed), "most": most}
    return [_wait(row) for row in connection.execute(_DUE, params)]


def is_waited_for(unit: "UnitOfWork", id: int) -> bool:
    """Whether nobody has brought or given up the file."""
    return unit.fresh(_ONE, {"of_id": id}).first() is not None


def files_of(connection: Connection, address: Address, message: str) -> Sequence[Row[Any]]:
    """The rows of a message's files, those that are there included; leans on file_wait_of_message."""
    params = {"of_account": address.account, "of_chat": address.chat, "of_message": message}
    return connection.execute(_OF_MESSAGE, params).all()


def latest_files(connection: Connection, address: Address, user: str) -> Sequence[FileWait]:
    """Files of this user in this chat among the latest that were waited for at all, the oldest first."""
    rows = (row for row in connection.execute(_LATEST) if (row.account, row.chat) == (address.account, address.chat))
    return [_wait(row) for row in reversed([row for row in rows if row.user == user])]


def try_again(unit: "UnitOfWork", id: int, at: datetime) -> None:
    """Stage that the file is fetched again at `at`."""
    unit.write(_AGAIN, {"of_id": id, "at": at})


def end(unit: "UnitOfWork", id: int, sha256: str | None, reason: str | None) -> None:
    """Stage that the file is there, or why it never will be."""
    unit.write(_END, {"of_id": id, "at": unit.now, "kept_as": sha256, "why": reason})


def _wait(row: Row[Any]) -> FileWait:
    return FileWait(
        id=row.id,
        address=Address(row.account, row.chat),
        user=row.user,
        message=row.message,
        file=FileReference(row.file, row.name, row.media_type, row.size),
        data=json.loads(row.data),
        since=row.since,
        tries=row.tries,
    )
