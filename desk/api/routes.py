"""The desk for programs: the same office, the same rules, the same sentences, as JSON."""

import hashlib
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Header, Query, Request, UploadFile
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from core import codes
from core.commands import Part, RegisterPetition
from core.complaints.sight import sees, sees_words
from core.holiday_commands import DeclareHoliday
from core.people import Door, Role, Via
from core.petitions import mask, read_phone
from core.refusals import Invalid, NotAllowed, NotFound
from core.store.queries.board import complaints_by_time_left
from core.store.queries.complaint_page import ComplaintPage, complaint_page, complaints_of_petition
from desk.api.presence import add_presence_routes
from desk.api.shapes import (
    Action,
    ComplaintInFull,
    Complaints,
    DeclaredHoliday,
    KeptShape,
    NewHoliday,
    NewPetition,
    Problem,
    Registered,
    complaint_in_full,
    complaint_shape,
)
from desk.board.filter import read_filter
from desk.complaint.actions import ACTIONS, Asked
from desk.complaint.doing import do_once
from desk.desk import Desk, SignInNeeded
from desk.files import keep_uploads
from desk.holidays.declaring import declare_once, take_back_once
from desk.intake.registering import register
from desk.visitor import Visitor

PAGE = 100
POLITE = {None: "", True: "yes", False: "no"}
PROBLEMS: dict[int | str, dict[str, Any]] = {status: {"model": Problem} for status in (401, 403, 404, 409, 422, 503)}
_bearer = HTTPBearer(auto_error=False, description="The token of your personal chat link, what stands after /chat/p/.")
Key = Annotated[str, Header(alias="Idempotency-Key", description="The same key with the same content is done once.")]


def routes(desk: Desk) -> APIRouter:
    """The routes under /api."""
    router = APIRouter(prefix="/api", tags=["Desk"], responses=PROBLEMS)

    async def caller(token: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]) -> Visitor:
        session = await desk.access.bearer(token.credentials) if token else None
        if session is None:
            raise SignInNeeded
        return await desk.visitor_of(session, Via(Door.API))

    Caller = Annotated[Visitor, Depends(caller)]

    @router.post("/petitions", status_code=201, summary="Register a petition")
    async def register_petition(new: NewPetition, visitor: Caller, key: Key = "") -> Registered:
        """Register a petition: one complaint, with its own code, for each department that must act."""
        command = _petition(new, visitor)
        name = _key(visitor, "petitions", key, new.model_dump_json())
        id = await register(desk.office, desk.store, command, visitor.actor, name, new.anyway)
        complaints = await desk.store.read(lambda connection: complaints_of_petition(connection, id))
        now = desk.clock.now()
        return Registered(petition=id, complaints=[complaint_shape(each, visitor, True, now) for each in complaints])

    @router.get("/complaints", summary="Complaints as on the board")
    async def complaints(
        visitor: Caller,
        department: Annotated[str, Query(description="Letters of a department.")] = "",
        state: Annotated[
            str, Query(description="open, overdue, registered, acknowledged, reopened, paused, solved, closed")
        ] = "open",
        category: Annotated[str, Query(description="A, B or C")] = "",
        since: Annotated[str, Query(description="Registered on this day or later, DD-MM-YYYY.")] = "",
        until: Annotated[str, Query(description="Registered on this day or before, DD-MM-YYYY.")] = "",
        page: int = 1,
    ) -> Complaints:
        """Complaints as on the board, those first that need somebody first; 100 a page."""
        asked = {"department": department, "state": state, "category": category, "since": since, "until": until}
        filter = read_filter({**asked, "page": str(page)})
        for name, bad in (("since", filter.bad_since), ("until", filter.bad_until), ("state", filter.state != state)):
            if bad:
                raise Invalid(name, "unknown", asked[name])
        now, skip = desk.clock.now(), (filter.page - 1) * PAGE
        choice = filter.choice(visitor.departments, visitor.directory, desk.speech.zone)
        lines = await desk.store.read(
            lambda connection: complaints_by_time_left(connection, choice, now, PAGE + 1, skip)
        )
        shown = [
            complaint_shape(each.complaint, visitor, sees_words(visitor.actor, each.complaint), now) for each in lines
        ]
        return Complaints(complaints=shown[:PAGE], more=len(shown) > PAGE)

    @router.get("/complaints/{code}", summary="One complaint in full")
    async def complaint(code: str, visitor: Caller) -> ComplaintInFull:
        """One complaint with its petition and its history."""
        return await _in_full(desk, visitor, code)

    @router.post("/complaints/{code}/{action}", summary="Do something about a complaint")
    async def act(code: str, action: str, body: Action, visitor: Caller, key: Key = "") -> ComplaintInFull:
        """Do something about a complaint.

        `acknowledge` (officer), `solve` (words, evidence), `note` (words, evidence), `undo`, `reword` (words),
        `evidence` (evidence), `confirm` (complainant, evidence), `reopen` (words, complainant, evidence),
        `still-wrong` (words), `transfer` (to, words), `more-time` (until, words), `give-time` (until, or as asked),
        `no-time` (words), `pause` (until, waits_for, words), `resume`, `category` (category, words), `not-reached`,
        `polite` (polite), `flags` (somebody has looked), `assign` (officer), `ask` (words), `answer` (words, evidence),
        `reject` (ground, words), `merge` (into), `unmerge`.
        """
        if action not in ACTIONS:
            raise Invalid("action", "unknown", action, ", ".join(ACTIONS))
        page = await _page(desk, visitor, code)
        officer = str(body.officer) if body.officer is not None else ""
        asked = Asked(
            words=body.words,
            officer=officer,
            to=body.to,
            evidence=tuple(body.evidence),
            complainant=body.complainant,
            until=body.until,
            waits_for=body.waits_for,
            category=body.category,
            ground=body.ground,
            into=body.into,
            today=desk.today(),
            polite=POLITE[body.polite],
        )
        command = ACTIONS[action](page.complaint.code, asked)
        name = _key(visitor, f"{page.complaint.code}/{action}", key, body.model_dump_json())
        await do_once(desk.office, desk.store, command, visitor.actor, name)
        return await _in_full(desk, visitor, code)

    @router.post("/holidays", status_code=201, summary="Declare a holiday")
    async def declare(new: NewHoliday, visitor: Caller, key: Key = "") -> DeclaredHoliday:
        """Close the office on a day, for administrators; what is due on it moves, and cannot be moved back.

        The same request with its key again is answered without `moved`.
        """
        command = DeclareHoliday(new.day, new.name_hi, new.name_en)
        moved = await declare_once(desk, visitor, command, _key(visitor, "holiday", key, new.model_dump_json()))
        return DeclaredHoliday(day=new.day, name_hi=new.name_hi, name_en=new.name_en, moved=list(moved))

    @router.delete("/holidays/{day}", status_code=204, summary="Take a holiday back")
    async def take_back(day: date, visitor: Caller, key: Key = "") -> None:
        """Open the office on a day that was declared closed, for administrators; what had moved stays moved."""
        await take_back_once(desk, visitor, day, _key(visitor, "holiday back", key, day.isoformat()))

    @router.post("/files", status_code=201, summary="Send a photo or a PDF")
    async def keep(file: Annotated[UploadFile, File()], visitor: Caller) -> KeptShape:
        """Send a photo or a PDF; its sha256 then stands in `papers` or `evidence`."""
        kept, refused = await keep_uploads(desk.files, (file,), desk.settings.files.limit)
        if refused:
            raise refused[0]
        return KeptShape(sha256=kept[0].sha256)

    add_presence_routes(router, desk, caller)
    return router


