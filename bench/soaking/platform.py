"""A chat platform of its own, over HTTP on loopback: one bot is asked for its updates, another is called with them.

It gives no help: it knows no idempotency keys, answers after 20 to 200 ms, shows a message to its users somewhere in
between, refuses some as too fast, brings an update again until it is acknowledged, and now and then once more after
that.
"""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from bench.soaking.journal import Arrival, Journal, Standing, Update

ASKED, CALLED = "asked", "called"
"""The two bots: of one the office asks the updates, with the other the platform calls the office."""

ANSWER_S = (0.02, 0.2)
AT_ONCE = 8
POLL_S = 2.0
PAGE = 20
AGAIN_CHANCE = 0.02
TOO_FAST_CHANCE = 0.03
TOO_FAST_S = 0.5
CALL_TIMEOUT_S = 10.0
REST_S = 0.05
LOOKED_AT = 50

Shown = Callable[[Arrival, Standing], None]


class Platform:
    """Chats, users' updates on their way to the office, and what the office says.

    shown: called with what comes to stand in a chat, before the office has its answer.   hook: where the called bot's
    updates go, None while nobody knows.   life: which start of the office this is; counted by whoever starts it.
    """

    def __init__(self, chance: random.Random) -> None:
        self.journal = Journal({ASKED: [], CALLED: []})
        self.shown: list[Shown] = []
        self.hook: str | None = None
        self.life = 0
        self.trouble: Counter[str] = Counter()
        self._chance = chance
        self._under_way: Counter[str] = Counter()
        self._confirmed: Counter[str] = Counter()
        self._all_called = 0
        self._changed = asyncio.Event()
        self._messages = 0
        self._client = httpx.AsyncClient(timeout=CALL_TIMEOUT_S)

    @property
    def sending(self) -> int:
        """How many requests of the office wait for their answers."""
        return sum(self._under_way.values())

    def app(self) -> Starlette:
        """The platform's HTTP door for bots."""
        return Starlette(
            routes=[
                Route("/{account}/send", self._send, methods=["POST"]),
                Route("/{account}/edit", self._edit, methods=["POST"]),
                Route("/{account}/updates", self._updates, methods=["GET"]),
            ]
        )

    # Users

    def do(self, account: str, kind: str, chat: str, user: str, **what: Any) -> Update:
        """A user writes (`text`, `reply_to`) or presses (`data`, `message`)."""
        updates = self.journal.updates[account]
        if kind == "message":
            what["message"] = self._new_message()
        update = Update(account, len(updates) + 1, kind, chat, user, at=time.time(), **what)
        updates.append(update)
        self._changed.set()
        return update

    # The bot that asks

    async def _updates(self, request: Request) -> JSONResponse:
        """What comes after number `after`, all up to which is acknowledged by asking so; waits a moment for news.

        A bot that has just been started asks with 0, and gets what nobody acknowledged yet.
        """
        account = request.path_params["account"]
        updates, confirmed = self.journal.updates[account], self._confirmed[account]
        after = max(int(request.query_params["after"]), confirmed)
        for update in updates[confirmed:after]:
            update.acknowledged = True
        self._confirmed[account] = after
        end = time.monotonic() + POLL_S
        while len(updates) <= after and time.monotonic() < end:
            self._changed.clear()
            try:
                async with asyncio.timeout(end - time.monotonic()):
                    await self._changed.wait()
            except TimeoutError:
                break
        found = updates[after : after + PAGE]
        if found and after and self._chance.random() < AGAIN_CHANCE * PAGE:
            found = [updates[self._chance.randrange(after)], *found]  # a platform that is not quite sure
        return JSONResponse([self._delivered(update) for update in found])

    # The bot that is called

    async def call(self) -> None:
        """Bring the called bot its updates until cancelled, a few at a time, each until it is acknowledged."""
        async with asyncio.TaskGroup() as calls:
            on_the_way: set[int] = set()
            while True:
                waiting = [each for each in self._to_call() if each.number not in on_the_way]
                for update in waiting[: AT_ONCE - len(on_the_way)]:
                    on_the_way.add(update.number)
                    calls.create_task(self._bring(update, on_the_way))
                await asyncio.sleep(0.005)

    def _to_call(self) -> list[Update]:
        updates = self.journal.updates[CALLED]
        while self._all_called < len(updates) and updates[self._all_called].acknowledged:
            self._all_called += 1
        return [each for each in updates[self._all_called : self._all_called + LOOKED_AT] if not each.acknowledged]

    async def _bring(self, update: Update, on_the_way: set[int]) -> None:
        try:
            await asyncio.sleep(REST_S if await self._brought(update) else 0.0)
        finally:
            on_the_way.discard(update.number)

    async def _brought(self, update: Update) -> bool:
        """Bring it once; whether there must be a pause before the next try."""
        if self.hook is None:
            return True
        try:
            answer = await self._client.post(self.hook, json=self._delivered(update))
        except httpx.HTTPError as error:
            self.trouble[type(error).__name__] += 1
            return True
        self.trouble[str(answer.status_code)] += 1
        # Now and then as if that answer had been lost: it is brought again.
        update.acknowledged = answer.status_code == 200 and self._chance.random() >= AGAIN_CHANCE
        return not update.acknowledged

    def _delivered(self, update: Update) -> dict[str, Any]:
        update.delivered += 1
        names = ("number", "kind", "chat", "user", "message", "text", "reply_to", "data", "at")
        return {name: getattr(update, name) for name in names}

    # What the office says

    async def _send(self, request: Request) -> JSONResponse:
        asked = await request.json()
        return await self._take(request.path_params["account"], asked, None)

    async def _edit(self, request: Request) -> JSONResponse:
        asked = await request.json()
        return await self._take(request.path_params["account"], asked, asked["message"])

    async def _take(self, account: str, asked: dict[str, Any], edited: str | None) -> JSONResponse:
        if self._chance.random() < TOO_FAST_CHANCE:
            return JSONResponse({"after_s": TOO_FAST_S}, 429)
        life, whole = self.life, self._chance.uniform(*ANSWER_S)
        until_shown = whole * self._chance.random()
        self._under_way[account] += 1
        try:
            await asyncio.sleep(until_shown)
            if edited is not None and (account, edited) not in self.journal.standing:
                return JSONResponse({"error": "no such message"}, 400)
            arrival = self._stand(account, asked, edited, life)
            await asyncio.sleep(whole - until_shown)
        finally:
            self._under_way[account] -= 1
        arrival.answered = True
        return JSONResponse({"message": arrival.message})

    def _stand(self, account: str, asked: dict[str, Any], edited: str | None, life: int) -> Arrival:
        message = edited or self._new_message()
        arrivals = self.journal.arrivals
        arrival = Arrival(
            number=len(arrivals),
            account=account,
            chat=asked["chat"],
            key=asked["key"],
            text=asked["text"],
            message=message,
            edit=edited is not None,
            reply_to=asked.get("reply_to"),
            life=life,
        )
        arrivals.append(arrival)
        standing = Standing(asked["chat"], asked["text"], asked["buttons"])
        self.journal.standing[account, message] = standing
        for tell in self.shown:
            tell(arrival, standing)
        return arrival

    def _new_message(self) -> str:
        self._messages += 1
        return str(self._messages)

    async def close(self) -> None:
        """Hang up."""
        await self._client.aclose()
