"""The office's holidays, frozen year by year, and those declared since (docs/design.md §4, rule 3)."""

from datetime import date, datetime

from sqlalchemy import Connection, bindparam, func, select, update
from sqlalchemy import text as sql

from core.complaints.complaint import Complaint
from core.office_days import Holiday, holidays_of
from core.settings import OfficeSettings
from core.store.records import COMPLAINT, complaints_of
from core.store.staging import Stage
from core.store.tables import OPEN_STATES, HolidayRow, table_of

HOLIDAY = table_of(HolidayRow)
_DECLARE = (
    update(HOLIDAY)
    .where(HOLIDAY.c.day == bindparam("b_day"))
    .values(name_hi=bindparam("b_name_hi"), name_en=bindparam("b_name_en"), declared_at=bindparam("b_at"))
)
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


def open_complaints_due_between(unit: Stage, begin: datetime, end: datetime) -> tuple[Complaint, ...]:
    """Open complaints that are due in [begin, end), by id, locked; scans open_complaint_by_due_time."""
    return complaints_of(unit.fresh(_DUE_BETWEEN, {"begin": begin, "end": end}).scalars())


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
