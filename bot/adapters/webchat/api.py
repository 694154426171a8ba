"""The web chat's HTTP API, under /chat/api: everything that the page can do, so that a script can be an officer.

A Bearer token (that of a personal link) or the page's cookie says who asks; a cookie's POST brings the header X-CSRF.
"""

import json
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, Query, Request, Security
from fastapi.security import HTTPBearer
from sqlalchemy import Connection

from bot.adapters.webchat.chats import direct_chat
from bot.adapters.webchat.messenger import Messenger
from bot.adapters.webchat.reader import Door, Reader
from bot.adapters.webchat.refused import Refused, spoken_route
from bot.adapters.webchat.shapes import (
    ChatsView,
    ChatView,
    Done,
    MenuView,
    MessagesView,
    MessageView,
    MeView,
    NewGroup,
    NewPost,
    NewPress,
    PeopleView,
    Problem,
    ReadUpTo,
    ToastsView,
)
from bot.adapters.webchat.speech import Speech
from bot.adapters.webchat.views import Views, found_by
from bot.store import webchat as rows
from core.directory import Directory
from core.store.store import Store

T = TypeVar("T")
PAGE = 40
"""Messages of a page, unless asked otherwise."""

MOST_PEOPLE = 30
_NEWEST = 2**62
_PROBLEMS: dict[int | str, dict[str, Any]] = {status: {"model": Problem} for status in (401, 403, 404, 422, 503)}
_bearer = HTTPBearer(auto_error=False, description="The token of your personal link, what stands after /chat/p/.")


def make_api(store: Store, messenger: Messenger, speech: Speech, door: Door) -> APIRouter:
    """The routes but files and stream, which have their own files."""

    def language_of(request: Request) -> str:
        return door.language_of(request)

    router = APIRouter(
        prefix="/chat/api",
        tags=["Web chat"],
        route_class=spoken_route(speech, language_of),
        responses=_PROBLEMS,
        dependencies=[Security(_bearer)],
    )
    Known = Annotated[Reader, Depends(door)]

    async def seen(reader: Reader, look: Callable[[Connection, Views, Directory], T]) -> T:
        def query(connection: Connection) -> T:
            directory = store.directory(connection)
            return look(connection, Views(reader, directory, speech), directory)

        return await store.read(query)

    @router.get("/me")
    async def me(reader: Known) -> MeView:
        """Who you are here."""
        return MeView(
            id=reader.user,
            name=reader.name,
            language=reader.language,
            guest=reader.person is None,
            may_make_groups=reader.may_make_groups,
        )

    @router.get("/menu")
    async def menu(reader: Known) -> MenuView:
        """The commands that you may give to the bot, in your language."""
        kept = await store.read(lambda connection: rows.menu_of(connection, direct_chat(reader.user)))
        return MenuView.model_validate({"commands": json.loads(kept)})

    @router.get("/chats")
    async def chats(reader: Known) -> ChatsView:
        """Your chats, the one with the newest message first."""

        def look(connection: Connection, views: Views, directory: Directory) -> ChatsView:
            mine = messenger.chats(connection, directory, reader.user)
            last = rows.last_messages(connection, mine)
            unread = rows.unread_counts(connection, mine, reader.user)
            seen_of = rows.read_by_others(connection, mine, reader.user)
            listed = views.chats(connection, mine, last, unread, seen_of)
            return ChatsView(chats=listed, newest=rows.newest_change(connection))

        return await seen(reader, look)

    @router.post("/chats")
    async def make_group(group: NewGroup, reader: Known) -> ChatView:
        """Make a group (the nodal officer). Bind it then by writing `/bind` and the department's letters in it."""
        made = await messenger.make_group(reader, group)
        return await seen(
            reader,
            lambda connection, views, directory: views.chat(messenger.chats(connection, directory, reader.user)[made]),
        )

    @router.get("/people")
    async def people(
        reader: Known, search: Annotated[str, Query(description="Parts of a name, a department, a role.")] = ""
    ) -> PeopleView:
        """People to put into a group (the nodal officer)."""
        if not reader.may_make_groups:
            raise Refused(403, "only_nodal_officer")

        def look(connection: Connection, views: Views, directory: Directory) -> PeopleView:
            found = found_by(directory.people.values(), search, directory, speech)
            return PeopleView(
                people=[views.person(person) for person in found[:MOST_PEOPLE]],
                more=max(0, len(found) - MOST_PEOPLE),
            )

        return await seen(reader, look)

    @router.get("/chats/{chat:path}/messages")
    async def messages(
        chat: str,
        reader: Known,
        before: Annotated[int | None, Query(ge=0, le=_NEWEST, description="Older ones than this message.")] = None,
        after: Annotated[int | None, Query(ge=0, le=_NEWEST, description="Newer ones than this message.")] = None,
        most: Annotated[int, Query(ge=1, le=100)] = PAGE,
    ) -> MessagesView:
        """Messages of a chat, oldest first: the newest, or those before or after one of them."""

        def look(connection: Connection, views: Views, directory: Directory) -> MessagesView:
            if chat not in messenger.chats(connection, directory, reader.user):
                raise Refused(404, "unknown_chat")
            if after is not None:
                found = rows.messages_after(connection, chat, after, most + 1)
                page, older, newer = found[:most], after > 0, len(found) > most
            else:
                found = rows.messages_before(connection, chat, _NEWEST if before is None else before, most + 1)
                page, older, newer = found[-most:], len(found) > most, before is not None
            return MessagesView(messages=views.messages(connection, page), older=older, newer=newer)

        return await seen(reader, look)

    @router.post("/chats/{chat:path}/messages")
    async def post(chat: str, post: NewPost, reader: Known) -> MessageView:
        """Write in a chat. Answered once the office has taken it; the same id again is the same message."""
        id = await messenger.post(reader, chat, post)
        return await seen(
            reader, lambda connection, views, _: views.messages(connection, rows.messages_by_id(connection, [id]))[0]
        )

    @router.post("/chats/{chat:path}/presses")
    async def press(chat: str, press: NewPress, reader: Known) -> ToastsView:
        """Press a button. The answer is what the bot says to you alone; what it says to the chat comes as messages."""
        answer = await messenger.press(reader, chat, press)
        return ToastsView(toasts=[toast.text for toast in answer.toasts])

    @router.post("/chats/{chat:path}/read")
    async def read(chat: str, upto: ReadUpTo, reader: Known) -> Done:
        """You have read a chat up to a message."""
        await messenger.mark_read(reader, chat, int(upto.message))
        return Done()

    return router
