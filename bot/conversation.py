"""The conversation driver: people who write and press, an office that answers, on a fake platform.

    async with Conversation(settings, folder, clock) as talk:
        await talk.writes("person:2", "group:dpro", "DPRO-1001-48 निस्तारित, नाली साफ कराई")
        assert "⏳" in talk.last("group:dpro").text

Everything is real but the platform: the dispatcher, the handlers, the records, the courier. Each step returns when all
that it caused has been said.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Self, TypedDict

from bot.adapters.base import Answer
from bot.app import Running, put_together
from bot.events import Address, Deleted, Event, FileReference, Message, Pressed, Reacted, Receipt, Sender
from bot.settings import Configuration
from bot.store.outbox import waiting_counts
from bot.testing import FakeAdapter, FakeMessage, FakePlatform
from core.clock import Clock
from core.commands import Command
from core.office import Done
from core.people import Actor

ACCOUNT = "bot"
_LOOK_AGAIN_S = 0.005


class _From(TypedDict):
    key: str
    address: Address
    sender: Sender
    at: datetime
    direct: bool


class Conversation:
    """An office with one account, on a fake platform. Enter it in a running event loop.

    settings: its database must have its tables.   adapter: what the platform can do; by default everything.
    written: the id of the message that somebody wrote last.
    """

    def __init__(self, settings: Configuration, folder: Path, clock: Clock, adapter: FakeAdapter | None = None) -> None:
        self.adapter = adapter or FakeAdapter(FakePlatform(clock=clock), ACCOUNT)
        self.platform = self.adapter.fake
        self.running: Running = put_together(settings, clock, folder, others={ACCOUNT: self.adapter})
        self._clock = clock
        self._ids = count(1)
        self.written = ""

    async def __aenter__(self) -> Self:
        """Start the courier and the receiving."""
        self._tasks = [
            asyncio.create_task(self.adapter.run(self.running.dispatcher.receive)),
            asyncio.create_task(self.running.courier.run()),
            asyncio.create_task(self.running.fetcher.run()),
        ]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop them, and close the database."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.running.store.close()

    async def writes(
        self,
        user: str,
        chat: str,
        text: str,
        *,
        reply_to: FakeMessage | None = None,
        photos: Sequence[str] = (),
        at: datetime | None = None,
        forwarded: bool = False,
    ) -> Answer:
        """Somebody writes in a chat; `photos` are sha256 of files that the office has."""
        id = next(self._ids)
        self.written = f"theirs/{id}"
        event = Message(
            key=f"update/{id}",
            address=Address(ACCOUNT, chat),
            sender=Sender(ACCOUNT, user),
            at=at or self._clock.now(),
            direct=chat == self.adapter.direct_chat(user),
            message=self.written,
            text=text,
            reply_to=reply_to.id if reply_to else None,
            attachments=tuple(FileReference(id=each, sha256=each, media_type="image/jpeg") for each in photos),
            forwarded=forwarded,
        )
        return await self._deliver(event)

    async def edits(self, user: str, chat: str, message: str, text: str) -> Answer:
        """Somebody changes the words of the message with this id."""
        return await self._deliver(Message(**self._from(user, chat), message=message, text=text, edited=True))

    async def deletes(self, user: str, chat: str, message: str) -> Answer:
        """Somebody takes back the message with this id."""
        return await self._deliver(Deleted(**self._from(user, chat), message=message))

    async def reacts(self, user: str, message: FakeMessage, emoji: str) -> Answer:
        """Somebody sets a reaction on a message of the bot."""
        return await self._deliver(Reacted(**self._from(user, message.chat), message=message.id, emoji=emoji))

    async def reads(self, user: str, message: FakeMessage, read: bool = True) -> Answer:
        """The platform tells that somebody has read a message of the bot; or only that it was delivered to them."""
        return await self._deliver(Receipt(**self._from(user, message.chat), message=message.id, read=read))

    async def presses(self, user: str, message: FakeMessage, action: str) -> str:
        """Somebody presses the button whose data begins with `action`; returns the toasts, a line each."""
        return await self.sends(user, message, message.button(action).data)

    async def sends(self, user: str, message: FakeMessage, data: str) -> str:
        """A press with any data, as a client may make it up."""
        event = Pressed(
            key=f"update/{next(self._ids)}",
            address=Address(ACCOUNT, message.chat),
            sender=Sender(ACCOUNT, user),
            at=self._clock.now(),
            direct=message.chat == self.adapter.direct_chat(user),
            data=data,
            message=message.id,
        )
        answer = await self._deliver(event)
        return "\n".join(toast.text for toast in answer.toasts)

    async def does(self, command: Command, by: Actor) -> Done:
        """Somebody does something at the desk."""
        done = await self.running.office.do(command, by)
        await self.settled()
        return done

    def last(self, chat: str) -> FakeMessage:
        """The latest message of the bot in a chat."""
        return self.platform.messages(chat)[-1]

    def card(self, chat: str, code: str) -> FakeMessage:
        """The card of a complaint in a chat: the bot's first message there that names its code in bold."""
        return next(each for each in self.platform.messages(chat) if f"<b>{code}</b>" in each.text)

    async def looks_at_the_clock(self) -> None:
        """The clockwork does what is due now."""
        await self.running.clockwork.look()
        await self.settled()

    async def settled(self) -> None:
        """Return when nothing waits in the outbox."""
        while await self.running.store.read(waiting_counts):
            self.running.courier.wake()
            await asyncio.sleep(_LOOK_AGAIN_S)

    def _from(self, user: str, chat: str) -> "_From":
        return {
            "key": f"update/{next(self._ids)}",
            "address": Address(ACCOUNT, chat),
            "sender": Sender(ACCOUNT, user),
            "at": self._clock.now(),
            "direct": chat == self.adapter.direct_chat(user),
        }

    async def _deliver(self, event: Event) -> Answer:
        answer = await self.adapter.deliver(event)
        await self.settled()
        return answer
