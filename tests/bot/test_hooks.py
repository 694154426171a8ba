"""/hooks/ACCOUNT: a platform's call is acknowledged when it is kept, and only then."""

from collections.abc import Callable
from datetime import UTC, datetime

import httpx
import pytest
from fastapi import FastAPI

from bot.adapters.base import Answer, Call, CallAnswer, Receive
from bot.events import Address, Event, Message, Sender
from bot.hooks import LARGEST_BODY, hooks
from bot.testing import FakeAdapter, FakePlatform
from core.store.work import StoreUnavailable


class CalledAdapter(FakeAdapter):
    """A bot that is called: the body is what somebody wrote; a GET is the platform's handshake."""

    async def called(self, call: Call, receive: Receive) -> CallAnswer:
        """Take it."""
        if call.method == "GET":
            return CallAnswer(body=call.query["challenge"].encode(), media_type="text/plain")
        if call.headers.get("x-secret") != "hush":
            return CallAnswer(403)
        await receive(event(call.body.decode()))
        return CallAnswer()


def event(text: str) -> Event:
    sender = Sender("called", "7")
    at = datetime(2026, 11, 25, tzinfo=UTC)
    return Message(key="1", address=Address("called", "c"), sender=sender, at=at, message="1", text=text)


@pytest.fixture
def heard() -> list[str]:
    """What the engine was given."""
    return []


@pytest.fixture
def client(heard: list[str]) -> Callable[..., httpx.AsyncClient]:
    """`client(raising=error)`: a platform that calls, and an engine that keeps all, or raises."""

    def make(raising: Exception | None = None) -> httpx.AsyncClient:
        async def receive(event: Event) -> Answer:
            if raising is not None:
                raise raising
            assert isinstance(event, Message)
            heard.append(event.text)
            return Answer()

        adapters = {"called": CalledAdapter(FakePlatform(), "called"), "asks": FakeAdapter(FakePlatform(), "asks")}
        app = FastAPI()
        app.include_router(hooks(adapters, receive))
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://office", headers={"X-Secret": "hush"}
        )

    return make


async def test_what_is_kept_is_acknowledged(client: Callable[..., httpx.AsyncClient], heard: list[str]) -> None:
    async with client() as platform:
        assert (await platform.post("/hooks/called", content="नमस्ते")).status_code == 200
        assert (await platform.get("/hooks/called", params={"challenge": "42"})).text == "42"
        assert (await platform.post("/hooks/called", content="x", headers={"X-Secret": "?"})).status_code == 403
    assert heard == ["नमस्ते"]


@pytest.mark.parametrize(("error", "status"), [(StoreUnavailable("SQLITE_FULL"), 503), (KeyError("a secret"), 500)])
async def test_what_is_not_kept_is_not_acknowledged(
    client: Callable[..., httpx.AsyncClient], error: Exception, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    async with client(raising=error) as platform:
        answer = await platform.post("/hooks/called", content="x")
    assert (answer.status_code, answer.text) == (status, "")
    assert "secret" not in caplog.text


async def test_who_cannot_be_called_is_not_there_and_a_flood_is_not_taken(
    client: Callable[..., httpx.AsyncClient], heard: list[str]
) -> None:
    async with client() as platform:
        for account in ("asks", "nobody"):
            assert (await platform.post(f"/hooks/{account}", content="x")).status_code == 404
        assert (await platform.post("/hooks/called", content=b"x" * (LARGEST_BODY + 1))).status_code == 413
    assert heard == []
