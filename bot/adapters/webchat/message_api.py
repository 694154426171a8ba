"""The API of single messages: other words, taking back, reactions, who has seen it; and finding them by their words."""

from collections.abc import Callable
from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, Path, Query
from sqlalchemy import Connection

from bot.adapters.webchat.changing import Changes
from bot.adapters.webchat.chats import is_direct, members_of
from bot.adapters.webchat.messenger import Messenger
from bot.adapters.webchat.reader import Door, Reader
from bot.adapters.webchat.refused import Refused
from bot.adapters.webchat.shapes import FoundView, MessageId, MessageView, NewReaction, NewWords, SeenByView
from bot.adapters.webchat.speech import Speech
from bot.adapters.webchat.views import Views
from bot.store import webchat as rows
from core.directory import Directory
from core.store.store import Store
from core.text import fold

T = TypeVar("T")
MOST_FOUND = 30
_MOST_WORDS = 8
_NEWEST = 2**62


def add_message_routes(
    router: APIRouter, store: Store, messenger: Messenger, changes: Changes, speech: Speech, door: Door
) -> None:
    """The routes below /chats/{chat}/messages/{message}, and GET /chats/{chat}/search."""
    Known = Annotated[Reader, Depends(door)]
    Message = Annotated[MessageId, Path()]

    async def seen(reader: Reader, look: Callable[[Connection, Views, Directory], T]) -> T:
        def query(connection: Connection) -> T:
            directory = store.directory(connection)
            return look(connection, Views(reader, directory, speech), directory)

        return await store.read(query)

    async def as_it_is(reader: Reader, id: int) -> MessageView:
        return await seen(
            reader, lambda connection, views, _: views.messages(connection, rows.messages_by_id(connection, [id]))[0]
        )

    @router.patch("/chats/{chat:path}/messages/{message}")
    async def edit(chat: str, message: Message, words: NewWords, reader: Known) -> MessageView:
        """Give your own message other words, within fifteen minutes. Answered once the office has taken it."""
        return await as_it_is(reader, await changes.edit(reader, chat, int(message), words))

    @router.delete("/chats/{chat:path}/messages/{message}")
    async def delete(chat: str, message: Message, reader: Known) -> MessageView:
        """Take your own message back, within two days. The chat sees that there was one."""
        return await as_it_is(reader, await changes.delete(reader, chat, int(message)))

    @router.put("/chats/{chat:path}/messages/{message}/reaction")
    async def react(chat: str, message: Message, reaction: NewReaction, reader: Known) -> MessageView:
        """Set your reaction, change it, or take it back with an empty one."""
        return await as_it_is(reader, await changes.react(reader, chat, int(message), reaction))

    @router.get("/chats/{chat:path}/messages/{message}/seen")
    async def seen_by(chat: str, message: Message, reader: Known) -> SeenByView:
        """Who of the group has read a message, and when; of your own messages and the bot's."""

        def look(connection: Connection, views: Views, directory: Directory) -> SeenByView:
            found = rows.messages_by_id(connection, [int(message)])
            if chat not in messenger.chats(connection, directory, reader.user):
                raise Refused(404, "unknown_chat")
            if not found or found[0].chat != chat:
                raise Refused(404, "unknown_message")
            if is_direct(chat) or found[0].sender not in (reader.user, rows.BOT):
                raise Refused(403, "seen_by_not_yours")
            members = members_of(directory, messenger.account, chat, rows.members_by_hand(connection, chat))
            return views.seen_by(members, found[0].sender, rows.readers_of(connection, chat, int(message)))

        return await seen(reader, look)

    @router.get("/chats/{chat:path}/search")
    async def search(
        chat: str,
        reader: Known,
        words: Annotated[str, Query(max_length=200, description="Parts of words, in any spelling.")],
        before: Annotated[int, Query(ge=0, le=_NEWEST, description="Older ones than this message.")] = _NEWEST,
    ) -> FoundView:
        """The messages of a chat in which all the words occur, also in the names of files; newest first."""

        def look(connection: Connection, views: Views, directory: Directory) -> FoundView:
            if chat not in messenger.chats(connection, directory, reader.user):
                raise Refused(404, "unknown_chat")
            asked = fold(words).split()[:_MOST_WORDS]
            found = rows.messages_with(connection, chat, asked, before, MOST_FOUND + 1) if asked else []
            return FoundView(messages=views.messages(connection, found[:MOST_FOUND]), more=len(found) > MOST_FOUND)

        return await seen(reader, look)
