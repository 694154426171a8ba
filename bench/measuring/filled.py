"""The demo district after years: filled once, kept for the next benchmark, and copied to PostgreSQL if asked."""

import hashlib
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import Boolean, Table, make_url
from sqlmodel import SQLModel

import bot.store.tables  # noqa: F401  # the chat's tables belong to a database too
from bench.measuring.filling import fill
from bench.measuring.places import KEPT, ROOT
from bot.settings import Configuration
from core.clock import SystemClock
from core.demo.district import make_district
from core.office import Office, Silence
from core.store.migrate import upgrade
from core.store.store import Store
from core.store.work import Work
from core.sweeping import sweep_now

SQLITE = "sqlite:///"
_MADE_OF = (
    "core/complaints/*.py",
    "core/data/demo/*",
    "core/demo/*",
    "core/sla/*.py",
    "core/store/tables.py",
    "core/store/migrations/**/*.py",
    "core/timeline.py",
    "bot/store/tables.py",
    "bench/measuring/fill*.py",
)


def filled_sqlite(complaints: int) -> Path:
    """A SQLite file with so many complaints, their groups and officers; not to be written to: copy it.

    Made anew when anything that it is made of has changed.
    """
    folder = KEPT / "filled"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{complaints}-{mark()}.db"
    if not path.is_file():
        for old in folder.glob(f"{complaints}-*.db"):
            old.unlink(missing_ok=True)
        print(f"Filling a database with {complaints} complaints; it is kept for the next time ...", flush=True)
        new = path.with_suffix(f".{os.getpid()}")  # another may be at it too; whoever is done last stays
        _make(f"{SQLITE}{new}", complaints)
        new.rename(path)
    return path


def copy_to_postgresql(path: Path, url: str) -> None:
    """Put all rows of a filled SQLite file into a new PostgreSQL database."""
    upgrade(url)
    address = make_url(url)
    host, user, name = str(address.query["host"]), address.username, address.database
    there = psycopg.connect(host=host, user=user, dbname=name, autocommit=True)
    with there as connection, closing(sqlite3.connect(path)) as file:
        for table in SQLModel.metadata.sorted_tables:
            _copy_table(table, file, connection)
        connection.execute("VACUUM ANALYZE")


def _copy_table(table: Table, file: sqlite3.Connection, connection: psycopg.Connection) -> None:
    place, columns = sql.Identifier(table.name), [column.name for column in table.c]
    truths = {number for number, column in enumerate(table.c) if isinstance(column.type, Boolean)}
    connection.execute(sql.SQL("TRUNCATE {}").format(place))
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(place, sql.SQL(", ").join(map(sql.Identifier, columns)))
    quoted = ", ".join(f'"{name}"' for name in columns)
    rows = file.execute(f'SELECT {quoted} FROM "{table.name}"')  # noqa: S608  # names of our own tables
    with connection.cursor() as cursor, cursor.copy(into) as copy:
        for row in rows:
            copy.write_row([bool(value) if number in truths else value for number, value in enumerate(row)])


def _make(url: str, complaints: int) -> None:
    upgrade(url)
    clock = SystemClock()
    with closing(Store.open(url, clock)) as store:
        office = Office(store, Configuration(), clock, Silence())
        make_district(office)
        fill(office, complaints, clock.now())
        # As an office has it that was never away: what has come due meanwhile is done.
        store.do_now(Work(office.set_clocks_anew, raw="the clocks of all"))
        sweep_now(office)


def mark() -> str:
    """What changes when anything changes that a kept database is made of."""
    made_of = sorted(path for pattern in _MADE_OF for path in ROOT.glob(pattern) if path.is_file())
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in made_of))
    return digest.hexdigest()[:16]
