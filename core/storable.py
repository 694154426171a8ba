"""Text that every database takes: NUL is refused by PostgreSQL, half of a surrogate pair by every encoding.

Neither means anything to a reader, so they go at the door; else one message of a hostile client would be a failure, or
come back for ever.
"""

import re
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar

V = TypeVar("V")

_PLAIN = frozenset((bool, int, float, datetime))
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable_text(text: str) -> str:
    """The text without NUL and without halves of surrogate pairs."""
    return _UNSTORABLE.sub("", text) if _UNSTORABLE.search(text) else text


def storable(value: V) -> V:
    """A frozen command or event with every text in it storable, also in what it is made of."""
    return _storable(value)  # type: ignore[no-any-return]  # the same type comes out that went in


def _storable(value: Any) -> Any:
    if type(value) is str:
        return storable_text(value)
    if value is None or type(value) in _PLAIN:
        return value
    if type(value) is tuple:
        return tuple(map(_storable, value))
    if is_dataclass(value) and not isinstance(value, type):
        changed = {}
        for name in _names_of(type(value)):
            given = getattr(value, name)
            cleaned = _storable(given)
            if cleaned is not given and cleaned != given:
                changed[name] = cleaned
        return replace(value, **changed) if changed else value
    return value


@lru_cache(maxsize=256)
def _names_of(kind: type[Any]) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind))
