"""The page of holidays: which days are closed, and for an administrator one more, shown before it happens."""

from dataclasses import dataclass
from datetime import date, timedelta

from fastapi import APIRouter
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from core import holidays
from core.holiday_commands import DeclareHoliday
from core.office_days import Closed, OfficeCalendar, WhyClosed
from core.people import Role
from core.reading import read_day
from core.refusals import Invalid, NotAllowed, Refusal
from core.store.queries.holidays import count_due_on, latest_holiday_changes
from desk.desk import Desk
from desk.forms import Form, new_key, read_form
from desk.holidays.declaring import declare_once, take_back_once
from desk.refusals import template_of
from desk.visitor import Visitor

SMALL = 64 * 1024
SHOWN_DAYS = 366
SHOWN_CHANGES = 20


@dataclass(frozen=True)
class Typed:
    """What the form holds, as typed."""

    day: str = ""
    name_hi: str = ""
    name_en: str = ""


@dataclass(frozen=True)
class Asked:
    """What is shown before it happens: the day and its names, and how many complaints move."""

    command: DeclareHoliday
    moves: int


def routes(desk: Desk) -> APIRouter:
    """The pages under /holidays."""
    router = APIRouter(include_in_schema=False)

    @router.get("/holidays")
    async def show(request: Request, declared: str = "", opened: str = "") -> Response:
        visitor = await desk.visitor(request)
        return await _shown(desk, request, visitor, done=declared, opened=opened)

    @router.post("/holidays/check")
    async def check(request: Request) -> Response:
        """Nothing happens yet: the day is read, and what would move is counted."""
        visitor = await _administrator(desk, request)
        async with read_form(request, visitor, SMALL) as form:
            typed = _typed(form)
        try:
            asked = await _asked(desk, typed)
        except Refusal as refusal:
            return await _shown(desk, request, visitor, typed=typed, refusal=refusal)
        return await _shown(desk, request, visitor, typed=typed, asked=asked)

    @router.post("/holidays")
    async def declare(request: Request) -> Response:
        visitor = await _administrator(desk, request)
        async with read_form(request, visitor, SMALL) as form:
            typed, key = _typed(form), form.key("holiday", visitor.person.id)
        try:
            command = _command(typed, desk.today())
            await declare_once(desk, visitor, command, key)
        except Refusal as refusal:
            return await _shown(desk, request, visitor, typed=typed, refusal=refusal)
        return RedirectResponse(f"/holidays?declared={command.day.isoformat()}#done", 303)

    @router.post("/holidays/back")
    async def take_back(request: Request) -> Response:
        visitor = await _administrator(desk, request)
        async with read_form(request, visitor, SMALL) as form:
            typed, key = form.text("day"), form.key("holiday back", visitor.person.id)
        try:
            day = _day(typed)
            await take_back_once(desk, visitor, day, key)
        except Refusal as refusal:
            return await _shown(desk, request, visitor, refusal=refusal)
        return RedirectResponse(f"/holidays?opened={day.isoformat()}#done", 303)

    return router


async def _administrator(desk: Desk, request: Request) -> Visitor:
    visitor = await desk.visitor(request)
    if not visitor.actor.has(Role.ADMINISTRATOR):
        raise NotAllowed(Role.ADMINISTRATOR)
    return visitor


def _typed(form: Form) -> Typed:
    return Typed(form.text("day").strip(), form.text("name_hi").strip(), form.text("name_en").strip())


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise Invalid("day", "unknown", typed[:40]) from None


def _command(typed: Typed, today: date) -> DeclareHoliday:
    days = read_day(typed.day, today).days
    if len(days) != 1:
        raise Invalid("day", "unclear" if days else "unknown", typed.day[:40])
    return DeclareHoliday(days[0], typed.name_hi, typed.name_en)


async def _asked(desk: Desk, typed: Typed) -> Asked:
    command = _command(typed, desk.today())

    def look(connection: Connection) -> Asked:
        calendar = desk.office.rules(connection).calendar
        holidays.checked(command, desk.clock.now(), calendar)
        return Asked(command, count_due_on(connection, calendar.closes(command.day)))

    return await desk.store.read(look)


async def _shown(
    desk: Desk,
    request: Request,
    visitor: Visitor,
    typed: Typed | None = None,
    asked: Asked | None = None,
    refusal: Refusal | None = None,
    done: str = "",
    opened: str = "",
) -> Response:
    rules = await desk.store.read(desk.office.rules)
    changes = await desk.store.read(lambda connection: latest_holiday_changes(connection.execute, SHOWN_CHANGES))
    days = _closed(rules.calendar, desk.today())
    values = {
        "days": days,
        "done": next((each for each in days if each.day.isoformat() == done), None),
        "opened": next((each for each in changes[:1] if not each.declared and each.day.isoformat() == opened), None),
        "changes": changes,
        "typed": typed or Typed(),
        "asked": asked,
        "refusal_template": template_of(refusal) if refusal else "",
        "facts": refusal.facts() if refusal else {},
        "today": desk.today(),
        "declares": visitor.actor.has(Role.ADMINISTRATOR),
        "key": new_key(),
    }
    return desk.show(request, "holidays.html", visitor, values, status=409 if refusal else 200)


def _closed(calendar: OfficeCalendar, today: date) -> tuple[Closed, ...]:
    """The closed days of the next year that have a name or stand in config.yaml: the weekly ones are no news."""
    found = (calendar.why_closed(today + timedelta(days=n)) for n in range(SHOWN_DAYS))
    weekly = (WhyClosed.WEEKDAY, WhyClosed.SECOND_SATURDAY)
    return tuple(each for each in found if each is not None and each.why not in weekly)
