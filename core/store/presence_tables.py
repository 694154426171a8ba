"""The tables of presence: marks, reports of days, leave, off duty, and when the office itself was not receiving.

Days are the office's dates in ISO form.
"""

from datetime import datetime

from sqlalchemy import BigInteger, Boolean, Column, Index
from sqlalchemy import text as sql
from sqlmodel import Field, SQLModel

from core.store.columns import identifier, instant, key, reference, text

IS_ABSENT = "verdict = 'absent'"
NOT_TOLD = "told_at IS NULL"
"""Queries that lean on the partial indexes say it in these very words."""


def _bits() -> Column[int]:
    return Column(BigInteger, nullable=False)


def _person() -> Column[int]:
    return Column(BigInteger, primary_key=True, autoincrement=False)


class PresenceRow(SQLModel, table=True):
    """A person's marks on a day, as core.presence.marks.Marks has them; only inside the window is there a row."""

    __tablename__ = "presence"
    __table_args__ = ({"sqlite_with_rowid": False},)
    day: str = Field(sa_column=key())
    person: int = Field(sa_column=_person())
    strong: int = Field(sa_column=_bits())
    weak: int = Field(sa_column=_bits())
    strong_periods: int = Field(sa_column=_bits())
    weak_periods: int = Field(sa_column=_bits())
    first: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    last: datetime = Field(sa_column=instant())


class WaitingMarkRow(SQLModel, table=True):
    """A mark of somebody whom the office does not know yet, in a department's group; it counts once they are known."""

    __tablename__ = "waiting_mark"
    account: str = Field(sa_column=key())
    user: str = Field(sa_column=key())
    at: datetime = Field(sa_column=Column(instant().type, primary_key=True))
    strength: str = Field(sa_column=key())


class DayReportRow(SQLModel, table=True):
    """A department's day was reported: its verdicts stand, and change by amendments alone."""

    __tablename__ = "day_report"
    day: str = Field(sa_column=key())
    department: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    at: datetime = Field(sa_column=instant())


class DayVerdictRow(SQLModel, table=True):
    """A verdict as reported and as it stands now. `reported`: None for who was not in the report.

    department: that whose window counted.   corrected: a senior has said what it is, so marks change it no more.
    """

    __tablename__ = "day_verdict"
    __table_args__ = (
        # All columns: a month of a department is read from the index alone, wherever its rows lie in a year's table.
        Index("day_verdict_of_department", "department", "day", "person", "verdict", "reported", "first", "corrected"),
        Index("day_verdict_of_person", "person", "day"),
        Index(
            "absentee",
            "day",
            "department",
            "person",
            sqlite_where=sql(IS_ABSENT),
            postgresql_where=sql(IS_ABSENT),
        ),
        {"sqlite_with_rowid": False},
    )
    day: str = Field(sa_column=key())
    person: int = Field(sa_column=_person())
    department: int = Field(sa_column=reference())
    reported: str | None = Field(default=None, sa_column=text(nullable=True))
    verdict: str = Field(sa_column=text())
    first: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    corrected: bool = Field(default=False, sa_column=Column(Boolean, nullable=False))


class AmendmentRow(SQLModel, table=True):
    """A verdict changed after the report: who, when, from, to, why. `words`: what a senior gave as the reason."""

    __tablename__ = "amendment"
    __table_args__ = (
        Index("amendment_of_day", "day", "person"),
        Index(
            "amendment_not_told",
            "id",
            sqlite_where=sql(NOT_TOLD),
            postgresql_where=sql(NOT_TOLD),
        ),
    )
    id: int = Field(sa_column=identifier())
    day: str = Field(sa_column=text())
    person: int = Field(sa_column=reference(index=True))
    department: int = Field(sa_column=reference())
    at: datetime = Field(sa_column=instant())
    by: int | None = Field(default=None, sa_column=reference(nullable=True))
    was: str | None = Field(default=None, sa_column=text(nullable=True))
    becomes: str = Field(sa_column=text())
    why: str = Field(sa_column=text())
    words: str = Field(default="", sa_column=text())
    told_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))


class LeaveRow(SQLModel, table=True):
    """Leave from the day `first` to `last`, as core.presence.absences.Leave has it."""

    __tablename__ = "leave"
    __table_args__ = (Index("leave_of_person", "person", "last"), Index("leave_by_last_day", "last"))
    id: int = Field(sa_column=identifier())
    person: int = Field(sa_column=reference())
    first: str = Field(sa_column=text())
    last: str = Field(sa_column=text())
    reason: str = Field(default="", sa_column=text())
    entered_at: datetime = Field(sa_column=instant())
    entered_by: int | None = Field(default=None, sa_column=reference(nullable=True))
    by_authority: bool = Field(default=False, sa_column=Column(Boolean, nullable=False))
    cancelled_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    cancelled_by: int | None = Field(default=None, sa_column=reference(nullable=True))


class OffDutyRow(SQLModel, table=True):
    """Somebody was taken offline, as core.presence.absences.OffDuty has it."""

    __tablename__ = "off_duty"
    __table_args__ = (
        Index("off_duty_of_person", "person", "since"),
        Index(
            "off_duty_now",
            "person",
            sqlite_where=sql("restored_at IS NULL"),
            postgresql_where=sql("restored_at IS NULL"),
        ),
    )
    id: int = Field(sa_column=identifier())
    person: int = Field(sa_column=reference())
    since: datetime = Field(sa_column=instant())
    until: str | None = Field(default=None, sa_column=text(nullable=True))
    reason: str = Field(sa_column=text())
    by: int | None = Field(default=None, sa_column=reference(nullable=True))
    restored_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    restored_by: int | None = Field(default=None, sa_column=reference(nullable=True))


class ReceivingRow(SQLModel, table=True):
    """An account was receiving until then, as far as we know; a running office moves it on every minute.

    since: when it did for the first time.
    """

    __tablename__ = "receiving"
    account: str = Field(sa_column=key())
    since: datetime = Field(sa_column=instant())
    until: datetime = Field(sa_column=instant())


class OutageRow(SQLModel, table=True):
    """An account was not receiving, from `since` to `until`."""

    __tablename__ = "outage"
    account: str = Field(sa_column=key())
    since: datetime = Field(sa_column=Column(instant().type, primary_key=True))
    until: datetime = Field(sa_column=instant(index=True))
