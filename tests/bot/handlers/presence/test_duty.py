"""A new complaint where nobody is there: the head is told at once, and the administration group."""

import re
from datetime import timedelta

import pytest

from core.presence_commands import EnterLeave, TakeOffline
from tests.bot.handlers.conversations import ADMINISTRATION, Talk, direct
from tests.bot.handlers.mornings import MIDNIGHT, at
from tests.district import PEOPLE

DPRO = "group:DPRO"

pytestmark = pytest.mark.asyncio


async def test_while_somebody_is_there_the_card_is_enough(talk: Talk) -> None:
    await at(talk, 9, 5)
    await talk.says("sunita", DPRO, "सुप्रभात")
    (complaint,) = await talk.register("DPRO C")
    assert talk.card(complaint, DPRO) == talk.last(DPRO)
    assert talk.talk.platform.messages(direct("ashok")) == ()
    assert talk.talk.platform.messages(ADMINISTRATION) == ()


async def test_while_nobody_is_there_the_head_and_the_administration_are_told(talk: Talk) -> None:
    await at(talk, 9, 16)
    (complaint,) = await talk.register("DPRO C")
    told = talk.last(direct("ashok"))
    assert told.text.splitlines()[0] == (
        f"🔔 अशोक यादव जी, <b>{complaint.code}</b> आई है और अभी विभाग से कोई हाज़िर नहीं है।"
    )
    assert talk.last(ADMINISTRATION).text.endswith("अशोक यादव को सूचना गई।")
    assert talk.card(complaint, DPRO).text
    await talk.presses("ashok", told, "acknowledge")
    assert talk.complaint(complaint.code).assignee == PEOPLE["ashok"]


async def test_with_the_head_away_it_is_the_administration_s(talk: Talk) -> None:
    await at(talk, 8)
    day = MIDNIGHT.date().replace(day=25)
    await talk.talk.does(EnterLeave(PEOPLE["ashok"], day, day), talk.actor("senior"))
    await talk.talk.does(TakeOffline(PEOPLE["sunita"], "no_notice"), talk.actor("senior"))
    before = len(talk.talk.platform.messages(direct("ashok")))
    (complaint,) = await talk.register("DPRO C", confidential=True)
    assert talk.last(ADMINISTRATION).text.splitlines() == [
        f"🔔 <b>{complaint.code}</b> आई है और अभी कोई हाज़िर नहीं है: जिला पंचायत राज अधिकारी",
        "समय-सीमा: बुध 2 दिस॰, शाम 6:00",
        "विभाग में कोई प्रमुख नहीं, जिसे सूचना दी जाए।",
    ]
    told = talk.talk.platform.messages(direct("ashok"))[before:]
    assert not any("🔔" in each.text for each in told)


async def test_outside_the_window_a_department_at_work_is_not_disturbed(talk: Talk) -> None:
    talk.clock.set(MIDNIGHT + timedelta(hours=14))
    await talk.register("DPRO C")
    assert talk.talk.platform.messages(ADMINISTRATION) == ()


async def test_in_the_grace_nobody_is_missed_yet_and_then_what_waits_is_told(talk: Talk) -> None:
    await at(talk, 9, 3)
    (waits,) = await talk.register("DPRO C")
    (taken,) = await talk.register("BDO C")
    await talk.says("ramesh", "group:BDO", "सुप्रभात")
    assert calls(talk, "ashok") == calls(talk) == []
    await at(talk, 9, 14, second=59)
    assert calls(talk, "ashok") == calls(talk) == []
    await at(talk, 9, 15)
    assert calls(talk, "ashok") == calls(talk) == [waits.code]
    await at(talk, 9, 16)
    assert calls(talk) == [waits.code], taken.code
    assert calls(talk, "ramesh") == []


async def test_whoever_came_before_the_grace_was_over_was_there_in_time(talk: Talk) -> None:
    await at(talk, 9, 3)
    await talk.register("DPRO C")
    await at(talk, 9, 14)
    await talk.says("sunita", DPRO, "सुप्रभात")
    await at(talk, 9, 20)
    assert calls(talk, "ashok") == calls(talk) == []


async def test_the_head_is_told_of_each_and_the_administration_once_of_a_department(talk: Talk) -> None:
    await at(talk, 9, 20)
    await talk.says("vimla", "group:JNR", "सुप्रभात")
    registered = [(await talk.register(part))[0].code for part in ("DPRO C", "DPRO B", "BDO C", "DPRO C")]
    of_dpro = [code for code in registered if code.startswith("DPRO")]
    assert calls(talk, "ashok") == of_dpro
    assert calls(talk) == [of_dpro[0], registered[2]]
    await at(talk, 9, 20, days=1)
    await talk.says("vimla", "group:JNR", "सुप्रभात")
    (tomorrow,) = await talk.register("DPRO C")
    assert calls(talk)[2:] == [tomorrow.code]


async def test_of_an_office_in_which_nobody_was_seen_yet_the_administration_reads_once(talk: Talk) -> None:
    await at(talk, 9, 20)
    registered = [(await talk.register(part))[0].code for part in ("DPRO C", "BDO C", "JNR C")]
    assert calls(talk) == registered[:1]
    assert [calls(talk, head) for head in ("ashok", "ramesh", "vimla")] == [[code] for code in registered]


async def test_without_a_head_who_could_be_told_the_administration_is_told_of_each(talk: Talk) -> None:
    await at(talk, 8)
    await talk.talk.does(TakeOffline(PEOPLE["ashok"], "no_notice"), talk.actor("senior"))
    await at(talk, 9, 20)
    await talk.says("vimla", "group:JNR", "सुप्रभात")
    registered = [(await talk.register("DPRO C"))[0].code for _ in range(2)]
    assert calls(talk) == registered


def calls(talk: Talk, who: str = "") -> list[str]:
    """The codes of which was said that nobody is there: to somebody in private, or to the administration group."""
    chat = direct(who) if who else ADMINISTRATION
    said = [each.text for each in talk.talk.platform.messages(chat)]
    found = [re.search(r"🔔.*<b>([A-Z]+-\d+-\d+)</b>.*कोई हाज़िर नहीं", text) for text in said]
    return [each[1] for each in found if each is not None]
