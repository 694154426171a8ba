"""Reading what nobody vouches for: a field of Telegram's JSON, of the type that it should have, or NotUnderstood."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

Fields = Mapping[str, Any]

_LARGEST = 2**63
_LAST_INSTANT = 253_402_300_799  # the end of the year 9999
_LONGEST_ID = 300


class NotUnderstood(Exception):
    """An update that is not what Telegram documents. Its words name the field, never what stood in it."""


def inner(of: Fields, name: str) -> Fields | None:
    """An object, or None if it is not there."""
    value = of.get(name)
    if value is not None and not isinstance(value, dict):
        raise NotUnderstood(f"{name} is no object")
    return value


def needed(of: Fields, name: str) -> Fields:
    """An object that must be there."""
    value = inner(of, name)
    if value is None:
        raise NotUnderstood(f"{name} is missing")
    return value


def several(of: Fields, name: str) -> Sequence[Fields]:
    """A list of objects; empty if it is not there."""
    value = of.get(name)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise NotUnderstood(f"{name} is no list of objects")
    return value


def whole(of: Fields, name: str) -> int:
    """A whole number of 64 bits that must be there."""
    value = of.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not -_LARGEST <= value < _LARGEST:
        raise NotUnderstood(f"{name} is no whole number")
    return value


def number(of: Fields, name: str) -> str:
    """The same as the text of an id."""
    return str(whole(of, name))


def size(of: Fields, name: str) -> int:
    """A number of bytes; 0 if it is not there."""
    return max(0, whole(of, name)) if of.get(name) is not None else 0


def words(of: Fields, name: str) -> str:
    """A text; empty if it is not there."""
    value = of.get(name)
    if value is not None and not isinstance(value, str):
        raise NotUnderstood(f"{name} is no text")
    return value or ""


def token(of: Fields, name: str) -> str:
    """An id that Telegram made as text: short, of plain letters."""
    value = words(of, name)
    if not value or len(value) > _LONGEST_ID or not value.isascii() or not value.isprintable():
        raise NotUnderstood(f"{name} is no id")
    return value


def truth(of: Fields, name: str) -> bool:
    """Whether it is said so."""
    return of.get(name) is True


def instant(of: Fields, name: str) -> datetime:
    """A time in seconds since 1970, that must be there."""
    value = whole(of, name)
    if not 0 <= value <= _LAST_INSTANT:
        raise NotUnderstood(f"{name} is no time")
    return datetime.fromtimestamp(value, UTC)
