"""A frozen value with some of its fields changed, where `dataclasses.replace` would cost as much as a query.

`replace` calls the constructor with every field by name: for a complaint, which has some fifty, that takes twenty times
as long as copying what it holds.
"""

from typing import TypeVar

V = TypeVar("V")


def with_changes(value: V, **changes: object) -> V:
    """The frozen dataclass, without `__post_init__`, with these fields changed. Raises TypeError for an unknown one.

    The same as `dataclasses.replace`, with the types of the changes unchecked: for few, large dataclasses.
    """
    held = vars(value)
    if not changes.keys() <= held.keys():
        unknown = ", ".join(sorted(changes.keys() - held.keys()))
        raise TypeError(f"{type(value).__name__} has no field {unknown}")
    new = object.__new__(type(value))
    vars(new).update(held, **changes)
    return new
