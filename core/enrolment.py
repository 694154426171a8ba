"""Who is who, changed: groups bound, languages chosen, chat users linked to people and to petitions."""

from dataclasses import replace
from datetime import datetime

from core.commands import (
    BindGroup,
    ChooseLanguage,
    EnrolmentCommand,
    LinkComplainant,
    LinkIdentity,
    LoseChat,
    RegainChat,
)
from core.groups import Group, Purpose
from core.people import Actor, Role
from core.refusals import Invalid, NotAllowed, NotFound
from core.store.queries import enrolment as rows
from core.store.queries.petitions import petition
from core.store.unit import UnitOfWork

LANGUAGES = ("hi", "en")


def perform(unit: UnitOfWork, command: EnrolmentCommand, by: Actor) -> Group | None:
    """Do it; returns the group that was bound, lost or regained, if one was. Raises a Refusal."""
    match command:
        case BindGroup():
            return _bind(unit, command, by)
        case ChooseLanguage():
            _choose_language(unit, command, by)
        case LinkIdentity():
            _link_identity(unit, command, by)
        case LinkComplainant():
            _link_complainant(unit, command, by)
        case LoseChat():
            return _reach(unit, command, command.at, by)
        case RegainChat():
            return _reach(unit, command, None, by)
    return None


def _bind(unit: UnitOfWork, command: BindGroup, by: Actor) -> Group:
    if not (by.system or by.has(Role.NODAL_OFFICER, Role.ADMINISTRATOR)):
        raise NotAllowed(Role.NODAL_OFFICER)
    department = None
    if command.purpose is Purpose.DEPARTMENT:
        found = unit.directory.department(command.department or "")
        if found is None:
            raise NotFound("department", command.department or "")
        department = found.id
    group = Group(unit.new_id("bound_group"), command.account, command.chat, command.purpose, department)
    rows.bind_group(unit, group)
    return group


def _reach(unit: UnitOfWork, command: LoseChat | RegainChat, lost_at: datetime | None, by: Actor) -> Group | None:
    """Losing twice, and regaining what was not lost, changes nothing."""
    if not by.system:
        raise NotAllowed(Role.ADMINISTRATOR)
    directory = unit.directory
    if command.user is not None:
        known = directory.identity(command.account, command.user)
        if known is not None and (known.lost_at is None) != (lost_at is None):
            rows.set_user_lost(unit, command.account, command.user, lost_at)
        return None
    found = directory.group_at if lost_at is not None else directory.lost_group_at
    group = found(command.account, command.chat)
    if group is None:
        return None
    rows.set_group_lost(unit, group.id, lost_at)
    return replace(group, lost_at=lost_at)


def _choose_language(unit: UnitOfWork, command: ChooseLanguage, by: Actor) -> None:
    if command.language not in LANGUAGES:
        raise Invalid("language", "unknown", command.language, ", ".join(LANGUAGES))
    group = unit.directory.group_at(command.account, command.chat)
    if group is not None:
        of_it = group.department is not None and by.belongs_to(group.department)
        if not (of_it or by.roles or by.system):
            raise NotAllowed(Role.MEMBER)
        rows.set_group_language(unit, group.id, command.language)
    elif by.person is not None:
        rows.set_person_language(unit, by.person, command.language)
    elif by.petition is not None:
        rows.set_petition_language(unit, by.petition, command.language)


def _link_identity(unit: UnitOfWork, command: LinkIdentity, by: Actor) -> None:
    if not (by.system or by.has(Role.NODAL_OFFICER, Role.ADMINISTRATOR)):
        raise NotAllowed(Role.NODAL_OFFICER)
    if command.person not in unit.directory.people:
        raise NotFound("person", str(command.person))
    rows.link_identity(unit, command.account, command.user, command.person)


def _link_complainant(unit: UnitOfWork, command: LinkComplainant, by: Actor) -> None:
    if command.last_four is None and not by.system:
        raise NotAllowed(Role.ADMINISTRATOR)
    brought = petition(unit.fresh, command.petition)
    if brought is None:
        raise NotFound("complaint", str(command.petition))
    if command.last_four is not None and (not brought.phone or brought.phone[-4:] != command.last_four):
        raise Invalid("last_four", "wrong")
    rows.link_complainant(unit, command.account, command.user, command.chat, command.petition)
