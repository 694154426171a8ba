"""The doctor at Telegram: every trouble has a cure, and what is well has none."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.adapters.telegram import Transport
from bot.adapters.telegram.examining import examine
from bot.settings import TelegramAccount
from tests.adapters.telegram.acting import HOOK
from tests.fakes.telegram.server import BotApi
from tests.fakes.telegram.world import TOKEN

GROUPS = {"DPRO": "-1001", "BDO": "-1002"}


async def points(
    api: BotApi, transport: Transport, late: timedelta = timedelta(0), **account: object
) -> dict[str, str]:
    """What is found, and its cures."""
    section = {"platform": "telegram", "token": TOKEN, "api_url": api.url, **account}
    made = TelegramAccount.model_validate(section)
    # The server sends the machine's own time with its answers.
    now = datetime.now(UTC) + late
    return dict(await examine(made, transport, HOOK, GROUPS, now))


@pytest.fixture(autouse=True)
def _groups(api: BotApi) -> None:
    api.world.group(-1001, "DPRO")
    api.world.group(-1002, "BDO")


async def test_where_all_is_well_nothing_is_to_be_done(api: BotApi, transport: Transport) -> None:
    found = await points(api, transport)
    assert set(found.values()) == {""}
    assert "Telegram knows the bot @janmilan_test_bot" in found
    assert "The clock agrees with Telegram's" in found


@pytest.mark.parametrize("code", [401, 404])
async def test_a_wrong_or_revoked_token(api: BotApi, transport: Transport, code: int) -> None:
    api.world.refuse_next("getMe", code, description="Unauthorized")
    ((_, cure),) = (await points(api, transport)).items()
    assert "@BotFather" in cure


async def test_a_clock_that_is_off_by_an_hour(api: BotApi, transport: Transport) -> None:
    found = await points(api, transport, late=timedelta(hours=1))
    assert any("59 minutes" in what or "60 minutes" in what for what, cure in found.items() if "NTP" in cure)


async def test_a_webhook_elsewhere(api: BotApi, transport: Transport) -> None:
    api.hook = {"url": "https://elsewhere.example/hook"}
    found = await points(api, transport)
    assert "/revoke" in found["The bot's updates go to a webhook elsewhere"]
    found = await points(api, transport, receive="webhook")
    assert "Start the office" in found["The webhook is not registered"]
    api.hook = {"url": HOOK, "last_error_message": "SSL error"}
    found = await points(api, transport, receive="webhook")
    assert any("SSL error" in what and "certificate" in cure for what, cure in found.items())


async def test_what_the_bot_may_do_in_each_group(api: BotApi, transport: Transport) -> None:
    api.world.chats[-1002].status = "kicked"
    found = await points(api, transport)
    assert "Add the bot" in found["The bot is not in: BDO"]
    api.world.chats[-1002].status = "member"
    found = await points(api, transport)
    assert any("BDO" in what and "may ban users" in what and not cure for what, cure in found.items())
    api.world.reads_all = False
    found = await points(api, transport)
    assert "/setprivacy" in found["The bot does not see the messages of: BDO"]


async def test_without_a_connection_the_network_is_to_be_looked_at(api: BotApi, transport: Transport) -> None:
    api.world.refuse_next("getMe", 502, description="Bad Gateway")
    ((what, cure),) = (await points(api, transport)).items()
    assert "502" in what
    assert "connection" in cure
