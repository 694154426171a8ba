"""What was done of a day's things: inserted, or nothing."""

from datetime import date

from sqlalchemy import Connection, bindparam, select

from core.store.failures import Moment
from core.store.tables import OccasionRow, table_of

OCCASION = table_of(OccasionRow)
_THIS = select(OCCASION.c.name).where(OCCASION.c.name == bindparam("of_name"), OCCASION.c.day == bindparam("of_day"))


def has_been(connection: Connection, name: str, day: date) -> bool:
    """Whether it was done for that day; leans on the primary key."""
    return connection.execute(_THIS, {"of_name": name, "of_day": day.isoformat()}).first() is not None


def keep_occasion(unit: Moment, name: str, day: date) -> bool:
    """Stage that it is done for that day; False if it was already."""
    if unit.fresh(_THIS, {"of_name": name, "of_day": day.isoformat()}).first() is not None:
        return False
    unit.insert(OCCASION, {"name": name, "day": day.isoformat(), "at": unit.now})
    return True
