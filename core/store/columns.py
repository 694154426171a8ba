"""Column types that every table shares (docs/design.md §2, The store, Columns)."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from core.instants import from_microseconds, microseconds


class Instant(TypeDecorator[datetime]):
    """An aware UTC datetime in Python, microseconds since 1970 as BIGINT in the database. A naive one is refused."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Microseconds since 1970. Raises ValueError for a datetime without a zone."""
        return None if value is None else microseconds(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """The instant, in UTC."""
        return None if value is None else from_microseconds(value)


def identifier() -> Any:
    """The primary key: a BIGINT that the writer hands out (core.store.identifiers), never the database."""
    return Column(BigInteger, primary_key=True, autoincrement=False)


def reference(index: bool = False, nullable: bool = False) -> Any:
    """The id of a row of another table."""
    return Column(BigInteger, index=index, nullable=nullable)


def instant(index: bool = False, nullable: bool = False) -> Any:
    """A point in time."""
    return Column(Instant, index=index, nullable=nullable)


def text(index: bool = False, nullable: bool = False, default: str | None = None) -> Any:
    """Text of any length; both databases store it alike."""
    return Column(Text, index=index, nullable=nullable, default=default)


def key() -> Any:
    """A text that is the primary key, or a part of it."""
    return Column(Text, primary_key=True)
