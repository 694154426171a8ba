"""Links and sessions as they stand in the database, and who looked at whose phone. Tokens stand here only as sha256."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Connection, Row, bindparam, select, update
from sqlmodel import Field, SQLModel

from core.store.columns import identifier, instant, key, reference, text
from core.store.tables import PetitionRow, table_of


class LinkRow(SQLModel, table=True):
    """A personal link that was given out. `used_at`: when it was first followed; a once-link is dead from then on."""

    __tablename__ = "link"
    id: int = Field(sa_column=identifier())
    token_hash: str = Field(sa_column=Column(text().type, unique=True, nullable=False))
    purpose: str = Field(sa_column=text())
    person: int | None = Field(default=None, sa_column=reference(index=True, nullable=True))
    petition: int | None = Field(default=None, sa_column=reference(nullable=True))
    once: bool = Field(sa_column=Column(Boolean, nullable=False))
    issued_at: datetime = Field(sa_column=instant())
    expires_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    used_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))


class SessionRow(SQLModel, table=True):
    """Somebody who came in and is known by a cookie until `expires_at`."""

    __tablename__ = "session"
    token_hash: str = Field(sa_column=key())
    id: int = Field(sa_column=Column(BigInteger, nullable=False, unique=True))
    person: int | None = Field(default=None, sa_column=reference(index=True, nullable=True))
    guest: str | None = Field(default=None, sa_column=text(nullable=True))
    petition: int | None = Field(default=None, sa_column=reference(nullable=True))
    language: str | None = Field(default=None, sa_column=text(nullable=True))
    begun_at: datetime = Field(sa_column=instant())
    expires_at: datetime = Field(sa_column=instant(index=True))


class LookRow(SQLModel, table=True):
    """Somebody saw a complainant's full phone number (docs/design.md §4, Privacy)."""

    __tablename__ = "look"
    id: int = Field(sa_column=identifier())
    person: int = Field(sa_column=reference(index=True))
    complaint: int = Field(sa_column=reference(index=True))
    at: datetime = Field(sa_column=instant())


LINK, SESSION, LOOK = table_of(LinkRow), table_of(SessionRow), table_of(LookRow)
_PETITION = table_of(PetitionRow)

# FOR UPDATE, so that of two processes that are given a once-link only one lets somebody in; SQLite leaves it out.
LINK_TO_FOLLOW = select(LINK).where(LINK.c.token_hash == bindparam("hash")).with_for_update()
MARK_USED = update(LINK).where(LINK.c.id == bindparam("link")).values(used_at=bindparam("at"))
END_SESSION = update(SESSION).where(SESSION.c.token_hash == bindparam("hash")).values(expires_at=bindparam("at"))
SET_LANGUAGE = update(SESSION).where(SESSION.c.token_hash == bindparam("hash")).values(language=bindparam("spoken"))
LANGUAGE_OF_PETITION = select(_PETITION.c.language).where(_PETITION.c.id == bindparam("petition"))
_LINK_BY_TOKEN = select(LINK).where(LINK.c.token_hash == bindparam("hash"))
_SESSION_BY_TOKEN = select(SESSION).where(SESSION.c.token_hash == bindparam("hash"))


def link_of(connection: Connection, token_hash: str) -> Row[Any] | None:
    """The link with this token; leans on the unique index over token_hash."""
    return connection.execute(_LINK_BY_TOKEN, {"hash": token_hash}).one_or_none()


def session_of(connection: Connection, token_hash: str) -> Row[Any] | None:
    """The session with this token; leans on the primary key."""
    return connection.execute(_SESSION_BY_TOKEN, {"hash": token_hash}).one_or_none()
