"""The stream that keeps today's page true: drawn anew when somebody was seen, and with every minute of the clock."""

import asyncio
import logging
from collections.abc import AsyncIterator

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request

from core.store.queries.morning import presence_pulse
from core.store.work import StoreUnavailable
from desk.desk import Desk, SignInNeeded
from desk.morning.sight import sight
from desk.morning.today import Narrowed, read_morning, state_of
from desk.visitor import Visitor

#: Proxies close a connection on which nothing comes; 15 seconds are less than any of them waits.
PING_S = 15.0
ASKED_EVERY_S = 0.5
#: However much happens, it is drawn at most so often: nobody reads faster.
DRAWN_EVERY_S = 1.0
_log = logging.getLogger(__name__)


class Stream:
    """All open pages share one question to the database, and are drawn one after the other."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._asking = asyncio.Lock()
        self._drawing = asyncio.Lock()
        self._state: tuple[object, ...] = ()
        self._asked_at = float("-inf")

    async def events(self, request: Request, asked: Narrowed) -> AsyncIterator[str]:
        """What a page hears; the stream ends when the database is away, and the page comes again by itself."""
        try:
            async for event in self._changes(request, asked):
                yield event
        except (SQLAlchemyError, StoreUnavailable) as away:
            _log.warning("morning: the records cannot be read: %s", type(away).__name__)

    async def _changes(self, request: Request, asked: Narrowed) -> AsyncIterator[str]:
        """The live part whole at the start, then whenever it has changed; `expired` when the session has ended."""
        loop, sent = asyncio.get_running_loop(), ""
        while True:
            seen = await self._latest()
            try:
                visitor = await self._desk.visitor(request)
            except SignInNeeded:
                yield "event: expired\ndata: \n\n"
                return
            async with self._drawing:
                drawn_at = loop.time()
                html = await asyncio.to_thread(self._live_part, request, visitor, asked)
            yield _event(html) if html != sent else ": ping\n\n"
            sent = html
            while await self._latest() == seen and loop.time() < drawn_at + PING_S:
                await asyncio.sleep(ASKED_EVERY_S)
            await asyncio.sleep(max(0.0, drawn_at + DRAWN_EVERY_S - loop.time()))

    async def _latest(self) -> tuple[object, ...]:
        async with self._asking:
            time = asyncio.get_running_loop().time()
            if time - self._asked_at >= ASKED_EVERY_S:
                self._state = await self._desk.store.read(self._read_state)
                self._asked_at = time
            return self._state

    def _read_state(self, connection: Connection) -> tuple[object, ...]:
        watch = self._desk.office.watch(connection)
        return (*state_of(watch), *presence_pulse(watch.run, watch.today))

    def _live_part(self, request: Request, visitor: Visitor, asked: Narrowed) -> str:
        morning = self._desk.store.read_now(
            lambda connection: read_morning(self._desk.office.watch(connection), visitor, asked)
        )
        shown = {"morning": morning, "asked": asked, "sight": sight(visitor), "out_of_band": True}
        now = self._desk.clock.now()
        return self._desk.speech.render(
            "morning_live.html", visitor.language, now, self._desk.common(request, visitor) | shown
        )


def _event(html: str) -> str:
    return "".join(f"data: {line}\n" for line in html.splitlines()) + "\n"
