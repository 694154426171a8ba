"""Until when each account was receiving, and when it was not."""

from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from core.presence.outages import Span
from core.store.presence_tables import OutageRow, ReceivingRow
from core.store.staging import Run, Stage
from core.store.tables import table_of

_RECEIVING = table_of(ReceivingRow)
_OUTAGE = table_of(OutageRow)

_KEEP = {
    kind: statement.on_conflict_do_update(
        index_elements=[_RECEIVING.c.account], set_={"until": statement.excluded.until}
    )
    for kind, statement in (("sqlite", sqlite_insert(_RECEIVING)), ("postgresql", postgresql_insert(_RECEIVING)))
}
_KEEP_OUTAGE = {
    "sqlite": sqlite_insert(_OUTAGE).on_conflict_do_nothing(),
    "postgresql": postgresql_insert(_OUTAGE).on_conflict_do_nothing(),
}
_ALL = select(_RECEIVING).order_by(_RECEIVING.c.account)
_BETWEEN = (
    select(_OUTAGE)
    .where(_OUTAGE.c.until > bindparam("begin"), _OUTAGE.c.since < bindparam("end"))
    .order_by(_OUTAGE.c.account, _OUTAGE.c.since)
)


def receiving(run: Run) -> dict[str, Span]:
    """Since when each account is receiving, and until when, as far as it was written down."""
    return {row.account: (row.since, row.until) for row in run(_ALL)}


def keep_receiving(unit: Stage, account: str, since: datetime, until: datetime) -> None:
    """Stage that an account was receiving until then; `since` is kept of the first time alone."""
    unit.write(_KEEP[unit.connection.dialect.name], {"account": account, "since": since, "until": until})


def keep_outage(unit: Stage, account: str, since: datetime, until: datetime) -> None:
    """Stage that an account was not receiving; twice the same is one."""
    row = {"account": account, "since": since, "until": until}
    unit.write(_KEEP_OUTAGE[unit.connection.dialect.name], row)


def outages_between(run: Run, begin: datetime, end: datetime) -> dict[str, list[Span]]:
    """When each account was not receiving in a stretch of time; what lies outside is told too where a span overlaps."""
    found: dict[str, list[Span]] = {}
    for row in run(_BETWEEN, {"begin": begin, "end": end}):
        found.setdefault(row.account, []).append((row.since, row.until))
    return found
