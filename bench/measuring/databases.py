"""Databases that measurements are made on: made once, then copied for each run, so that every run finds the same."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from tests.postgres import postgres

DURABLE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
"""What an office runs with; the tests' own server syncs nothing."""

SQLITE = "sqlite:///"


@dataclass(frozen=True)
class Kind:
    """One kind of database. `url`: of the one to be copied.   copied: gives the URL of a fresh copy."""

    name: str
    url: str
    _copies: Iterator[str]

    def copied(self) -> str:
        """The URL of a fresh copy of the database at `url`."""
        return next(self._copies)


def sqlite(folder: Path) -> Kind:
    """SQLite files in a folder of the disk that is to be measured."""
    original = folder / "original.db"
    return Kind("sqlite", f"{SQLITE}{original}", _files(original))


@contextmanager
def postgresql() -> Iterator[Kind]:
    """A PostgreSQL of our own that syncs to the disk."""
    with postgres(**DURABLE) as server:
        url = make_url(server).set(database="original")
        _run_there(server, "CREATE DATABASE original")
        yield Kind("postgresql", url.render_as_string(hide_password=False), _databases(server))


def _files(original: Path) -> Iterator[str]:
    for number in count(1):
        copy = original.with_name(f"copy{number}.db")
        shutil.copyfile(original, copy)
        yield f"{SQLITE}{copy}"
        for each in original.parent.glob(f"{copy.name}*"):
            each.unlink()


def _databases(server: str) -> Iterator[str]:
    for number in count(1):
        _run_there(server, f"CREATE DATABASE copy{number} TEMPLATE original")
        yield make_url(server).set(database=f"copy{number}").render_as_string(hide_password=False)
        _run_there(server, f"DROP DATABASE copy{number} WITH (FORCE)")


def _run_there(server: str, statement: str) -> None:
    url = make_url(server)
    with psycopg.connect(host=str(url.query["host"]), user=url.username, autocommit=True) as connection:
        connection.execute(statement)
