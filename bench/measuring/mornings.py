"""A large office after a year of mornings: its people, their marks, and a verdict of each on each office day.

Rows are made by the database itself, one statement a day, and the indexes last: a year of 100,000 people is 29 million
of each kind.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, insert, literal, select
from sqlalchemy import text as sql

from core.clock import SetClock
from core.office import Office, Silence
from core.office_days import ONE_DAY, OfficeCalendar
from core.settings import OfficeSettings
from core.store.migrate import upgrade
from core.store.people_tables import DepartmentRow, GroupRow, IdentityRow, MembershipRow, PersonRow
from core.store.presence_tables import DayReportRow, DayVerdictRow, PresenceRow
from core.store.store import Store
from core.store.tables import table_of

NOON = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)
"""When it is measured: an office day, after its report."""

ABSENT_OF_100, LATE_OF_100 = 5, 10
_ACCOUNT = "bot"


def filled_office(url: str, officers: int, departments: int, days: int) -> Office:
    """An office in the new database at `url`, with so many people and reported days, today the last of them."""
    upgrade(url)
    store = Store.open(url, SetClock(NOON))
    office = Office(store, OfficeSettings(), store.clock, Silence())
    with store.database.writer.begin() as connection:
        _people(connection, officers, departments)
        _without_indexes(connection, table_of(DayVerdictRow), office_days(office.settings, days))
    _looked_after(store)
    return office


def _looked_after(store: Store) -> None:
    """PostgreSQL sweeps its tables by itself every few minutes; here it had no time for that."""
    if store.database.writer.dialect.name == "postgresql":
        with store.database.writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sql("VACUUM ANALYZE"))


def office_days(settings: OfficeSettings, count: int) -> list[date]:
    """The last so many office days, today the last."""
    calendar, day = OfficeCalendar.of(settings), NOON.date()
    found: list[date] = []
    while len(found) < count:
        if calendar.is_open(day):
            found.append(day)
        day -= ONE_DAY
    return sorted(found)


def _people(connection: Connection, officers: int, departments: int) -> None:
    groups = (
        {"id": n, "account": _ACCOUNT, "chat": f"g{n}", "purpose": "department", "department": n}
        for n in _to(departments)
    )
    named = {"name_hi": "अधिकारी", "name_en": "Officer"}
    _put(
        connection,
        DepartmentRow,
        ({"id": n, "code": _letters(n), **named, "next_serial": 1001} for n in _to(departments)),
    )
    _put(connection, GroupRow, groups)
    plain = {**named, "designation_hi": "", "designation_en": "", "staff": False, "phone": ""}
    _put(connection, PersonRow, ({"id": n, **plain} for n in _to(officers)))
    _put(connection, IdentityRow, ({"account": _ACCOUNT, "user": str(n), "person": n} for n in _to(officers)))
    _put(
        connection,
        MembershipRow,
        ({"person": n, "department": n % departments + 1, "head": n <= departments} for n in _to(officers)),
    )


def _without_indexes(connection: Connection, verdict: Table, days: list[date]) -> None:
    """Fill the days while the verdicts have no index but their key."""
    indexes = sorted(verdict.indexes, key=lambda index: str(index.name))
    for index in indexes:
        index.drop(connection)
    for number, day in enumerate(days):
        _fill_day(connection, day, number)
    for index in indexes:
        index.create(connection)


def _fill_day(connection: Connection, day: date, number: int) -> None:
    marks, verdict, membership = table_of(PresenceRow), table_of(DayVerdictRow), table_of(MembershipRow)
    chance = (membership.c.person * 7919 + number * 104729) % 100
    begin = datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=3, minutes=35)
    bits = [literal(each) for each in (0b11010011, 0b1000, 0b111, 0b10)]
    at, text = literal(begin, marks.c.last.type), day.isoformat()
    for lowest, highest, said in (
        (0, ABSENT_OF_100, "absent"),
        (ABSENT_OF_100, LATE_OF_100, "late"),
        (LATE_OF_100, 100, "present"),
    ):
        some = (chance >= lowest) & (chance < highest)
        first = at if said != "absent" else literal(None, marks.c.last.type)
        rows = select(
            literal(text),
            membership.c.person,
            membership.c.department,
            literal(said),
            literal(said),
            first,
            literal(False),
        )
        columns = ["day", "person", "department", "reported", "verdict", "first", "corrected"]
        connection.execute(insert(verdict).from_select(columns, rows.where(some)))
    seen = select(literal(text), membership.c.person, *bits, at, literal(begin + timedelta(hours=1), marks.c.last.type))
    columns = ["day", "person", "strong", "weak", "strong_periods", "weak_periods", "first", "last"]
    connection.execute(insert(marks).from_select(columns, seen.where(chance >= ABSENT_OF_100)))
    departments = select(literal(text), table_of(DepartmentRow).c.id, literal(begin, marks.c.last.type))
    connection.execute(insert(table_of(DayReportRow)).from_select(["day", "department", "at"], departments))


def _put(connection: Connection, model: Any, rows: Iterator[dict[str, object]]) -> None:
    connection.execute(insert(table_of(model)), list(rows))


def _to(count: int) -> range:
    return range(1, count + 1)


def _letters(number: int) -> str:
    """Letters of a department: AAA, AAB, ..."""
    return "".join(chr(ord("A") + number // 26**place % 26) for place in (2, 1, 0))
