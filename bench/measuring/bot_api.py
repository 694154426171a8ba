"""A chat platform that costs nothing: Telegram's updates are translated and its requests built, but nothing is sent.

The cut is where a real adapter hands its request to the HTTP client, and the answer is parsed again; the peers are cut
at the same place. So what is measured is what a bot does, not what a network takes.
"""

import asyncio
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import count
from typing import Any

from bench.measuring.mix import BOT_ID
from bot.adapters.base import Answer, Limits, Receive
from bot.events import Address, Event, Message, Pressed, Sender
from bot.messages import Button, Edit, Say

ACCOUNT = str(BOT_ID)
_AS_FAST_AS_IT_GOES = 1e9


class BotApiStub:
    """An adapter whose platform answers at once. `said`, `edited`, `toasted`: how many of each were asked for.

    cards: the id of the message that first showed each complaint's buttons, by the complaint's id.
    """

    account = ACCOUNT
    platform = "telegram"
    limits = Limits(per_second=_AS_FAST_AS_IT_GOES, per_chat_minute=_AS_FAST_AS_IT_GOES, markup="telegram")

    def __init__(self) -> None:
        self.said = self.edited = self.toasted = 0
        self.cards: dict[int, int] = {}
        self._ids = count(1)
        self._receive: Receive | None = None
        self._running = asyncio.Event()

    # What the engine calls

    def direct_chat(self, user: str) -> str:
        """The chat of this user and the bot: on Telegram both have the same id."""
        return user

    async def run(self, receive: Receive) -> None:
        """Take updates by `take`, until cancelled."""
        self._receive = receive
        self._running.set()
        await asyncio.Event().wait()

    async def say(self, say: Say) -> str:
        """A new message."""
        fields = {"text": say.text, **_markup(say.buttons)}
        if say.reply_to is not None:
            fields["reply_parameters"] = {"message_id": int(say.reply_to), "allow_sending_without_reply": True}
        answer = self._request("sendMessage", say.address, fields)
        self.said += 1
        id = int(answer["result"]["message_id"])
        for row in say.buttons:
            for button in row:
                if button.data.startswith("solve:complaint:"):
                    self.cards.setdefault(int(button.data.rpartition(":")[2]), id)
        return str(id)

    async def edit(self, edit: Edit) -> None:
        """A message changes."""
        fields = {"message_id": int(edit.message), "text": edit.text, **_markup(edit.buttons)}
        self._request("editMessageText", edit.address, fields)
        self.edited += 1

    # What the platform does

    async def take(self, body: bytes) -> None:
        """An update arrives: returns when the engine has kept it and its toasts are shown."""
        await self._running.wait()
        assert self._receive is not None
        event = self.translate(body)
        if event is not None:
            answer = await self._receive(event)
            if isinstance(event, Pressed):
                self._answer_press(event, answer)

    def translate(self, body: bytes) -> Event | None:
        """The event that an update is, None for a kind that says nothing to us."""
        update = json.loads(body)
        key = str(update["update_id"])
        if (query := update.get("callback_query")) is not None:
            return self._pressed(key, query)
        if (edited := update.get("edited_message")) is not None:
            return self._message(key, edited, edited["edit_date"], edited=True)
        if (message := update.get("message")) is not None:
            return self._message(key, message, message["date"], edited=False)
        return None

    def _pressed(self, key: str, query: Mapping[str, Any]) -> Pressed:
        message = query["message"]
        return Pressed(
            key=key,
            address=_address(message),
            sender=_sender(query),
            at=datetime.fromtimestamp(message["date"], UTC),
            direct=message["chat"]["type"] == "private",
            data=query["data"],
            message=str(message["message_id"]),
        )

    def _message(self, key: str, message: Mapping[str, Any], date: int, edited: bool) -> Message:
        replied = message.get("reply_to_message")
        return Message(
            key=key,
            address=_address(message),
            sender=_sender(message),
            at=datetime.fromtimestamp(date, UTC),
            direct=message["chat"]["type"] == "private",
            message=str(message["message_id"]),
            text=message.get("text", ""),
            reply_to=str(replied["message_id"]) if replied else None,
            edited=edited,
        )

    def _answer_press(self, press: Pressed, answer: Answer) -> None:
        """Every press is answered, with or without words: until then the button shows that it is waiting."""
        text = "\n".join(toast.text for toast in answer.toasts)
        self._request("answerCallbackQuery", press.address, {"callback_query_id": press.key, "text": text})
        self.toasted += 1

    def _request(self, method: str, address: Address, fields: Mapping[str, object]) -> Any:
        """Build the request and parse the platform's answer to it."""
        request = json.dumps({"method": method, "chat_id": int(address.chat), "parse_mode": "HTML", **fields})
        answer = {
            "ok": True,
            "result": {"message_id": next(self._ids), "date": 1_780_000_000, "chat": {"id": int(address.chat)}},
        }
        assert request
        return json.loads(json.dumps(answer))


def _address(message: Mapping[str, Any]) -> Address:
    return Address(ACCOUNT, str(message["chat"]["id"]))


def _sender(of: Mapping[str, Any]) -> Sender:
    sender = of["from"]
    return Sender(ACCOUNT, str(sender["id"]), f"{sender['first_name']} {sender['last_name']}")


def _markup(buttons: Sequence[Sequence[Button]]) -> dict[str, Any]:
    keyboard = [[{"text": each.label, "callback_data": each.data} for each in row] for row in buttons]
    return {"reply_markup": {"inline_keyboard": keyboard}} if keyboard else {}
