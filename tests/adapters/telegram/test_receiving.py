"""What comes in: nothing is confirmed before it is kept, and no trouble of the network or of Telegram ends it."""

import logging
from datetime import UTC, datetime, timedelta

import pytest

from bot.adapters.base import Answer, Call
from bot.adapters.telegram.translate import WANTED
from bot.events import Address, Message, Pressed
from bot.messages import Toast
from bot.settings import TelegramAccount
from core.clock import SetClock
from core.store.work import StoreUnavailable
from tests.adapters.telegram import acting
from tests.adapters.telegram.acting import ACCOUNT, HOOK, Heard, adapter, running
from tests.fakes.telegram.server import BotApi
from tests.fakes.telegram.world import TOKEN

ASHOK = 77
GROUP = -1001234567890
SECRET = TelegramAccount.model_validate({"platform": "telegram", "token": TOKEN}).secret


@pytest.fixture(autouse=True)
def _people(api: BotApi) -> None:
    api.world.group(GROUP, "DPRO")
    api.world.person(ASHOK, "Ashok")


def texts(heard: Heard) -> list[str]:
    return [event.text for event in heard.events if isinstance(event, Message)]


@pytest.mark.parametrize("library", ["python-telegram-bot", "aiogram"])
async def test_what_was_not_kept_comes_again_and_the_order_stays(api: BotApi, library: str) -> None:
    heard = Heard()
    heard.refuse.append(StoreUnavailable())
    for number in range(5):
        await api.world.writes(ASHOK, GROUP, str(number))
    async with running(adapter(api, library), heard.receive):
        await api.world.until(lambda: api.confirmed == 5)
    seen = list(dict.fromkeys(texts(heard)))
    assert sorted(seen) == ["0", "1", "2", "3", "4"]
    assert texts(heard)[-5:] == ["0", "1", "2", "3", "4"], "all of it came again, in its order"


async def test_one_update_that_makes_no_sense_is_kept_and_those_behind_it_come(api: BotApi) -> None:
    heard = Heard()
    acting.UNREAD.clear()
    await api.world.happen(message={"message_id": "five", "chat": 3})
    await api.world.happen(something_new={"a": [1]})
    await api.world.writes(ASHOK, GROUP, "good")
    async with running(adapter(api), heard.receive):
        await api.world.until(lambda: api.confirmed == 3)
    assert texts(heard) == ["good"]
    ((key, raw, reason),) = acting.UNREAD
    assert key.isdigit()
    assert "five" in raw
    assert "five" not in reason


async def test_refusals_end_nothing_and_the_log_names_the_cure_and_no_secret(
    api: BotApi, caplog: pytest.LogCaptureFixture
) -> None:
    heard = Heard()
    caplog.set_level(logging.WARNING)
    for code, description, more in (
        (429, "Too Many Requests", {"retry_after": 0}),
        (401, "Unauthorized", {"retry_after": 0}),
        (409, "Conflict: terminated by other getUpdates request", {"retry_after": 0}),
        (409, "Conflict: can't use getUpdates method while webhook is active", {"retry_after": 0}),
        (502, "Bad Gateway", {"retry_after": 0}),
    ):
        api.world.refuse_next("getUpdates", code, description=description, **more)
    await api.world.writes(ASHOK, GROUP, "after all")
    async with running(adapter(api), heard.receive):
        await api.world.until(lambda: api.confirmed == 1)
    assert texts(heard) == ["after all"]
    assert "@BotFather" in caplog.text
    assert "end the other process" in caplog.text
    assert "another program has set a webhook" in caplog.text
    assert TOKEN.partition(":")[2] not in caplog.text
    assert "after all" not in caplog.text


@pytest.mark.parametrize("library", ["python-telegram-bot", "aiogram"])
async def test_where_updates_are_brought_the_log_names_the_cure_too(
    api: BotApi, caplog: pytest.LogCaptureFixture, library: str
) -> None:
    api.world.refuse_next("getWebhookInfo", 401, description="Unauthorized")
    async with running(adapter(api, library, receive="webhook"), Heard().receive):
        await api.world.until(lambda: "HTTP 401; see: janmilan doctor" in caplog.text)
    assert TOKEN.partition(":")[2] not in caplog.text
    api.hook = {"url": "https://elsewhere.example/hook"}
    async with running(adapter(api, library, receive="webhook"), Heard().receive):
        await api.world.until(lambda: api.hook["url"] == HOOK)


