"""The test kit for whoever writes handlers, an adapter or the engine: a chat platform that lives in memory.

    platform = FakePlatform(Limits(text=4096), clock=clock)
    adapter = FakeAdapter(platform, buttons=False, edit=False)

It obeys the rules that platforms document: too long, too many buttons, an edit of what cannot be edited are Rejected,
too fast is RetryLater, a chat without the bot is Gone. What an adapter can do is chosen when it is made.
"""

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count

from bot.adapters.base import (
    Answer,
    DeliveryError,
    FileTooLarge,
    Gone,
    Limits,
    Moved,
    Receive,
    Rejected,
    RetryLater,
    Unreachable,
)
from bot.events import Event, FileReference
from bot.markup import length
from bot.messages import Button, Edit, OutgoingFile, PersonalMenu, React, Restore, Restrict, Say, Toast
from core.clock import Clock, SystemClock

Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True)
class FakeMessage:
    """A message as it stands in a chat now. `texts`: all that it ever said, the latest last."""

    id: str
    chat: str
    key: str
    text: str
    buttons: Rows
    attachments: tuple[OutgoingFile, ...]
    reply_to: str | None
    silent: bool
    at: datetime
    texts: tuple[str, ...]

    def button(self, data_begins: str) -> Button:
        """The button whose data begins so. Raises KeyError naming those that are there."""
        there = [button for row in self.buttons for button in row]
        for button in there:
            if button.data.startswith(data_begins):
                return button
        raise KeyError(f"no button {data_begins!r} under {self.id}; there are {[each.data for each in there]}")


@dataclass
class FakePlatform:
    """Chats, their messages, and what goes wrong.

    limits: what it allows, and measures.   delay_s: seconds until a message arrives, asked for each.
    answer_delay_s: seconds from its arrival to the answer.   idempotent: whether the same key twice is one message.
    requests, arrived: how much was asked and how much of it was done, repeats included.   too_fast: how often it was.
    """

    limits: Limits = field(default_factory=Limits)
    clock: Clock = field(default_factory=SystemClock)
    delay_s: Callable[[], float] = lambda: 0.0
    answer_delay_s: Callable[[], float] = lambda: 0.0
    idempotent: bool = False
    outage: bool = False
    toasts: list[Toast] = field(default_factory=list)
    menus: list[PersonalMenu] = field(default_factory=list)
    reactions: dict[tuple[str, str], str] = field(default_factory=dict)
    restricted: set[tuple[str, str]] = field(default_factory=set)
    files: dict[str, bytes] = field(default_factory=dict)
    too_fast: int = 0
    requests: int = 0
    arrived: int = 0
    most_at_once: int = 0

    def __post_init__(self) -> None:
        self._messages: dict[str, FakeMessage] = {}
        self._by_key: dict[str, str] = {}
        self._ids = count(1)
        self._failures: dict[str, deque[DeliveryError]] = defaultdict(deque)
        self._unanswered: dict[str, int] = defaultdict(int)
        self._moved: dict[str, str] = {}
        self._gone: set[str] = set()
        self._arrivals: deque[tuple[float, str]] = deque()
        self._in_chat: set[str] = set()
        self._at_once = 0
        self._changed = asyncio.Event()

    # What tests look at

    def messages(self, chat: str | None = None) -> tuple[FakeMessage, ...]:
        """The messages of a chat, or of all, in the order in which they came."""
        return tuple(each for each in self._messages.values() if chat is None or each.chat == chat)

    def texts(self, chat: str) -> list[str]:
        """What the messages of a chat say now."""
        return [each.text for each in self.messages(chat)]

    async def until(self, condition: Callable[[], bool], timeout_s: float = 20.0) -> None:
        """Return when the condition holds; it is asked after each change here. Raises TimeoutError."""
        async with asyncio.timeout(timeout_s):
            while not condition():
                self._changed.clear()
                await self._changed.wait()

    # What tests make go wrong

    def fail_next(self, chat: str, *errors: DeliveryError) -> None:
        """The next sends to the chat are answered with these, and do not arrive."""
        self._failures[chat].extend(errors)

    def lose_answers(self, chat: str, number: int = 1) -> None:
        """The next `number` sends to the chat arrive, and their answers are lost on the way back."""
        self._unanswered[chat] += number

    def move(self, chat: str, to: str) -> None:
        """The chat goes on under another id."""
        self._moved[chat] = to

    def remove_bot(self, chat: str) -> None:
        """The bot is not in the chat any more."""
        self._gone.add(chat)

    def delete(self, message: str) -> None:
        """Somebody deletes a message."""
        del self._messages[message]

    # What adapters call

    async def take_say(self, say: Say) -> str:
        """A new message; returns its id."""
        return await self._take(say.address.chat, lambda: self._say(say))

    async def take_edit(self, edit: Edit) -> None:
        """A message changes."""
        await self._take(edit.address.chat, lambda: self._edit(edit))

    async def take_file_request(self, file: FileReference) -> bytes:
        """A file's bytes."""
        await self._take(file.id, lambda: "", measured=False)
        if file.size > self.limits.file_bytes:
            raise FileTooLarge(f"{file.size} bytes")
        if file.id not in self.files:
            raise Gone("no such file")
        return self.files[file.id]

    def changed(self) -> None:
        """Something else happened that a test may wait for."""
        self._changed.set()

    async def _take(self, chat: str, apply: Callable[[], str], measured: bool = True) -> str:
        self.requests += 1
        self._changed.set()
        assert chat not in self._in_chat, f"two messages on their way to {chat}"
        self._in_chat.add(chat)
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            await asyncio.sleep(self.delay_s())
            self._refuse(chat)
            if measured:
                self._measure(chat)
            answer = apply()
            self.arrived += 1
            self._changed.set()
            await asyncio.sleep(self.answer_delay_s())
        finally:
            self._in_chat.discard(chat)
            self._at_once -= 1
            self._changed.set()
        if self._unanswered[chat]:
            self._unanswered[chat] -= 1
            raise Unreachable("the answer was lost")
        return answer

    def _refuse(self, chat: str) -> None:
        if self.outage:
            raise Unreachable("no connection")
        if self._failures[chat]:
            raise self._failures[chat].popleft()
        if chat in self._moved:
            raise Moved(self._moved[chat])
        if chat in self._gone:
            raise Gone("the bot was removed")

    def _measure(self, chat: str) -> None:
        """Too fast is what comes to more than the limits in a second, or for a chat in a minute, by arrival here."""
        now = asyncio.get_running_loop().time()
        while self._arrivals and self._arrivals[0][0] <= now - 60.0:
            self._arrivals.popleft()
        last_second = sum(at > now - 1.0 for at, _ in self._arrivals)
        in_chat = sum(of == chat for _, of in self._arrivals)
        if last_second >= self.limits.per_second or in_chat >= self.limits.per_chat_minute:
            self.too_fast += 1
            raise RetryLater(timedelta(seconds=1), "too fast")
        self._arrivals.append((now, chat))

    def _say(self, say: Say) -> str:
        self._check(say.text, say.buttons)
        if len(say.attachments) > self.limits.attachments:
            raise Rejected("too many files")
        if not say.text.strip() and not say.attachments:
            raise Rejected("message text is empty")
        if self.idempotent and say.key in self._by_key:
            return self._by_key[say.key]
        id = str(next(self._ids))
        self._by_key[say.key] = id
        self._messages[id] = FakeMessage(
            id=id,
            chat=say.address.chat,
            key=say.key,
            text=say.text,
            buttons=say.buttons,
            attachments=say.attachments,
            reply_to=say.reply_to,
            silent=say.silent,
            at=self.clock.now(),
            texts=(say.text,),
        )
        return id

    def _edit(self, edit: Edit) -> str:
        self._check(edit.text, edit.buttons)
        old = self._messages.get(edit.message)
        if old is None or old.chat != edit.address.chat:
            raise Rejected("message to edit not found")
        within = self.limits.edit_within
        if within is not None and self.clock.now() - old.at > within:
            raise Rejected("message can't be edited")
        texts = (*old.texts, edit.text)
        self._messages[old.id] = replace(old, text=edit.text, buttons=edit.buttons, texts=texts)
        return old.id

    def _check(self, text: str, buttons: Rows) -> None:
        if length(text, self.limits.markup) > self.limits.text:
            raise Rejected("message is too long")
        flat = [button for row in buttons for button in row]
        if len(flat) > self.limits.buttons or any(len(row) > self.limits.buttons_per_row for row in buttons):
            raise Rejected("too many buttons")
        if any(len(each.label) > self.limits.label or len(each.data.encode()) > self.limits.data for each in flat):
            raise Rejected("button is too long")


