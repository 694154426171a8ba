"""A complaint's page, what is done on it, its files, and a look at the phone."""

import asyncio
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from core import codes
from core.access import look
from core.complaints.complaint import Complaint
from core.complaints.pausing import due_after_pause, due_if_given
from core.complaints.sight import sees, sees_phone, sees_words
from core.complaints.targets import acknowledging, hearing
from core.office_days import OfficeCalendar
from core.people import Door, Role
from core.petitions import mask
from core.refusals import Invalid, NotAllowed, Refusal
from core.sla import explain
from core.store.queries.board import states_of
from core.store.queries.complaint_page import ComplaintPage, complaint_page
from core.store.queries.twins import possible_twins
from core.store.work import Work
from desk.complaint.actions import ACTIONS, HARMLESS, Asked, offered
from desk.complaint.doing import do_once
from desk.desk import Desk
from desk.files import Kept, keep_uploads
from desk.forms import Form, new_key, read_form, whole_number
from desk.refusals import template_of
from desk.visitor import Visitor, steps_for

BESIDE_FILES = 1024 * 1024
MOST_FILES = 6
OFFERED_DAYS = 5
OFFERED_TWINS = 5
TYPED = ("words", "to", "until", "category", "waits_for", "ground", "into")
"""The fields of a form that come back with it."""


@dataclass(frozen=True)
class Stopped:
    """A form that comes back: which one, why, and what was typed in it."""

    action: str
    refusal: Refusal
    words: str = ""
    to: str = ""
    until: str = ""
    category: str = ""
    waits_for: str = ""
    ground: str = ""
    into: str = ""
    kept: tuple[Kept, ...] = ()


def routes(desk: Desk) -> APIRouter:
    """The pages under /c."""
    router = APIRouter(include_in_schema=False)

    @router.get("/find")
    async def find(request: Request, q: str = "") -> Response:
        visitor = await desk.visitor(request)
        found = desk.finder(visitor.directory).find(q)
        if found:
            return RedirectResponse(f"/c/{found[0].code}", 303)
        return await _unknown(desk, request, visitor, q)

    @router.get("/c/{code}")
    async def show(request: Request, code: str, done: str = "") -> Response:
        visitor = await desk.visitor(request)
        page = await _page(desk, visitor, code)
        if page is None:
            return await _unknown(desk, request, visitor, code)
        return await _shown(desk, request, visitor, page, done=done if done in ACTIONS else "")

    @router.post("/c/{code}/phone")
    async def phone(request: Request, code: str) -> Response:
        visitor = await desk.visitor(request)
        async with read_form(request, visitor, BESIDE_FILES):
            pass
        page = await _page(desk, visitor, code)
        if page is None:
            return await _unknown(desk, request, visitor, code)
        if not sees_phone(visitor.actor, page.complaint):
            raise NotAllowed(Role.HEAD, code)
        person, complaint = visitor.person.id, page.complaint.id
        await desk.store.do(Work(lambda unit: look(unit, person, complaint)))
        return await _shown(desk, request, visitor, page, whole_phone=True)

    @router.get("/c/{code}/files/{sha256}")
    async def file(request: Request, code: str, sha256: str, size: str = "") -> Response:
        visitor = await desk.visitor(request)
        page = await _page(desk, visitor, code)
        if page is None or sha256 not in page.papers or not sees_words(visitor.actor, page.complaint):
            return desk.not_found(request, visitor)
        return await desk.file(page.papers[sha256], small=size == "small")

    @router.get("/c/{code}/{action}")
    async def instead_of_a_form(code: str, action: str) -> Response:
        """Whoever opens a form's address again, by a reload or another language, gets the page that it stands on."""
        return RedirectResponse(f"/c/{quote(code)}", 303)

    @router.post("/c/{code}/{action}")
    async def act(request: Request, code: str, action: str) -> Response:
        visitor = await desk.visitor(request)
        async with read_form(request, visitor, MOST_FILES * desk.settings.files.limit + BESIDE_FILES) as form:
            page = await _page(desk, visitor, code)
            if page is None or action not in ACTIONS:
                return await _unknown(desk, request, visitor, code)
            kept, unfit = await _files(desk, form)
            try:
                if unfit is not None:
                    raise unfit
                await _do(desk, visitor, page, action, form, kept)
                return RedirectResponse(f"/c/{page.complaint.code}?done={action}#done", 303)
            except Refusal as refusal:
                fields = {name: form.text(name) for name in TYPED}
                stopped = Stopped(action, refusal, kept=kept, **fields)
        page = await _page(desk, visitor, code)
        assert page is not None, "a complaint is never deleted"
        return await _shown(desk, request, visitor, page, stopped=stopped)

    return router


