"""The two libraries, for tests that run over both: the same must come of either."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.adapters.telegram import Transport, make_transport
from bot.settings import TelegramAccount
from tests.fakes.telegram.server import BotApi
from tests.fakes.telegram.world import TOKEN

LIBRARIES = ("python-telegram-bot", "aiogram")


@pytest_asyncio.fixture
async def api() -> AsyncIterator[BotApi]:
    """A Bot API server."""
    async with BotApi() as made:
        yield made


@pytest_asyncio.fixture(params=LIBRARIES)
async def transport(request: pytest.FixtureRequest, api: BotApi) -> AsyncIterator[Transport]:
    """Each library's calls to the server."""
    section = {"platform": "telegram", "token": TOKEN, "api_url": api.url, "library": request.param}
    made = make_transport(TelegramAccount.model_validate(section))
    yield made
    await made.close()
