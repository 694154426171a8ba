"""Each adapter on its platform's stand-in, and how people act there."""

import asyncio
import queue
import re
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI

from bot.adapters.base import Adapter, Answer, Call, CallAnswer, Receive
from bot.adapters.telegram import TelegramAdapter
from bot.adapters.terminal import GROUP, PERSON, TerminalAdapter
from bot.adapters.webchat import webchat
from bot.events import Address, Message, Sender
from bot.hooks import hooks
from bot.markup import to_plain
from bot.testing import FakeAdapter, FakePlatform, Shown
from core.access import Access
from core.attachments import Attachments
from core.clock import SystemClock
from core.settings import OfficeSettings
from core.store.store import Store
from tests.adapters.telegram.acting import adapter as telegram_adapter
from tests.adapters.webchat.district import ASHA, PANCHAYAT, make_webchat_district
from tests.fakes.telegram.server import BotApi
from tests.made_once import make_in


@dataclass
class TelegramStage:
    """A bot on the fake Bot API server."""

    api: BotApi
    adapter: TelegramAdapter
    chat: str = "-1001234567890"
    user: str = "77"
    delivers_again: bool = True

    async def write(self, text: str, reply_to: str | None = None, direct: bool = False) -> None:
        chat = int(self.user if direct else self.chat)
        await self.api.world.writes(int(self.user), chat, text, int(reply_to) if reply_to else None)

    async def press(self, message: str, data: str) -> None:
        await self.api.world.presses(int(self.user), int(self.chat), int(message), data)

    async def shown(self) -> Sequence[Shown]:
        return [
            Shown(each.text, tuple(button["text"] for row in each.keyboard for button in row))
            for each in self.api.world.of_bot(int(self.chat))
        ]


@asynccontextmanager
async def telegram_stage(library: str, receive: str) -> AsyncIterator[TelegramStage]:
    """By one of the libraries, by polling or by webhook."""
    async with BotApi() as api:
        api.world.group(-1001234567890, "DPRO")
        api.world.person(77, "Ashok")
        if receive == "polling":
            yield TelegramStage(api, telegram_adapter(api, library))
            return
        with socket.create_server(("127.0.0.1", 0)) as listening:
            hook = f"https://127.0.0.1:{listening.getsockname()[1]}/hooks/telegram"
            made = telegram_adapter(api, library, receive="webhook", hook=hook)
            office = _Hooked(made)
            async with _serving(office.app, listening):
                yield TelegramStage(api, office)  # type: ignore[arg-type]  # it is one, and more


class _Hooked:
    """The adapter, whose calls come by /hooks as they do in an office."""

    def __init__(self, adapter: TelegramAdapter) -> None:
        self._adapter = adapter
        self._receive: Receive | None = None
        self.app = FastAPI()
        self.app.include_router(hooks({"telegram": self}, self._received))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._adapter, name)

    async def run(self, receive: Receive) -> None:
        self._receive = receive
        await self._adapter.run(receive)

    async def called(self, call: Call, receive: Receive) -> CallAnswer:
        return await self._adapter.called(call, receive)

    async def _received(self, event: Any) -> Answer:
        assert self._receive is not None
        return await self._receive(event)


@asynccontextmanager
async def _serving(app: Any, listening: socket.socket) -> AsyncIterator[None]:
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off", timeout_graceful_shutdown=1))
    task = asyncio.create_task(server._serve([listening]))
    while not server.started:
        await asyncio.sleep(0.005)
    try:
        yield
    finally:
        server.should_exit = True
        await task


