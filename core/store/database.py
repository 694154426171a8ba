"""Opening the database: one connection that writes and several that read, on SQLite or PostgreSQL.

SQLite needs two engines: the writer begins with BEGIN IMMEDIATE, readers with a plain BEGIN; with BEGIN IMMEDIATE on
readers too, three readers of 150 ms let the writer through 0 times in 5 s (docs/design.md §2, The store).
"""

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

BUSY_MS = 5_000
READERS = 5

_QUIET: dict[str, Any] = {"hide_parameters": True}
# What stands in a row is somebody's: an error does not say it.


@dataclass(frozen=True)
class Database:
    """The two engines of one database. `path` is the file's place on SQLite, None on PostgreSQL."""

    url: str
    writer: Engine
    reader: Engine
    path: Path | None

    @property
    def is_sqlite(self) -> bool:
        """Whether the records stand in one file."""
        return self.path is not None

    def close(self) -> None:
        """Close every connection."""
        self.writer.dispose()
        self.reader.dispose()


def open_database(url: str) -> Database:
    """Open `url` (sqlite:///FILE or postgresql+psycopg://…); a SQLite file and its folder are made where missing.

    Raises ValueError for another kind of database.
    """
    kind = make_url(url)
    if kind.get_backend_name() == "sqlite":
        return _open_sqlite(url, Path(kind.database or ""))
    if kind.get_backend_name() == "postgresql":
        return _open_postgresql(url)
    raise ValueError(
        f"database: {kind.get_backend_name()} is not supported; write sqlite:///FILE or postgresql+psycopg://…"
    )


def _open_sqlite(url: str, path: Path) -> Database:
    path.parent.mkdir(parents=True, exist_ok=True)
    options: dict[str, Any] = {"connect_args": {"timeout": BUSY_MS / 1000, "check_same_thread": False}, **_QUIET}
    writer = create_engine(url, poolclass=StaticPool, **options)
    reader = create_engine(url, pool_size=READERS, max_overflow=READERS, **options)
    for engine, begin in ((writer, "BEGIN IMMEDIATE"), (reader, "BEGIN")):
        _configure_sqlite(engine, begin, read_only=engine is reader)
    return Database(url, writer, reader, path)


def _configure_sqlite(engine: Engine, begin: str, read_only: bool) -> None:
    @event.listens_for(engine, "connect")
    def configure(connection: sqlite3.Connection, _record: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={BUSY_MS}"):
            connection.execute(f"PRAGMA {pragma}")
        if read_only:
            connection.execute("PRAGMA query_only=1")

    @event.listens_for(engine, "begin")
    def begin_transaction(connection: Connection) -> None:
        connection.exec_driver_sql(begin)


def _open_postgresql(url: str) -> Database:
    writer = create_engine(url, pool_size=1, max_overflow=0, pool_pre_ping=True, **_QUIET)
    reader = create_engine(url, pool_size=READERS, max_overflow=READERS, pool_pre_ping=True, **_QUIET)

    @event.listens_for(reader, "begin")
    def begin_transaction(connection: Connection) -> None:
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")

    return Database(url, writer, reader, None)
