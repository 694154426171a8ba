"""Days as reported: verdicts, how they stand now, and what changed them afterwards."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, select, update
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from core.people import Via
from core.presence.happened import VerdictAmended
from core.presence.verdicts import Verdict
from core.store.failures import Moment
from core.store.presence_tables import IS_ABSENT, NOT_TOLD, AmendmentRow, DayReportRow, DayVerdictRow
from core.store.staging import Run, Stage
from core.store.tables import table_of

_REPORT = table_of(DayReportRow)
_VERDICT = table_of(DayVerdictRow)
_AMENDMENT = table_of(AmendmentRow)


@dataclass(frozen=True)
class DayVerdict:
    """A person's verdict of a day. `reported`: what the report said, None for who was not in it.

    department: id of that whose window counted.   first: the first strong mark in the window.   corrected: a senior has
    said what it is.
    """

    day: date
    person: int
    department: int
    reported: Verdict | None
    verdict: Verdict
    first: datetime | None = None
    corrected: bool = False

    @property
    def amended(self) -> bool:
        """Whether it is another than the report's."""
        return self.reported != self.verdict


@dataclass(frozen=True)
class Amendment:
    """A verdict changed after its day was reported.

    by: who did it, None where it came about by itself.   was: None for who was not in the report.
    why: late_delivery, leave, leave_cancelled, holiday, correction, enrolled or outage.   words: a senior's reason.
    """

    id: int
    day: date
    person: int
    department: int
    at: datetime
    by: int | None
    was: Verdict | None
    becomes: Verdict
    why: str
    words: str = ""

    def happened(self, via: Via) -> VerdictAmended:
        """The amendment as it is told."""
        return VerdictAmended(by=self.by, via=via, amendment=self.id, day=self.day, person=self.person)


_PUT = {
    kind: statement.on_conflict_do_update(
        index_elements=[_VERDICT.c.day, _VERDICT.c.person],
        set_={name: statement.excluded[name] for name in ("verdict", "first", "corrected")},
    )
    for kind, statement in (("sqlite", sqlite_insert(_VERDICT)), ("postgresql", postgresql_insert(_VERDICT)))
}
_ONE = select(_VERDICT).where(_VERDICT.c.day == bindparam("of_day"), _VERDICT.c.person == bindparam("of_person"))
_OF_DAY = (
    select(_VERDICT).where(_VERDICT.c.day == bindparam("of_day")).order_by(_VERDICT.c.department, _VERDICT.c.person)
)
_OF_PEOPLE = select(_VERDICT).where(
    _VERDICT.c.day == bindparam("of_day"), _VERDICT.c.person.in_(bindparam("people", expanding=True))
)
_OF_DEPARTMENT = (
    select(_VERDICT)
    .where(
        _VERDICT.c.department == bindparam("of_department"),
        _VERDICT.c.day >= bindparam("since_day"),
        _VERDICT.c.day <= bindparam("until_day"),
    )
    .order_by(_VERDICT.c.day, _VERDICT.c.person)
)
_OF_PERSON = (
    select(_VERDICT)
    .where(
        _VERDICT.c.person == bindparam("of_person"),
        _VERDICT.c.day >= bindparam("since_day"),
        _VERDICT.c.day <= bindparam("until_day"),
    )
    .order_by(_VERDICT.c.day)
)
_ABSENTEES = (
    select(_VERDICT.c.department, _VERDICT.c.person)
    .where(_VERDICT.c.day == bindparam("of_day"), sql(IS_ABSENT))
    .order_by(_VERDICT.c.department, _VERDICT.c.person)
)
_REPORTED_ON = select(_REPORT.c.department).where(_REPORT.c.day == bindparam("of_day"))
_IS_REPORTED = _REPORTED_ON.where(_REPORT.c.department == bindparam("of_department"))
_LATEST_DAY = select(_REPORT.c.day).order_by(_REPORT.c.day.desc()).limit(1)
_OF_DAY_AMENDED = (
    select(_AMENDMENT).where(_AMENDMENT.c.day == bindparam("of_day")).order_by(_AMENDMENT.c.person, _AMENDMENT.c.id)
)
_OF_PERSON_AMENDED = (
    select(_AMENDMENT)
    .where(
        _AMENDMENT.c.person == bindparam("of_person"),
        _AMENDMENT.c.day >= bindparam("since_day"),
        _AMENDMENT.c.day <= bindparam("until_day"),
    )
    .order_by(_AMENDMENT.c.id)
)
_COUNTED = select(_VERDICT.c.verdict, func.count().label("number")).group_by(_VERDICT.c.verdict)
_AMENDED = select(func.count()).select_from(_AMENDMENT)
_UNTOLD = select(_AMENDMENT).where(sql(NOT_TOLD)).order_by(_AMENDMENT.c.id)
_TELL = update(_AMENDMENT).where(_AMENDMENT.c.id == bindparam("b_id")).values(told_at=bindparam("b_at"))


def keep_report(unit: Moment, day: date, department: int, verdicts: Iterable[DayVerdict]) -> None:
    """Stage that a department's day is reported, with its verdicts."""
    unit.insert(_REPORT, {"day": day.isoformat(), "department": department, "at": unit.now})
    for each in verdicts:
        put_verdict(unit, each)


