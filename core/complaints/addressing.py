"""Whom a rung of the ladder speaks to. Pure.

Source: docs/design.md §4, Life of a complaint (without an assignee the head, without a head the administration group),
Reminders and escalation.
"""

from collections.abc import Collection
from dataclasses import dataclass

from core.directory import Directory
from core.people import Role
from core.settings import Addressee


@dataclass(frozen=True)
class Addressees:
    """Who is told. `people`: each privately.   administration: in its group.

    part: as whom they are told, so what is said to them; `assignee` where the rung speaks to whoever should do it.
    """

    part: Addressee
    people: tuple[int, ...] = ()
    administration: bool = False


def addressees(
    to: Addressee, department: int, assignee: int | None, directory: Directory, away: Collection[int] = ()
) -> Addressees:
    """Who is told when a rung speaks `to` somebody, of a complaint that `department` holds and `assignee` has.

    Where there is nobody of that kind, whoever is next above; above the seniors the administration group again.
    away: who is off duty or on leave, and so is told nothing.
    """
    if to == "assignee" and assignee is not None and assignee not in away:
        return Addressees("assignee", (assignee,))
    head = directory.head(department)
    if to in ("assignee", "head") and head is not None and head.id not in away:
        return Addressees(to, (head.id,))
    seniors = tuple(person.id for person in directory.with_role(Role.SENIOR) if person.id not in away)
    if to == "senior" and seniors:
        return Addressees("senior", seniors)
    if directory.administration() or not seniors:
        return Addressees("administration", administration=True)
    return Addressees("senior", seniors)
