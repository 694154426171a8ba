"""An office that stops cuts off what takes too long, and says so."""

import asyncio

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from desk.stopping import AnswersWhenStopped


async def test_what_is_cut_off_is_told_to_come_again() -> None:
    asked = asyncio.Event()

    async def slow(_request: Request) -> Response:
        asked.set()
        await asyncio.Event().wait()
        raise AssertionError("nobody wakes it")

    answers: list[int] = []

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, object]) -> None:
        if message["type"] == "http.response.start":
            answers.append(int(str(message["status"])))

    app = AnswersWhenStopped(Starlette(routes=[Route("/", slow)]))
    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": [], "http_version": "1.1"}
    request = asyncio.create_task(app(scope, receive, send))  # type: ignore[arg-type]
    await asked.wait()
    request.cancel()
    await asyncio.gather(request, return_exceptions=True)
    assert answers == [503]
    assert request.cancelled()


async def test_what_is_answered_in_time_is_left_as_it_is() -> None:
    async def quick(_request: Request) -> Response:
        return Response("ok")

    app = AnswersWhenStopped(Starlette(routes=[Route("/", quick)]))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://office") as client:
        assert (await client.get("/")).text == "ok"
