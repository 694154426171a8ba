"""The tables of the records. Rows are written by Core statements; the models define them and serve reads."""

from datetime import datetime

from sqlalchemy import BigInteger, Boolean, Column, Float, Index, Integer, Table, UniqueConstraint
from sqlalchemy import text as sql
from sqlmodel import Field, SQLModel

from core.store.columns import identifier, instant, key, reference, text

OPEN_STATES = "state IN ('registered', 'acknowledged', 'reopened', 'transferred', 'paused')"
"""Every query over open complaints says it in these very words, or SQLite does not use the partial indexes."""

IS_SOLUTION = "kind = 'solved'"
IS_ASKED = "asked IS NOT NULL"
IS_FLAGGED = "flags > 0"
"""So do the queries over solutions, those that somebody is asked about, and those that are flagged."""

UNCONFIRMED = "state = 'solved'"
"""The same for those that nobody has confirmed yet."""


def table_of(model: type[SQLModel]) -> Table:
    """The Core table of a model, for statements."""
    table: Table = model.__table__  # type: ignore[attr-defined]  # SQLModel makes it
    return table


class PetitionRow(SQLModel, table=True):
    """What a person brought. Name, phone, village and words are personal and become "" when erased.

    folded: name, village and words as they are searched (core/text.py); personal as they are.
    """

    __tablename__ = "petition"
    id: int = Field(sa_column=identifier())
    name: str = Field(sa_column=text())
    phone: str = Field(sa_column=text(index=True))
    village: str = Field(sa_column=text())
    words: str = Field(sa_column=text())
    folded: str = Field(default="", sa_column=text())
    kind: str = Field(sa_column=text())
    confidential: bool = Field(sa_column=Column(Boolean, nullable=False))
    waiting: bool = Field(sa_column=Column(Boolean, nullable=False))
    about: int | None = Field(default=None, sa_column=reference(nullable=True))
    heard_by: int | None = Field(default=None, sa_column=reference(nullable=True))
    direction: str | None = Field(default=None, sa_column=text(nullable=True))
    papers: str = Field(default="[]", sa_column=text())
    registered_at: datetime = Field(sa_column=instant())
    registered_by: int | None = Field(default=None, sa_column=reference(nullable=True))
    language: str | None = Field(default=None, sa_column=text(nullable=True))


class ComplaintRow(SQLModel, table=True):
    """A complaint as folded from its timeline: what is searched by stands in columns, all of it in `record`."""

    __tablename__ = "complaint"
    __table_args__ = (
        Index("complaint_of_petition", "petition"),
        Index("complaint_by_department_and_state", "department", "state", "category"),
        Index(
            "open_complaint_by_due_time",
            "department",
            "due_at",
            sqlite_where=sql(OPEN_STATES),
            postgresql_where=sql(OPEN_STATES),
        ),
        Index(
            "open_complaint_of_assignee",
            "assignee",
            "due_at",
            sqlite_where=sql(OPEN_STATES),
            postgresql_where=sql(OPEN_STATES),
        ),
        # Of these two everything is read in the index that the board counts and sorts by: the rows themselves are long.
        Index(
            "open_complaint_of_all",
            "due_at",
            "id",
            "department",
            "state",
            "category",
            "registered_at",
            sqlite_where=sql(OPEN_STATES),
            postgresql_where=sql(OPEN_STATES),
        ),
        Index(
            "unconfirmed_complaint",
            "solved_at",
            "id",
            "department",
            "category",
            "registered_at",
            sqlite_where=sql(UNCONFIRMED),
            postgresql_where=sql(UNCONFIRMED),
        ),
        Index("complaint_by_registration", "registered_at"),
        Index(
            "complaint_joined_to",
            "merged_into",
            sqlite_where=sql("merged_into IS NOT NULL"),
            postgresql_where=sql("merged_into IS NOT NULL"),
        ),
        Index(
            "complaint_by_next_clock",
            "next_at",
            sqlite_where=sql("next_at IS NOT NULL"),
            postgresql_where=sql("next_at IS NOT NULL"),
        ),
        Index(
            "complaint_by_who_is_asked",
            "asked",
            "next_at",
            sqlite_where=sql(IS_ASKED),
            postgresql_where=sql(IS_ASKED),
        ),
        Index(
            "flagged_complaint",
            "solved_at",
            sqlite_where=sql(IS_FLAGGED),
            postgresql_where=sql(IS_FLAGGED),
        ),
    )
    id: int = Field(sa_column=identifier())
    code: str = Field(sa_column=Column(text().type, unique=True, nullable=False))
    petition: int = Field(sa_column=reference())
    department: int = Field(sa_column=reference())
    category: str = Field(sa_column=text())
    state: str = Field(sa_column=text())
    registered_at: datetime = Field(sa_column=instant())
    registered_day: str = Field(sa_column=text())
    due_at: datetime = Field(sa_column=instant())
    assignee: int | None = Field(default=None, sa_column=reference(nullable=True))
    solved_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    closed_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    next_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    asked: str | None = Field(default=None, sa_column=text(nullable=True))
    flags: int = Field(default=0, sa_column=Column(Integer, nullable=False))
    merged_into: int | None = Field(default=None, sa_column=reference(nullable=True))
    version: int = Field(sa_column=Column(Integer, nullable=False))
    head: str = Field(sa_column=text())
    record: str = Field(sa_column=text())


