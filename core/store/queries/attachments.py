"""The rows of kept files: what a file is called, what it is, how large. The bytes stand in core.attachments' folder."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from core.store.staging import Stage
from core.store.tables import AttachmentRow, table_of

_ATTACHMENT = table_of(AttachmentRow)
_BY_CONTENT = select(_ATTACHMENT).where(_ATTACHMENT.c.sha256 == bindparam("of"))
_KEEP = {
    "sqlite": sqlite_insert(_ATTACHMENT).on_conflict_do_nothing(),
    "postgresql": postgresql_insert(_ATTACHMENT).on_conflict_do_nothing(),
}


def keep_attachment(unit: Stage, sha256: str, name: str, media_type: str, size: int, at: datetime) -> None:
    """Stage the row of a file; the same content that is there already keeps its first name."""
    row = {"sha256": sha256, "name": name, "media_type": media_type, "size": size, "kept_at": at}
    unit.write(_KEEP[unit.connection.dialect.name], row)


def attachment_of(connection: Connection, sha256: str) -> Row[Any] | None:
    """The row of a file; leans on the primary key."""
    return connection.execute(_BY_CONTENT, {"of": sha256}).one_or_none()
