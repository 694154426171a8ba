"""Text that every database takes: NUL is refused by PostgreSQL, half of a surrogate pair by every encoding.

Neither means anything to a reader, so they go at the door; else one message of a hostile client would be a failure, or
come back for ever.
"""

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

V = TypeVar("V")

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable_text(text: str) -> str:
    """The text without NUL and without halves of surrogate pairs."""
    return _UNSTORABLE.sub("", text)


def storable(value: V) -> V:
    """A frozen command or event with every text in it storable, also in what it is made of."""
    return _storable(value)  # type: ignore[no-any-return]  # the same type comes out that went in


def _storable(value: Any) -> Any:
    if type(value) is str:
        return storable_text(value)
    if type(value) is tuple:
        return tuple(map(_storable, value))
    if is_dataclass(value) and not isinstance(value, type):
        cleaned = {each.name: _storable(getattr(value, each.name)) for each in fields(value)}
        changed = {name: new for name, new in cleaned.items() if new != getattr(value, name)}
        return replace(value, **changed) if changed else value
    return value
