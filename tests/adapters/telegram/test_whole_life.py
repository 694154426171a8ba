"""A complaint's life in a Telegram group, by each library and each way in: the same records, the same messages."""

from pathlib import Path

import pytest

from core.complaints import State
from tests.fakes.telegram.office import GROUPS, USERS, telegram_office
from tests.fakes.telegram.server import BotApi

LIBRARIES = ("python-telegram-bot", "aiogram")
WAYS = ("polling", "webhook")


@pytest.mark.parametrize("receive", WAYS)
@pytest.mark.parametrize("library", LIBRARIES)
async def test_a_complaint_is_solved_by_a_press_and_a_reply(
    sqlite_database: str, tmp_path: Path, library: str, receive: str
) -> None:
    group, ashok = GROUPS["DPRO"], USERS["ashok"]
    async with (
        BotApi() as api,
        telegram_office(sqlite_database, tmp_path, api, library=library, receive=receive, paced=True) as office,
    ):
        world = api.world
        (complaint,) = await office.register("DPRO B")
        await world.until(lambda: bool(world.of_bot(group)))
        card = world.last(group)
        assert complaint.code in card.text

        press = await world.presses(ashok, group, card.id, card.data("acknowledge:"))
        await world.until(lambda: press in world.toasts)
        await office.settled()
        assert office.complaint(complaint.code).state is State.ACKNOWLEDGED
        assert len(card.texts) > 1

        press = await world.presses(ashok, group, card.id, card.data("solve:"))
        await world.until(lambda: press in world.toasts)
        await office.settled()
        prompt = world.last(group)
        await world.writes(ashok, group, "नाली साफ कराई, हैंडपंप चालू है", reply_to=prompt.id)
        await office.settled()
        solved = office.complaint(complaint.code)
        assert solved.state is State.SOLVED
        assert solved.solution is not None
