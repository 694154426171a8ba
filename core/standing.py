"""How it stands with everybody while the window is open: who is here, since when, and who is missing.

Source: docs/design.md §4, Presence (who is not yet seen shows live).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.judging import Judge
from core.presence import Attending, DayWindow, Marks, Verdict, missed_periods
from core.store.queries.marks import marks_of_people, marks_on, members_unseen
from core.watching import Watch


class Stands(StrEnum):
    """How it stands with somebody while the window is open."""

    ON_LEAVE = "on_leave"
    OFF_DUTY = "off_duty"
    HERE = "here"
    SEEN_ONLY = "seen_only"
    MISSING = "missing"


@dataclass(frozen=True)
class Standing:
    """How it stands with a person today.

    since: their first strong mark.   last: their last mark of any kind.   missed: numbers of the periods that are over
    without a strong mark.   answered: they have a strong mark in the period that runs now.
    """

    person: int
    department: int
    stands: Stands
    since: datetime | None = None
    last: datetime | None = None
    missed: tuple[int, ...] = ()
    answered: bool = False


def standing(watch: Watch, department: int | None = None) -> tuple[Standing, ...]:
    """How it stands with everybody who is expected today, or with one department (its id); empty on a closed day.

    Whoever is expected and has no mark yet is missing, also before the window opens.
    """
    if department is None:
        return _standing_of(watch, watch.of(None), marks_on(watch.run, watch.today))
    return standing_of(watch, watch.of(department))


def standing_of(watch: Watch, people: Collection[Attending]) -> tuple[Standing, ...]:
    """The same of some people."""
    return _standing_of(watch, people, marks_of_people(watch.run, watch.today, [each.person for each in people]))


def unseen(watch: Watch) -> tuple[Attending, ...]:
    """Everybody who should be there today and has no mark of any kind yet, by department and person; quick for many."""
    day, judge = watch.today, Judge(watch, watch.today)
    found = []
    for person in members_unseen(watch.run, day):
        who = watch.attending.get(person)
        window = watch.window(day, who.department) if who is not None else None
        if who is None or window is None or not who.is_expected(window):
            continue
        if judge.away(who, window) is None and not watch.directory.is_off_duty(person, day):
            found.append(who)
    return tuple(sorted(found, key=lambda each: (each.department, each.person)))


def _standing_of(watch: Watch, people: Collection[Attending], marks: Mapping[int, Marks]) -> tuple[Standing, ...]:
    judge, day, found = Judge(watch, watch.today), watch.today, []
    for each in people:
        window = watch.window(day, each.department)
        if window is not None and each.is_expected(window):
            found.append(_standing(each, window, marks.get(each.person), judge.away(each, window), watch.now))
    return tuple(found)


def _standing(who: Attending, window: DayWindow, marks: Marks | None, away: Verdict | None, now: datetime) -> Standing:
    begun = sum(1 for begin in window.periods if begin <= now)
    over = begun if now >= window.end else max(begun - 1, 0)
    return Standing(
        person=who.person,
        department=who.department,
        stands=Stands(away.value) if away is not None else _stands(marks),
        since=marks.first if marks else None,
        last=marks.last if marks else None,
        missed=tuple(number for number in missed_periods(window, marks) if number < over),
        answered=marks is not None and begun > 0 and bool(marks.strong_periods >> (begun - 1) & 1),
    )


def _stands(marks: Marks | None) -> Stands:
    if marks is None:
        return Stands.MISSING
    return Stands.HERE if marks.strong else Stands.SEEN_ONLY
