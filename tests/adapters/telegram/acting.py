"""An adapter by itself on the Bot API server, for tests that look at it without an office."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.adapters.base import Answer, Receive
from bot.adapters.telegram import TelegramAdapter, telegram
from bot.adapters.telegram.adapter import LIMITS
from bot.events import Address, Event
from bot.settings import TelegramAccount
from core.clock import Clock, SystemClock
from tests.fakes.telegram.server import BotApi
from tests.fakes.telegram.world import BOT, TOKEN

ACCOUNT = str(BOT)
HOOK = "https://127.0.0.1:1/hooks/telegram"
FILES = {"picture": b"\xff\xd8\xff" * 400, "paper": b"%PDF-1.7" * 300}
UNREAD: list[tuple[str, str, str]] = []


def adapter(
    api: BotApi,
    library: str = "python-telegram-bot",
    hook: str = HOOK,
    clock: Clock | None = None,
    **account: object,
) -> TelegramAdapter:
    """The adapter of the server's bot, with two files in its office."""
    section = {"platform": "telegram", "token": TOKEN, "api_url": api.url, "library": library, **account}

    async def file_bytes(sha256: str) -> bytes:
        return FILES[sha256]

    async def keep_unread(key: str, raw: str, reason: str) -> None:
        UNREAD.append((key, raw, reason))

    made = TelegramAccount.model_validate(section)
    return telegram(made, clock or SystemClock(), file_bytes, keep_unread, hook, LIMITS)


def address(chat: int) -> Address:
    """A chat of the bot."""
    return Address(ACCOUNT, str(chat))


class Heard:
    """An engine that keeps what it is given; `refuse`: what it raises instead, for so many events."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.refuse: list[Exception] = []
        self.answer = Answer()

    async def receive(self, event: Event) -> Answer:
        """Take it."""
        if self.refuse:
            raise self.refuse.pop()
        self.events.append(event)
        return self.answer


@asynccontextmanager
async def running(made: TelegramAdapter, receive: Receive) -> AsyncIterator[None]:
    """The adapter receives meanwhile."""
    task = asyncio.create_task(made.run(receive))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
