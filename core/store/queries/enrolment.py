"""Writing who is who. Everything here bumps the generation, so that every process reads it anew."""

from datetime import datetime

from sqlalchemy import bindparam, delete, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from core.groups import Group
from core.store.failures import Moment
from core.store.people_tables import GroupRow, IdentityRow, PersonRow
from core.store.queries.petitions import COMPLAINANT, PETITION
from core.store.staging import Stage
from core.store.tables import table_of

_GROUP = table_of(GroupRow)
_IDENTITY = table_of(IdentityRow)
_PERSON = table_of(PersonRow)

_UNBIND_CHAT = delete(_GROUP).where(_GROUP.c.account == bindparam("of_account"), _GROUP.c.chat == bindparam("of_chat"))
_UNBIND_DEPARTMENT = delete(_GROUP).where(
    _GROUP.c.account == bindparam("of_account"),
    _GROUP.c.purpose == bindparam("of_purpose"),
    _GROUP.c.department.is_not_distinct_from(bindparam("of_department")),
)
_GROUP_LANGUAGE = update(_GROUP).where(_GROUP.c.id == bindparam("b_id")).values(language=bindparam("language"))
_PERSON_LANGUAGE = update(_PERSON).where(_PERSON.c.id == bindparam("b_id")).values(language=bindparam("language"))
_PETITION_LANGUAGE = update(PETITION).where(PETITION.c.id == bindparam("b_id")).values(language=bindparam("language"))
_GROUP_LOST = update(_GROUP).where(_GROUP.c.id == bindparam("b_id")).values(lost_at=bindparam("lost"))
_USER_LOST = (
    update(_IDENTITY)
    .where(_IDENTITY.c.account == bindparam("of_account"), _IDENTITY.c.user == bindparam("of_user"))
    .values(lost_at=bindparam("lost"))
)
_UNLINK = delete(_IDENTITY).where(
    _IDENTITY.c.account == bindparam("of_account"), _IDENTITY.c.user == bindparam("of_user")
)
_LINK_COMPLAINANT = {
    "sqlite": sqlite_insert(COMPLAINANT).on_conflict_do_nothing(),
    "postgresql": postgresql_insert(COMPLAINANT).on_conflict_do_nothing(),
}


def bind_group(unit: Stage, group: Group) -> None:
    """Stage the binding; the chat's old one, and the department's old group on this account, give way."""
    unit.write(_UNBIND_CHAT, {"of_account": group.account, "of_chat": group.chat})
    unit.write(
        _UNBIND_DEPARTMENT,
        {"of_account": group.account, "of_purpose": group.purpose.value, "of_department": group.department},
    )
    row = {"id": group.id, "account": group.account, "chat": group.chat, "purpose": group.purpose.value}
    unit.insert(_GROUP, {**row, "department": group.department, "language": group.language})
    unit.changed_directory()


def set_group_lost(unit: Stage, group: int, at: datetime | None) -> None:
    """Stage since when the bot is in a group no longer; None: it is there."""
    unit.write(_GROUP_LOST, {"b_id": group, "lost": at})
    unit.changed_directory()


def set_user_lost(unit: Stage, account: str, user: str, at: datetime | None) -> None:
    """Stage since when a user cannot be written to; None: they can."""
    unit.write(_USER_LOST, {"of_account": account, "of_user": user, "lost": at})
    unit.changed_directory()


def set_group_language(unit: Stage, group: int, language: str) -> None:
    """Stage a group's choice."""
    unit.write(_GROUP_LANGUAGE, {"b_id": group, "language": language})
    unit.changed_directory()


def set_person_language(unit: Stage, person: int, language: str) -> None:
    """Stage a person's choice."""
    unit.write(_PERSON_LANGUAGE, {"b_id": person, "language": language})
    unit.changed_directory()


def set_petition_language(unit: Stage, petition: int, language: str) -> None:
    """Stage a complainant's choice."""
    unit.write(_PETITION_LANGUAGE, {"b_id": petition, "language": language})


def link_identity(unit: Moment, account: str, user: str, person: int, since: datetime | None = None) -> None:
    """Stage who a user of a chat account is; `since`: from when on, None: from now on."""
    unit.write(_UNLINK, {"of_account": account, "of_user": user})
    unit.insert(_IDENTITY, {"account": account, "user": user, "person": person, "since": since or unit.now})
    unit.changed_directory()


def link_complainant(unit: Stage, account: str, user: str, chat: str, petition: int) -> None:
    """Stage whose petition it is; linking twice changes nothing."""
    statement = _LINK_COMPLAINANT[unit.connection.dialect.name]
    unit.write(statement, {"account": account, "user": user, "chat": chat, "petition": petition})
