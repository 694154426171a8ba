"""What raised where nothing should: kept with the event, so that it can be looked at and tried again."""

import traceback
from datetime import datetime
from typing import Protocol

from sqlalchemy.exc import DBAPIError

from core.storable import storable_text
from core.store.staging import Stage, StaleVersion
from core.store.tables import FailureRow, table_of

FAILURE = table_of(FailureRow)


class Moment(Stage, Protocol):
    """A unit of work that knows when its batch began."""

    now: datetime


def keep_failure(unit: Moment, error: Exception, raw: str, key: str | None = None) -> int:
    """Stage a failure; returns its id. Only frames and the error's type: its words may hold what a person wrote."""
    id = unit.new_id("failure")
    frames = "".join(traceback.format_tb(error.__traceback__)) + type(error).__name__
    unit.insert(
        FAILURE,
        {"id": id, "at": unit.now, "key": key, "raw": storable_text(raw), "traceback": frames, "retried_at": None},
    )
    return id


def is_of_the_database(error: BaseException) -> bool:
    """Whether the whole batch must run again: then no part of it may go on."""
    return isinstance(error, (DBAPIError, StaleVersion))
