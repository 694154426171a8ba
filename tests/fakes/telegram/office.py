"""The small district's office with its groups on Telegram: everything real, and the Bot API server on this machine."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import uvicorn

from bot.adapters.telegram import telegram
from bot.adapters.telegram.adapter import LIMITS
from bot.app import Running, put_together
from bot.settings import Configuration
from bot.store.outbox import waiting_counts
from bot.unread import Unread
from core.clock import Clock, SetClock
from core.commands import BindGroup, Command, LinkIdentity, Part, RegisterPetition
from core.complaints import Complaint
from core.groups import Purpose
from core.people import Actor, Door, Via
from core.proof import verify
from core.store.work import Work
from tests.district import DEPARTMENTS, DRAIN, PEOPLE, WEDNESDAY_10, make_district
from tests.fakes.telegram.server import BotApi
from tests.fakes.telegram.world import BOT, TOKEN
from tests.made_once import make_in

ACCOUNT = str(BOT)
SYSTEM = Actor(None, Via(Door.COMMAND), system=True)
GROUPS = {code: -1001000000000 - place for place, code in enumerate(DEPARTMENTS, start=1)}
ADMINISTRATION = -1001000000900
USERS = {name: 5_000_000_000 + id for name, id in PEOPLE.items()}


@dataclass
class TelegramOffice:
    """The office, the server, and how tests act on both sides."""

    api: BotApi
    running: Running
    clock: SetClock

    async def register(self, *parts: str, **fields: Any) -> tuple[Complaint, ...]:
        """The operator registers a petition at the desk; each part is letters and category, as in "DPRO B"."""
        store = self.running.store
        operator = store.read_now(store.directory).actor(PEOPLE["operator"], Via(Door.DESK))
        values: dict[str, Any] = {
            "name": "सावित्री देवी",
            "phone": "9812345610",
            "village": "बसही",
            "words": DRAIN,
            "parts": tuple(Part(*part.split()) for part in parts),
            **fields,
        }
        done = await self.running.office.do(RegisterPetition(**values), operator)
        return tuple(entry.complaint for entry in done.entries)

    def complaint(self, code: str) -> Complaint:
        """The complaint as it stands now."""
        result = self.running.store.do_now(Work(lambda unit: unit.complaint(code)))
        assert result.value is not None
        return result.value

    async def settled(self) -> None:
        """Every update is taken, and all that it caused has been said."""
        await self.api.world.until(lambda: not self.api.world.updates and self._nothing_waits())

    def _nothing_waits(self) -> bool:
        return not self.running.store.read_now(waiting_counts)


@asynccontextmanager
async def telegram_office(
    url: str, folder: Path, api: BotApi, bound: bool = True, paced: bool = False, **account: object
) -> AsyncIterator[TelegramOffice]:
    """A new small district on the new database at `url`, served, in English; its people known, its groups bound.

    paced: no faster than Telegram allows, with the account in config.yaml; else as fast as it goes.
    """
    clock = SetClock(WEDNESDAY_10)
    api.world.now = int(WEDNESDAY_10.timestamp())
    make_in(url, make_district)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        settings = _settings(url, port, api, account)
        running = put_together(settings, clock, folder) if paced else _unhurried(settings, clock, folder, port)
        for code, chat in GROUPS.items():
            if chat not in api.world.chats:
                api.world.group(chat, code)
        api.world.group(ADMINISTRATION, "administration")
        for name, id in USERS.items():
            api.world.person(id, name)
        commands: list[Command] = [LinkIdentity(ACCOUNT, str(USERS[name]), id) for name, id in PEOPLE.items()]
        if bound:
            commands += [BindGroup(ACCOUNT, str(chat), Purpose.DEPARTMENT, code) for code, chat in GROUPS.items()]
            commands.append(BindGroup(ACCOUNT, str(ADMINISTRATION), Purpose.ADMINISTRATION))
        await asyncio.gather(*(running.office.do(command, SYSTEM) for command in commands))
        async with _served(running, listening):
            yield TelegramOffice(api, running, clock)
        assert running.store.read_now(verify).faults == ()
        running.store.close()


def _unhurried(settings: Configuration, clock: Clock, folder: Path, port: int) -> Running:
    """The office with its Telegram account beside config.yaml, so that nothing waits for Telegram's limits."""
    (account,) = settings.telegram_accounts().values()

    async def file_bytes(sha256: str) -> bytes:
        return await running.files.read(sha256)

    async def keep_unread(key: str, raw: str, reason: str) -> None:
        await Unread(running.store, ACCOUNT).keep(key, raw, reason)

    hook = f"https://127.0.0.1:{port}/hooks/{ACCOUNT}"
    limits = replace(LIMITS, per_second=10_000.0, per_chat_minute=100_000.0, per_chat_second=None)
    adapter = telegram(account, clock, file_bytes, keep_unread, hook, limits)
    alone = settings.model_copy(update={"accounts": {}})
    running = put_together(alone, clock, folder, others={ACCOUNT: adapter})
    return running


def _settings(url: str, port: int, api: BotApi, account: dict[str, object]) -> Configuration:
    section = {"platform": "telegram", "token": TOKEN, "api_url": api.url, **account}
    return Configuration.model_validate(
        {
            "database": url,
            "office": {"language": "en"},
            "server": {"public_url": f"https://127.0.0.1:{port}"},
            "closing": {"evidence": {}},
            "accounts": {"telegram": section},
        }
    )


@asynccontextmanager
async def _served(running: Running, listening: socket.socket) -> AsyncIterator[None]:
    config = uvicorn.Config(running.app, log_level="error", lifespan="on", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server._serve([listening]))
    while not server.started:
        if serving.done():
            serving.result()
        await asyncio.sleep(0.005)
    try:
        yield
    finally:
        server.should_exit = True
        await serving
