"""Chats in memory: what the bot said stands here as people see it, with the buttons that can be pressed.

It takes what a chat platform takes: too long a text, too many buttons, an edit of what is not there are Rejected.
"""

import asyncio
from collections import defaultdict
from dataclasses import dataclass, replace

from bot.adapters.base import Limits, Receive, Rejected
from bot.events import Address
from bot.markup import length
from bot.messages import Button, Edit, Say

ACCOUNT = "simulation"
AS_FAST_AS_IT_GOES = 1e9

Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True)
class Standing:
    """A message of the bot as it stands in a chat now."""

    id: str
    chat: str
    text: str
    buttons: Rows


class Chats:
    """An adapter that delivers at once. `said`, `edited`: how much of each arrived."""

    account = ACCOUNT
    platform = "simulation"
    idempotent = True
    limits = Limits(per_second=AS_FAST_AS_IT_GOES, per_chat_minute=AS_FAST_AS_IT_GOES)

    def __init__(self) -> None:
        self.said = 0
        self.edited = 0
        self._messages: dict[str, Standing] = {}
        self._by_button: dict[tuple[str, str], str] = {}
        self._new: defaultdict[str, list[str]] = defaultdict(list)

    # What the engine calls

    def direct_chat(self, user: str) -> str:
        """The chat of this user and the bot."""
        return f"direct:{user}"

    async def run(self, receive: Receive) -> None:
        """Nothing comes by itself: who plays calls the dispatcher."""
        await asyncio.Event().wait()

    async def say(self, say: Say) -> str:
        """A new message; its id is made of its key, so that it is the same in every run."""
        self._check(say.text, say.buttons)
        if not say.text.strip() and not say.attachments:
            raise Rejected("message text is empty")
        id = f"bot/{say.key}"
        if id not in self._messages:
            self.said += 1
            self._put(Standing(id, say.address.chat, say.text, say.buttons))
        return id

    async def edit(self, edit: Edit) -> None:
        """A message changes."""
        self._check(edit.text, edit.buttons)
        old = self._messages.get(edit.message)
        if old is None or old.chat != edit.address.chat:
            raise Rejected("message to edit not found")
        self.edited += 1
        for button in _flat(old.buttons):
            self._by_button.pop((old.chat, button.data), None)
        self._put(replace(old, text=edit.text, buttons=edit.buttons))

    # What people see

    def message(self, address: Address, id: str) -> Standing | None:
        """A message by its id, None where it does not stand in this chat."""
        found = self._messages.get(id)
        return found if found is not None and found.chat == address.chat else None

    def with_button(self, chat: str, data: str) -> Standing | None:
        """The latest message in a chat under which this button stands now."""
        id = self._by_button.get((chat, data))
        return self._messages[id] if id is not None else None

    def news(self, chat: str) -> tuple[Standing, ...]:
        """What the bot said or changed in a chat since `forget_news`."""
        return tuple(self._messages[id] for id in self._new.get(chat, ()))

    def forget_news(self) -> None:
        """Everybody has read what there is."""
        self._new.clear()

    def _put(self, message: Standing) -> None:
        self._messages[message.id] = message
        self._new[message.chat].append(message.id)
        for button in _flat(message.buttons):
            self._by_button[message.chat, button.data] = message.id

    def _check(self, text: str, buttons: Rows) -> None:
        limits, flat = self.limits, _flat(buttons)
        if length(text, limits.markup) > limits.text:
            raise Rejected("message is too long")
        if len(flat) > limits.buttons or any(len(row) > limits.buttons_per_row for row in buttons):
            raise Rejected("too many buttons")
        if any(len(each.label) > limits.label or len(each.data.encode()) > limits.data for each in flat):
            raise Rejected("button is too long")


def _flat(rows: Rows) -> list[Button]:
    return [button for row in rows for button in row]