def put_verdict(unit: Stage, verdict: DayVerdict) -> None:
    """Stage a verdict as it stands; what was reported stays as it was."""
    row = {
        "day": verdict.day.isoformat(),
        "person": verdict.person,
        "department": verdict.department,
        "reported": verdict.reported.value if verdict.reported else None,
        "verdict": verdict.verdict.value,
        "first": verdict.first,
        "corrected": verdict.corrected,
    }
    unit.write(_PUT[unit.connection.dialect.name], row)


def keep_amendment(unit: Stage, amendment: Amendment) -> None:
    """Stage an amendment that nobody has been told yet."""
    unit.insert(
        _AMENDMENT,
        {
            "id": amendment.id,
            "day": amendment.day.isoformat(),
            "person": amendment.person,
            "department": amendment.department,
            "at": amendment.at,
            "by": amendment.by,
            "was": amendment.was.value if amendment.was else None,
            "becomes": amendment.becomes.value,
            "why": amendment.why,
            "words": amendment.words,
            "told_at": None,
        },
    )


def tell_amendments(unit: Moment, ids: Collection[int]) -> None:
    """Stage that these amendments were told."""
    for id in sorted(ids):
        unit.write(_TELL, {"b_id": id, "b_at": unit.now})


def is_reported(run: Run, day: date, department: int) -> bool:
    """Whether a department's day is reported; leans on the primary key."""
    return run(_IS_REPORTED, {"of_day": day.isoformat(), "of_department": department}).first() is not None


def reported_departments(run: Run, day: date) -> frozenset[int]:
    """The departments whose day is reported."""
    return frozenset(run(_REPORTED_ON, {"of_day": day.isoformat()}).scalars())


def latest_report(run: Run) -> date | None:
    """The last day of which anything is reported."""
    day = run(_LATEST_DAY).scalar()
    return None if day is None else date.fromisoformat(day)


def verdict_of(run: Run, day: date, person: int) -> DayVerdict | None:
    """One person's verdict; leans on the primary key."""
    row = run(_ONE, {"of_day": day.isoformat(), "of_person": person}).first()
    return None if row is None else _verdict(row)


def verdicts_on(run: Run, day: date) -> tuple[DayVerdict, ...]:
    """Everybody's verdict of a reported day, by department and person; leans on the primary key."""
    return tuple(map(_verdict, run(_OF_DAY, {"of_day": day.isoformat()})))


def verdicts_of_people(run: Run, day: date, people: Collection[int]) -> tuple[DayVerdict, ...]:
    """The verdicts of some people on a day; leans on the primary key."""
    return tuple(map(_verdict, run(_OF_PEOPLE, {"of_day": day.isoformat(), "people": sorted(people)})))


def verdicts_of_department(run: Run, department: int, first: date, last: date) -> tuple[DayVerdict, ...]:
    """A department's verdicts of some days, by day and person; leans on day_verdict_of_department."""
    days = {"since_day": first.isoformat(), "until_day": last.isoformat()}
    return tuple(map(_verdict, run(_OF_DEPARTMENT, {**days, "of_department": department})))


def verdicts_of_person(run: Run, person: int, first: date, last: date) -> tuple[DayVerdict, ...]:
    """A person's own record, by day; leans on day_verdict_of_person."""
    days = {"since_day": first.isoformat(), "until_day": last.isoformat()}
    return tuple(map(_verdict, run(_OF_PERSON, {**days, "of_person": person})))


def absentees(run: Run, day: date) -> tuple[tuple[int, int], ...]:
    """(department, person) of whoever was absent on a reported day, in this order; leans on the index absentee."""
    return tuple((row.department, row.person) for row in run(_ABSENTEES, {"of_day": day.isoformat()}))


def amendments_of_day(run: Run, day: date) -> tuple[Amendment, ...]:
    """What changed a day after its report, by person and in order."""
    return tuple(map(_amendment, run(_OF_DAY_AMENDED, {"of_day": day.isoformat()})))


def amendments_of_person(run: Run, person: int, first: date, last: date) -> tuple[Amendment, ...]:
    """What changed a person's days after their reports, in order."""
    days = {"since_day": first.isoformat(), "until_day": last.isoformat()}
    return tuple(map(_amendment, run(_OF_PERSON_AMENDED, {**days, "of_person": person})))


def count_verdicts(run: Run) -> dict[Verdict, int]:
    """How many verdicts there are of each kind, of all days. Reads every row."""
    return {_VERDICTS[row.verdict]: row.number for row in run(_COUNTED)}


def count_amendments(run: Run) -> int:
    """How many verdicts changed after their day was reported."""
    return int(run(_AMENDED).scalar_one())


def untold_amendments(run: Run) -> tuple[Amendment, ...]:
    """What changed and nobody was told of yet, in order; leans on the partial index."""
    return tuple(map(_amendment, run(_UNTOLD)))


_VERDICTS = {each.value: each for each in Verdict}
"""A month of a large department has thousands of rows, and calling the enumeration costs more than reading them."""


def _verdict(row: Any) -> DayVerdict:
    day, person, department, reported, verdict, first, corrected = row
    said = _VERDICTS[reported] if reported is not None else None
    return DayVerdict(date.fromisoformat(day), person, department, said, _VERDICTS[verdict], first, corrected)


def _amendment(row: Row[Any]) -> Amendment:
    return Amendment(
        id=row.id,
        day=date.fromisoformat(row.day),
        person=row.person,
        department=row.department,
        at=row.at,
        by=row.by,
        was=Verdict(row.was) if row.was else None,
        becomes=Verdict(row.becomes),
        why=row.why,
        words=row.words,
    )
