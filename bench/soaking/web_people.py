"""Officers in the built-in web chat: they follow the live stream, press and write, insisting under the same id."""

import asyncio
import json
import random
from collections.abc import AsyncIterator
from itertools import count
from typing import Any
from urllib.parse import quote

import httpx

from bench.soaking.crowd import NOTE, SOLUTION
from bench.soaking.district import WEB, District, Officer, group_of
from bench.soaking.marks import Marks
from bench.soaking.patience import AGAIN_AFTER_S, Line

READ_TIMEOUT_S = 30.0
POST_EVERY_S = 0.5


class WebOfficer:
    """One of them.

    heard: number, kind and message of each event of the stream, in order, over all its lives.   posted: mark of what
    was written and answered with 200, and what must come of it.   reset: whether the stream ever said that too much
    was missed.   chats: those that they are in.
    """

    def __init__(self, officer: Officer, line: Line, district: District, marks: Marks, chance: random.Random) -> None:
        self.active = True
        self.busy = 0
        self.heard: list[tuple[int, str, str]] = []
        self.posted: list[tuple[str, str]] = []
        self.reset = False
        self.officer = officer
        self._line = line
        self._district = district
        self._marks = marks
        self._chance = chance
        self._ids = count(1)
        self._chat = group_of(officer.department)[1]
        self.chats = (self._chat, f"direct:{officer.user(WEB)}")
        self._path = f"/chat/api/chats/{quote(self._chat, safe='')}"
        self._reactions: set[asyncio.Task[None]] = set()

    async def follow(self) -> None:
        """Hear all that happens, until cancelled."""
        while True:
            try:
                async for kind, number, data in self._events():
                    self._hear(kind, number, data)
            except httpx.HTTPError:
                self._line.lost += 1
            await asyncio.sleep(AGAIN_AFTER_S)

    async def write(self) -> None:
        """Keep notes in the group, until cancelled."""
        while True:
            await asyncio.sleep(self._chance.uniform(0, 2 * POST_EVERY_S))
            code = self._district.any_code(self.officer.department, self._chance)
            if self.active and code is not None:
                await self._post(f"{code} {NOTE}", "kept")

    async def _post(self, words: str, meant: str) -> None:
        self.busy += 1
        mark = self._marks.next()
        answer = await self._line.ask("POST", f"{self._path}/messages", json=self._own(text=f"{words} {mark}"))
        if answer.status_code == 200:
            self.posted.append((mark, meant))
        self.busy -= 1

    async def _press(self, message: dict[str, Any], data: str) -> None:
        self.busy += 1
        await self._line.ask("POST", f"{self._path}/presses", json=self._own(message=message["id"], data=data))
        self.busy -= 1
        if data.startswith("solve:"):
            await asyncio.sleep(self._chance.uniform(0, 0.3))
            await self._post(SOLUTION, "archived")

    def _own(self, **what: str) -> dict[str, str]:
        return {"id": f"soak-{next(self._ids)}", **what}

    def _hear(self, kind: str, number: int, data: dict[str, Any]) -> None:
        if kind == "reset":
            self.reset = True
        if kind in ("message", "changed"):
            self.heard.append((number, kind, data["id"]))
            self._react(data)

    def _react(self, message: dict[str, Any]) -> None:
        data = {button["data"].partition(":")[0]: button["data"] for row in message["buttons"] for button in row}
        wanted = next((data[each] for each in ("acknowledge", "solve") if each in data), None)
        if self.active and wanted is not None and message["chat"] == self._chat and self._chance.random() < 0.5:
            task = asyncio.ensure_future(self._press(message, wanted))
            self._reactions.add(task)
            task.add_done_callback(self._reactions.discard)

    async def _events(self) -> AsyncIterator[tuple[str, int, dict[str, Any]]]:
        """The events of one connection: kind, number, data."""
        after = self.heard[-1][0] if self.heard else 0
        async with self._line.stream(f"/chat/api/stream?after={after}", READ_TIMEOUT_S) as lines:
            kind, number = "", after
            async for line in lines:
                name, _, value = line.partition(": ")
                if name == "event":
                    kind = value
                elif name == "id":
                    number = int(value)
                elif name == "data":
                    yield kind, number, json.loads(value)
