"""The API of browsers that want to be woken, and what is new when they wake."""

from typing import Annotated

from fastapi import APIRouter, Depends
from sqlalchemy import Connection

from bot.adapters.webchat.messenger import Messenger
from bot.adapters.webchat.reader import Door, Reader
from bot.adapters.webchat.refused import Refused
from bot.adapters.webchat.shapes import Device, Done, NoticeView
from bot.adapters.webchat.speech import Speech
from bot.adapters.webchat.views import Views
from bot.adapters.webchat.waking import PushSettings
from bot.store import webchat as rows
from core.store.store import Store
from core.store.work import Work


def add_devices(
    router: APIRouter, store: Store, messenger: Messenger, push: PushSettings | None, speech: Speech, door: Door
) -> None:
    """POST and DELETE /devices, GET /notice."""
    Known = Annotated[Reader, Depends(door)]

    @router.post("/devices")
    async def add(device: Device, reader: Known) -> Done:
        """Wake this browser when something is new, for as long as this session lasts."""
        if push is None or not reader.cookie or not push.know(device.endpoint):
            raise Refused(422, "no_push", "endpoint")
        await store.do(Work(lambda uow: rows.keep_device(uow, device.endpoint, reader.user, reader.session.id)))
        return Done()

    @router.delete("/devices")
    async def forget(device: Device, reader: Known) -> Done:
        """Wake this browser no more."""
        await store.do(Work(lambda uow: rows.forget_device(uow, device.endpoint, reader.user)))
        return Done()

    @router.get("/notice")
    async def notice(reader: Known) -> NoticeView:
        """What a notice says: in which chat something is new, and nothing of what it is."""

        def look(connection: Connection) -> NoticeView:
            directory = store.directory(connection)
            mine = messenger.chats(connection, directory, reader.user)
            unread = rows.unread_counts(connection, mine, reader.user)
            last = rows.last_messages(connection, unread)
            name = speech.sentence("bot", reader.language)
            if not last:
                return NoticeView(title=name, body=speech.sentence("new_message", reader.language), chat="")
            newest = max(last, key=lambda chat: last[chat].id)
            title = Views(reader, directory, speech).chat(mine[newest]).title
            body = speech.sentence("new_in", reader.language, title=title, count=unread[newest])
            return NoticeView(title=name, body=body, chat=newest)

        return await store.read(look)
