"""Databases with tables in them, made once in a process and then copied: making the tables takes longer than a test.

A copy is a database like any other; nothing that one test writes is seen by another.
"""

import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import psycopg
from sqlalchemy import URL, make_url
from sqlmodel import SQLModel

from core.clock import Clock, SystemClock
from core.store.store import Store

Make = Callable[[str], None]
"""Makes what it is there for in the empty database at a URL."""


def new_store(url: str, clock: Clock) -> Store:
    """As `Store.create`, on the empty database at `url`; one that holds tables is only opened."""
    make_in(url, make_tables)
    return Store.open(url, clock)


def make_in(url: str, make: Make) -> None:
    """Have in the empty database at `url` what `make` makes; one that holds tables is left as it is."""
    # Which tables there are depends on what has been imported by now.
    tables = frozenset(SQLModel.metadata.tables)
    target = make_url(url)
    if target.get_backend_name() == "sqlite":
        path = Path(str(target.database))
        if not path.exists():
            shutil.copyfile(_sqlite_file(make, tables), path)
    elif _is_empty(target):
        made = _postgres_database(_server(target), make, tables)
        with psycopg.connect(host=_server(target), user=target.username, autocommit=True) as server:
            server.execute(f"DROP DATABASE {target.database} WITH (FORCE)")
            server.execute(f"CREATE DATABASE {target.database} TEMPLATE {made} STRATEGY file_copy")


def make_tables(url: str) -> None:
    """Every table that is imported."""
    Store.create(url, SystemClock()).close()


@cache
def _sqlite_file(make: Make, tables: frozenset[str]) -> Path:
    path = Path(_folder().name) / f"{make.__name__}_{len(tables)}.db"
    make(f"sqlite:///{path}")
    return path


@cache
def _postgres_database(server: str, make: Make, tables: frozenset[str]) -> str:
    name = f"made_{make.__name__}_{len(tables)}"
    with psycopg.connect(host=server, user="postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} STRATEGY file_copy")
    make(f"postgresql+psycopg://postgres@/{name}?host={server}")
    return name


@cache
def _folder() -> "tempfile.TemporaryDirectory[str]":
    return tempfile.TemporaryDirectory(prefix="janmilan-made-")


def _server(url: URL) -> str:
    return str(url.query["host"])


def _is_empty(url: URL) -> bool:
    with psycopg.connect(host=_server(url), user=url.username, dbname=url.database) as connection:
        found = connection.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'public' LIMIT 1").fetchone()
    return found is None
