"""What there is on a Telegram that lives in memory: people, groups, messages, files, and what a bot is told of them."""

import asyncio
from collections import defaultdict, deque
from dataclasses import dataclass, field
from itertools import count
from typing import Any

BOT = 8000000001
TOKEN = f"{BOT}:AAEtests-only-tests-only-tests-only"
NOW = 1_795_580_000
"""Seconds since 1970 on the morning of 25 November 2026."""

_LOOK_AGAIN_S = 0.005


@dataclass
class Posted:
    """A message as it stands now. `texts`: what it said, the latest last; `by`: the user's id."""

    chat: int
    id: int
    by: int
    text: str
    texts: list[str]
    keyboard: list[list[dict[str, Any]]]
    reply_to: int | None = None
    file: tuple[str, str, bytes] | None = None

    def data(self, begins: str) -> str:
        """The data of the button that begins so. Raises KeyError naming those that are there."""
        there = [button["callback_data"] for row in self.keyboard for button in row if "callback_data" in button]
        for each in there:
            if each.startswith(begins):
                return str(each)
        raise KeyError(f"no button {begins!r}; there are {there}")


@dataclass
class Chat:
    """A chat: `status` is what the bot is there; `moved`: the supergroup that it goes on as."""

    id: int
    kind: str
    title: str = ""
    status: str = "member"
    moved: int | None = None
    messages: dict[int, Posted] = field(default_factory=dict)
    ids: "count[int]" = field(default_factory=lambda: count(1))
    restricted: set[int] = field(default_factory=set)

    def shown(self) -> dict[str, Any]:
        """The chat in an update."""
        named = {"first_name": self.title} if self.kind == "private" else {"title": self.title}
        return {"id": self.id, "type": self.kind, **named}


class World:
    """One bot and everybody around it. What happens becomes updates; the bot's calls change it (`methods.py`)."""

    def __init__(self) -> None:
        self.chats: dict[int, Chat] = {}
        self.people: dict[int, dict[str, Any]] = {}
        self.updates: deque[dict[str, Any]] = deque()
        self.toasts: dict[str, str] = {}
        self.toasted_at: dict[str, float] = {}
        self.reactions: dict[tuple[int, int], str] = {}
        self.files: dict[str, bytes] = {}
        self.commands: dict[str, Any] = {}
        self.reads_all = True
        self.now = NOW
        self.changed = asyncio.Condition()
        self.trouble: dict[str, deque[tuple[int, dict[str, Any]]]] = defaultdict(deque)
        self._update_ids = count(700_000_001)
        self._press_ids = count(4_382_000_000_000_000_001)

    # Who and where

    def person(self, id: int, name: str) -> int:
        """Somebody, with a direct chat with the bot."""
        self.people[id] = {"id": id, "is_bot": False, "first_name": name}
        self.chats[id] = Chat(id, "private", name)
        return id

    def group(self, id: int, title: str, kind: str = "supergroup", status: str = "administrator") -> Chat:
        """A group with the bot in it."""
        self.chats[id] = Chat(id, kind, title, status)
        return self.chats[id]

    # What people do

    async def happen(self, **update: Any) -> int:
        """An update as it is; returns its number."""
        id = next(self._update_ids)
        async with self.changed:
            self.updates.append({"update_id": id, **update})
            self.changed.notify_all()
        return id

    async def writes(self, user: int, chat: int, text: str = "", reply_to: int | None = None, **more: Any) -> int:
        """Somebody writes; returns the message's id."""
        of = self.chats[chat]
        id = next(of.ids)
        of.messages[id] = Posted(chat, id, user, text, [text], [], reply_to)
        await self.happen(message=self.message(of, id, self.people[user], text, reply_to, **more))
        return id

    async def edits(self, user: int, chat: int, message: int, text: str) -> None:
        """Somebody changes their words."""
        of = self.chats[chat]
        of.messages[message].text = text
        shown = self.message(of, message, self.people[user], text, None, edit_date=self.now)
        await self.happen(edited_message=shown)

    def message(
        self, chat: Chat, id: int, sender: dict[str, Any], text: str, reply_to: int | None = None, **more: Any
    ) -> dict[str, Any]:
        """A message in an update."""
        shown = {"message_id": id, "date": self.now, "chat": chat.shown(), "from": sender, **more}
        if text:
            shown.setdefault("text", text)
        if reply_to is not None:
            answered = chat.messages.get(reply_to)
            shown["reply_to_message"] = {
                "message_id": reply_to,
                "date": self.now,
                "chat": chat.shown(),
                "text": answered.text if answered else "",
            }
        return shown

    async def presses(self, user: int, chat: int, message: int, data: str) -> str:
        """Somebody presses a button; returns the press's id, under which its answer comes."""
        press = str(next(self._press_ids))
        of = self.chats[chat]
        shown = self.message(of, message, {"id": BOT, "is_bot": True, "first_name": "Jan Milan"}, "")
        query = {"id": press, "from": self.people[user], "message": shown, "chat_instance": "1", "data": data}
        await self.happen(callback_query=query)
        return press

    async def upgrade(self, chat: int, to: int, halves: str = "both") -> None:
        """A group goes on as a supergroup, and the bot is told in one of its two ways, or in both."""
        old, new = self.chats[chat], self.group(to, self.chats[chat].title)
        old.moved = to
        service = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
        if halves in ("both", "old"):
            await self.happen(message=self.message(old, next(old.ids), service, "", migrate_to_chat_id=to))
        if halves in ("both", "new"):
            await self.happen(message=self.message(new, next(new.ids), service, "", migrate_from_chat_id=chat))

    # What tests wait for and look at

    async def until(self, condition: Any, timeout_s: float = 60.0) -> None:
        """Return when the condition holds; it is asked again and again. Raises TimeoutError."""
        async with asyncio.timeout(timeout_s):
            while not condition():
                await asyncio.sleep(_LOOK_AGAIN_S)

    def of_bot(self, chat: int) -> list[Posted]:
        """The bot's messages in a chat, in their order."""
        return [each for each in self.chats[chat].messages.values() if each.by == BOT]

    def last(self, chat: int) -> Posted:
        """The bot's latest message in a chat."""
        return self.of_bot(chat)[-1]

    def refuse_next(self, method: str, code: int, **answer: Any) -> None:
        """The next call of the method is refused so."""
        self.trouble[method].append((code, answer))
