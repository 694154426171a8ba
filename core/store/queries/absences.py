"""Leave, and who was taken off duty."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, or_, select, update
from sqlalchemy import text as sql

from core.presence.absences import Leave, OffDuty
from core.store.presence_tables import LeaveRow, OffDutyRow
from core.store.staging import Run, Stage
from core.store.tables import table_of

_LEAVE = table_of(LeaveRow)
_OFF_DUTY = table_of(OffDutyRow)

_LEAVE_BY_ID = select(_LEAVE).where(_LEAVE.c.id == bindparam("of"))
_LEAVES_ON = (
    select(_LEAVE)
    .where(_LEAVE.c.last >= bindparam("since_day"), _LEAVE.c.first <= bindparam("until_day"))
    .order_by(_LEAVE.c.id)
)
_LEAVES_OF = _LEAVES_ON.where(_LEAVE.c.person == bindparam("of_person"))
_CANCEL = (
    update(_LEAVE)
    .where(_LEAVE.c.id == bindparam("b_id"))
    .values(cancelled_at=bindparam("b_at"), cancelled_by=bindparam("b_by"))
)
_NOT_RESTORED = select(_OFF_DUTY.c.person, _OFF_DUTY.c.until).where(sql("restored_at IS NULL")).order_by(_OFF_DUTY.c.id)
_LATEST = (
    select(_OFF_DUTY)
    .where(_OFF_DUTY.c.person == bindparam("of_person"), sql("restored_at IS NULL"))
    .order_by(_OFF_DUTY.c.id.desc())
    .limit(1)
)
_OFF_DUTY_AT = select(_OFF_DUTY).where(
    _OFF_DUTY.c.since <= bindparam("at"),
    or_(_OFF_DUTY.c.restored_at.is_(None), _OFF_DUTY.c.restored_at > bindparam("at")),
)
_RESTORE = (
    update(_OFF_DUTY)
    .where(_OFF_DUTY.c.person == bindparam("b_person"), sql("restored_at IS NULL"))
    .values(restored_at=bindparam("b_at"), restored_by=bindparam("b_by"))
)
_OF_PERSON = select(_OFF_DUTY).where(_OFF_DUTY.c.person == bindparam("of_person")).order_by(_OFF_DUTY.c.since)


def keep_leave(unit: Stage, leave: Leave) -> None:
    """Stage a leave."""
    row = {"id": leave.id, "person": leave.person, "first": leave.first.isoformat(), "last": leave.last.isoformat()}
    row |= {"reason": leave.reason, "entered_at": leave.entered_at, "entered_by": leave.entered_by}
    unit.insert(_LEAVE, {**row, "by_authority": leave.by_authority, "cancelled_at": None, "cancelled_by": None})


def cancel_leave(unit: Stage, id: int, at: datetime, by: int | None) -> None:
    """Stage that a leave is cancelled."""
    unit.write(_CANCEL, {"b_id": id, "b_at": at, "b_by": by})


def leave_by_id(run: Run, id: int) -> Leave | None:
    """One leave; leans on the primary key."""
    row = run(_LEAVE_BY_ID, {"of": id}).first()
    return None if row is None else _leave(row)


def leaves_between(run: Run, first: date, last: date) -> tuple[Leave, ...]:
    """Every leave that has a day of these, cancelled ones too; leans on the index on the last day."""
    return tuple(map(_leave, run(_LEAVES_ON, {"since_day": first.isoformat(), "until_day": last.isoformat()})))


def leaves_of(run: Run, person: int, first: date, last: date) -> tuple[Leave, ...]:
    """The same of one person."""
    days = {"since_day": first.isoformat(), "until_day": last.isoformat()}
    return tuple(map(_leave, run(_LEAVES_OF, {**days, "of_person": person})))


def keep_off_duty(unit: Stage, entry: OffDuty) -> None:
    """Stage that somebody is off duty."""
    row = {"id": entry.id, "person": entry.person, "since": entry.since, "reason": entry.reason, "by": entry.by}
    row |= {"until": entry.until.isoformat() if entry.until else None, "restored_at": None, "restored_by": None}
    unit.insert(_OFF_DUTY, row)
    unit.changed_directory()


def restore_to_duty(unit: Stage, person: int, at: datetime, by: int | None) -> None:
    """Stage that somebody is on duty again."""
    unit.write(_RESTORE, {"b_person": person, "b_at": at, "b_by": by})
    unit.changed_directory()


def read_off_duty(connection: Connection) -> dict[int, date | None]:
    """Who is not restored: person to the first day back; leans on the partial index."""
    return {row.person: _day(row.until) for row in connection.execute(_NOT_RESTORED)}


def present_off_duty(run: Run, person: int) -> OffDuty | None:
    """How a person was taken offline, if they are not restored; whether it still holds is for `OffDuty.holds`."""
    row = run(_LATEST, {"of_person": person}).first()
    return None if row is None else _off_duty(row)


def off_duty_at(run: Run, at: datetime) -> tuple[OffDuty, ...]:
    """Whoever had been taken offline and not been restored at an instant; whether the day fits is for `holds`."""
    return tuple(map(_off_duty, run(_OFF_DUTY_AT, {"at": at})))


def off_duty_of(run: Run, person: int) -> tuple[OffDuty, ...]:
    """Every time that a person was taken offline, in order."""
    return tuple(map(_off_duty, run(_OF_PERSON, {"of_person": person})))


def _leave(row: Row[Any]) -> Leave:
    return Leave(
        id=row.id,
        person=row.person,
        first=date.fromisoformat(row.first),
        last=date.fromisoformat(row.last),
        reason=row.reason,
        entered_at=row.entered_at,
        entered_by=row.entered_by,
        by_authority=row.by_authority,
        cancelled_at=row.cancelled_at,
        cancelled_by=row.cancelled_by,
    )


def _off_duty(row: Row[Any]) -> OffDuty:
    return OffDuty(
        id=row.id,
        person=row.person,
        since=row.since,
        until=_day(row.until),
        reason=row.reason,
        by=row.by,
        restored_at=row.restored_at,
        restored_by=row.restored_by,
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
