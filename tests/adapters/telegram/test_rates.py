"""Telegram's limits are kept, and nearly all of what they allow is used; a chat that must wait hides no other."""

from pathlib import Path

from bot import outbox
from bot.events import Address
from core.store.unit import UnitOfWork
from core.store.work import Work
from tests.fakes.telegram.office import ACCOUNT, telegram_office
from tests.fakes.telegram.server import BotApi

CHATS, MESSAGES = 24, 96
LIMITS = (30, 1, 20)


async def test_a_burst_to_many_groups_is_never_too_fast_and_keeps_its_order(
    sqlite_database: str, tmp_path: Path
) -> None:
    async with BotApi(LIMITS) as api, telegram_office(sqlite_database, tmp_path, api, paced=True) as office:
        groups = [api.world.group(-1005000000000 - number, str(number)).id for number in range(CHATS)]

        def say(unit: UnitOfWork) -> None:
            for number in range(MESSAGES):
                chat = Address(ACCOUNT, str(groups[number % CHATS]))
                outbox.say(unit, chat, "bind_same", {"department": f"{number:03}"})
            unit.after_commit(office.running.courier.wake)

        await office.running.store.do(Work(say))
        await api.world.until(lambda: len(api.all_arrivals) >= MESSAGES)
        assert api.too_fast == 0
        times = [at for at, _ in api.all_arrivals]
        assert times[-1] - times[0] >= (MESSAGES - 30) / 30 - 0.1
        for chat in groups:
            said = [each.text for each in api.world.of_bot(chat)]
            assert said == sorted(said)
            assert len(said) == MESSAGES // CHATS


async def test_a_chat_that_is_asked_to_wait_hides_no_other(sqlite_database: str, tmp_path: Path) -> None:
    async with BotApi() as api, telegram_office(sqlite_database, tmp_path, api) as office:
        slow, quick = (api.world.group(-1005000000000 - number, str(number)).id for number in range(2))
        api.world.refuse_next("sendMessage", 429, description="Too Many Requests: retry after 600", retry_after=600)

        def say(unit: UnitOfWork, chat: int) -> None:
            outbox.say(unit, Address(ACCOUNT, str(chat)), "could_not", {"ref": "F-1"})
            unit.after_commit(office.running.courier.wake)

        await office.running.store.do(Work(lambda unit: say(unit, slow)))
        await api.world.until(lambda: any(method == "sendMessage" for method, _, _ in api.calls))
        await office.running.store.do(Work(lambda unit: say(unit, quick)))
        await api.world.until(lambda: bool(api.world.of_bot(quick)))
        assert api.world.of_bot(slow) == []
