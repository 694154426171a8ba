"""Telegram for the peers: hands out the updates by getUpdates, and answers every other request at once.

It stands where the peer's HTTP client would, so the peer builds each request and parses each answer. Python's own
library alone, for it runs in the peers' environments.
"""

import asyncio
import json
from collections.abc import Sequence
from itertools import count

from bench.measuring.mix import BOT_ID

TOKEN = f"{BOT_ID}:{'A' * 35}"
MOST = 100
"""Updates that getUpdates gives at once, at most."""

_ME = {
    "id": BOT_ID,
    "is_bot": True,
    "first_name": "Jan Milan",
    "username": "janmilan_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": True,
    "supports_inline_queries": False,
}


class TelegramStub:
    """The platform of one run. `said`, `edited`, `toasted`: how many requests of each there were."""

    def __init__(self, bodies: Sequence[bytes], first: int) -> None:
        """`first`: so many are given out for warming up; the others when `go` is set, then none until `over`."""
        self.said = self.edited = self.toasted = 0
        self.go, self.over = asyncio.Event(), asyncio.Event()
        self._bodies = bodies
        self._first = first
        self._ids = count(1)
        self._given = 0

    async def updates(self) -> bytes:
        """What getUpdates answers."""
        if self._given == self._first and not self.go.is_set():
            await self.go.wait()
        if self._given == len(self._bodies):
            await self.over.wait()  # long polling: nothing comes any more
            await asyncio.sleep(0.01)
            return b'{"ok":true,"result":[]}'
        end = min(self._given + MOST, self._first if self._given < self._first else len(self._bodies))
        batch, self._given = self._bodies[self._given : end], end
        return b'{"ok":true,"result":[' + b",".join(batch) + b"]}"

    def answer(self, method: str, chat: int) -> bytes:
        """What any other method answers, in the forms of the Bot API."""
        match method.lower():
            case "getme":
                result: object = _ME
            case "sendmessage":
                self.said += 1
                result = self._message(chat, next(self._ids))
            case "editmessagetext":
                self.edited += 1
                result = self._message(chat, next(self._ids))
            case "answercallbackquery":
                self.toasted += 1
                result = True
            case _:
                result = True
        return json.dumps({"ok": True, "result": result}).encode()

    def _message(self, chat: int, id: int) -> dict[str, object]:
        group = {"id": chat, "title": "DPRO", "type": "supergroup"}
        return {"message_id": id, "from": _ME, "date": 1_780_000_000, "text": "ok", "chat": group}
