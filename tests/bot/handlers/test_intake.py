"""/new: a petition registered step by step in the operator's own chat."""

import pytest

from tests.bot.handlers.conversations import Talk, direct, user

DPRO, OPERATOR = "group:DPRO", direct("operator")

pytestmark = pytest.mark.asyncio


async def filled(talk: Talk, phone: str = "9812345610") -> None:
    await talk.says("operator", OPERATOR, "/नई")
    for words in ("सावित्री देवी", phone, "बसही", "नाली टूटी है", "पंचायती राज"):
        await talk.says("operator", OPERATOR, words)


async def test_every_field_is_asked_for_and_the_card_goes_out(talk: Talk) -> None:
    await filled(talk)
    assert "कब तक" in talk.last(OPERATOR).text
    await talk.presses("operator", talk.last(OPERATOR), "new_category:B")
    shown = talk.last(OPERATOR)
    for words in ("सावित्री देवी", "9812345610", "बसही", "नाली टूटी है", "DPRO · B · 3 दिन"):
        assert words in shown.text, words
    await talk.presses("operator", shown, "new_register")
    assert "DPRO-1001-" in talk.last(OPERATOR).text
    assert "नाली टूटी है" in talk.talk.card(DPRO, "DPRO-1001-48").text


async def test_two_presses_register_once(talk: Talk) -> None:
    await filled(talk)
    await talk.presses("operator", talk.last(OPERATOR), "new_category:B")
    shown = talk.last(OPERATOR)
    for _ in range(2):
        await talk.talk.sends(user("operator"), shown, "new_register:")
    cards = [each for each in talk.talk.platform.messages(DPRO) if "नाली टूटी है" in each.text]
    assert len(cards) == 1


async def test_a_wrong_phone_is_told_and_asked_again_and_none_is_fine(talk: Talk) -> None:
    await talk.says("operator", OPERATOR, "/new")
    await talk.says("operator", OPERATOR, "सावित्री देवी")
    assert "10 अंकों" in await talk.says("operator", OPERATOR, "98123")
    assert "गाँव" in await talk.says("operator", OPERATOR, "नहीं")


async def test_one_petition_for_two_departments(talk: Talk) -> None:
    await filled(talk, "नहीं")
    await talk.presses("operator", talk.last(OPERATOR), "new_category:A")
    await talk.presses("operator", talk.last(OPERATOR), "new_department")
    assert (
        "नहीं मिला" in (await talk.says("operator", OPERATOR, "XYZ"))
        or "XYZ" in talk.talk.platform.messages(OPERATOR)[-2].text
    )
    await talk.says("operator", OPERATOR, "BDO")
    await talk.presses("operator", talk.last(OPERATOR), "new_category:C")
    await talk.presses("operator", talk.last(OPERATOR), "new_register")
    said = talk.last(OPERATOR).text
    assert "DPRO-1001-" in said
    assert "BDO-1001-" in said


async def test_not_in_a_group_and_not_by_an_officer(talk: Talk) -> None:
    assert "निजी चैट" in await talk.says("operator", DPRO, "/new")
    assert "⛔" in await talk.says("sunita", direct("sunita"), "/new")
