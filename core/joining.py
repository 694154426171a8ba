"""Enrolment from the chat: whoever is in a department's group waits for one word of its head (docs/design.md §4).

A roster that was imported with phone numbers approves itself where the platform tells the number; `enrol: auto`
approves everybody. Whoever was declined is not asked about again.
"""

from dataclasses import dataclass

from core.people import Actor, JoinRequest, Membership, Person, Role
from core.people_commands import ApproveJoins, AskToJoin, DeclineJoin, JoinCommand
from core.petitions import read_phone
from core.refusals import Invalid, NotAllowed, NothingWaits
from core.settings import OfficeSettings
from core.store.queries import enrolment, joining, roster
from core.store.unit import UnitOfWork

LONGEST_NAME = 200


@dataclass(frozen=True)
class Joined:
    """What came of it. enrolled: (request, id of the person).   waits: the request that is new and waits, else None."""

    enrolled: tuple[tuple[JoinRequest, int], ...] = ()
    waits: JoinRequest | None = None


def perform(unit: UnitOfWork, command: JoinCommand, by: Actor, settings: OfficeSettings) -> Joined:
    """Do it. Raises NotAllowed, Invalid, or NothingWaits where somebody has decided already."""
    match command:
        case AskToJoin():
            return _ask(unit, command, settings)
        case ApproveJoins():
            return Joined(tuple(_enrol(unit, each, by) for each in _decidable(unit, command.requests, by)))
        case DeclineJoin():
            for each in _decidable(unit, (command.request,), by):
                joining.decide_request(unit, each.id, taken=False, by=by.person)
    return Joined()


def _ask(unit: UnitOfWork, command: AskToJoin, settings: OfficeSettings) -> Joined:
    known = unit.directory.person_of(command.account, command.user)
    if known is not None or joining.has_asked(unit, command.account, command.user, command.department):
        return Joined()
    name = command.name.strip()[:LONGEST_NAME] or command.user
    request = JoinRequest(
        unit.new_id("join_request"), command.account, command.user, command.chat, command.department, name
    )
    joining.keep_request(unit, request)
    of_roster = _of_roster(unit, command)
    if of_roster is not None:
        return Joined((_enrol_as(unit, request, of_roster, by=None),))
    if settings.enrol == "auto":
        return Joined((_enrol(unit, request, None),))
    return Joined(waits=request)


def _of_roster(unit: UnitOfWork, command: AskToJoin) -> int | None:
    """The one person of the department's roster whose phone the platform says that this is."""
    try:
        phone = read_phone(command.phone)
    except Invalid:
        return None
    members = unit.directory.members(command.department)
    found = [each.id for each in members if phone and each.phone and each.phone[-10:] == phone]
    return found[0] if len(found) == 1 else None


def _decidable(unit: UnitOfWork, ids: tuple[int, ...], by: Actor) -> tuple[JoinRequest, ...]:
    requests = joining.open_requests(unit, ids)
    if not requests and not by.has(Role.NODAL_OFFICER, Role.ADMINISTRATOR) and not by.head_of:
        raise NotAllowed(Role.HEAD)
    for each in requests:
        if each.department not in by.head_of and not by.has(Role.NODAL_OFFICER, Role.ADMINISTRATOR):
            raise NotAllowed(Role.HEAD)
    if not requests:
        raise NothingWaits
    return requests


def _enrol(unit: UnitOfWork, request: JoinRequest, by: Actor | None) -> tuple[JoinRequest, int]:
    known = unit.directory.person_of(request.account, request.user)
    if known is not None:
        return _enrol_as(unit, request, known.id, by)
    person = Person(unit.new_id("person"), request.name, request.name)
    roster.add_new_person(unit, person)
    return _enrol_as(unit, request, person.id, by)


def _enrol_as(unit: UnitOfWork, request: JoinRequest, person: int, by: Actor | None) -> tuple[JoinRequest, int]:
    since = joining.asked_at(unit, request.id)
    enrolment.link_identity(unit, request.account, request.user, person, since)
    of = {each.department: each for each in unit.directory.memberships_of(person)}
    if request.department not in of:
        roster.set_membership(unit, Membership(person, request.department, since=since))
    joining.decide_request(unit, request.id, taken=True, by=by.person if by else None)
    unit.changed_directory()
    return request, person
