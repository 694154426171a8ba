"""Refusals as sentences: the facts that core gave, with names in the place of ids."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from bot.speaking import Speaking
from core.people import Role
from core.refusals import Refusal

_PEOPLE = ("by", "officer")


@dataclass(frozen=True)
class Short:
    """A short answer to a press, still to be rendered in the reader's language."""

    template: str
    params: Mapping[str, object]


def refusal_facts(speaking: Speaking, refusal: Refusal) -> dict[str, object]:
    """The parameters of the refusal's template; `senior` is whom to ask, or ""."""
    facts = {name: _named(speaking, name, value) for name, value in refusal.facts().items()}
    seniors = speaking.directory.with_role(Role.SENIOR)
    return {**facts, "senior": speaking.person_name(seniors[0].id) if seniors else ""}


def _named(speaking: Speaking, name: str, value: object) -> object:
    if name in _PEOPLE and (value is None or isinstance(value, int)):
        return speaking.person_name(value)
    if name == "department" and isinstance(value, int):
        return speaking.department_name(value)
    return value.value if isinstance(value, Enum) else value
