"""The calls by python-telegram-bot: its HTTP request, its connections, its timeouts; never its Updater.

What the library would make of an answer is not used: one answer that it cannot read would stop all that come after.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import httpx
from telegram import error
from telegram.request import HTTPXRequest, RequestData

from bot.adapters.telegram.calls import (
    ANSWER_S,
    CONNECT_S,
    NoAnswer,
    NotSent,
    Parameters,
    TooLarge,
    Upload,
    answered,
    written,
)

CONNECTIONS = 64
_NOTHING_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


@dataclass(frozen=True)
class _Form:
    """What HTTPXRequest asks of a RequestData, by the names that the library documents."""

    json_parameters: dict[str, str]
    multipart_data: dict[str, tuple[str, bytes, str]] | None


class PythonTelegramBot:
    """One account's connections. url: of the Bot API server; token: the account's."""

    def __init__(self, url: str, token: str) -> None:
        # httpx logs the address of every request, and the token is in it.
        logging.getLogger("httpx").setLevel(logging.WARNING)
        self._calls = f"{url}/bot{token}"
        self._files = f"{url}/file/bot{token}"
        self._request = HTTPXRequest(connection_pool_size=CONNECTIONS)

    async def call(
        self, method: str, parameters: Parameters, uploads: Sequence[Upload] = (), answer_s: float = ANSWER_S
    ) -> Any:
        """The `result` of a method; see Transport."""
        files = {each.field: (each.name, each.data, each.media_type) for each in uploads}
        form = _Form(written(parameters), files or None)
        return answered(*await self._ask(f"{self._calls}/{method}", "POST", form, answer_s))

    async def download(self, path: str, most: int) -> bytes:
        """A file's bytes; see Transport."""
        code, body = await self._ask(f"{self._files}/{path}", "GET", None, ANSWER_S)
        if code != httpx.codes.OK:
            answered(code, body)
        if len(body) > most:
            raise TooLarge(f"{len(body)} bytes")
        return body

    async def close(self) -> None:
        """Let go of the connections."""
        await self._request.shutdown()

    async def _ask(self, url: str, verb: str, form: _Form | None, answer_s: float) -> tuple[int, bytes]:
        await self._request.initialize()
        try:
            return await self._request.do_request(
                url,
                verb,
                cast(RequestData, form),
                read_timeout=answer_s,
                write_timeout=answer_s,
                connect_timeout=CONNECT_S,
                pool_timeout=CONNECT_S,
            )
        except error.NetworkError as trouble:  # TimedOut is one of them
            if isinstance(trouble.__cause__, _NOTHING_SENT):
                raise NotSent(type(trouble.__cause__).__name__) from None
            raise NoAnswer(type(trouble.__cause__ or trouble).__name__) from None
