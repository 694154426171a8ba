"""Who saw what: by a receipt, a press, a reaction or a reply; "not known" where the platform tells nothing."""

from pathlib import Path

import pytest

from bot.adapters.base import Limits
from bot.conversation import ACCOUNT
from bot.testing import FakeAdapter, FakePlatform
from tests.bot.handlers.conversations import Talk, conversation
from tests.district import NAMES

DPRO, BDO = "group:DPRO", "group:BDO"
TELLS = Limits(per_second=10_000, per_chat_minute=100_000, receipts=True)

pytestmark = pytest.mark.asyncio


def line(said: str, name: str) -> str:
    return next(each for each in said.splitlines() if each.startswith(f"{NAMES[name][0]}:"))


async def test_a_press_a_reply_a_reaction_and_a_receipt_each_count_as_seen(database_url: str, tmp_path: Path) -> None:
    adapter = FakeAdapter(FakePlatform(TELLS), ACCOUNT)
    async with conversation(database_url, tmp_path, adapter) as talk:
        (complaint,) = await talk.register("DPRO B")
        card = talk.card(complaint, DPRO)
        assert "अभी नहीं देखा" in line(await talk.says("ashok", DPRO, f"/देखा {complaint.code}"), "sunita")
        await talk.talk.reads("user-2", card, read=False)
        assert "पहुँचा" in line(await talk.says("ashok", DPRO, f"/seen {complaint.code}"), "sunita")
        await talk.talk.reads("user-2", card)
        assert "सुबह" in line(await talk.says("ashok", DPRO, f"/seen {complaint.code}"), "sunita")


async def test_where_the_platform_tells_nothing_it_is_not_known(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B")
    said = await talk.says("ashok", DPRO, f"/seen {complaint.code}")
    assert "पता नहीं" in line(said, "sunita")
    await talk.talk.reacts("user-2", talk.card(complaint, DPRO), "👍")
    said = await talk.says("ashok", DPRO, f"/seen {complaint.code}")
    assert "सुबह" in line(said, "sunita")


async def test_another_department_is_told_nothing(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B")
    said = await talk.says("ramesh", BDO, f"/seen {complaint.code}")
    assert "⛔" in said
    assert NAMES["sunita"][0] not in said


async def test_without_a_code_it_is_asked_for(talk: Talk) -> None:
    await talk.register("DPRO B")
    assert await talk.says("ashok", DPRO, "/seen")
