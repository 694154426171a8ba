"""Presence for programs: today's window, and a person's month, with the rights of whose token it is."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from core.people import Role
from core.refusals import Invalid, NotAllowed, NotFound
from desk.api.presence_shapes import PresenceRecord, PresenceToday, presence_record, presence_today
from desk.desk import Desk
from desk.morning.record import read_record
from desk.morning.sight import sight
from desk.morning.today import read_morning, read_narrowed
from desk.reading_months import month_named, month_or_this
from desk.visitor import Visitor


def add_presence_routes(router: APIRouter, desk: Desk, caller: Callable[..., Awaitable[Visitor]]) -> None:
    """The routes under /api/presence. `caller`: the dependency that says whose token it is."""
    Caller = Annotated[Visitor, Depends(caller)]

    @router.get("/presence/today", summary="Who is here this morning")
    async def today(
        visitor: Caller,
        department: Annotated[str, Query(description="Letters of a department.")] = "",
        show: Annotated[str, Query(description="missing, here, away, unknown or all")] = "all",
        page: int = 1,
    ) -> PresenceToday:
        """Today's window: totals, departments, and by name those whom you may see; 100 people a page."""
        asked = read_narrowed({"department": department, "show": show, "page": str(page)})
        if asked.show != show:
            raise Invalid("show", "unknown", show[:40])
        morning = await desk.store.read(lambda connection: read_morning(desk.office.watch(connection), visitor, asked))
        return presence_today(morning, visitor, asked.page)

    @router.get("/presence/{person}", summary="A person's month")
    async def record(
        person: int,
        visitor: Caller,
        month: Annotated[str, Query(description="YYYY-MM; the present one if it is left out.")] = "",
    ) -> PresenceRecord:
        """The verdicts of a month with what changed them, and leave. Your own, or those of people you may see."""
        if month and month_named(month) is None:
            raise Invalid("month", "unknown", month[:40], "2026-11")
        if person not in visitor.directory.people:
            raise NotFound("person", str(person))
        if not sight(visitor).sees_person(visitor, person):
            raise NotAllowed(Role.HEAD)
        first = month_or_this(month, desk.today())
        leaf = await desk.store.read(lambda connection: read_record(desk.office.watch(connection), person, first))
        return presence_record(leaf, visitor)
