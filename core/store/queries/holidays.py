"""The office's holidays, frozen year by year, and those declared since (docs/design.md §4, rule 3)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select, update
from sqlalchemy import text as sql

from core.complaints.complaint import Complaint
from core.office_days import Holiday, holidays_of
from core.settings import OfficeSettings
from core.store.records import COMPLAINT, complaints_of
from core.store.staging import Stage
from core.store.tables import OPEN_STATES, HolidayChangeRow, HolidayRow, table_of

HOLIDAY = table_of(HolidayRow)
CHANGE = table_of(HolidayChangeRow)
DECLARED = "declared"
"""The source of a holiday that somebody declared on a day that no list has."""
_DECLARE = (
    update(HOLIDAY)
    .where(HOLIDAY.c.day == bindparam("b_day"))
    .values(name_hi=bindparam("b_name_hi"), name_en=bindparam("b_name_en"), declared_at=bindparam("b_at"))
)
_REMOVE = delete(HOLIDAY).where(HOLIDAY.c.day == bindparam("b_day"), HOLIDAY.c.source == DECLARED)
_AS_LISTED = update(HOLIDAY).where(HOLIDAY.c.day == bindparam("b_day")).values(declared_at=None)
_OPEN = select(COMPLAINT.c.record).where(sql(OPEN_STATES)).order_by(COMPLAINT.c.id)
_DUE_BETWEEN = (
    select(COMPLAINT.c.record)
    .where(sql(OPEN_STATES), COMPLAINT.c.due_at >= bindparam("begin"), COMPLAINT.c.due_at < bindparam("end"))
    .order_by(COMPLAINT.c.id)
    .with_for_update()
)


def frozen_holidays(connection: Connection) -> tuple[Holiday, ...]:
    """The holidays of country and state, in order."""
    return _holidays(connection, declared=False)


def declared_holidays(connection: Connection) -> tuple[Holiday, ...]:
    """The holidays that somebody declared, in order."""
    return _holidays(connection, declared=True)


def declared_when(connection: Connection) -> dict[date, datetime]:
    """When each holiday that somebody declared was declared."""
    query = select(HOLIDAY.c.day, HOLIDAY.c.declared_at).where(HOLIDAY.c.declared_at.is_not(None))
    return {date.fromisoformat(day): at for day, at in connection.execute(query)}


def freeze_holidays(unit: Stage, holidays: list[Holiday]) -> None:
    """Stage holidays that are not in the database yet; what is there stays as it is."""
    known = set(unit.fresh(select(HOLIDAY.c.day)).scalars())
    for each in holidays:
        if each.day.isoformat() not in known:
            row = {"day": each.day.isoformat(), "name_hi": each.name_hi, "name_en": each.name_en}
            unit.insert(HOLIDAY, {**row, "source": each.source, "open": False, "declared_at": None})
    unit.changed_directory()


def declare_holiday(unit: Stage, holiday: Holiday, at: datetime) -> None:
    """Stage a holiday that somebody declares; on a day of the frozen ones it takes that one's place."""
    row = {"day": holiday.day.isoformat(), "name_hi": holiday.name_hi, "name_en": holiday.name_en}
    known = set(unit.fresh(select(HOLIDAY.c.day).where(HOLIDAY.c.day == holiday.day.isoformat())).scalars())
    if known:
        unit.write(_DECLARE, {**{f"b_{name}": value for name, value in row.items()}, "b_at": at})
    else:
        unit.insert(HOLIDAY, {**row, "source": holiday.source, "open": False, "declared_at": at})
    unit.changed_directory()


def undeclare_holiday(unit: Stage, day: date) -> None:
    """Stage that it is not declared any more; a listed holiday stays on the list, under what it was called last."""
    unit.write(_REMOVE, {"b_day": day.isoformat()})
    unit.write(_AS_LISTED, {"b_day": day.isoformat()})
    unit.changed_directory()


@dataclass(frozen=True)
class HolidayChange:
    """A holiday declared or taken back; `by`: id of a person."""

    day: date
    at: datetime
    by: int | None
    declared: bool
    name_hi: str
    name_en: str


def keep_holiday_change(unit: Stage, holiday: Holiday, declared: bool, by: int | None, at: datetime) -> None:
    """Stage it for the record."""
    row = {"id": unit.new_id("holiday_change"), "day": holiday.day.isoformat(), "at": at, "by": by}
    unit.insert(CHANGE, {**row, "declared": declared, "name_hi": holiday.name_hi, "name_en": holiday.name_en})


def latest_holiday_changes(run: Callable[..., Any], most: int) -> tuple[HolidayChange, ...]:
    """What was declared and taken back, the latest first."""
    query = select(CHANGE).order_by(CHANGE.c.at.desc(), CHANGE.c.id.desc()).limit(most)
    return tuple(
        HolidayChange(date.fromisoformat(row.day), row.at, row.by, row.declared, row.name_hi, row.name_en)
        for row in run(query)
    )


def open_complaints_due_between(unit: Stage, begin: datetime, end: datetime) -> tuple[Complaint, ...]:
    """Open complaints that are due in [begin, end), by id, locked; scans open_complaint_by_due_time."""
    return complaints_of(unit.fresh(_DUE_BETWEEN, {"begin": begin, "end": end}).scalars())


def open_complaints_of_all(unit: Stage) -> tuple[Complaint, ...]:
    """Every open complaint as a running work sees it, by id."""
    return complaints_of(unit.fresh(_OPEN).scalars())


def count_due_on(connection: Connection, close: datetime) -> int:
    """How many open complaints are due at this close of office; scans open_complaint_by_due_time."""
    query = select(func.count()).select_from(COMPLAINT).where(sql(OPEN_STATES), COMPLAINT.c.due_at == close)
    return connection.execute(query).scalar_one()


def freeze_years(unit: Stage, settings: OfficeSettings, today: date) -> None:
    """Stage the holidays of this year and the next, where a year is not frozen yet: a year is frozen once."""
    frozen = {each.day.year for each in frozen_holidays(unit.connection)}
    missing = sorted({today.year, today.year + 1} - frozen)
    kept = settings.office.holidays
    if missing and kept.country is not None:
        freeze_holidays(unit, holidays_of(kept.country, kept.state, missing))


def _holidays(connection: Connection, declared: bool) -> tuple[Holiday, ...]:
    query = select(HOLIDAY).where(HOLIDAY.c.declared_at.is_not(None) == declared).order_by(HOLIDAY.c.day)
    return tuple(
        Holiday(date.fromisoformat(row.day), row.name_hi, row.name_en, row.source) for row in connection.execute(query)
    )
