"""The board's page, and the stream that keeps it true."""

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import datetime

from fastapi import APIRouter
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse

from core.store.work import StoreUnavailable
from desk.board.filter import Filter, read_filter
from desk.board.pulse import Pulse
from desk.board.showing import read_board
from desk.desk import Desk, SignInNeeded
from desk.visitor import Visitor

#: Proxies close a connection on which nothing comes; 15 seconds are less than any of them waits.
PING_S = 15.0
_log = logging.getLogger(__name__)

#: A board is drawn anew at most so often, however much happens: drawing takes a while, and nobody reads faster.
DRAWN_EVERY_S = 1.0

#: And it rests so many times as long as drawing took: on a busy machine who presses a button goes first.
RESTS = 20


def routes(desk: Desk) -> APIRouter:
    """The pages at / and /board."""
    router = APIRouter(include_in_schema=False)
    pulse, drawing = Pulse(desk.store), asyncio.Lock()

    @router.get("/")
    async def board(request: Request) -> HTMLResponse:
        visitor = await desk.visitor(request)
        filter, now = read_filter(request.query_params), desk.clock.now()

        def drawn(connection: Connection) -> HTMLResponse:
            return desk.show(request, "board.html", visitor, read_board(desk, connection, visitor, filter, now))

        return await desk.store.read(drawn)

    @router.get("/board/live")
    async def live(request: Request) -> Response:
        await desk.visitor(request)
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(
            _events(desk, request, pulse, drawing), media_type="text/event-stream", headers=headers
        )

    return router


async def _events(desk: Desk, request: Request, pulse: Pulse, drawing: asyncio.Lock) -> AsyncIterator[str]:
    """What a page hears; the stream ends when the database is away, and the page comes again by itself."""
    try:
        async for event in _changes(desk, request, pulse, drawing):
            yield event
    except (SQLAlchemyError, StoreUnavailable) as away:
        _log.warning("board: the records cannot be read: %s", type(away).__name__)


async def _changes(desk: Desk, request: Request, pulse: Pulse, drawing: asyncio.Lock) -> AsyncIterator[str]:
    """The live part whole at the start, so a reconnected board is fresh, then again whenever it has changed.

    Ends with the event `expired` when the session has ended: the page then asks to sign in (research pitfall K56).
    Boards are drawn in a thread and one after the other (`drawing`): else whoever presses a button waits for them.
    """
    loop, filter = asyncio.get_running_loop(), read_filter(request.query_params)
    sent, codes = "", frozenset[str]()
    while True:
        seen = await pulse.latest()
        try:
            visitor = await desk.visitor(request)
            async with drawing:
                drawn_at = loop.time()
                html, codes = await asyncio.to_thread(_live_part, desk, request, visitor, filter, codes)
                rest = max(DRAWN_EVERY_S, RESTS * (loop.time() - drawn_at))
        except SignInNeeded:
            yield "event: expired\ndata: \n\n"
            return
        yield _event(html) if html != sent else ": ping\n\n"
        sent = html
        await pulse.changed(seen, PING_S)
        await asyncio.sleep(max(0.0, drawn_at + rest - loop.time()))


def _live_part(
    desk: Desk, request: Request, visitor: Visitor, filter: Filter, before: frozenset[str]
) -> tuple[str, frozenset[str]]:
    """The part of the board that changes, and the codes in its list; `before`: the codes that it held so far."""
    now: datetime = desk.clock.now()
    values = desk.store.read_now(lambda connection: read_board(desk, connection, visitor, filter, now, before))
    shared = desk.common(request, visitor) | values | {"out_of_band": True}
    html = desk.speech.render("board_live.html", visitor.language, now, shared)
    return html, frozenset(line.complaint.code for line in values["lines"])


def _event(html: str) -> str:
    return "".join(f"data: {line}\n" for line in html.splitlines()) + "\n"
