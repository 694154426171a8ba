"""The database of a soak run as an onlooker sees it: whether a transaction is open, what stands there, its troubles."""

import shutil
import signal
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import psycopg
from psycopg import sql

from tests import postgres

DURABLE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
"""As an office runs it; the tests' own PostgreSQL is faster, and stopped at once it forgets what was committed."""


class Database(Protocol):
    """What the harness does with a database, beside the office."""

    url: str

    def batch_open(self) -> bool:
        """Whether the office has a transaction open that writes; to be asked while the office stands still."""

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What stands there now, while the office runs or not; leaves no trace."""

    def rows_of_the_dead(self, query: str) -> list[tuple[Any, ...]]:
        """The same after the office was killed, before it starts again; the next start finds everything as it was."""

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Nothing can be written meanwhile."""


class Sqlite:
    """A file."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "janmilan.db"
        self.url = f"sqlite:///{self.path}"

    def batch_open(self) -> bool:
        """Whether the one write lock is taken."""
        connection = sqlite3.connect(self.path, timeout=0, isolation_level=None)
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
        except sqlite3.OperationalError:
            return True
        finally:
            connection.close()
        return False

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Read on a connection that can write nothing, so that closing it moves nothing into the file either."""
        return _read_sqlite(f"{self.path.as_uri()}?mode=ro", query)

    def rows_of_the_dead(self, query: str) -> list[tuple[Any, ...]]:
        """Read a copy: who opens the file first after a crash mends it, and that is left to the office."""
        with tempfile.TemporaryDirectory() as folder:
            for path in (self.path, self.path.with_name(f"{self.path.name}-wal")):
                if path.exists():
                    shutil.copyfile(path, Path(folder) / path.name)
            return _read_sqlite((Path(folder) / self.path.name).as_uri(), query)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Somebody else holds the write lock."""
        connection = sqlite3.connect(self.path, timeout=60, isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            connection.execute("ROLLBACK")
            connection.close()


class Postgresql:
    """A server of its own, so that it can be stopped at once and started again."""

    NAME = "soak"

    def __init__(self, folder: Path) -> None:
        """Make a cluster in `folder` (its whole path is short: a socket lies in it) and start it."""
        self._folder = folder
        self._binaries = postgres.usable_binaries(folder)
        postgres.create_cluster(self._binaries, folder)
        self._server: subprocess.Popen[bytes] | None = None
        self.start()
        with self._connect("postgres") as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(self.NAME)))
        self.url = f"postgresql+psycopg://postgres@/{self.NAME}?host={folder}"

    def start(self) -> None:
        """Start the server; returns when it answers."""
        self._server = postgres.start(self._binaries, self._folder, DURABLE)
        postgres.wait_until_ready(self._binaries, self._folder, self._server)

    def stop_at_once(self) -> None:
        """Stop it as `pg_ctl stop -m immediate` does: no goodbye, no checkpoint; the next start recovers."""
        if self._server is not None:
            self._server.send_signal(signal.SIGQUIT)
            self._server.wait()
            self._server = None

    def batch_open(self) -> bool:
        """Whether a transaction has written something that is not committed: a cautious count of open batches."""
        query = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND backend_xid IS NOT NULL"
        return bool(self.rows(query))

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Read on a connection of our own."""
        with self._connect(self.NAME) as connection:
            return connection.execute(query).fetchall()

    def rows_of_the_dead(self, query: str) -> list[tuple[Any, ...]]:
        """Read when the server has noticed that the office is gone."""
        others = (
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND backend_type = 'client backend'"
        )
        with self._connect(self.NAME) as connection:
            while connection.execute(others).fetchall() != [(0,)]:
                pass
            return connection.execute(query).fetchall()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Somebody else has locked a table that every batch writes."""
        with psycopg.connect(self._conninfo(self.NAME)) as connection:
            connection.execute("LOCK TABLE work_key IN EXCLUSIVE MODE")
            yield

    def execute(self, *statements: str) -> None:
        """Change something behind the office's back, such as a trigger that fails; each statement by itself."""
        with self._connect(self.NAME) as connection:
            for statement in statements:
                connection.execute(statement)

    def _connect(self, database: str) -> "psycopg.Connection[tuple[Any, ...]]":
        return psycopg.connect(self._conninfo(database), autocommit=True)

    def _conninfo(self, database: str) -> str:
        return f"host={self._folder} user=postgres dbname={database}"


@contextmanager
def database(kind: str, folder: Path) -> Iterator[Database]:
    """A fresh database of a kind, `sqlite` (in `folder`) or `postgresql` (in a folder of its own)."""
    if kind == "sqlite":
        yield Sqlite(folder)
        return
    home = Path(tempfile.mkdtemp(prefix="janmilan-soak-", dir=postgres.socket_folder()))
    try:
        server = Postgresql(home)
        try:
            yield server
        finally:
            server.stop_at_once()
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _read_sqlite(uri: str, query: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(uri, uri=True, timeout=30)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()
