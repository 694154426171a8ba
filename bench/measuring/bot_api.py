"""A Telegram that costs nothing: the adapter as shipped, and for its library one that sends nothing.

The cut is where a library hands its request to the HTTP client: the form is written, and the bytes of an answer are
read. The peers are cut at the same place. So what is measured is what a bot does, not what a network takes.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from typing import Any
from urllib.parse import urlencode

from bench.measuring.mix import BOT_ID
from bot.adapters.base import Call, Receive
from bot.adapters.telegram import TelegramAdapter
from bot.adapters.telegram.adapter import LIMITS
from bot.adapters.telegram.calls import ANSWER_S, Parameters, Upload, answered, written
from bot.adapters.telegram.translate import WANTED
from bot.adapters.telegram.webhook import SECRET_HEADER
from bot.settings import TelegramAccount
from core.clock import Clock

ACCOUNT = str(BOT_ID)
HOOK = "https://127.0.0.1/hooks/telegram"
_SETTINGS = TelegramAccount(platform="telegram", token=f"{BOT_ID}:{'A' * 35}", receive="webhook")
_AS_FAST_AS_IT_GOES = 1e9
_UNHURRIED = replace(LIMITS, per_second=_AS_FAST_AS_IT_GOES, per_chat_minute=_AS_FAST_AS_IT_GOES, per_chat_second=None)


class Telegram:
    """A bot's adapter and its platform. `said`, `edited`, `toasted`: how many of each were asked for.

    cards: the id of the message that first showed each complaint's buttons, by the complaint's id.
    """

    def __init__(self, clock: Clock) -> None:
        self._answers = _Answers()
        self.adapter = TelegramAdapter(_SETTINGS, self._answers, clock, _no_file, _keep_unread, HOOK, _UNHURRIED)

    async def take(self, body: bytes, receive: Receive) -> None:
        """An update is brought: returns when the engine has kept it; a press is answered beside."""
        call = Call("POST", {}, {SECRET_HEADER: _SETTINGS.secret}, body)
        answer = await self.adapter.called(call, receive)
        if answer.status != 200:
            raise RuntimeError(f"an update was answered {answer.status}")

    @property
    def said(self) -> int:
        """New messages."""
        return self._answers.calls.get("sendMessage", 0)

    @property
    def edited(self) -> int:
        """Messages changed."""
        return self._answers.calls.get("editMessageText", 0)

    @property
    def toasted(self) -> int:
        """Presses answered."""
        return self._answers.calls.get("answerCallbackQuery", 0)

    @property
    def cards(self) -> dict[int, int]:
        """See above."""
        return self._answers.cards


class _Answers:
    """The library: every call is answered at once."""

    def __init__(self) -> None:
        self.calls: dict[str, int] = {}
        self.cards: dict[int, int] = {}
        self._ids = count(1)

    async def call(
        self, method: str, parameters: Parameters, uploads: Sequence[Upload] = (), answer_s: float = ANSWER_S
    ) -> Any:
        """Write the form, count it, and read the answer."""
        form = urlencode(written(parameters)).encode()
        assert form or not parameters
        self.calls[method] = self.calls.get(method, 0) + 1
        result = answered(200, self._answer(method, parameters))
        if method == "sendMessage":
            self._note_card(parameters, result["message_id"])
        return result

    async def download(self, path: str, most: int) -> bytes:
        """Nobody sends a file."""
        raise NotImplementedError

    async def close(self) -> None:
        """There is nothing to let go of."""

    def _answer(self, method: str, parameters: Parameters) -> bytes:
        match method:
            case "sendMessage" | "editMessageText":
                chat = {"id": parameters["chat_id"], "title": "DPRO", "type": "supergroup"}
                result: object = {"message_id": next(self._ids), "date": 1_780_000_000, "text": "ok", "chat": chat}
            case "getMe":
                result = {"id": BOT_ID, "is_bot": True, "can_read_all_group_messages": True}
            case "getWebhookInfo":
                result = {"url": HOOK, "allowed_updates": list(WANTED)}
            case _:
                result = True
        return json.dumps({"ok": True, "result": result}).encode()

    def _note_card(self, parameters: Parameters, message: int) -> None:
        markup = parameters.get("reply_markup")
        rows = markup["inline_keyboard"] if isinstance(markup, dict) else []
        for data in (button.get("callback_data", "") for row in rows for button in row):
            if data.startswith("solve:complaint:"):
                self.cards.setdefault(int(data.rpartition(":")[2]), message)


async def _no_file(sha256: str) -> bytes:
    raise KeyError(sha256)


async def _keep_unread(key: str, raw: str, reason: str) -> None:
    raise RuntimeError(f"update {key} could not be read: {reason}")
