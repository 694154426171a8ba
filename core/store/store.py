"""The store as everybody sees it: works in, results out after the commit; queries on connections that only read."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy import Connection
from sqlmodel import SQLModel

from core.clock import Clock
from core.directory import Directory
from core.store.asked import Asked, AskedInLoop
from core.store.database import Database, open_database
from core.store.generation import read_generation, start_generation
from core.store.queries.directory import read_directory
from core.store.work import Result, StoreUnavailable, Work
from core.store.writer import Writer

T = TypeVar("T")


class Store:
    """One database: a writer thread and readers."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database = database
        self.clock = clock
        self._writer = Writer(database, clock)
        # Its own threads: those of the event loop are gone before the last requests of an office that stops.
        self._readers = ThreadPoolExecutor(thread_name_prefix="reader")
        self._seen: Directory | None = None

    @classmethod
    def open(cls, url: str, clock: Clock) -> "Store":
        """Open a database whose tables are there (core.store.migrate makes and upgrades them)."""
        return cls(open_database(url), clock)

    @classmethod
    def create(cls, url: str, clock: Clock) -> "Store":
        """Open a new database and make every table that is imported: for tests and measurements."""
        database = open_database(url)
        with database.writer.begin() as connection:
            SQLModel.metadata.create_all(connection)
            start_generation(connection)
        return cls(database, clock)

    async def do(self, work: Work[T]) -> Result[T]:
        """Have it written; returns after the commit.

        Raises the Refusal that the work raised; WorkFailed if it raised anything else; StoreUnavailable if the
        database is gone, full or locked, and then nothing was kept.
        """
        asked = AskedInLoop(work)
        self._writer.submit(asked)
        return await asked.answer

    def do_now(self, work: Work[T]) -> Result[T]:
        """The same from a thread or the command line: waits for the commit."""
        return self.submit(work).result()

    def submit(self, work: Work[T]) -> "Future[Result[T]]":
        """Queue a work and go on; the future resolves after the commit, or raises as `do`."""
        asked = Asked(work)
        self._writer.submit(asked)
        return asked.answer

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that only reads, in one transaction; use it in a thread, not in the event loop."""
        with self.database.reader.begin() as connection:
            yield connection

    async def read(self, query: Callable[[Connection], T]) -> T:
        """Run a query in a thread, on a connection that only reads. Raises StoreUnavailable once it is closed."""
        try:
            found = self._readers.submit(self.read_now, query)
        except RuntimeError as closed:
            raise StoreUnavailable("closed") from closed
        return await asyncio.wrap_future(found)

    def read_now(self, query: Callable[[Connection], T]) -> T:
        """The same, in this thread."""
        with self.reading() as connection:
            return query(connection)

    def directory(self, connection: Connection) -> Directory:
        """Who is who, for a reader: kept in memory and read anew when the generation has changed."""
        seen = self._seen  # once: another thread, that reads at another moment, may put its own there meanwhile
        if seen is None or seen.generation != read_generation(connection):
            self._seen = seen = read_directory(connection)
        return seen

    @property
    def trouble(self) -> str | None:
        """Why nothing can be written now, or None; /readyz tells it."""
        return self._writer.trouble

    def close(self) -> None:
        """Write what waits, then close every connection."""
        self._writer.close()
        self._readers.shutdown()
        self.database.close()
