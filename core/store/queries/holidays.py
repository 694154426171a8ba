"""The office's holidays, frozen year by year, and those declared since (docs/design.md §4, rule 3)."""

from datetime import date

from sqlalchemy import Connection, select

from core.office_days import Holiday, holidays_of
from core.settings import OfficeSettings
from core.store.staging import Stage
from core.store.tables import HolidayRow, table_of

HOLIDAY = table_of(HolidayRow)


def frozen_holidays(connection: Connection) -> tuple[Holiday, ...]:
    """The holidays of country and state, in order."""
    return _holidays(connection, declared=False)


def declared_holidays(connection: Connection) -> tuple[Holiday, ...]:
    """The holidays that somebody declared, in order."""
    return _holidays(connection, declared=True)


def freeze_holidays(unit: Stage, holidays: list[Holiday]) -> None:
    """Stage holidays that are not in the database yet; what is there stays as it is."""
    known = set(unit.fresh(select(HOLIDAY.c.day)).scalars())
    for each in holidays:
        if each.day.isoformat() not in known:
            row = {"day": each.day.isoformat(), "name_hi": each.name_hi, "name_en": each.name_en}
            unit.insert(HOLIDAY, {**row, "source": each.source, "open": False, "declared_at": None})
    unit.changed_directory()


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
