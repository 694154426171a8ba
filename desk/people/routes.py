"""Departments with who is in them; links of people and for groups with their QR codes, as sheets for printing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from core.people import Person, Role
from core.refusals import NotAllowed
from desk.desk import Desk
from desk.forms import read_form
from desk.visitor import Visitor
from documents.qr import qr_svg

SMALL = 64 * 1024
#: How long a one-time link to the desk can be followed.
DESK_LINK = timedelta(hours=24)


@dataclass(frozen=True)
class PersonalLink:
    """A link that was just made, told once. `desk`: it signs in at the desk, once; else it opens the chat."""

    person: Person
    address: str
    qr: str
    desk: bool


def routes(desk: Desk) -> APIRouter:
    """The pages under /people."""
    router = APIRouter(include_in_schema=False)

    @router.get("/people")
    async def people(request: Request, department: str = "") -> Response:
        visitor = await desk.visitor(request)
        district = [each for each in visitor.directory.people.values() if each.roles]
        departments = [visitor.directory.departments[id] for id in visitor.departments]
        values = {
            "district": district,
            "departments": departments,
            "opened": department,
            "to_groups": desk.group_links is not None,
        }
        return desk.show(request, "people.html", visitor, values)

    @router.get("/people/groups")
    async def groups(request: Request) -> Response:
        visitor = await _giver(desk, request)
        if desk.group_links is None:
            return desk.not_found(request, visitor)
        made = await desk.group_links.links()
        of = visitor.directory.departments
        links = [
            (of[each.department] if each.department is not None else None, each.address, qr_svg(each.address))
            for each in made
            if each.address
        ]
        silent = len(links) < len(made)
        return desk.show(request, "people_groups.html", visitor, {"links": links, "silent": silent})

    @router.post("/people/{id}/link")
    async def link(request: Request, id: int) -> Response:
        visitor = await _giver(desk, request)
        async with read_form(request, visitor, SMALL) as form:
            to_desk = form.text("to") == "desk"
        person = visitor.directory.people.get(id)
        if person is None:
            return desk.not_found(request, visitor)
        if not visitor.gives_links_of(person):
            raise NotAllowed(Role.ADMINISTRATOR)
        made = await _links(desk, request, [person], to_desk)
        return desk.show(request, "people_sheet.html", visitor, {"links": made, "department": None})

    @router.post("/people/department/{code}/sheet")
    async def sheet(request: Request, code: str) -> Response:
        visitor = await _giver(desk, request)
        async with read_form(request, visitor, SMALL):
            pass
        department = visitor.directory.department(code)
        if department is None:
            return desk.not_found(request, visitor)
        members = visitor.directory.members(department.id)
        plain = [each for each in members if visitor.actor.has(Role.ADMINISTRATOR) or not each.roles]
        made = await _links(desk, request, plain, to_desk=False)
        return desk.show(request, "people_sheet.html", visitor, {"links": made, "department": department})

    @router.get("/people/{id}/link")
    @router.get("/people/department/{code}/sheet")
    async def instead_of_a_form() -> Response:
        """A link is shown once; whoever opens its address again gets the page that it is made on."""
        return RedirectResponse("/people", 303)

    return router


async def _giver(desk: Desk, request: Request) -> Visitor:
    visitor = await desk.visitor(request)
    if not visitor.gives_links:
        raise NotAllowed(Role.NODAL_OFFICER)
    return visitor


async def _links(desk: Desk, request: Request, people: Iterable[Person], to_desk: bool) -> tuple[PersonalLink, ...]:
    made = []
    for person in people:
        if to_desk:
            token = await desk.access.issue_link(person.id, "desk", once=True, ttl=DESK_LINK)
            address = f"{desk.public_url(request)}/enter/{token}"
        else:
            token = await desk.access.issue_link(person.id, "chat", once=False, ttl=None)
            address = desk.chat_link(request, token)
        made.append(PersonalLink(person, address, qr_svg(address), to_desk))
    return tuple(made)