class TimelineRow(SQLModel, table=True):
    """What happened, append-only: `hash` covers every other column and the hash of the entry before."""

    __tablename__ = "timeline"
    __table_args__ = (
        UniqueConstraint("complaint", "number"),
        Index(
            "solution_by_person",
            "person",
            "at",
            sqlite_where=sql(IS_SOLUTION),
            postgresql_where=sql(IS_SOLUTION),
        ),
    )
    id: int = Field(sa_column=identifier())
    complaint: int = Field(sa_column=reference())
    number: int = Field(sa_column=Column(Integer, nullable=False))
    kind: str = Field(sa_column=text())
    at: datetime = Field(sa_column=instant())
    person: int | None = Field(default=None, sa_column=reference(nullable=True))
    via: str = Field(sa_column=text())
    payload: str = Field(sa_column=text())
    personal_digest: str = Field(sa_column=text())
    previous: str = Field(sa_column=text())
    hash: str = Field(sa_column=text())


class PersonalRow(SQLModel, table=True):
    """The personal fields of a timeline entry; erasing deletes the row, the chain still proves the rest."""

    __tablename__ = "personal"
    entry: int = Field(sa_column=identifier())
    salt: str = Field(sa_column=text())
    payload: str = Field(sa_column=text())


class ErasedRow(SQLModel, table=True):
    """Which personal fields were erased, when, and under which rule of retention."""

    __tablename__ = "erased"
    entry: int = Field(sa_column=identifier())
    at: datetime = Field(sa_column=instant())
    rule: str = Field(sa_column=text())


class ChainHeadRow(SQLModel, table=True):
    """The head of a complaint's chain on a day; a chain that later ends before it has lost its tail."""

    __tablename__ = "chain_head"
    __table_args__ = (Index("chain_head_of_complaint", "complaint", "number"),)
    day: str = Field(sa_column=key())
    complaint: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    number: int = Field(sa_column=Column(Integer, nullable=False))
    hash: str = Field(sa_column=text())


class AttachmentRow(SQLModel, table=True):
    """A file that is kept under its content's sha256."""

    __tablename__ = "attachment"
    sha256: str = Field(sa_column=key())
    name: str = Field(sa_column=text())
    media_type: str = Field(sa_column=text())
    size: int = Field(sa_column=Column(BigInteger, nullable=False))
    kept_at: datetime = Field(sa_column=instant())


class PictureRow(SQLModel, table=True):
    """A kept picture; latitude and longitude in degrees, where the camera had told the place."""

    __tablename__ = "picture"
    id: int = Field(sa_column=identifier())
    sha256: str = Field(sa_column=Column(text().type, unique=True, nullable=False))
    latitude: float | None = Field(default=None, sa_column=Column(Float, nullable=True))
    longitude: float | None = Field(default=None, sa_column=Column(Float, nullable=True))


