"""The office's roster, changed: people, who is in which department, who has which role, departments.

The nodal officer enrols people; departments and roles are the administrator's (docs/design.md §4, Who may do what).
"""

import re
from dataclasses import replace

from core.departments import Department
from core.people import DISTRICT_ROLES, Actor, Membership, Person, Role
from core.people_commands import (
    AddDepartment,
    AddPerson,
    GiveRole,
    PutInDepartment,
    RenameDepartment,
    RosterCommand,
    TakeOutOfDepartment,
    TakeRole,
)
from core.petitions import read_phone
from core.refusals import Invalid, LastAdministrator, NotAllowed, NotFound
from core.store.queries import roster
from core.store.unit import UnitOfWork

LONGEST_NAME = 200
_LETTERS = re.compile("[A-Z]{2,5}")


def perform(unit: UnitOfWork, command: RosterCommand, by: Actor) -> Person | Department:
    """Do it; returns the person or department as it is now. Raises a Refusal."""
    if isinstance(command, AddPerson | PutInDepartment | TakeOutOfDepartment):
        _need(by, Role.NODAL_OFFICER, Role.ADMINISTRATOR)
    else:
        _need(by, Role.ADMINISTRATOR)
    match command:
        case AddPerson():
            changed: Person | Department = _add_person(unit, command)
        case PutInDepartment():
            changed = _person(unit, command.person)
            of = Membership(changed.id, _department(unit, command.department).id, command.head)
            roster.set_membership(unit, of)
        case TakeOutOfDepartment():
            changed = _person(unit, command.person)
            roster.end_membership(unit, changed.id, _department(unit, command.department).id)
        case GiveRole():
            changed = _give_role(unit, command)
        case TakeRole():
            changed = _take_role(unit, command)
        case AddDepartment():
            changed = _add_department(unit, command)
        case RenameDepartment():
            known = _department(unit, command.code)
            changed = replace(known, name_hi=_name(command.name_hi), name_en=_name(command.name_en))
            roster.change_department(unit, changed)
    unit.changed_directory()
    return changed


def _add_person(unit: UnitOfWork, command: AddPerson) -> Person:
    department = _department(unit, command.department) if command.department else None
    name = _name(command.name_hi)
    english = command.name_en.strip()[:LONGEST_NAME] or name
    person = Person(unit.new_id("person"), name, english, phone=read_phone(command.phone))
    roster.add_new_person(unit, person)
    if department is not None:
        roster.set_membership(unit, Membership(person.id, department.id, command.head))
    return person


def _give_role(unit: UnitOfWork, command: GiveRole) -> Person:
    if command.role not in DISTRICT_ROLES:
        raise Invalid("role", "unknown", command.role.value)
    person = _person(unit, command.person)
    if command.role not in person.roles:
        roster.add_role(unit, person.id, command.role)
    return replace(person, roles=person.roles | {command.role})


def _take_role(unit: UnitOfWork, command: TakeRole) -> Person:
    person = _person(unit, command.person)
    others = [each for each in unit.directory.with_role(command.role) if each.id != person.id]
    if command.role is Role.ADMINISTRATOR and command.role in person.roles and not others:
        raise LastAdministrator
    roster.end_role(unit, person.id, command.role)
    return replace(person, roles=person.roles - {command.role})


def _add_department(unit: UnitOfWork, command: AddDepartment) -> Department:
    code = command.code.strip().upper()
    if not _LETTERS.fullmatch(code):
        raise Invalid("letters", "unknown", command.code.strip()[:40])
    if unit.directory.department(code) is not None:
        raise Invalid("letters", "taken", code)
    department = Department(unit.new_id("department"), code, _name(command.name_hi), _name(command.name_en))
    roster.add_department(unit, department)
    return department


def _need(by: Actor, *roles: Role) -> None:
    if not by.has(*roles):
        raise NotAllowed(roles[0])


def _person(unit: UnitOfWork, id: int) -> Person:
    found = unit.directory.people.get(id)
    if found is None:
        raise NotFound("person", str(id))
    return found


def _department(unit: UnitOfWork, letters: str) -> Department:
    found = unit.directory.department(letters)
    if found is None:
        raise NotFound("department", letters)
    return found


def _name(typed: str) -> str:
    name = typed.strip()
    if not name:
        raise Invalid("name", "empty")
    if len(name) > LONGEST_NAME:
        raise Invalid("name", "too_long", str(len(name)), str(LONGEST_NAME))
    return name
