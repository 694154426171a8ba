"""Asking again until there is an answer, as a program does whose server goes away and comes back."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import httpx

AGAIN_AFTER_S = 0.1
TIMEOUT_S = 10.0


class Line:
    """A client's line to the office, wherever it is at the moment. `where`: its address now, None while it is down."""

    def __init__(self, where: Callable[[], str | None], token: str = "") -> None:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._where = where
        self._client = httpx.AsyncClient(headers=headers, timeout=TIMEOUT_S)
        self.lost = 0
        self.unavailable = 0
        self.odd: list[str] = []

    async def ask(self, method: str, path: str, **what: object) -> httpx.Response:
        """The answer to a request that may be sent many times; only answers of 2xx to 4xx are taken for one.

        lost: how often there was none.   unavailable: how often it was 503.   odd: other answers of 5xx; a client must
        never see one.
        """
        while True:
            url = self._where()
            if url is not None:
                try:
                    answer = await self._client.request(method, url + path, **what)  # type: ignore[arg-type]
                except httpx.HTTPError:
                    self.lost += 1
                else:
                    if answer.status_code < 500:
                        return answer
                    if answer.status_code == 503:
                        self.unavailable += 1
                    else:
                        self.odd.append(f"{method} {path}: {answer.status_code}")
            await asyncio.sleep(AGAIN_AFTER_S)

    async def once(self, method: str, path: str, **what: object) -> httpx.Response | None:
        """One try: the answer, or None without one."""
        url = self._where()
        if url is None:
            return None
        try:
            return await self._client.request(method, url + path, **what)  # type: ignore[arg-type]
        except httpx.HTTPError:
            return None

    @asynccontextmanager
    async def stream(self, path: str, timeout_s: float) -> AsyncIterator[AsyncIterator[str]]:
        """The lines of an answer that goes on; none while the office is down. Raises httpx.HTTPError when it ends."""
        url = self._where()
        if url is None:
            yield _nothing()
            return
        async with self._client.stream("GET", url + path, timeout=httpx.Timeout(timeout_s)) as answer:
            yield answer.aiter_lines() if answer.status_code == 200 else _nothing()

    async def close(self) -> None:
        """Hang up."""
        await self._client.aclose()


async def _nothing() -> AsyncIterator[str]:
    return
    yield
