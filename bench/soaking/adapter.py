"""The office's side of bench.soaking.platform: an adapter as a stranger would write it, found by its entry point."""

import asyncio
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from bot.adapters.base import Call, CallAnswer, Limits, Receive, Rejected, RetryLater, Unreachable
from bot.events import Address, Event, Message, Pressed, Sender
from bot.messages import Edit, Say

REST_S = 0.1
TIMEOUT_S = 30.0


class SoakAdapter:
    """One bot. Its platform knows no idempotency keys."""

    platform = "soak"

    def __init__(self, account: str, url: str, asks: bool) -> None:
        self.account = account
        self.limits = Limits(per_second=10_000.0, per_chat_minute=100_000.0, markup="html")
        self._url = url
        self._asks = asks
        self._client: httpx.AsyncClient | None = None

    def direct_chat(self, user: str) -> str:
        """The chat of this user and the bot."""
        return f"direct:{user}"

    async def run(self, receive: Receive) -> None:
        """Ask for updates until cancelled, and acknowledge those that are kept; or wait to be called."""
        if not self._asks:
            await asyncio.Event().wait()
        after = 0
        while True:
            try:
                answer = await self._http.get("/updates", params={"after": after})
            except httpx.HTTPError:
                await asyncio.sleep(REST_S)
                continue
            brought = answer.json()
            taken = await asyncio.gather(*(receive(self._event(each)) for each in brought), return_exceptions=True)
            for update, outcome in zip(brought, taken, strict=True):
                if isinstance(outcome, BaseException):
                    await asyncio.sleep(REST_S)
                    break
                after = max(after, update["number"])

    async def called(self, call: Call, receive: Receive) -> CallAnswer:
        """The platform brings an update."""
        await receive(self._event(json.loads(call.body)))
        return CallAnswer()

    async def say(self, say: Say) -> str:
        """Send a message."""
        asked = {"key": say.key, "chat": say.address.chat, "text": say.text, "reply_to": say.reply_to}
        return str((await self._ask("/send", asked | {"buttons": _plain(say)}))["message"])

    async def edit(self, edit: Edit) -> None:
        """Change a message."""
        asked = {"key": edit.key, "chat": edit.address.chat, "text": edit.text, "message": edit.message}
        await self._ask("/edit", asked | {"buttons": _plain(edit)})

    async def _ask(self, path: str, asked: Mapping[str, object]) -> dict[str, Any]:
        try:
            answer = await self._http.post(path, json=asked)
        except httpx.ConnectError as closed:
            raise RetryLater(timedelta(seconds=1), "no connection") from closed
        except httpx.HTTPError as lost:
            raise Unreachable(type(lost).__name__) from lost
        if answer.status_code == 429:
            raise RetryLater(timedelta(seconds=answer.json()["after_s"]), "too fast")
        if answer.status_code == 400:
            raise Rejected(answer.json()["error"])
        return dict(answer.json())

    @property
    def _http(self) -> httpx.AsyncClient:
        if self._client is None:  # made in the loop that uses it
            self._client = httpx.AsyncClient(base_url=f"{self._url}/{self.account}", timeout=TIMEOUT_S)
        return self._client

    def _event(self, update: Mapping[str, Any]) -> Event:
        chat = update["chat"]
        known: dict[str, Any] = {
            "key": str(update["number"]),
            "address": Address(self.account, chat),
            "sender": Sender(self.account, update["user"], update["user"]),
            "at": datetime.fromtimestamp(update["at"], UTC),
            "direct": chat.startswith("direct:"),
        }
        if update["kind"] == "press":
            return Pressed(**known, data=update["data"], message=update["message"])
        return Message(**known, message=update["message"], text=update["text"], reply_to=update["reply_to"])


def make_adapter(account: str, section: Mapping[str, object]) -> SoakAdapter:
    """The adapter of an account of config.yaml: `url`, and `receive: polling` or `webhook`."""
    receive = section.get("receive", "polling")
    if receive not in ("polling", "webhook"):
        raise ValueError(f"receive: {receive!r} is not allowed; write polling or webhook")
    return SoakAdapter(account, str(section["url"]), receive == "polling")


def _plain(part: Say | Edit) -> list[list[dict[str, str]]]:
    return [[{"label": each.label, "data": each.data} for each in row] for row in part.buttons]
