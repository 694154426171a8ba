"""Coming in by a link, by a claim, in the demo by choosing a person; the language; going out."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from core.access import Entered, NewAdministrator
from core.people import DISTRICT_ROLES, Person, Role
from core.text import fold
from desk.desk import COOKIE, LANGUAGE_COOKIE, Desk, SignInNeeded
from desk.forms import Form, FormExpired, read_form, whole_number
from desk.language import LANGUAGES

SMALL = 64 * 1024
SHOWN = 24
YEAR_S = 365 * 24 * 3600


@dataclass(frozen=True)
class Chooser:
    """Somebody whom one can be in the demo district."""

    id: int
    name: str
    about: str
    roles: tuple[str, ...]


def routes(desk: Desk) -> APIRouter:
    """The pages that need nobody to be signed in."""
    router = APIRouter(include_in_schema=False)

    @router.get("/sign-in")
    async def sign_in(request: Request, back: str = "/", search: str = "", link: str = "") -> Response:
        people: list[Chooser] = []
        if desk.demo:
            people = await _people(desk, search, desk.language_of(request))
        values = {"back": inside(back), "search": search, "people": people[:SHOWN], "more": max(0, len(people) - SHOWN)}
        return desk.show(request, "sign_in.html", None, values | {"link_failed": link == "failed"})

    @router.post("/sign-in")
    async def choose(request: Request) -> Response:
        if not desk.demo:
            return desk.not_found(request, None)
        form = await _small_form(request)
        chosen = form.text("person")
        directory = await desk.store.read(desk.store.directory)
        person = whole_number(chosen)
        if person is None or person not in directory.people:
            return RedirectResponse("/sign-in", 303)
        entered = await desk.access.enter_as(person, "desk", request.cookies.get(COOKIE))
        return _come_in(request, entered, inside(form.text("back") or "/"))

    @router.get("/enter/{token}")
    async def opened(request: Request, token: str) -> Response:
        return desk.show(request, "enter.html", None, {"claim": False, "problem": False})

    @router.post("/enter/{token}")
    async def enter(request: Request, token: str) -> Response:
        await _small_form(request)
        entered = await desk.access.enter(token, "desk", request.cookies.get(COOKIE))
        return _come_in(request, entered, "/") if entered else RedirectResponse("/sign-in?link=failed", 303)

    @router.get("/claim/{token}")
    async def claim_opened(request: Request, token: str) -> Response:
        if not await desk.access.claimable(token):
            return RedirectResponse("/sign-in?link=failed", 303)
        return desk.show(request, "enter.html", None, {"claim": True, "problem": False})

    @router.post("/claim/{token}")
    async def claim(request: Request, token: str) -> Response:
        form = await _small_form(request)
        name = NewAdministrator(form.text("name_hi").strip()[:200], form.text("name_en").strip()[:200])
        if not name.name_hi:
            return desk.show(request, "enter.html", None, {"claim": True, "problem": True}, 422)
        entered = await desk.access.enter(token, "claim", request.cookies.get(COOKIE), name)
        return _come_in(request, entered, "/people") if entered else RedirectResponse("/sign-in?link=failed", 303)

    @router.post("/sign-out")
    async def sign_out(request: Request) -> Response:
        visitor = await desk.visitor(request)
        async with read_form(request, visitor, SMALL):
            await desk.access.end(request.cookies[COOKIE])
        response = RedirectResponse("/sign-in", 303)
        response.delete_cookie(COOKIE, path="/")
        return response

    @router.post("/language")
    async def language(request: Request) -> Response:
        form = await _small_form(request)
        chosen = form.text("to")
        response = RedirectResponse(inside(form.text("back") or "/"), 303)
        if chosen not in LANGUAGES:
            return response
        try:
            await desk.visitor(request)
            await desk.access.speak(request.cookies[COOKIE], chosen)
        except SignInNeeded:
            pass
        response.set_cookie(LANGUAGE_COOKIE, chosen, max_age=YEAR_S, httponly=True, samesite="lax", path="/")
        return response

    return router


def inside(address: str) -> str:
    """`address` if it leads to a page of the desk, else the board: a link must not lead out of here."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not address.startswith("/") or address.startswith(("//", "/\\")):
        return "/"
    return address


async def _small_form(request: Request) -> Form:
    """A form of somebody who has no session to prove; it must at least come from a page of the desk."""
    origin = request.headers.get("origin")
    if origin not in (None, "null") and urlsplit(origin).netloc != request.headers.get("host"):
        raise FormExpired
    return Form(await request.form(max_fields=10, max_files=0))


def _come_in(request: Request, entered: Entered, to: str) -> Response:
    response = RedirectResponse(to, 303)
    response.set_cookie(
        COOKIE,
        entered.cookie,
        max_age=int(entered.lasts.total_seconds()),
        httponly=True,
        secure=request.url.scheme == "https",
        samesite="lax",
        path="/",
    )
    return response


async def _people(desk: Desk, search: str, language: str) -> list[Chooser]:
    """Who can be chosen: first those with a role in the district, then heads, then the others. What is searched for is
    what is shown, in either language."""
    directory = await desk.store.read(desk.store.directory)
    wanted = fold(search).split()

    def about(person: Person) -> str:
        post = person.designation_en if language == "en" else person.designation_hi
        codes = [directory.departments[each.department].code for each in directory.memberships_of(person.id)]
        return " · ".join(filter(None, (post, *codes)))

    def rank(person: Person) -> tuple[bool, bool, int]:
        heads = any(each.head for each in directory.memberships_of(person.id))
        return (not person.roles, not heads, person.id)

    called = {role: _called(desk, role) for role in DISTRICT_ROLES}
    found = []
    for person in sorted(directory.people.values(), key=rank):
        roles = (called[role] for role in person.roles)
        said = fold(" ".join((person.name_hi, person.name_en, about(person), *roles)))
        if all(word in said for word in wanted):
            found.append(Chooser(person.id, person.name(language), about(person), tuple(sorted(person.roles))))
    return found


def _called(desk: Desk, role: Role) -> str:
    now = desk.clock.now()
    return " ".join(desk.speech.render("part/role_name.html", each, now, {"role": role}) for each in LANGUAGES)