def api_page(desk: Desk) -> APIRouter:
    """The page that says what the API takes and gives, made of its own description."""
    router = APIRouter(include_in_schema=False)

    @router.get("/api")
    async def page(request: Request) -> Any:
        try:
            visitor = await desk.visitor(request)
        except SignInNeeded:
            visitor = None
        described = request.app.openapi()
        return desk.show(request, "api.html", visitor, {"api": described, "base": desk.public_url(request)})

    return router


def _petition(new: NewPetition, visitor: Visitor) -> RegisterPetition:
    about = visitor.directory.department_id(new.about) if new.about else None
    if new.about and about is None:
        raise Invalid("about", "unknown", new.about)
    return RegisterPetition(
        name=new.name,
        phone=read_phone(new.phone),
        village=new.village,
        words=new.words,
        parts=tuple(Part(each.department.upper(), each.category) for each in new.parts),
        kind=new.kind,
        confidential=new.confidential,
        waiting=new.waiting,
        about=about,
        heard_by=new.heard_by,
        direction=new.direction,
        papers=tuple(new.papers),
        language=new.language,
    )


def _key(visitor: Visitor, what: str, key: str, content: str) -> str | None:
    """None without a key: then every request is another one."""
    if not key:
        return None
    digest = hashlib.sha256(repr((visitor.person.id, key, content)).encode()).hexdigest()[:40]
    return f"api/{what}/{digest}"


async def _page(desk: Desk, visitor: Visitor, typed: str) -> ComplaintPage:
    parsed = codes.parse(typed.upper())
    page = await desk.store.read(lambda connection: complaint_page(connection, str(parsed))) if parsed else None
    if page is None:
        raise NotFound("complaint", typed[:40])
    if not sees(visitor.actor, page.complaint):
        raise NotAllowed(Role.MEMBER, page.complaint.code)
    return page


async def _in_full(desk: Desk, visitor: Visitor, code: str) -> ComplaintInFull:
    page = await _page(desk, visitor, code)
    visible = sees_words(visitor.actor, page.complaint)
    return complaint_in_full(page, visitor, visible, mask(page.petition.phone), desk.clock.now())
