"""The page of what an office still lacks, each with what mends it; the same as /setup tells in the chat."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from core.departments import Department
from core.people import Role
from core.people_commands import PutInDepartment
from core.readiness import missing
from core.refusals import Invalid, NotAllowed, Refusal
from core.store.unit import UnitOfWork
from desk.desk import Desk
from desk.forms import new_key, read_form
from desk.once import done_once
from desk.refusals import status_of, template_of
from desk.visitor import Visitor

SMALL = 64 * 1024
DONE = "done"


def routes(desk: Desk) -> APIRouter:
    """The pages under /setup."""
    router = APIRouter(include_in_schema=False)

    @router.get("/setup")
    async def show(request: Request, head: str = "") -> Response:
        visitor = await _who_sets_up(desk, request)
        return _shown(desk, request, visitor, done=visitor.directory.department(head))

    @router.post("/setup/head")
    async def make_head(request: Request) -> Response:
        """A member of a department without a head is its head from now on."""
        visitor = await _who_sets_up(desk, request)
        async with read_form(request, visitor, SMALL) as form:
            code, person, key = form.text("department"), form.text("person"), form.key("head", visitor.person.id)
        department = visitor.directory.department(code)
        if department is None or visitor.directory.head(department.id) is None:
            try:
                await _do_once(desk, visitor, _command(visitor, department, person), key)
            except Refusal as refusal:
                return _shown(desk, request, visitor, refusal=refusal)
        # Where somebody else was quicker, the page says who it is.
        return RedirectResponse(f"/setup?head={code}#done", 303)

    return router


async def _who_sets_up(desk: Desk, request: Request) -> Visitor:
    visitor = await desk.visitor(request)
    if not visitor.sets_up:
        raise NotAllowed(Role.NODAL_OFFICER)
    return visitor


def _command(visitor: Visitor, department: Department | None, person: str) -> PutInDepartment:
    """Its members are chosen from: who else should lead a department is put in it first. Raises Invalid."""
    members = visitor.directory.members(department.id) if department else ()
    chosen = next((each.id for each in members if str(each.id) == person), None)
    if department is None or chosen is None:
        raise Invalid("officer", "unknown", person[:40])
    return PutInDepartment(chosen, department.code, head=True)


async def _do_once(desk: Desk, visitor: Visitor, command: PutInDepartment, key: str | None) -> None:
    def run(unit: UnitOfWork) -> None:
        desk.office.perform(unit, command, visitor.actor)
        unit.remember(DONE)

    await done_once(desk.store, run, key)


def _shown(
    desk: Desk, request: Request, visitor: Visitor, done: Department | None = None, refusal: Refusal | None = None
) -> Response:
    values = {
        "lacks": missing(visitor.directory),
        "done": done if done and visitor.directory.head(done.id) else None,
        "refusal_template": template_of(refusal) if refusal else "",
        "facts": refusal.facts() if refusal else {},
        "key": new_key(),
        "to_groups": desk.group_links is not None,
    }
    return desk.show(request, "setup.html", visitor, values, status=status_of(refusal) if refusal else 200)
