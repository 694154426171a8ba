"""The live feed: server-sent events, each with the number of its change as id, so that nothing is missed or doubled."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import StreamingResponse
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.adapters.webchat.feed import Feed, Follower
from bot.adapters.webchat.messenger import Messenger
from bot.adapters.webchat.reader import Door, Reader
from bot.adapters.webchat.speech import Speech
from bot.adapters.webchat.views import Views
from bot.store import webchat as rows
from core.store.store import Store
from core.store.work import StoreUnavailable

LONGEST_NUMBER = 18
PING_EVERY = 15.0
"""Seconds; also how often it looks whether the session is over and in which chats the reader is."""

MOST_MISSED = 200
"""Changes that are sent one by one to whoever comes back; after more, the page reads everything anew."""

_log = logging.getLogger(__name__)
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


@dataclass(frozen=True)
class _News:
    """What a stream has to send now: events ready to go, and the number it has come to."""

    events: tuple[str, ...]
    number: int


def add_stream(
    router: APIRouter,
    store: Store,
    messenger: Messenger,
    feed: Feed,
    speech: Speech,
    door: Door,
    ping_every: float,
) -> None:
    """GET /stream."""

    def read_news(connection: Connection, reader: Reader, follower: Follower, number: int) -> _News:
        directory = store.directory(connection)
        chats = messenger.chats(connection, directory, reader.user)
        follower.chats = frozenset(chats)
        found = rows.changed_after(connection, number, chats, MOST_MISSED + 1)
        newest = rows.newest_change(connection)
        if len(found) > MOST_MISSED or number > newest:  # a higher number than ours: an older database was restored
            return _News((_event("reset", "{}", newest),), newest)
        messages = Views(reader, directory, speech).messages(connection, found)
        events = tuple(
            _event("message" if row.changed == row.id else "changed", message.model_dump_json(), row.changed)
            for row, message in zip(found, messages, strict=True)
        )
        return _News(events, found[-1].changed if found else number)

    async def events(request: Request, reader: Reader, number: int) -> AsyncIterator[str]:
        """All that happens; ends when the database is away, and the page comes again by itself."""
        try:
            async for event in changes(request, reader, number):
                yield event
        except (SQLAlchemyError, StoreUnavailable) as away:
            _log.warning("web chat: the stream cannot be read: %s", type(away).__name__)

    async def changes(request: Request, reader: Reader, number: int) -> AsyncIterator[str]:
        loop = asyncio.get_running_loop()
        looked = loop.time()
        yield ": connected\n\n"
        with feed.follow(reader.user) as follower:
            while not feed.closed:
                if loop.time() - looked >= ping_every:
                    looked = loop.time()
                    if await door.reader(request) is None:
                        yield "event: over\ndata: {}\n\n"
                        return
                    yield ": ping\n\n"
                news = await store.read(partial(read_news, reader=reader, follower=follower, number=number))
                number = news.number
                for event in news.events:
                    yield event
                while follower.untold:
                    chat, upto = follower.untold.popitem()
                    yield _event("seen", json.dumps({"chat": chat, "upto": str(upto)}))
                while follower.toasts:
                    yield _event("toast", json.dumps({"text": follower.toasts.popleft()}, ensure_ascii=False))
                await follower.wait(max(0.0, looked + ping_every - loop.time()))

    @router.get("/stream", response_class=StreamingResponse, responses={200: {"content": {"text/event-stream": {}}}})
    async def stream(
        request: Request,
        reader: Annotated[Reader, Depends(door)],
        after: Annotated[
            int | None, Query(ge=0, le=10**LONGEST_NUMBER, description="The number of the last change you know.")
        ] = None,
    ) -> StreamingResponse:
        """Everything that is posted or changed in your chats, as it happens.

        Events: `message` and `changed` carry a message as GET messages gives it; `seen` says up to which message
        somebody else has read a chat; `toast` carries a short word; `reset` says that too much was missed, read
        everything anew; `over` that the session is over. The id of an event is the number of its change: send it back
        as `Last-Event-ID`, or as `after`, to go on from there.
        """
        last = request.headers.get("last-event-id", "")
        number = int(last) if last.isascii() and last.isdecimal() and len(last) <= LONGEST_NUMBER else after
        if number is None:
            number = await store.read(rows.newest_change)
        return StreamingResponse(events(request, reader, number), media_type="text/event-stream", headers=_HEADERS)


def _event(kind: str, data: str, number: int | None = None) -> str:
    id = "" if number is None else f"id: {number}\n"
    return f"{id}event: {kind}\ndata: {data}\n\n"
