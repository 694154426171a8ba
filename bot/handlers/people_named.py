"""Who is meant by a name that somebody wrote, or by a button."""

from collections.abc import Iterable

from bot.context import Context
from core.directory import Directory
from core.people import Person
from core.refusals import Forged
from core.text import fold

_LONGEST_ID = 18


def people_named(directory: Directory, typed: str, among: Iterable[Person] | None = None) -> tuple[Person, ...]:
    """Everybody whose name, or a part of it, was written, with or without @; a whole name means nobody else.

    among: of these alone.
    """
    wanted = fold(typed.replace("@", " ")).strip()
    if not wanted:
        return ()
    people = tuple(directory.people.values() if among is None else among)
    whole = tuple(each for each in people if wanted in (fold(each.name_hi), fold(each.name_en)))
    return whole or tuple(each for each in people if any(wanted in fold(name) for name in (each.name_hi, each.name_en)))


def person_pressed(ctx: Context, id: str) -> Person:
    """The person that a button's data names. Raises Forged for what no button of ours carries."""
    if not (id.isascii() and id.isdigit()) or len(id) > _LONGEST_ID or int(id) not in ctx.directory.people:
        raise Forged("button")
    return ctx.directory.people[int(id)]
