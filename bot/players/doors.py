"""How the players come in: requests with a token, as any program makes them (the chat's API and the desk's).

They go to the application itself, past the network alone: what it answers, whom it refuses and what it writes is what
everybody gets. So a morning of 300 people fits beside the browsers of those who watch, on two cores.
"""

import asyncio
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from starlette.types import ASGIApp, Message

OK = range(200, 300)


class TurnedAway(Exception):
    """The office did not do what was asked; the words are its own. `status`: of HTTP."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(f"{status}: {words}")
        self.status = status


class Door:
    """Requests in the name of whoever has a token."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app = app
        self._token = token

    async def get(self, path: str, **query: object) -> Any:
        """What the office shows. Raises TurnedAway."""
        return await self._ask("GET", path, query, b"", "")

    async def post(self, path: str, body: Mapping[str, object]) -> Any:
        """What the office answers to a request. Raises TurnedAway."""
        data = json.dumps(body, ensure_ascii=False).encode()
        return await self._ask("POST", path, {}, data, "application/json")

    async def upload(self, path: str, data: bytes, media_type: str, name: str) -> Any:
        """A file. Raises TurnedAway."""
        return await self._ask("POST", path, {"name": name}, data, media_type)

    async def _ask(self, method: str, path: str, query: Mapping[str, object], data: bytes, media_type: str) -> Any:
        answered = _Answered(data)
        await self._app(self._scope(method, path, query, len(data), media_type), answered.receive, answered.send)
        if answered.status not in OK:
            raise TurnedAway(answered.status, answered.body.decode(errors="replace")[:200])
        return json.loads(answered.body)

    def _scope(
        self, method: str, path: str, query: Mapping[str, object], length: int, media_type: str
    ) -> dict[str, object]:
        headers = {
            "host": "127.0.0.1",
            "authorization": f"Bearer {self._token}",
            "content-type": media_type,
            "content-length": str(length),
        }
        return {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": quote(path).encode(),
            "query_string": urlencode(query).encode(),
            "root_path": "",
            "headers": [(name.encode(), value.encode()) for name, value in headers.items() if value],
            "client": ("127.0.0.1", 0),
            "server": ("127.0.0.1", 80),
        }


class _Answered:
    """The other end of a request: hands its body over, and keeps the answer."""

    def __init__(self, data: bytes) -> None:
        self.status = 0
        self.body = b""
        self._data: bytes | None = data

    async def receive(self) -> Message:
        """The body at once; after it nothing comes, as long as the request goes on."""
        if self._data is None:
            await asyncio.Event().wait()
        data, self._data = self._data, None
        return {"type": "http.request", "body": data or b"", "more_body": False}

    async def send(self, message: Message) -> None:
        """A part of the answer."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")
