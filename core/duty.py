"""To whom new work of a department goes: those who are there, else the head, else the administration group.

Source: docs/design.md §4, Presence, docs/rules.md P5, P6. Off duty, on leave and absent ones are skipped.
"""

from dataclasses import dataclass
from enum import StrEnum

from core.judging import Judge
from core.people import Person
from core.presence import Verdict
from core.standing import Stands, standing_of
from core.store.queries.day_reports import verdicts_of_people
from core.watching import Watch


class GoesTo(StrEnum):
    """Who is told of new work."""

    THERE = "there"
    HEAD = "head"
    ADMINISTRATION = "administration"


@dataclass(frozen=True)
class OnDuty:
    """Who has the duty of a department now. people: who is there; the head alone; or nobody, for the administration."""

    goes_to: GoesTo
    people: tuple[Person, ...] = ()


def on_duty(watch: Watch, department: int) -> OnDuty:
    """Who has the duty of a department (its id) now.

    While the window is open: who has any mark today. Later that day: who was not absent in it. At other times, who is
    neither on leave nor off duty. If that is nobody, the head, if they are not away; else the administration.
    """
    away = _away(watch, department)
    members = watch.directory.members(department)
    expected = _there(watch, department)
    there = tuple(each for each in members if each.id in expected and each.id not in away)
    if there:
        return OnDuty(GoesTo.THERE, there)
    head = watch.directory.head(department)
    if head is not None and head.id not in away:
        return OnDuty(GoesTo.HEAD, (head,))
    return OnDuty(GoesTo.ADMINISTRATION)


def is_away(watch: Watch, person: int, department: int) -> bool:
    """Whether a member of a department is on leave or off duty today."""
    return person in _away(watch, department)


def _away(watch: Watch, department: int) -> frozenset[int]:
    """Who of the department is off duty now or on leave today, also if their window is that of another one."""
    judge = Judge(watch, watch.today)
    members = {each.id for each in watch.directory.members(department)}
    off = {person for person in members if watch.directory.is_off_duty(person, watch.today)}
    window = watch.window(watch.today, department)
    return frozenset(off | {person for person in members - off if judge.is_on_leave(person, window)})


def _there(watch: Watch, department: int) -> frozenset[int]:
    members = watch.directory.members(department)
    everybody = frozenset(each.id for each in members)
    window = watch.window(watch.today, department)
    if window is None or watch.now < window.begin:
        return everybody
    if watch.now < window.end:
        stand = standing_of(watch, [each for each in map(watch.attending.get, everybody) if each is not None])
        return frozenset(each.person for each in stand if each.stands in (Stands.HERE, Stands.SEEN_ONLY))
    reported = verdicts_of_people(watch.run, watch.today, everybody)
    return everybody - {each.person for each in reported if each.verdict is Verdict.ABSENT}
