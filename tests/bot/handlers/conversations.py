"""Conversations in the small district: its groups bound on the fake platform, its people known there."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.adapters.base import Limits
from bot.conversation import ACCOUNT, Conversation
from bot.settings import Configuration
from bot.testing import FakeAdapter, FakeMessage, FakePlatform
from core.clock import SetClock
from core.commands import BindGroup, Command, LinkIdentity, Part, RegisterPetition
from core.complaints import Complaint
from core.groups import Purpose
from core.marking import mark
from core.office import Office
from core.people import Actor, Door, Via
from core.presence import Mark
from core.proof import verify
from core.store.unit import UnitOfWork
from core.store.work import Work
from tests.district import DEPARTMENTS, DRAIN, MEMBERS, PEOPLE, WEDNESDAY_10, make_district
from tests.made_once import make_in

UNHURRIED = Limits(per_second=10_000, per_chat_minute=100_000)
"""How fast a platform lets the bot speak is no matter of these conversations."""
SYSTEM = Actor(None, Via(Door.COMMAND), system=True)
ADMINISTRATION = "group:administration"


@dataclass
class Talk:
    """A conversation, with the district's people by name."""

    talk: Conversation
    clock: SetClock

    async def register(self, *parts: str, words: str = DRAIN, **fields: object) -> tuple[Complaint, ...]:
        """The operator registers a petition at the desk; each part is letters and category, as in "DPRO B"."""
        values: dict[str, object] = {
            "name": "सावित्री देवी",
            "phone": "9812345610",
            "village": "बसही",
            "words": words,
            "parts": tuple(Part(*part.split()) for part in parts),
            **fields,
        }
        done = await self.talk.does(RegisterPetition(**values), self.actor("operator"))  # type: ignore[arg-type]
        return tuple(entry.complaint for entry in done.entries)

    def actor(self, name: str) -> Actor:
        """Somebody of the district at the desk."""
        store = self.talk.running.store
        return store.read_now(store.directory).actor(PEOPLE[name], Via(Door.DESK))

    async def says(self, name: str, chat: str, text: str, **how: object) -> str:
        """Somebody writes; returns what the bot's latest message in that chat says then."""
        before = self.talk.platform.messages(chat)
        await self.talk.writes(user(name), chat, text, **how)  # type: ignore[arg-type]
        new = self.talk.platform.messages(chat)[len(before) :]
        return "\n".join(message.text for message in new)

    async def presses(self, name: str, message: FakeMessage, action: str) -> str:
        """Somebody presses a button; returns the toast."""
        return await self.talk.presses(user(name), message, action)

    def complaint(self, code: str) -> Complaint:
        """The complaint as it stands now."""
        result = self.talk.running.store.do_now(Work(lambda unit: unit.complaint(code)))
        assert result.value is not None
        return result.value

    def card(self, complaint: Complaint, chat: str) -> FakeMessage:
        """The complaint's card in a chat, as it is now."""
        return self.talk.card(chat, complaint.code)

    def last(self, chat: str) -> FakeMessage:
        """The bot's latest message in a chat."""
        return self.talk.last(chat)


def user(name: str) -> str:
    """By which id the fake platform knows somebody; whoever is not of the district is a citizen."""
    return f"user-{PEOPLE[name]}" if name in PEOPLE else name


def direct(name: str) -> str:
    """Somebody's direct chat with the bot."""
    return f"direct:{user(name)}"


@asynccontextmanager
async def conversation(
    url: str, folder: Path, adapter: FakeAdapter | None = None, seen: bool = True, **settings: object
) -> AsyncIterator[Talk]:
    """A new small district on the new database at `url`, in Hindi unless `settings` say otherwise.

    seen: whether everybody of the departments was seen in this hearing, so that nobody is looked for.
    """
    clock = SetClock(WEDNESDAY_10)
    make_in(url, make_district)
    config = Configuration.model_validate({"database": url, "accounts": {}, **settings})
    adapter = adapter or FakeAdapter(FakePlatform(UNHURRIED), ACCOUNT)
    adapter.fake.clock = clock
    async with Conversation(config, folder, clock, adapter) as talk:
        commands: list[Command] = [
            *(BindGroup(ACCOUNT, f"group:{code}", Purpose.DEPARTMENT, code) for code in DEPARTMENTS),
            BindGroup(ACCOUNT, ADMINISTRATION, Purpose.ADMINISTRATION),
            *(LinkIdentity(ACCOUNT, user(name), id) for name, id in PEOPLE.items()),
        ]
        await asyncio.gather(*(talk.running.office.do(command, SYSTEM) for command in commands))
        if seen:
            await talk.running.store.do(Work(lambda unit: _mark_everybody(talk.running.office, unit)))
        yield Talk(talk, clock)
        assert talk.running.store.read_now(verify).faults == ()


def _mark_everybody(office: Office, unit: UnitOfWork) -> None:
    for name in MEMBERS:
        mark(office, unit, Mark(PEOPLE[name], unit.now))
