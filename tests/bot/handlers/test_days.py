"""Once a day: the cards tell the time as it is, the holidays of next year are frozen, the chains' heads are listed."""

from datetime import timedelta

import pytest

from core.proof import verify
from core.store.queries.holidays import frozen_holidays
from tests.bot.handlers.conversations import Talk

DPRO = "group:DPRO"

pytestmark = pytest.mark.asyncio


async def test_a_card_of_yesterday_does_not_say_today(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO A")
    card = talk.card(complaint, DPRO)
    assert "A · आज" in card.text
    await talk.talk.looks_at_the_clock()
    talk.clock.set(complaint.due.at + timedelta(minutes=1))
    await talk.talk.looks_at_the_clock()
    assert "समय-सीमा पार" in talk.card(complaint, DPRO).text
    talk.clock.set(complaint.due.at + timedelta(hours=15, seconds=1))  # With the hearing, an hour before the opening.
    await talk.talk.looks_at_the_clock()
    assert "A · उसी दिन" in talk.card(complaint, DPRO).text
    edits = len(talk.card(complaint, DPRO).texts)
    await talk.talk.looks_at_the_clock()
    assert len(talk.card(complaint, DPRO).texts) == edits, "once a day"
    assert sum(complaint.code in text for text in talk.talk.platform.texts(DPRO)) == 1, "in its place"


async def test_the_card_of_yesterday_s_solution_tells_its_day(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B")
    await talk.says("sunita", DPRO, f"{complaint.code} निस्तारित, नाली की मरम्मत कराई, पानी निकल गया")
    assert "नव॰, सुबह 10:" not in talk.card(complaint, DPRO).text
    talk.clock.advance(timedelta(days=1))
    await talk.talk.looks_at_the_clock()
    assert "बुध 25 नव॰, सुबह 10:" in talk.card(complaint, DPRO).text


async def test_the_holidays_are_frozen_and_the_heads_listed(talk: Talk) -> None:
    await talk.register("DPRO A")
    await talk.talk.looks_at_the_clock()
    store = talk.talk.running.store
    assert {each.day.year for each in store.read_now(frozen_holidays)} == {2026, 2027}
    proof = store.read_now(verify)
    assert (proof.clean, proof.heads) == (True, 1)
