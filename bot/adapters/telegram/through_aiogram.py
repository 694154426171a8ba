"""The calls by aiogram (the extra `aiogram`): its session, its connections, its timeouts; never its Dispatcher.

What the library would make of an answer is not used: one answer that it cannot read would stop all that come after.
"""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, cast

import aiohttp
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods.base import Response, TelegramMethod
from aiogram.methods.base import TelegramType as Kind

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
_NOTHING_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)


class _Call(TelegramMethod[Any]):
    """Any method by its name, its fields written already."""

    __returning__ = Any
    __api_method__ = ""
    fields: dict[str, str]
    uploads: Sequence[Any] = ()


class _Session(AiohttpSession):
    """aiogram's session, that leaves what it sends and what it gets as they are."""

    def build_form_data(self, bot: Bot, method: TelegramMethod[Kind]) -> aiohttp.FormData:
        assert isinstance(method, _Call)
        form = aiohttp.FormData(quote_fields=False)
        for name, value in method.fields.items():
            form.add_field(name, value)
        for each in method.uploads:
            form.add_field(each.field, each.data, filename=each.name, content_type=each.media_type)
        return form

    def check_response(self, bot: Bot, method: TelegramMethod[Kind], status_code: int, content: str) -> Response[Kind]:
        result = answered(status_code, content.encode())
        return cast(Response[Kind], Response[Any].model_construct(ok=True, result=result))


class Aiogram:
    """One account's connections. url: of the Bot API server; token: the account's."""

    def __init__(self, url: str, token: str) -> None:
        self._session = _Session(api=TelegramAPIServer.from_base(url), limit=CONNECTIONS)
        self._bot = Bot(token, session=self._session)
        self._files = f"{url}/file/bot{token}"
        self._methods: dict[str, type[_Call]] = {}

    async def call(
        self, method: str, parameters: Parameters, uploads: Sequence[Upload] = (), answer_s: float = ANSWER_S
    ) -> Any:
        """The `result` of a method; see Transport."""
        kind = self._methods.setdefault(method, type(method, (_Call,), {"__api_method__": method}))
        limits = aiohttp.ClientTimeout(total=None, sock_read=answer_s, sock_connect=CONNECT_S, connect=CONNECT_S)
        asked = kind(fields=written(parameters), uploads=uploads)
        try:
            return await self._session.make_request(self._bot, asked, timeout=cast(int, limits))
        except TelegramNetworkError as trouble:
            raise _network(trouble.__cause__ or trouble) from None

    async def download(self, path: str, most: int) -> bytes:
        """A file's bytes; see Transport."""
        session = await self._session.create_session()
        limits = aiohttp.ClientTimeout(total=None, sock_read=ANSWER_S, connect=CONNECT_S)
        try:
            async with session.get(f"{self._files}/{path}", timeout=limits) as response:
                body = await response.read()
        except (aiohttp.ClientError, TimeoutError) as trouble:
            raise _network(trouble) from None
        if response.status != HTTPStatus.OK:
            answered(response.status, body)
        if len(body) > most:
            raise TooLarge(f"{len(body)} bytes")
        return body

    async def close(self) -> None:
        """Let go of the connections."""
        await self._session.close()


def _network(trouble: BaseException) -> NotSent | NoAnswer:
    sent = not isinstance(trouble, _NOTHING_SENT)
    return (NoAnswer if sent else NotSent)(type(trouble).__name__)