class FakeAdapter:
    """A bot on a fake platform; `buttons`, `edit`, `toast`, … say what the platform can do.

    Methods that it cannot do are not there, as with a real adapter; `buttons` and `replies` are limits.
    """

    platform = "fake"

    def __init__(
        self,
        platform: FakePlatform,
        account: str = "bot",
        *,
        buttons: bool = True,
        replies: bool = True,
        edit: bool = True,
        toast: bool = True,
        react: bool = True,
        restrict: bool = True,
        fetch: bool = True,
        menu: bool = False,
    ) -> None:
        self.account = account
        self.limits = replace(platform.limits, replies=replies, buttons=platform.limits.buttons if buttons else 0)
        self.idempotent = platform.idempotent
        self.fake = platform
        self._receive: Receive | None = None
        self._running = asyncio.Event()
        if edit:
            self.edit = self._edit
        if toast:
            self.toast = self._toast
        if react:
            self.react = self._react
        if restrict:
            self.restrict, self.restore = self._restrict, self._restore
        if fetch:
            self.fetch = self._fetch
        if menu:
            self.menu = self._menu

    def direct_chat(self, user: str) -> str:
        """The chat of this user and the bot."""
        return f"direct:{user}"

    async def run(self, receive: Receive) -> None:
        """Hand over what `deliver` is given, until cancelled."""
        self._receive = receive
        self._running.set()
        try:
            await asyncio.Event().wait()
        finally:
            self._receive = None
            self._running.clear()

    async def deliver(self, event: Event) -> Answer:
        """Let the engine have an event, once it runs; its toasts are shown. The same event again is a repeat."""
        await self._running.wait()
        assert self._receive is not None
        answer = await self._receive(event)
        self.fake.toasts.extend(answer.toasts)
        self.fake.changed()
        return answer

    async def say(self, say: Say) -> str:
        """Send a message."""
        return await self.fake.take_say(say)

    async def _edit(self, edit: Edit) -> None:
        await self.fake.take_edit(edit)

    async def _toast(self, toast: Toast) -> None:
        self.fake.toasts.append(toast)

    async def _react(self, react: React) -> None:
        self.fake.reactions[react.address.chat, react.message] = react.emoji

    async def _restrict(self, restrict: Restrict) -> None:
        self.fake.restricted.add((restrict.address.chat, restrict.user))

    async def _restore(self, restore: Restore) -> None:
        self.fake.restricted.discard((restore.address.chat, restore.user))

    async def _menu(self, menu: PersonalMenu) -> None:
        self.fake.menus.append(menu)

    async def _fetch(self, file: FileReference) -> bytes:
        return await self.fake.take_file_request(file)
