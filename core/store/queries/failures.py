"""The failures that were kept, as `janmilan failures` shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, update

from core.store.staging import Stage
from core.store.tables import FailureRow, table_of

_FAILURE = table_of(FailureRow)
_ALL = select(_FAILURE).order_by(_FAILURE.c.id.desc()).limit(1000)
_BY_ID = select(_FAILURE).where(_FAILURE.c.id == bindparam("of"))
_RETRIED = update(_FAILURE).where(_FAILURE.c.id == bindparam("b_id")).values(retried_at=bindparam("b_at"))


@dataclass(frozen=True)
class Failure:
    """A work that raised. `raw`: what came, as JSON.   traceback: its frames, and the error's type in the last line."""

    id: int
    at: datetime
    raw: str
    traceback: str
    retried_at: datetime | None

    @property
    def error(self) -> str:
        """The type of the error."""
        return self.traceback.rpartition("\n")[2]


def failures(connection: Connection) -> Sequence[Failure]:
    """The newest thousand, the latest first; leans on the primary key."""
    return [_failure(row) for row in connection.execute(_ALL)]


def failure(connection: Connection, id: int) -> Failure | None:
    """One of them; None where there is none of this number."""
    row = connection.execute(_BY_ID, {"of": id}).one_or_none()
    return None if row is None else _failure(row)


def mark_retried(unit: Stage, id: int, at: datetime) -> None:
    """Stage that it was handled again."""
    unit.write(_RETRIED, {"b_id": id, "b_at": at})


def _failure(row: Row[Any]) -> Failure:
    return Failure(row.id, row.at, row.raw, row.traceback, row.retried_at)
