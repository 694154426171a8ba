"""Officers at the web chat and seniors before the board, as programs: they write, press, and watch their live pages."""

import asyncio
import json
import random
import time
from collections.abc import AsyncIterator, Coroutine, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count

import httpx

from core.demo.district import group_of

TALK = ("हाज़िर", "Team is on the way to the village", "आज दोपहर में सभी अवर अभियंता रजिस्टर लेकर आएँ", "ठीक है सर")
_ANSWER_WITHIN_S = 20.0
_NO_LIMIT = httpx.Limits(max_connections=None, max_keepalive_connections=None)


@dataclass(frozen=True)
class Officer:
    """Somebody with a page of the chat open. `token`: of their personal link.   department: letters."""

    token: str
    department: str

    @property
    def path(self) -> str:
        """The address of their group's messages and presses."""
        return f"/chat/api/chats/{group_of(self.department)}"

    @property
    def headers(self) -> dict[str, str]:
        """Who asks."""
        return {"Authorization": f"Bearer {self.token}"}


@dataclass
class Seen:
    """What the officers' pages have shown. `waiting`: a code that is looked out for, and whom to tell."""

    waiting: dict[str, "asyncio.Future[float]"] = field(default_factory=dict)
    changes: int = 0

    def show(self, text: str) -> None:
        """A message came or changed."""
        self.changes += 1
        for code in [each for each in self.waiting if each in text]:
            future = self.waiting.pop(code)
            if not future.done():
                future.set_result(time.perf_counter())


@asynccontextmanager
async def watching(address: str, officers: list[Officer], boards: list[dict[str, str]]) -> AsyncIterator[Seen]:
    """Every officer's live stream is open, and a board for each of these cookies; all are read until the end."""
    seen = Seen()
    async with httpx.AsyncClient(base_url=address, timeout=None, limits=_NO_LIMIT) as client:
        connected: list[asyncio.Event] = []
        tasks = []
        for each in officers:
            connected.append(asyncio.Event())
            tasks.append(asyncio.create_task(_follow(client, "/chat/api/stream", each.headers, seen, connected[-1])))
        for cookies in boards:
            connected.append(asyncio.Event())
            headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
            tasks.append(asyncio.create_task(_follow(client, "/board/live", headers, None, connected[-1])))
        async with asyncio.timeout(60):
            await asyncio.gather(*(each.wait() for each in connected))
        yield seen
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _follow(
    client: httpx.AsyncClient, path: str, headers: dict[str, str], seen: Seen | None, connected: asyncio.Event
) -> None:
    async with client.stream("GET", path, headers=headers) as answer:
        answer.raise_for_status()
        async for line in answer.aiter_lines():
            connected.set()
            if seen is not None and line.startswith("data: {") and '"text"' in line:
                seen.show(str(json.loads(line.removeprefix("data: ")).get("text", "")))


class Morning:
    """What the officers do: in a hundred updates twenty presses of "I'm on it", each on a complaint that is new, and
    eighty messages; where there are no new complaints, messages alone.

    presses: seconds from each press to the answer on the officer's own page.   updates: how many were taken.
    """

    def __init__(
        self, name: str, client: httpx.AsyncClient, officers: list[Officer], new: dict[str, list[tuple[int, str]]]
    ) -> None:
        """`name`: another for each.   new: id and code of the complaints that nobody has yet, by department."""
        self._name = name
        self.presses: list[float] = []
        self.updates = 0
        self._client = client
        self._officers = officers
        self._new = new
        self._chance = random.Random(1)
        self._ids: Iterator[int] = count(1)

    async def go_on(self, seen: Seen, rate: float, seconds: float) -> None:
        """So many updates a second, at their times, however slow the answers are."""
        begun = time.perf_counter()
        async with asyncio.TaskGroup() as tasks:
            for number in range(int(rate * seconds)):
                due = begun + number / rate
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
                pressing = (
                    [each for each in self._officers if self._new.get(each.department)] if number % 5 == 0 else []
                )
                if pressing:
                    tasks.create_task(self._press(self._chance.choice(pressing), seen, due))
                else:
                    tasks.create_task(self._write(self._chance.choice(self._officers)))

    def _press(self, officer: Officer, seen: Seen, due: float) -> Coroutine[None, None, None]:
        return self._press_one(officer, self._new[officer.department].pop(), seen, due)

    async def _press_one(self, officer: Officer, complaint: tuple[int, str], seen: Seen, due: float) -> None:
        id, code = complaint
        shown: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        seen.waiting[code] = shown
        body = {"id": f"press-{id}", "data": f"acknowledge:complaint:{id}"}
        await self._post(officer, "presses", body)
        async with asyncio.timeout(_ANSWER_WITHIN_S):
            self.presses.append(await shown - due)

    async def _write(self, officer: Officer) -> None:
        await self._post(
            officer, "messages", {"id": f"{self._name}-{next(self._ids)}", "text": self._chance.choice(TALK)}
        )

    async def _post(self, officer: Officer, what: str, body: Mapping[str, object]) -> None:
        answer = await self._client.post(f"{officer.path}/{what}", json=body, headers=officer.headers)
        answer.raise_for_status()
        self.updates += 1
