"""A new complaint where nobody is there: the head is told at once, and the administration group."""

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
    await at(talk, 9, 7)
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
