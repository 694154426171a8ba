"""The intake form, its suggestions and due times while typing, and the receipt."""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from core.people import Role
from core.petitions import Direction
from core.refusals import Invalid, NotAllowed
from core.store.queries.complaint_page import complaints_of_petition
from core.store.queries.petitions import petition as petition_of
from desk.desk import Desk
from desk.files import keep_uploads, megabytes
from desk.forms import Form, read_form
from desk.intake.departments import BETWEEN, suggestions
from desk.intake.dues import dues_now
from desk.intake.reading import read
from desk.intake.registering import OpenFromThisPhone, register
from desk.intake.typed import Problem, Typed, blank, typed
from desk.visitor import Visitor
from documents.qr import qr_svg

#: Room in a form for words and marks, beside its files.
BESIDE_FILES = 1024 * 1024
MOST_FILES = 6


def routes(desk: Desk) -> APIRouter:
    """The pages under /intake, for whoever registers."""
    router = APIRouter(include_in_schema=False)

    @router.get("/intake")
    async def form(request: Request, heard_by: str = "") -> Response:
        visitor = await _operator(desk, request)
        page = await _page(desk, request, visitor, blank(heard_by if heard_by.isdigit() else ""))
        # Kept by the browser, unlike other pages: Back and send again must be the same form (research pitfall K49).
        page.headers["Cache-Control"] = "private, no-cache"
        return page

    @router.get("/intake/register")
    async def again(request: Request) -> Response:
        return RedirectResponse("/intake", 303)

    # Not to /intake itself: a POST there would make the browser forget the form that Back must bring again.
    @router.post("/intake/register")
    async def send(request: Request) -> Response:
        visitor = await _operator(desk, request)
        async with read_form(request, visitor, MOST_FILES * desk.settings.files.limit + BESIDE_FILES) as form:
            came, unfit = await _with_papers(desk, form)
        if form.ticked("more"):
            return await _page(desk, request, visitor, came.with_row(), focus=f"department_{len(came.rows)}")
        command = read(came, visitor.directory)
        if isinstance(command, tuple) or unfit:
            problems = (*(command if isinstance(command, tuple) else ()), *unfit)
            return await _page(desk, request, visitor, came, problems, status=422)
        key = form.key("intake", visitor.person.id, (each.sha256 for each in came.papers))
        try:
            id = await register(desk.office, desk.store, command, visitor.actor, key, came.anyway)
        except OpenFromThisPhone as refusal:
            return await _page(desk, request, visitor, came, same=refusal.complaints, status=409)
        except Invalid as refusal:
            problem = Problem(refusal.field, refusal.reason, {"n": refusal.value, "m": refusal.limit})
            return await _page(desk, request, visitor, came, (problem,), status=422)
        return RedirectResponse(f"/intake/receipt/{id}", 303)

    @router.get("/intake/receipt/{id}")
    async def receipt(request: Request, id: int) -> Response:
        visitor = await _operator(desk, request)
        petition = await desk.store.read(lambda connection: petition_of(connection.execute, id))
        if petition is None:
            return desk.not_found(request, visitor)
        complaints = await desk.store.read(lambda connection: complaints_of_petition(connection, id))
        token = await desk.access.issue_link(None, "chat", once=False, ttl=None, petition=id)
        link = desk.chat_link(request, token)
        values = {"petition": petition, "complaints": complaints, "link": link, "qr": qr_svg(link)}
        return desk.show(request, "receipt.html", visitor, values | {"today": desk.today()})

    @router.get("/intake/departments")
    async def departments(request: Request, q: str = "") -> HTMLResponse:
        visitor = await _operator(desk, request)
        found = suggestions(q, visitor.directory.departments.values())
        return desk.show(request, "part/suggestions.html", visitor, {"found": found, "between": BETWEEN})

    @router.get("/intake/dues")
    async def dues(request: Request) -> HTMLResponse:
        visitor = await _operator(desk, request)
        return desk.show(request, "part/dues.html", visitor, await _dues(desk))

    return router


async def _operator(desk: Desk, request: Request) -> Visitor:
    visitor = await desk.visitor(request)
    if not visitor.registers:
        raise NotAllowed(Role.OPERATOR)
    return visitor


async def _with_papers(desk: Desk, form: Form) -> tuple[Typed, tuple[Problem, ...]]:
    """What was typed, with the files that came; those not taken are named in problems."""
    uploads = form.files("papers")
    kept, refused = await keep_uploads(desk.files, uploads[:MOST_FILES], desk.settings.files.limit)
    wrong = tuple(Problem("papers", each.reason, {"n": each.value, "m": each.limit}) for each in refused)
    too_many = (Problem("papers", "too_many", {"m": MOST_FILES}),) if len(uploads) > MOST_FILES else ()
    return typed(form).with_papers(kept), (*wrong, *too_many)


async def _dues(desk: Desk) -> dict[str, Any]:
    rules = await desk.store.read(desk.office.rules)
    return {"dues": tuple(dues_now(rules, desk.clock.now())), "today": desk.today()}


async def _page(
    desk: Desk,
    request: Request,
    visitor: Visitor,
    came: Typed,
    problems: tuple[Problem, ...] = (),
    same: object = (),
    status: int = 200,
    focus: str = "",
) -> HTMLResponse:
    heard = [each for each in visitor.directory.people.values() if Role.SENIOR in each.roles]
    values = {
        "typed": came,
        "problems": problems,
        "wrong": {each.field for each in problems},
        "same": same,
        "seniors": heard,
        "directions": tuple(Direction),
        "departments": tuple(visitor.directory.departments.values()),
        "between": BETWEEN,
        "limit_mb": megabytes(desk.settings.files.limit),
        "focus": problems[0].field if problems else "anyway" if same else focus or "name",
    }
    return desk.show(request, "intake.html", visitor, values | await _dues(desk), status)
