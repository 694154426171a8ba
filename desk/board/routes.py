"""The board's page, and the stream that keeps it true."""

import logging
from collections.abc import AsyncIterator

from fastapi import APIRouter
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse

from core.store.work import StoreUnavailable
from desk.board.filter import read_filter
from desk.board.pulse import Pulse
from desk.board.showing import read_board
from desk.desk import Desk, SignInNeeded

#: Proxies close a connection on which nothing comes; 15 seconds are less than any of them waits.
PING_S = 15.0
_log = logging.getLogger(__name__)


def routes(desk: Desk) -> APIRouter:
    """The pages at / and /board."""
    router = APIRouter(include_in_schema=False)
    pulse = Pulse(desk.store)

    @router.get("/")
    async def board(request: Request) -> HTMLResponse:
        visitor = await desk.visitor(request)
        filter, now = read_filter(request.query_params), desk.clock.now()
        values = await desk.store.read(lambda connection: read_board(desk, connection, visitor, filter, now))
        return desk.show(request, "board.html", visitor, values)

    @router.get("/board/live")
    async def live(request: Request) -> Response:
        await desk.visitor(request)
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(_events(desk, request, pulse), media_type="text/event-stream", headers=headers)

    return router


async def _events(desk: Desk, request: Request, pulse: Pulse) -> AsyncIterator[str]:
    """What a page hears; the stream ends when the database is away, and the page comes again by itself."""
    try:
        async for event in _changes(desk, request, pulse):
            yield event
    except (SQLAlchemyError, StoreUnavailable) as away:
        _log.warning("board: the records cannot be read: %s", type(away).__name__)


async def _changes(desk: Desk, request: Request, pulse: Pulse) -> AsyncIterator[str]:
    """The live part whole at the start, so a reconnected board is fresh, then again whenever it has changed.

    Ends with the event `expired` when the session has ended: the page then asks to sign in (research pitfall K56).
    """
    filter = read_filter(request.query_params)
    sent, codes, seen = "", frozenset[str](), 0
    while True:
        seen = await pulse.latest()
        try:
            visitor = await desk.visitor(request)
            now = desk.clock.now()
            values = await desk.store.read(
                lambda connection: read_board(desk, connection, visitor, filter, now, codes)  # noqa: B023 (read at once)
            )
        except SignInNeeded:
            yield "event: expired\ndata: \n\n"
            return
        shared = desk.common(request, visitor) | values | {"out_of_band": True}
        html = desk.speech.render("board_live.html", visitor.language, now, shared)
        yield _event(html) if html != sent else ": ping\n\n"
        sent, codes = html, frozenset(line.complaint.code for line in values["lines"])
        seen = await pulse.changed(seen, PING_S)


def _event(html: str) -> str:
    return "".join(f"data: {line}\n" for line in html.splitlines()) + "\n"
