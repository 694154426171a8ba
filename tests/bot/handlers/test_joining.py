"""Who is in a department's group without being known: one tap of the head enrols, and nobody is told twice."""

from pathlib import Path

import pytest

from bot.events import Address, MemberJoined, Sender
from core.complaints import State
from core.people import Membership, Person
from core.store.queries import roster
from core.store.unit import UnitOfWork
from core.store.work import Work
from tests.bot.handlers.conversations import ADMINISTRATION, Talk, conversation, direct, user
from tests.district import DEPARTMENT_IDS

DPRO = "group:DPRO"
HEAD = direct("ashok")

pytestmark = pytest.mark.asyncio


def members(talk: Talk) -> set[str]:
    store = talk.talk.running.store
    found = store.read_now(store.directory).members(DEPARTMENT_IDS["DPRO"])
    return {each.name_hi for each in found}


async def comes(talk: Talk, name: str, phone: str = "") -> None:
    event = MemberJoined(
        key=f"joined/{name}",
        address=Address("bot", DPRO),
        sender=Sender("bot", name, name, phone),
        at=talk.clock.now(),
    )
    await talk.talk.adapter.deliver(event)
    await talk.talk.settled()


async def test_who_writes_waits_is_told_once_and_is_enrolled_by_one_tap(talk: Talk) -> None:
    await talk.says("mohan", DPRO, "नमस्ते")
    assert "मंज़ूर होने तक" in talk.last(DPRO).text
    before = len(talk.talk.platform.messages(DPRO))
    await talk.says("mohan", DPRO, "कोई है?")
    assert len(talk.talk.platform.messages(DPRO)) == before
    card = talk.last(HEAD)
    assert "mohan" in card.text
    await talk.presses("ashok", card, "approve_all")
    assert "स्वागत" in talk.last(DPRO).text
    assert "mohan" in members(talk)
    assert "कोई अनुरोध बाकी नहीं" in talk.last(HEAD).text
    assert talk.last(HEAD).buttons == ()


async def test_seven_who_come_are_one_message_and_one_tap(talk: Talk) -> None:
    for number in range(7):
        await comes(talk, f"new{number}")
    cards = talk.talk.platform.messages(HEAD)
    assert len(cards) == 1
    assert "7 लोग" in cards[0].text
    await talk.presses("ashok", cards[0], "approve_all")
    assert {f"new{number}" for number in range(7)} <= members(talk)
    welcomes = [each for each in talk.talk.platform.messages(DPRO) if "स्वागत" in each.text]
    assert len(welcomes) == 1


async def test_a_tap_takes_only_those_who_were_shown(talk: Talk) -> None:
    await comes(talk, "mohan")
    shown = talk.last(HEAD).button("approve_all").data
    await comes(talk, "sohan")
    await talk.talk.sends("user-1", talk.last(HEAD), shown)
    assert "mohan" in members(talk)
    assert "sohan" not in members(talk)
    assert "sohan" in talk.last(HEAD).text


async def test_two_taps_at_once_enrol_once_and_the_second_is_told(talk: Talk) -> None:
    await comes(talk, "mohan")
    card = talk.last(HEAD)
    data = card.button("approve_all").data
    await talk.talk.sends("user-1", card, data)
    toast = await talk.talk.sends("user-1", card, data)
    assert "पहले ही निर्णय" in toast
    assert sum(name == "mohan" for name in members(talk)) == 1


async def test_one_is_taken_and_one_is_left_out_for_good(talk: Talk) -> None:
    await comes(talk, "mohan")
    await comes(talk, "sohan")
    await talk.presses("ashok", talk.last(HEAD), "join_list")
    listed = talk.last(HEAD)
    (_, leave_mohan), (take_sohan, _) = listed.buttons
    await talk.talk.sends("user-1", listed, leave_mohan.data)
    await talk.talk.sends("user-1", listed, take_sohan.data)
    assert members(talk) >= {"sohan"}
    assert "mohan" not in members(talk)
    before = len(talk.talk.platform.messages(DPRO))
    await talk.says("mohan", DPRO, "मैं भी")
    assert len(talk.talk.platform.messages(DPRO)) == before


async def test_nobody_but_the_head_and_the_nodal_officer_decides(talk: Talk) -> None:
    await comes(talk, "mohan")
    data = talk.last(HEAD).button("approve_all").data
    for who in ("sunita", "ramesh", "operator", "auditor", "mohan"):
        await talk.talk.sends(user(who), talk.last(HEAD), data)
        assert "mohan" not in members(talk), who
    await talk.talk.sends(user("nodal"), talk.last(HEAD), data)
    assert "mohan" in members(talk)


async def test_until_then_they_act_on_nothing(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B")
    await talk.says("mohan", DPRO, f"{complaint.code} निस्तारित, नाली साफ कराई")
    assert talk.complaint(complaint.code).state is State.REGISTERED


async def test_where_everybody_is_taken_the_first_message_counts(database_url: str, tmp_path: Path) -> None:
    async with conversation(database_url, tmp_path, enrol="auto") as talk:
        (complaint,) = await talk.register("DPRO B")
        await talk.says("mohan", DPRO, f"{complaint.code} निस्तारित, नाली साफ कराई")
        assert "mohan" in members(talk)
        assert talk.complaint(complaint.code).state is State.SOLVED
        assert talk.talk.platform.messages(HEAD) == ()
        assert talk.talk.platform.messages(ADMINISTRATION) == ()


async def test_a_roster_with_phone_numbers_approves_itself(talk: Talk) -> None:
    store = talk.talk.running.store
    geeta = Person(900, "गीता", "Geeta", phone="9839000002")

    def on_the_roster(unit: UnitOfWork) -> None:
        roster.add_new_person(unit, geeta)
        roster.set_membership(unit, Membership(geeta.id, DEPARTMENT_IDS["DPRO"]))
        unit.changed_directory()

    store.do_now(Work(on_the_roster))
    await comes(talk, "Geeta on WhatsApp", phone="+91 98390 00002")
    known = store.read_now(store.directory).person_of("bot", "Geeta on WhatsApp")
    assert known is not None
    assert known.id == geeta.id
    assert talk.talk.platform.messages(HEAD) == ()
    assert "स्वागत" in talk.last(DPRO).text
