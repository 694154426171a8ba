"""The pages at /morning: today, live; a day and a month as heat maps; a person's record, and what is done there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from core.people import Role
from core.refusals import NotAllowed, Refusal
from core.store.queries.morning import last_reported_before
from core.watching import Watch
from desk.board.filter import read_day
from desk.desk import Desk
from desk.forms import new_key, read_form
from desk.morning import heat
from desk.morning.doing import ACTIONS, FIELDS, do_once
from desk.morning.live import Stream
from desk.morning.record import read_record
from desk.morning.rights import may_do
from desk.morning.sight import Sight, sight
from desk.morning.today import read_morning, read_narrowed
from desk.reading_months import month_named, month_or_this, months_around
from desk.refusals import template_of
from desk.visitor import Visitor

SMALL = 64 * 1024


@dataclass(frozen=True)
class Stopped:
    """A form that comes back: which one, why, and what was typed in it."""

    action: str
    refusal: Refusal
    typed: Mapping[str, str] = field(default_factory=dict)


def routes(desk: Desk) -> APIRouter:
    """Everything under /morning."""
    router = APIRouter(include_in_schema=False)
    stream = Stream(desk)

    @router.get("/morning")
    async def today(request: Request) -> Response:
        visitor, asked = await desk.visitor(request), read_narrowed(request.query_params)
        morning = await desk.store.read(lambda connection: read_morning(desk.office.watch(connection), visitor, asked))
        values = {"morning": morning, "asked": asked, "sight": sight(visitor), "out_of_band": False}
        return desk.show(request, "morning.html", visitor, values)

    @router.get("/morning/live")
    async def live(request: Request) -> Response:
        await desk.visitor(request)
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        events = stream.events(request, read_narrowed(request.query_params))
        return StreamingResponse(events, media_type="text/event-stream", headers=headers)

    @router.get("/morning/day")
    async def day(request: Request, day: str = "", department: str = "") -> Response:
        return await _mapped(desk, request, department, day=day)

    @router.get("/morning/month")
    async def month(request: Request, month: str = "", department: str = "") -> Response:
        return await _mapped(desk, request, department, month=month)

    @router.get("/morning/me")
    async def own(request: Request) -> Response:
        visitor = await desk.visitor(request)
        return RedirectResponse(f"/morning/people/{visitor.person.id}", 303)

    @router.get("/morning/people/{id}")
    async def person(request: Request, id: int, month: str = "", done: str = "") -> Response:
        visitor = await desk.visitor(request)
        return await _person(desk, request, visitor, id, month, done=done if done in ACTIONS else "")

    @router.post("/morning/people/{id}/{action}")
    async def act(request: Request, id: int, action: str) -> Response:
        visitor = await desk.visitor(request)
        async with read_form(request, visitor, SMALL) as form:
            typed, key = (
                {name: form.text(name) for name in FIELDS},
                form.key(f"morning/{id}/{action}", visitor.person.id),
            )
            month = form.text("month")
        if action not in ACTIONS:
            return desk.not_found(request, visitor)
        try:
            command = ACTIONS[action](id, typed, desk.today())
            await do_once(desk, visitor, command, key)
        except Refusal as refusal:
            if not _sees(visitor, id):
                raise
            return await _person(desk, request, visitor, id, month, stopped=Stopped(action, refusal, typed))
        if not _sees(visitor, id):
            return RedirectResponse("/morning", 303)
        kept = f"&month={month}" if month_named(month) else ""
        return RedirectResponse(f"/morning/people/{id}?done={action}{kept}#done", 303)

    return router


async def _mapped(
    desk: Desk, request: Request, letters: str, day: str | None = None, month: str | None = None
) -> Response:
    """A day's or a month's heat map: of the departments, or of the people of one."""
    visitor = await desk.visitor(request)
    seen = sight(visitor)
    department = visitor.directory.department(letters) if letters else None
    # Whoever may see the names of one department alone need not choose it.
    chosen = department.id if department else next(iter(seen.names)) if len(seen.figures) == 1 and seen.names else None
    if not seen.figures:
        return RedirectResponse("/morning/me", 303)
    if department is not None and department.id not in seen.names:
        raise NotAllowed(Role.HEAD)

    def read(connection: Connection) -> dict[str, Any]:
        watch = desk.office.watch(connection)
        if day is not None:
            return _day_values(watch, seen, chosen, day)
        return _month_values(watch, seen, chosen, month or "")

    values = await desk.store.read(read)
    shared = {"sight": seen, "department": chosen, "kind": "day" if day is not None else "month"}
    return desk.show(request, "morning_map.html", visitor, {**values, **shared})


def _day_values(watch: Watch, seen: Sight, department: int | None, typed: str) -> dict[str, Any]:
    usual = last_reported_before(watch.run, watch.today) or watch.today
    day = read_day(typed) or usual
    if department is None:
        found = heat.day_by_department(watch, seen.figures, day)
    else:
        found = heat.day_by_person(watch, department, day)
    earlier = last_reported_before(watch.run, day)
    later = watch.windows.calendar.next_open_day(day)
    return {
        "map": found,
        "day": day,
        "bad_day": bool(typed) and read_day(typed) is None,
        "earlier": f"{earlier:%d-%m-%Y}" if earlier else "",
        "later": f"{later:%d-%m-%Y}" if later <= watch.today else "",
        "typed": typed[:20],
        "today": watch.today,
    }


def _month_values(watch: Watch, seen: Sight, department: int | None, typed: str) -> dict[str, Any]:
    month = month_or_this(typed, watch.today)
    if department is None:
        found = heat.month_by_department(watch, seen.figures, month)
    else:
        found = heat.month_by_person(watch, department, month)
    return {"map": found, "month": month, "bad_day": False, **months_around(month, watch.today)}


async def _person(
    desk: Desk,
    request: Request,
    visitor: Visitor,
    id: int,
    month: str,
    done: str = "",
    stopped: Stopped | None = None,
) -> Response:
    if id not in visitor.directory.people:
        return desk.not_found(request, visitor)
    if not _sees(visitor, id):
        raise NotAllowed(Role.HEAD)
    today = desk.today()
    shown = month_or_this(month, today)
    leaf = await desk.store.read(lambda connection: read_record(desk.office.watch(connection), id, shown))
    values = {
        "leaf": leaf,
        "sight": sight(visitor),
        "person": visitor.directory.people[id],
        "memberships": visitor.directory.memberships_of(id),
        "may": may_do(visitor, id),
        "own": id == visitor.person.id,
        "month": shown,
        "today": today,
        "done": done,
        "stopped": stopped,
        "typed": stopped.typed if stopped else {},
        "refusal_template": template_of(stopped.refusal) if stopped else "",
        "facts": stopped.refusal.facts() if stopped else {},
        "key": new_key(),
        **months_around(shown, today),
    }
    return desk.show(request, "morning_person.html", visitor, values, status=409 if stopped else 200)


def _sees(visitor: Visitor, person: int) -> bool:
    return sight(visitor).sees_person(visitor, person)
