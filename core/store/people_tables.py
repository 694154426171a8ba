"""The tables of who is who: departments, people, their chats, and the groups; the records stand in tables.py."""

from datetime import datetime

from sqlalchemy import BigInteger, Boolean, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from core.store.columns import identifier, instant, key, reference, text


class DepartmentRow(SQLModel, table=True):
    """A department; `next_serial` is what its next complaint is numbered."""

    __tablename__ = "department"
    id: int = Field(sa_column=identifier())
    code: str = Field(sa_column=Column(text().type, unique=True, nullable=False))
    name_hi: str = Field(sa_column=text())
    name_en: str = Field(sa_column=text())
    category: str | None = Field(default=None, sa_column=text(nullable=True))
    next_serial: int = Field(default=1001, sa_column=Column(BigInteger, nullable=False))


class AliasRow(SQLModel, table=True):
    """What people call a department; an alias belongs to one department."""

    __tablename__ = "department_alias"
    alias: str = Field(sa_column=key())
    department: int = Field(sa_column=reference())


class PersonRow(SQLModel, table=True):
    """Somebody of the office."""

    __tablename__ = "person"
    id: int = Field(sa_column=identifier())
    name_hi: str = Field(sa_column=text())
    name_en: str = Field(sa_column=text())
    designation_hi: str = Field(default="", sa_column=text())
    designation_en: str = Field(default="", sa_column=text())
    staff: bool = Field(default=False, sa_column=Column(Boolean, nullable=False))
    phone: str = Field(default="", sa_column=text())
    language: str | None = Field(default=None, sa_column=text(nullable=True))


class RoleRow(SQLModel, table=True):
    """A district-wide role that a person has."""

    __tablename__ = "role"
    person: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    role: str = Field(sa_column=key())


class MembershipRow(SQLModel, table=True):
    """A person belongs to a department."""

    __tablename__ = "membership"
    person: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    department: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    head: bool = Field(default=False, sa_column=Column(Boolean, nullable=False))
    since: datetime | None = Field(default=None, sa_column=instant(nullable=True))


class IdentityRow(SQLModel, table=True):
    """Who a user of a chat account is: a person of the office, `since` then or since they began to wait for it.

    lost_at: since when they cannot be written to.
    """

    __tablename__ = "identity"
    account: str = Field(sa_column=key())
    user: str = Field(sa_column=key())
    person: int = Field(sa_column=reference(index=True))
    since: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    lost_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))


class JoinRequestRow(SQLModel, table=True):
    """Somebody unknown in a department's group. `taken`: None as long as nobody has decided."""

    __tablename__ = "join_request"
    __table_args__ = (UniqueConstraint("account", "user", "department"),)
    id: int = Field(sa_column=identifier())
    account: str = Field(sa_column=text())
    user: str = Field(sa_column=text())
    chat: str = Field(sa_column=text())
    department: int = Field(sa_column=reference(index=True))
    name: str = Field(sa_column=text())
    asked_at: datetime = Field(sa_column=instant())
    taken: bool | None = Field(default=None, sa_column=Column(Boolean, nullable=True))
    decided_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    decided_by: int | None = Field(default=None, sa_column=reference(nullable=True))


class ComplainantRow(SQLModel, table=True):
    """A user of a chat account is the complainant of a petition; `chat` is where to reach them."""

    __tablename__ = "complainant"
    account: str = Field(sa_column=key())
    user: str = Field(sa_column=key())
    petition: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False, index=True))
    chat: str = Field(sa_column=text())


class GroupRow(SQLModel, table=True):
    """A chat that is bound to a department or is the administration group; `lost_at`: the bot is there no longer."""

    __tablename__ = "bound_group"
    __table_args__ = (UniqueConstraint("account", "chat"),)
    id: int = Field(sa_column=identifier())
    account: str = Field(sa_column=text())
    chat: str = Field(sa_column=text())
    purpose: str = Field(sa_column=text())
    department: int | None = Field(default=None, sa_column=reference(index=True, nullable=True))
    language: str | None = Field(default=None, sa_column=text(nullable=True))
    lost_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
