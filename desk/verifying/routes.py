"""The pages of what is claimed and not confirmed: calls to make, what waits for the seniors, what is flagged."""

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from core.access import look
from core.complaints.complaint import Complaint
from core.complaints.sight import sees_phone, sees_words
from core.people import Role
from core.petitions import mask
from core.refusals import NotAllowed, Refusal
from core.store.queries.petitions import petition
from core.store.queries.solutions import SILENT, Call, calls_to_make, flagged_complaints, waiting_for_seniors
from core.store.work import Work
from desk.desk import Desk
from desk.forms import Form, new_key, read_form
from desk.refusals import template_of
from desk.verifying.calling import Called, put_down, read_outcome
from desk.visitor import Visitor

SMALL = 64 * 1024


@dataclass(frozen=True)
class Stopped:
    """A call's form that comes back: whose, why, and what was typed in it."""

    code: str
    refusal: Refusal
    words: str = ""


@dataclass(frozen=True)
class Waiting:
    """A complaint of a list, with what its petition says where the reader may read it."""

    complaint: Complaint
    words: str
    village: str
    visible: bool


def routes(desk: Desk) -> APIRouter:
    """The pages at /calls, /waiting and /flagged."""
    router = APIRouter(include_in_schema=False)

    @router.get("/calls")
    async def calls(request: Request, done: str = "") -> Response:
        visitor = await _caller(desk, request)
        return await _calls(desk, request, visitor, done=bool(done))

    @router.post("/calls/{code}/phone")
    async def phone(request: Request, code: str) -> Response:
        visitor = await _caller(desk, request)
        async with read_form(request, visitor, SMALL):
            pass
        call = await _call(desk, code)
        if call is None:
            return RedirectResponse("/calls", 303)
        if not sees_phone(visitor.actor, call.first):
            raise NotAllowed(Role.OPERATOR, code)
        person, complaint = visitor.person.id, call.first.id
        await desk.store.do(Work(lambda unit: look(unit, person, complaint)))
        return await _calls(desk, request, visitor, whole_phone=call.first.code)

    @router.post("/calls/{code}")
    async def called(request: Request, code: str) -> Response:
        visitor = await _caller(desk, request)
        async with read_form(request, visitor, SMALL) as form:
            call = await _call(desk, code)
            try:
                if call is not None:
                    key = form.key(f"calls/{code}", visitor.person.id)
                    what = _called(form)
                    await put_down(desk.office, desk.store, call.complaints, what, visitor.actor, key)
                # One that is on the list no more was answered meanwhile, or sent twice.
                return RedirectResponse("/calls?done=1#done", 303)
            except Refusal as refusal:
                stopped = Stopped(code, refusal, form.text("words"))
        return await _calls(desk, request, visitor, stopped=stopped)

    @router.get("/calls/{code}")
    @router.get("/calls/{code}/phone")
    async def instead_of_a_form() -> Response:
        """Whoever opens a form's address again gets the list that it stands on."""
        return RedirectResponse("/calls", 303)

    @router.get("/waiting")
    async def waiting(request: Request) -> Response:
        visitor = await desk.visitor(request)
        if not visitor.decides:
            raise NotAllowed(Role.SENIOR)
        lines = await desk.store.read(
            lambda connection: [_line(connection, each, visitor) for each in waiting_for_seniors(connection)]
        )
        return desk.show(request, "waiting.html", visitor, {"lines": lines})

    @router.get("/flagged")
    async def flagged(request: Request) -> Response:
        visitor = await desk.visitor(request)
        if not visitor.decides:
            raise NotAllowed(Role.SENIOR)
        lines = await desk.store.read(
            lambda connection: [_line(connection, each, visitor) for each in flagged_complaints(connection)]
        )
        return desk.show(request, "flagged.html", visitor, {"lines": lines})

    return router


def _called(form: Form) -> Called:
    polite = form.text("polite")
    outcome = read_outcome(form.text("outcome"))
    return Called(outcome, form.text("left"), form.text("words"), polite if polite in ("yes", "no") else "")


async def _caller(desk: Desk, request: Request) -> Visitor:
    visitor = await desk.visitor(request)
    if not visitor.calls:
        raise NotAllowed(Role.OPERATOR)
    return visitor


async def _list(desk: Desk) -> tuple[Call, ...]:
    asked_before = desk.clock.now() - SILENT
    return await desk.store.read(lambda connection: calls_to_make(connection, asked_before))


async def _call(desk: Desk, code: str) -> Call | None:
    return next((call for call in await _list(desk) if code in {each.code for each in call.complaints}), None)


async def _calls(
    desk: Desk,
    request: Request,
    visitor: Visitor,
    done: bool = False,
    stopped: Stopped | None = None,
    whole_phone: str = "",
) -> Response:
    values: dict[str, Any] = {
        "calls": await _list(desk),
        "done": done,
        "stopped": stopped,
        "whole_phone": whole_phone,
        "mask": mask,
        "key": new_key(),
        "refusal_template": template_of(stopped.refusal) if stopped else "",
        "facts": stopped.refusal.facts() if stopped else {},
    }
    return desk.show(request, "calls.html", visitor, values, status=409 if stopped else 200)


def _line(connection: Connection, complaint: Complaint, visitor: Visitor) -> Waiting:
    brought = petition(connection.execute, complaint.petition)
    visible = sees_words(visitor.actor, complaint)
    assert brought is not None, "a complaint is registered in one transaction with its petition"
    return Waiting(complaint, brought.words if visible else "", brought.village if visible else "", visible)