@dataclass
class WebStage:
    """The web chat, over its own API."""

    adapter: Adapter
    client: httpx.AsyncClient
    chat: str = PANCHAYAT
    user: str = f"person:{ASHA}"
    delivers_again: bool = True
    sent: int = 0

    async def write(self, text: str, reply_to: str | None = None, direct: bool = False) -> None:
        self.sent += 1
        chat = self.adapter.direct_chat(self.user) if direct else self.chat
        body = {"id": f"sent-{self.sent}", "text": text} | ({"reply_to": reply_to} if reply_to else {})
        await self.client.post(f"/chats/{chat}/messages", json=body)

    async def press(self, message: str, data: str) -> None:
        self.sent += 1
        await self.client.post(
            f"/chats/{self.chat}/presses", json={"id": f"press-{self.sent}", "message": message, "data": data}
        )

    async def shown(self) -> Sequence[Shown]:
        found = (await self.client.get(f"/chats/{self.chat}/messages")).json()["messages"]
        return [
            Shown(each["text"], tuple(button["label"] for row in each["buttons"] for button in row))
            for each in found
            if each["sender"]["bot"]
        ]


@asynccontextmanager
async def web_stage(folder: Path) -> AsyncIterator[WebStage]:
    """The web chat of a small district, in this event loop."""
    clock = SystemClock()
    url = f"sqlite:///{folder / 'conformance.db'}"
    make_in(url, make_webchat_district)
    store = Store.open(url, clock)
    access = Access(store, clock)
    files = Attachments(folder / "files", store, OfficeSettings().files.limit)
    adapter, router = webchat(store, access, files, clock, OfficeSettings())
    token = access.issue_link_now(ASHA, "chat", once=False, ttl=None)
    app = FastAPI()
    app.include_router(router)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app),
        base_url="http://127.0.0.1/chat/api",
        headers={"Authorization": f"Bearer {token}", "Accept-Language": "en"},
    ) as client:
        yield WebStage(adapter, client)
    store.close()


@dataclass
class TerminalStage:
    """A keyboard that is a queue, and a screen that is a list."""

    adapter: TerminalAdapter
    keyboard: "queue.Queue[str]"
    screen: list[str]
    chat: str = GROUP
    user: str = PERSON
    delivers_again: bool = True

    async def write(self, text: str, reply_to: str | None = None, direct: bool = False) -> None:
        self.keyboard.put(("/direct " if direct else "") + (f"@{reply_to} " if reply_to else "") + text + "\n")

    async def press(self, message: str, data: str) -> None:
        raise AssertionError("a terminal has no buttons")

    async def shown(self) -> Sequence[Shown]:
        return [Shown(re.sub(r"^\[\d+\] ", "", line)) for line in self.screen]


@asynccontextmanager
async def terminal_stage() -> AsyncIterator[TerminalStage]:
    """The tutorial's adapter."""
    keyboard: queue.Queue[str] = queue.Queue()
    screen: list[str] = []
    yield TerminalStage(TerminalAdapter("terminal", keyboard.get, screen.append, SystemClock()), keyboard, screen)
    keyboard.put("")


@dataclass
class FakeStage:
    """The platform in memory, whose adapter the handlers' tests use."""

    adapter: FakeAdapter
    chat: str = "group:1"
    user: str = "7"
    delivers_again: bool = False
    waiting: list[Any] = field(default_factory=list)

    async def write(self, text: str, reply_to: str | None = None, direct: bool = False) -> None:
        number = len(self.waiting) + 1
        self.waiting.append(number)
        chat = self.adapter.direct_chat(self.user) if direct else self.chat
        event = Message(
            key=str(number),
            address=Address(self.adapter.account, chat),
            sender=Sender(self.adapter.account, self.user),
            at=SystemClock().now(),
            direct=direct,
            message=f"theirs/{number}",
            text=text,
            reply_to=reply_to,
        )
        await self.adapter.deliver(event)

    async def press(self, message: str, data: str) -> None:
        raise AssertionError("this one has no buttons")

    async def shown(self) -> Sequence[Shown]:
        return [Shown(to_plain(each.text)) for each in self.adapter.fake.messages(self.chat)]


@asynccontextmanager
async def fake_stage() -> AsyncIterator[FakeStage]:
    """The fake adapter without buttons."""
    yield FakeStage(FakeAdapter(FakePlatform(), buttons=False))