async def _do(
    desk: Desk, visitor: Visitor, page: ComplaintPage, action: str, form: Form, kept: tuple[Kept, ...]
) -> None:
    asked = Asked(
        words=form.text("words"),
        officer=form.text("officer"),
        to=form.text("to"),
        evidence=tuple(each.sha256 for each in kept),
        complainant=form.ticked("complainant"),
        until=form.text("until"),
        waits_for=form.text("waits_for"),
        category=form.text("category").strip(),
        ground=form.text("ground"),
        into=form.text("into"),
        today=desk.today(),
        polite=form.text("polite"),
    )
    key = form.key(f"{page.complaint.code}/{action}", visitor.person.id, asked.evidence)
    version = None if action in HARMLESS else whole_number(form.text("version")) or 0
    command = ACTIONS[action](page.complaint.code, asked)
    await do_once(desk.office, desk.store, command, visitor.actor, key, version)


async def _files(desk: Desk, form: Form) -> tuple[tuple[Kept, ...], Invalid | None]:
    """The files of a form, those kept before included; a refusal for the first that is not taken."""
    before = tuple(Kept(*pair) for pair in zip(form.texts("paper"), form.texts("paper_name"), strict=False))
    uploads = form.files("evidence")[:MOST_FILES]
    taken, refused = await keep_uploads(desk.files, uploads, desk.settings.files.limit)
    kept = {each.sha256: each for each in (*before, *taken)}
    return tuple(kept.values()), refused[0] if refused else None


async def _page(desk: Desk, visitor: Visitor, code: str) -> ComplaintPage | None:
    """What is known of the complaint; None when there is no such code. Raises NotAllowed for whom it is no business."""
    parsed = codes.parse(code.upper())
    if parsed is None:
        return None
    page = await desk.store.read(lambda connection: complaint_page(connection, str(parsed)))
    if page is not None and not sees(visitor.actor, page.complaint):
        raise NotAllowed(Role.MEMBER, page.complaint.code)
    return page


async def _twins(desk: Desk, page: ComplaintPage) -> tuple[Complaint, ...]:
    """Those that may be the same matter, for whoever may join them."""
    return await desk.store.read(
        lambda connection: possible_twins(connection, page.complaint, page.petition, OFFERED_TWINS)
    )


def _next_days(calendar: OfficeCalendar, after: date) -> tuple[date, ...]:
    """The next office days after a day: what the fields for a day offer."""
    days = [calendar.next_open_day(after)]
    while len(days) < OFFERED_DAYS:
        days.append(calendar.next_open_day(days[-1]))
    return tuple(days)


async def _unknown(desk: Desk, request: Request, visitor: Visitor, typed: str) -> Response:
    near = await desk.store.read(
        lambda connection: desk.finder(visitor.directory).near(
            typed, lambda candidates: tuple(states_of(connection, candidates))
        )
    )
    return desk.not_found(request, visitor, {"typed": typed[:40], "near": near[:5]})


async def _shown(
    desk: Desk,
    request: Request,
    visitor: Visitor,
    page: ComplaintPage,
    done: str = "",
    stopped: Stopped | None = None,
    whole_phone: bool = False,
) -> Response:
    complaint = page.complaint
    visible = sees_words(visitor.actor, complaint)
    lines = await asyncio.to_thread(desk.chats.messages_about, complaint.code) if visible else ()
    phone = page.petition.phone
    rules = await desk.store.read(desk.office.rules)
    now, asked_for = desk.clock.now(), complaint.more_time
    actions = offered(complaint, visitor.actor, now)
    values: dict[str, Any] = {
        "complaint": complaint,
        "petition": page.petition,
        "twins": await _twins(desk, page) if "merge" in actions else (),
        "grounds": {each: desk.settings.rejection.name(each) for each in desk.settings.rejection.reasons},
        "siblings": page.siblings,
        "steps": steps_for(visitor, page.steps),
        "papers": page.papers,
        "reasons": explain(complaint.due),
        "taking": acknowledging(complaint, rules),
        "hearing": hearing(complaint, rules),
        "due_then": due_after_pause(complaint, rules).at,
        "due_if_given": due_if_given(complaint, asked_for.until, now, rules).at if asked_for else None,
        "next_days": _next_days(rules.calendar, max(desk.today(), complaint.due.day)),
        "lines": lines,
        "visible": visible,
        "phone": phone if whole_phone else mask(phone),
        "may_look": bool(phone) and not whole_phone and sees_phone(visitor.actor, complaint),
        "actions": actions,
        "members": visitor.directory.members(complaint.department),
        "departments": tuple(visitor.directory.departments.values()),
        "key": new_key(),
        "done": done,
        "stopped": stopped,
        "refusal_template": template_of(stopped.refusal) if stopped else "",
        "facts": stopped.refusal.facts() if stopped else {},
        # What follows by itself, such as who is asked, nobody did.
        "changed_by": next(
            (each.happened.by for each in reversed(page.steps) if each.via.door is not Door.CLOCK), None
        ),
        "today": desk.today(),
    }
    return desk.show(request, "complaint.html", visitor, values, status=409 if stopped else 200)


def _changed_by(page: ComplaintPage) -> int | None:
    """Who did the latest step. What follows by itself, such as who is asked, nobody did."""
    return next((step.happened.by for step in reversed(page.steps) if step.via.door is not Door.CLOCK), None)
