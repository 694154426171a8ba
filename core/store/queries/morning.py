"""What the desk's morning page asks beside the verdicts: whether anything changed, and months counted by department."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, func, select

from core.presence.verdicts import Verdict
from core.store.presence_tables import AmendmentRow, DayReportRow, DayVerdictRow, LeaveRow, PresenceRow
from core.store.staging import Run
from core.store.tables import table_of

_MARKS = table_of(PresenceRow)
_VERDICT = table_of(DayVerdictRow)
_REPORT = table_of(DayReportRow)
_LEAVE = table_of(LeaveRow)
_AMENDMENT = table_of(AmendmentRow)

_MARKED = select(func.count(), func.max(_MARKS.c.last), func.sum(_MARKS.c.strong), func.sum(_MARKS.c.weak)).where(
    _MARKS.c.day == bindparam("of_day")
)
_REPORTED = select(func.count()).select_from(_REPORT).where(_REPORT.c.day == bindparam("of_day"))
_ON_LEAVE = select(func.count(), func.count(_LEAVE.c.cancelled_at)).where(
    _LEAVE.c.last >= bindparam("of_day"), _LEAVE.c.first <= bindparam("of_day")
)
_AMENDED = select(func.max(_AMENDMENT.c.id))
_COUNTED = (
    select(_VERDICT.c.department, _VERDICT.c.day, _VERDICT.c.verdict, func.count().label("people"))
    .where(_VERDICT.c.day >= bindparam("since_day"), _VERDICT.c.day <= bindparam("until_day"))
    .group_by(_VERDICT.c.department, _VERDICT.c.day, _VERDICT.c.verdict)
)
_LAST_REPORTED = select(func.max(_REPORT.c.day)).where(_REPORT.c.day < bindparam("of_day"))


@dataclass(frozen=True)
class DayCount:
    """A department's day: how many people have which verdict."""

    department: int
    day: date
    by_verdict: Mapping[Verdict, int]


def presence_pulse(run: Run, day: date) -> tuple[object, ...]:
    """Another value than before means that somebody was seen, a day was reported, or leave or a verdict changed."""
    of = {"of_day": day.isoformat()}
    parts = [run(each, of).one() for each in (_MARKED, _REPORTED, _ON_LEAVE)]
    return tuple(value for row in (*parts, run(_AMENDED).one()) for value in row)


def counts_by_department(run: Run, first: date, last: date) -> tuple[DayCount, ...]:
    """The reported days from `first` to `last`, both included, counted; by department and day."""
    found: dict[tuple[int, date], dict[Verdict, int]] = {}
    for row in run(_COUNTED, {"since_day": first.isoformat(), "until_day": last.isoformat()}):
        found.setdefault((row.department, date.fromisoformat(row.day)), {})[Verdict(row.verdict)] = row.people
    return tuple(DayCount(*key, counts) for key, counts in sorted(found.items()))


def last_reported_before(run: Run, day: date) -> date | None:
    """The latest day before `day` of which anything is reported."""
    found = run(_LAST_REPORTED, {"of_day": day.isoformat()}).scalar()
    return None if found is None else date.fromisoformat(found)
