"""Marks of presence, written in the batch of what they came with, and read by day and by person."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, and_, bindparam, case, delete, exists, func, or_, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from core.presence.marks import Marks, Strength
from core.store.people_tables import MembershipRow
from core.store.presence_tables import PresenceRow, WaitingMarkRow
from core.store.staging import Run, Stage
from core.store.tables import table_of

PRESENCE = table_of(PresenceRow)
_WAITING = table_of(WaitingMarkRow)
_MEMBERSHIP = table_of(MembershipRow)
_BITS = ("strong", "weak", "strong_periods", "weak_periods")


def _keep(insert: Any) -> Any:
    statement = insert(PRESENCE)
    known, new = PRESENCE.c, statement.excluded
    earlier = and_(new.first.is_not(None), or_(known.first.is_(None), new.first < known.first))
    return statement.on_conflict_do_update(
        index_elements=["day", "person"],
        set_={
            **{name: known[name].bitwise_or(new[name]) for name in _BITS},
            "first": case((earlier, new.first), else_=known.first),
            "last": case((new.last > known.last, new.last), else_=known.last),
        },
    )


_KEEP = {"sqlite": _keep(sqlite_insert), "postgresql": _keep(postgresql_insert)}
_KEEP_WAITING = {
    "sqlite": sqlite_insert(_WAITING).on_conflict_do_nothing(),
    "postgresql": postgresql_insert(_WAITING).on_conflict_do_nothing(),
}
_OF_DAY = select(PRESENCE).where(PRESENCE.c.day == bindparam("of_day"))
_OF_PERSON_AND_DAY = select(PRESENCE).where(
    PRESENCE.c.day == bindparam("of_day"), PRESENCE.c.person == bindparam("of_person")
)
_OF_PEOPLE = _OF_DAY.where(PRESENCE.c.person.in_(bindparam("people", expanding=True)))
_WAITED = (
    select(_WAITING.c.at, _WAITING.c.strength)
    .where(_WAITING.c.account == bindparam("of_account"), _WAITING.c.user == bindparam("of_user"))
    .order_by(_WAITING.c.at)
)
_DROP_WAITED = delete(_WAITING).where(
    _WAITING.c.account == bindparam("b_account"), _WAITING.c.user == bindparam("b_user")
)
_UNSEEN = (
    select(_MEMBERSHIP.c.person)
    .distinct()
    .where(
        ~exists().where(PRESENCE.c.day == bindparam("of_day"), PRESENCE.c.person == _MEMBERSHIP.c.person),
    )
    .order_by(_MEMBERSHIP.c.person)
)
_SEEN = select(func.count()).select_from(PRESENCE).where(PRESENCE.c.day == bindparam("of_day"))


def keep_marks(unit: Stage, day: date, person: int, marks: Marks) -> None:
    """Stage marks of a person on a day, joined to those that are there; in any order, and as often as they come."""
    unit.write(
        _KEEP[unit.connection.dialect.name],
        {
            "day": day.isoformat(),
            "person": person,
            "strong": marks.strong,
            "weak": marks.weak,
            "strong_periods": marks.strong_periods,
            "weak_periods": marks.weak_periods,
            "first": marks.first,
            "last": marks.last,
        },
    )


def keep_waiting_mark(unit: Stage, account: str, user: str, at: datetime, strength: Strength) -> None:
    """Stage a mark of somebody who is not known yet; twice the same is one."""
    row = {"account": account, "user": user, "at": at, "strength": strength.value}
    unit.write(_KEEP_WAITING[unit.connection.dialect.name], row)


def take_waiting_marks(unit: Stage, account: str, user: str) -> tuple[tuple[datetime, Strength], ...]:
    """The marks of somebody who is known from now on, in order of time; they are gone from where they waited."""
    rows = unit.fresh(_WAITED, {"of_account": account, "of_user": user}).all()
    if rows:
        unit.write(_DROP_WAITED, {"b_account": account, "b_user": user})
    return tuple((row.at, Strength(row.strength)) for row in rows)


def marks_on(run: Run, day: date) -> dict[int, Marks]:
    """Everybody's marks on a day, by person; leans on the primary key."""
    return {row.person: _marks(row) for row in run(_OF_DAY, {"of_day": day.isoformat()})}


def marks_of_people(run: Run, day: date, people: Collection[int]) -> dict[int, Marks]:
    """The same of some people."""
    rows = run(_OF_PEOPLE, {"of_day": day.isoformat(), "people": sorted(people)})
    return {row.person: _marks(row) for row in rows}


def marks_of_person(run: Run, day: date, person: int) -> Marks | None:
    """A person's marks on a day; None without any."""
    row = run(_OF_PERSON_AND_DAY, {"of_day": day.isoformat(), "of_person": person}).first()
    return None if row is None else _marks(row)


def members_unseen(run: Run, day: date) -> tuple[int, ...]:
    """Everybody of any department who has no mark on a day; leans on the primary key of the marks."""
    return tuple(run(_UNSEEN, {"of_day": day.isoformat()}).scalars())


def count_marked(run: Run, day: date) -> int:
    """How many people have a mark on a day."""
    return int(run(_SEEN, {"of_day": day.isoformat()}).scalar_one())


def _marks(row: Row[Any]) -> Marks:
    return Marks(row.strong, row.weak, row.strong_periods, row.weak_periods, row.first, row.last)