class PictureHashRow(SQLModel, table=True):
    """How a picture, or one of its cut-outs, looks (core.likeness): 32 hexadecimal digits. `cut` 0 is the whole."""

    __tablename__ = "picture_hash"
    picture: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    cut: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    hash: str = Field(sa_column=text())


class PictureBandRow(SQLModel, table=True):
    """A piece of a hash, by which pictures that look alike are found."""

    __tablename__ = "picture_band"
    band: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    cut: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    picture: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))


class AlikeRow(SQLModel, table=True):
    """Two kept pictures look alike; each pair stands here both ways round."""

    __tablename__ = "alike"
    sha256: str = Field(sa_column=key())
    other: str = Field(sa_column=key())


class FileUseRow(SQLModel, table=True):
    """A file came with a complaint: with what the department claims, or (`brought`) with what the complainant says."""

    __tablename__ = "file_use"
    sha256: str = Field(sa_column=key())
    complaint: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False, index=True))
    brought: bool = Field(sa_column=Column(Boolean, primary_key=True))


class SecretRow(SQLModel, table=True):
    """Something that the office drew by lot once, and that nobody is told."""

    __tablename__ = "secret"
    name: str = Field(sa_column=key())
    value: str = Field(sa_column=text())


class HolidayRow(SQLModel, table=True):
    """A holiday as frozen or declared; a package upgrade never moves it (docs/design.md §4, rule 3)."""

    __tablename__ = "holiday"
    day: str = Field(sa_column=key())
    name_hi: str = Field(sa_column=text())
    name_en: str = Field(sa_column=text())
    source: str = Field(sa_column=text())
    open: bool = Field(default=False, sa_column=Column(Boolean, nullable=False))
    declared_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))


class HolidayChangeRow(SQLModel, table=True):
    """That a holiday was declared, or taken back: by whom and when. Rows are only added."""

    __tablename__ = "holiday_change"
    id: int = Field(sa_column=identifier())
    day: str = Field(sa_column=text())
    at: datetime = Field(sa_column=instant(index=True))
    by: int | None = Field(default=None, sa_column=reference(nullable=True))
    declared: bool = Field(sa_column=Column(Boolean, nullable=False))
    name_hi: str = Field(sa_column=text())
    name_en: str = Field(sa_column=text())


class WorkKeyRow(SQLModel, table=True):
    """A work that was done; the same key does nothing more and is given `answer` again."""

    __tablename__ = "work_key"
    key: str = Field(sa_column=key())
    at: datetime = Field(sa_column=instant(index=True))
    answer: str = Field(default="", sa_column=text())


class FailureRow(SQLModel, table=True):
    """A work that raised: what came, and the traceback. `janmilan failures` lists and retries."""

    __tablename__ = "failure"
    id: int = Field(sa_column=identifier())
    at: datetime = Field(sa_column=instant())
    key: str | None = Field(default=None, sa_column=text(nullable=True))
    raw: str = Field(sa_column=text())
    traceback: str = Field(sa_column=text())
    retried_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))


class IdentifierRow(SQLModel, table=True):
    """The next id of a table that has not been handed out in a block yet."""

    __tablename__ = "identifier"
    name: str = Field(sa_column=key())
    next: int = Field(sa_column=Column(BigInteger, nullable=False))


class GenerationRow(SQLModel, table=True):
    """Counts changes of what is cached in memory (people, departments, groups); each batch reads it first."""

    __tablename__ = "generation"
    id: int = Field(sa_column=identifier())
    number: int = Field(sa_column=Column(BigInteger, nullable=False))


class OccasionRow(SQLModel, table=True):
    """Something of a day that was done, by name: inserted or nothing, whoever is running."""

    __tablename__ = "occasion"
    name: str = Field(sa_column=key())
    day: str = Field(sa_column=key())
    at: datetime = Field(sa_column=instant())
