"""A Bot API server: real HTTP on 127.0.0.1, long polls, webhooks brought again until they are taken, and its limits.

async with BotApi() as api:
    TelegramAccount(platform="telegram", token=TOKEN, api_url=api.url)
"""

import asyncio
import json
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.fakes.telegram.methods import KNOWN, Files, Methods, Refusal
from tests.fakes.telegram.world import TOKEN, World

LIMITED = ("sendMessage", "sendPhoto", "sendDocument", "editMessageText", "editMessageCaption")
_RETRY_S = (0.0, 0.05, 0.1, 0.2, 0.4)


class BotApi:
    """The server of one bot. `calls`: every call but long polls, with its parameters and its files;
    `bodies`: the last of them as they came over the wire.

    limits: (an account in a second, a chat in a second, a group in a minute); None: as fast as anybody likes.
    too_fast: how often a call came above them.   deliveries: how often the webhook was called, and what it answered.
    """

    def __init__(self, limits: tuple[int, int, int] | None = None, token: str = TOKEN) -> None:
        self.world = World()
        self.calls: list[tuple[str, dict[str, Any], dict[str, tuple[str, str, bytes]]]] = []
        self.bodies: deque[bytes] = deque(maxlen=100)
        self.too_fast = self.polls_refused = 0
        self.deliveries: list[int] = []
        self.hook: dict[str, Any] = {"url": ""}
        self.arrivals: deque[tuple[float, int]] = deque()
        self.all_arrivals: list[tuple[float, int]] = []
        self._limits = limits
        self._token = token
        self._methods = Methods(self.world)
        self._poller: asyncio.Event | None = None
        self._bringing: asyncio.Task[None] | None = None
        self.confirmed = 0
        app = Starlette(
            routes=[
                Route("/bot{token}/{method}", self._called, methods=["GET", "POST"]),
                Route("/file/bot{token}/files/{id}", self._file),
            ]
        )
        config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", lifespan="off", timeout_keep_alive=60)
        self._server = uvicorn.Server(config)

    async def __aenter__(self) -> Self:
        """Begin to listen."""
        self._serving = asyncio.create_task(self._server._serve())
        while not self._server.started:
            await asyncio.sleep(0)
        self.port = self._server.servers[0].sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End every long poll and close."""
        if self._bringing is not None:
            self._bringing.cancel()
            await asyncio.gather(self._bringing, return_exceptions=True)
        if self._poller is not None:
            await self._end_poll(self._poller)
        self._server.should_exit = True
        self._server.force_exit = True
        await self._serving

    @property
    def url(self) -> str:
        """What `api_url` is."""
        return f"http://127.0.0.1:{self.port}"

    # Calls

    async def _called(self, request: Request) -> Response:
        if request.path_params["token"] != self._token:
            return _refused(Refusal(401, "Unauthorized"))
        method = request.path_params["method"]
        if method not in KNOWN:
            return _refused(Refusal(404, "Not Found"))
        self.bodies.append(await request.body())
        given, files = await _read(request)
        if method != "getUpdates":
            self.calls.append((method, given, dict(files)))
        try:
            self._troubled(method)
            result = await self._result(method, given, files)
        except Refusal as refusal:
            return _refused(refusal)
        finally:
            async with self.world.changed:
                self.world.changed.notify_all()
        return JSONResponse({"ok": True, "result": result})

    def _troubled(self, method: str) -> None:
        if self.world.trouble[method]:
            code, answer = self.world.trouble[method].popleft()
            raise Refusal(code, str(answer.pop("description", "")), **answer)

    async def _result(self, method: str, given: dict[str, Any], files: Files) -> Any:
        match method:
            case "getUpdates":
                return await self._updates(given)
            case "setWebhook":
                self._set_hook(given)
                return True
            case "deleteWebhook":
                self._set_hook({"url": ""})
                return True
            case "getWebhookInfo":
                shown = {name: value for name, value in self.hook.items() if name != "secret_token"}
                return {"has_custom_certificate": False, "pending_update_count": len(self.world.updates), **shown}
        if method in LIMITED:
            self._measure(given.get("chat_id", 0))
        return self._methods.do(method, given, files)

    def _measure(self, chat: int) -> None:
        if self._limits is None:
            return
        per_second, per_chat, per_group_minute = self._limits
        now = asyncio.get_running_loop().time()
        while self.arrivals and self.arrivals[0][0] <= now - 60.0:
            self.arrivals.popleft()
        second = [of for at, of in self.arrivals if at > now - 1.0]
        minute = sum(of == chat for _, of in self.arrivals)
        if len(second) >= per_second or second.count(chat) >= per_chat or (chat < 0 and minute >= per_group_minute):
            self.too_fast += 1
            raise Refusal(429, "Too Many Requests: retry after 1", retry_after=1)
        self.arrivals.append((now, chat))
        self.all_arrivals.append((now, chat))

    # Long polls

    async def _updates(self, given: Mapping[str, Any]) -> list[dict[str, Any]]:
        if self.hook["url"]:
            self.polls_refused += 1
            raise Refusal(
                409,
                "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete it first",
            )
        if self._poller is not None:
            await self._end_poll(self._poller)
        ended = self._poller = asyncio.Event()
        waiting, offset = self.world.updates, given.get("offset")
        while offset is not None and waiting and waiting[0]["update_id"] < offset:
            waiting.popleft()
            self.confirmed += 1
        world = self.world
        with suppress(TimeoutError):
            async with asyncio.timeout(min(given.get("timeout", 0), 50)), world.changed:
                await world.changed.wait_for(lambda: bool(waiting) or ended.is_set())
        if ended.is_set():
            raise Refusal(409, "Conflict: terminated by other getUpdates request; make sure that only one is running")
        return [dict(each) for each in list(waiting)[: given.get("limit", 100)]]

    async def _end_poll(self, poller: asyncio.Event) -> None:
        async with self.world.changed:
            poller.set()
            self.world.changed.notify_all()

    # Webhooks

    def _set_hook(self, given: Mapping[str, Any]) -> None:
        self.hook = dict(given)
        if self._bringing is not None:
            self._bringing.cancel()
            self._bringing = None
        if given["url"]:
            self._bringing = asyncio.create_task(self._bring(given["url"], given.get("secret_token", "")))

    async def _bring(self, url: str, secret: str) -> None:
        """Each update until it is taken: at once, then after pauses that grow (Telegram's are longer)."""
        # Only for tests: the office itself would have an https:// address that leads here.
        address = url.replace("https://", "http://")
        async with httpx.AsyncClient(timeout=60) as client:
            while True:
                async with self.world.changed:
                    await self.world.changed.wait_for(lambda: bool(self.world.updates))
                await self._bring_one(client, address, secret, self.world.updates[0])
                self.world.updates.popleft()
                self.confirmed += 1

    async def _bring_one(self, client: httpx.AsyncClient, address: str, secret: str, update: dict[str, Any]) -> None:
        tries = 0
        while True:
            await asyncio.sleep(_RETRY_S[min(tries, len(_RETRY_S) - 1)])
            tries += 1
            try:
                answer = await client.post(
                    address,
                    content=json.dumps(update),
                    headers={"X-Telegram-Bot-Api-Secret-Token": secret, "Content-Type": "application/json"},
                )
            except httpx.HTTPError:
                continue
            self.deliveries.append(answer.status_code)
            if 200 <= answer.status_code < 300:
                return

    async def _file(self, request: Request) -> Response:
        data = self.world.files.get(request.path_params["id"])
        if request.path_params["token"] != self._token or data is None:
            return _refused(Refusal(404, "Not Found"))
        return Response(data, media_type="application/octet-stream")


async def _read(request: Request) -> tuple[dict[str, Any], Files]:
    given: dict[str, Any] = {}
    files: dict[str, tuple[str, str, bytes]] = {}
    async with request.form() as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                files[name] = (value.filename or "", value.content_type or "", await value.read())
            else:
                given[name] = _value(name, value)
    return given, files


_WORDS = ("text", "caption", "parse_mode", "callback_query_id", "file_id", "url", "secret_token", "language_code")


def _value(name: str, value: str) -> Any:
    return value if name in _WORDS else json.loads(value)


def _refused(refusal: Refusal) -> Response:
    answer: dict[str, Any] = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    if refusal.parameters:
        answer["parameters"] = refusal.parameters
    return JSONResponse(answer, refusal.code)
