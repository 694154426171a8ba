"""Refusals as sentences: the facts that core gave, with names in the place of ids."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from bot.render import Bilingual
from bot.speaking import Speaking
from core.directory import Directory
from core.people import Person, Role
from core.refusals import Invalid, NotAllowed, Refusal

_PEOPLE = ("by", "officer")
_DAYS = ("until", "day", "leave")
"""Fields of Invalid whose value is a day, and whose limit is one that will do; in ISO form."""


@dataclass(frozen=True)
class Short:
    """A short answer to a press, still to be rendered in the reader's language."""

    template: str
    params: Mapping[str, object]


def refusal_facts(speaking: Speaking, refusal: Refusal) -> dict[str, object]:
    """The parameters of the refusal's template; `senior` is whom to ask, or ""."""
    facts = {name: _named(speaking, name, value) for name, value in refusal.facts().items()}
    if isinstance(refusal, Invalid) and refusal.field in _DAYS:
        facts |= {name: date.fromisoformat(text) for name, text in (("value", refusal.value), ("limit", refusal.limit))}
    able = _able(speaking.directory, refusal.role) if isinstance(refusal, NotAllowed) else ()
    return {**facts, "senior": speaking.person_name(able[0].id) if able else ""}


def _able(directory: Directory, role: Role) -> tuple[Person, ...]:
    """Who has the role that was missing; a department's work is asked of nobody of the district."""
    if role is Role.MEMBER:
        return ()
    return directory.with_role(Role.SENIOR if role is Role.HEAD else role)


def _named(speaking: Speaking, name: str, value: object) -> object:
    if name in _PEOPLE and (value is None or isinstance(value, int)):
        return speaking.person_name(value)
    if name == "ground" and isinstance(value, str):
        ground = speaking.office.settings.rejection.name(value)
        return Bilingual(ground.hi, ground.en)
    if name == "department" and isinstance(value, int):
        return speaking.department_name(value)
    return value.value if isinstance(value, Enum) else value
