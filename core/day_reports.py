"""A day is reported once its window is over, and changed afterwards by amendments alone, each of which says why.

    for day, departments in reports_due(office.watch(connection)):
        store.do_now(Work(lambda unit: report(office, unit, day, departments)))

Source: docs/design.md §4, Presence; docs/rules.md P5, P7, P8.
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from enum import StrEnum

from core.judging import Judge
from core.office_days import ONE_DAY
from core.people import Door, Via
from core.presence import Attending, Marks, Verdict, attending_of
from core.presence.happened import DayReported
from core.store.queries.day_reports import (
    Amendment,
    DayVerdict,
    is_reported,
    keep_amendment,
    keep_report,
    latest_report,
    put_verdict,
    reported_departments,
    verdict_of,
    verdicts_on,
)
from core.store.queries.marks import marks_of_person, marks_on
from core.store.unit import UnitOfWork
from core.watching import Watch, Watcher

MISSED_DAYS = timedelta(days=7)
"""So far back a day is still reported if nobody was running when its window ended."""


class Why(StrEnum):
    """What changed a verdict after the report."""

    LATE_DELIVERY = "late_delivery"
    LEAVE = "leave"
    LEAVE_CANCELLED = "leave_cancelled"
    HOLIDAY = "holiday"
    CORRECTION = "correction"
    ENROLLED = "enrolled"
    OUTAGE = "outage"


def reports_due(watch: Watch) -> tuple[tuple[date, tuple[int, ...]], ...]:
    """The days whose windows are over and not reported, each with its departments (ids), the oldest day first.

    What was missed while nobody was running comes too, up to a week; nothing of before the first report but today.
    """
    due = []
    departments = sorted({each.department for each in watch.attending.values()})
    day = _since(watch)
    while day <= watch.today:
        over = [each for each in departments if _is_over(watch, day, each)]
        waiting = set(over) - reported_departments(watch.run, day) if over else ()
        if waiting:
            due.append((day, tuple(sorted(waiting))))
        day += ONE_DAY
    return tuple(due)


def report(office: Watcher, unit: UnitOfWork, day: date, departments: Collection[int]) -> tuple[DayVerdict, ...]:
    """Report a day of these departments, inside a work that is running; returns the verdicts.

    What is reported already, or not over, is left out: so it happens once, whoever runs.
    """
    watch = office.watch_in(unit)
    waiting = [
        each for each in sorted(departments) if _is_over(watch, day, each) and not is_reported(unit.fresh, day, each)
    ]
    if not waiting:
        return ()
    judge, marks = Judge(watch, day), marks_on(unit.fresh, day)
    told: dict[int, list[DayVerdict]] = {each: [] for each in waiting}
    for who in watch.attending.values():
        window = watch.window(day, who.department)
        if who.department in told and window is not None and who.is_expected(window):
            told[who.department].append(_reported(day, who, marks.get(who.person), judge))
    for department, verdicts in told.items():
        keep_report(unit, day, department, verdicts)
    office.tell_presence(unit, [DayReported(by=None, via=Via(Door.CLOCK), day=day, departments=tuple(waiting))])
    return tuple(each for verdicts in told.values() for each in verdicts)


def amend(
    office: Watcher, unit: UnitOfWork, day: date, person: int, why: Why, by: int | None = None
) -> Amendment | None:
    """Look at a reported verdict again, after something has changed that it was made of; None if it stands.

    What a senior has corrected stays as it is, but for a holiday (P7). Whoever was not in the report is put into it
    when they turn out to have been waiting for their enrolment (P8).
    """
    watch = office.watch_in(unit)
    known = verdict_of(unit.fresh, day, person)
    who = _who(watch, person, known)
    if who is None or not is_reported(unit.fresh, day, who.department):
        return None
    marks = marks_of_person(unit.fresh, day, person)
    if known is None:
        window = watch.window(day, who.department)
        if window is None or marks is None or not who.is_expected(window):
            return None
    elif known.corrected and why is not Why.HOLIDAY:
        return None
    becomes = Judge(watch, day).verdict(who, marks)
    after = DayVerdict(day, person, who.department, known.reported if known else None, becomes, _first(marks))
    if known is not None and (known.verdict, known.first) == (after.verdict, after.first):
        return None
    put_verdict(unit, after)
    if known is not None and known.verdict is becomes:
        return None
    return amended(unit, after, known.verdict if known else None, why, by)


def amend_day(office: Watcher, unit: UnitOfWork, day: date, why: Why, by: int | None = None) -> tuple[Amendment, ...]:
    """The same for everybody who is in the report of a day."""
    people = [each.person for each in verdicts_on(unit.fresh, day)]
    found = (amend(office, unit, day, person, why, by) for person in people)
    return tuple(each for each in found if each is not None)


def amended(
    unit: UnitOfWork, after: DayVerdict, was: Verdict | None, why: Why, by: int | None, words: str = ""
) -> Amendment:
    """Stage the amendment that made a verdict what it is now."""
    amendment = Amendment(
        id=unit.new_id("amendment"),
        day=after.day,
        person=after.person,
        department=after.department,
        at=unit.now,
        by=by,
        was=was,
        becomes=after.verdict,
        why=why.value,
        words=words,
    )
    keep_amendment(unit, amendment)
    return amendment


def _since(watch: Watch) -> date:
    latest = latest_report(watch.run)
    return watch.today if latest is None else max(latest, watch.today - MISSED_DAYS)


def _is_over(watch: Watch, day: date, department: int) -> bool:
    window = watch.window(day, department)
    return window is not None and window.end <= watch.now


def _reported(day: date, who: Attending, marks: Marks | None, judge: Judge) -> DayVerdict:
    said = judge.verdict(who, marks)
    return DayVerdict(day, who.person, who.department, said, said, _first(marks))


def _first(marks: Marks | None) -> datetime | None:
    return marks.first if marks else None


def _who(watch: Watch, person: int, known: DayVerdict | None) -> Attending | None:
    """The person as of that day: in the department that was reported, though they may have left it since."""
    now = attending_of(watch.directory, person)
    if known is None:
        return now
    accounts = frozenset(each.account for each in watch.directory.identities(person))
    return Attending(person, known.department, accounts, now.since if now else None)