@pytest.mark.parametrize("receive", ["polling", "webhook"])
async def test_a_clock_that_is_off_by_an_hour_stands_in_the_log_with_its_cure(
    api: BotApi, caplog: pytest.LogCaptureFixture, receive: str
) -> None:
    late = SetClock(datetime.now(UTC) + timedelta(hours=1))
    async with running(adapter(api, clock=late, receive=receive), Heard().receive):
        await api.world.until(lambda: "minutes away from Telegram's" in caplog.text)
    assert "Set the machine's time (NTP)" in caplog.text


async def test_its_own_webhook_of_before_is_taken_back_and_nobody_elses(api: BotApi) -> None:
    api.hook = {"url": HOOK}
    await api.world.writes(ASHOK, GROUP, "x")
    heard = Heard()
    async with running(adapter(api), heard.receive):
        await api.world.until(lambda: api.confirmed == 1)
    api.hook = {"url": "https://elsewhere.example/hook"}
    async with running(adapter(api), heard.receive):
        await api.world.until(lambda: api.polls_refused > 0)
    assert api.hook["url"] == "https://elsewhere.example/hook"


async def test_every_press_is_answered_with_its_toast_or_without_words(api: BotApi) -> None:
    heard = Heard()
    heard.answer = Answer((Toast(address=Address(ACCOUNT, str(GROUP)), user="77", update="x", text="दर्ज हुआ"),))
    async with running(adapter(api), heard.receive):
        press = await api.world.presses(ASHOK, GROUP, 9, "solve:complaint:1")
        await api.world.until(lambda: press in api.world.toasts)
        assert api.world.toasts[press] == "दर्ज हुआ"
        elsewhere = {"id": "4399", "from": api.world.people[ASHOK], "inline_message_id": "A", "data": "x"}
        await api.world.happen(callback_query=elsewhere)
        await api.world.until(lambda: "4399" in api.world.toasts)
        assert api.world.toasts["4399"] == ""
    assert [type(event) for event in heard.events] == [Pressed]


def call(body: bytes, secret: str = SECRET, method: str = "POST") -> Call:
    return Call(method, {}, {"x-telegram-bot-api-secret-token": secret}, body)


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        (call(b"{}", secret="forged"), 403),
        (call(b"{}", secret=""), 403),
        (call(b"{}", method="GET"), 405),
        (call(b"no json"), 400),
        (call(b"[" * 200_000), 400),
        (call(b" " * 1_100_000), 413),
        (call(b'{"update_id": 1}'), 200),
        (call(b"[1]"), 200),
    ],
)
async def test_a_webhook_takes_only_what_telegram_brings(api: BotApi, asked: Call, status: int) -> None:
    bot = adapter(api, receive="webhook")
    heard = Heard()
    assert (await bot.called(asked, heard.receive)).status == status
    assert heard.events == []
    await bot._transport.close()


async def test_a_webhook_says_200_only_when_it_is_kept(api: BotApi) -> None:
    bot, heard = adapter(api, receive="webhook"), Heard()
    heard.refuse.append(StoreUnavailable())
    body = (
        b'{"update_id": 1, "message": {"message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}, "text": "x",'
    )
    body += b' "from": {"id": 5, "is_bot": false, "first_name": "A"}}}'
    with pytest.raises(StoreUnavailable):
        await bot.called(call(body), heard.receive)
    assert (await bot.called(call(body), heard.receive)).status == 200
    assert texts(heard) == ["x"]
    await bot._transport.close()


async def test_the_webhook_is_registered_only_when_it_is_not_as_it_should_be(api: BotApi) -> None:
    def asked() -> list[str]:
        return [method for method, _, _ in api.calls]

    async with running(adapter(api, receive="webhook"), Heard().receive):
        await api.world.until(lambda: "setWebhook" in asked())
    assert api.hook["url"] == HOOK
    assert api.hook["allowed_updates"] == list(WANTED)
    api.calls.clear()
    async with running(adapter(api, receive="webhook"), Heard().receive):
        await api.world.until(lambda: "getWebhookInfo" in asked())
    assert "setWebhook" not in asked()
    api.hook["last_error_message"] = "Wrong response from the webhook: 403 Forbidden"
    async with running(adapter(api, receive="webhook"), Heard().receive):
        await api.world.until(lambda: "setWebhook" in asked())


async def test_it_says_while_it_cannot_receive(api: BotApi) -> None:
    bot, heard = adapter(api), Heard()
    api.world.refuse_next("getUpdates", 502, description="Bad Gateway", retry_after=1)
    await api.world.writes(ASHOK, GROUP, "late")
    async with running(bot, heard.receive):
        await api.world.until(lambda: not bot.receiving)
        await api.world.until(lambda: bot.receiving)
        await api.world.until(lambda: texts(heard) == ["late"])
