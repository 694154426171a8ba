"""/presence: everybody sees what is theirs to see, and nobody is named in a department's group."""

import pytest

from tests.bot.handlers.conversations import ADMINISTRATION, Talk, direct
from tests.bot.handlers.mornings import at

DPRO = "group:DPRO"

pytestmark = pytest.mark.asyncio


async def test_by_role_while_the_window_runs(talk: Talk) -> None:
    await at(talk, 9, 2)
    await talk.says("sunita", DPRO, "सुप्रभात")
    assert (await talk.says("sunita", direct("sunita"), "/presence")).splitlines() == [
        "📊 <b>हाज़िरी · बुध 25 नव॰</b>",
        "आप: हाज़िर, सुबह 9:02 से",
        "जिला पंचायत राज अधिकारी: 2 में से 1 हाज़िर",
    ]
    await at(talk, 9, 20)
    assert (await talk.says("vimla", direct("vimla"), "हाज़िरी")).splitlines()[1:] == [
        "आप: हाज़िर, सुबह 9:20 से",
        "जल निगम (ग्रामीण): 1 में से 1 हाज़िर",
    ]
    said = await talk.says("senior", ADMINISTRATION, "/उपस्थिति")
    assert said.splitlines()[1:] == ["जिले में 4 में से 2 हाज़िर"]
    await talk.presses("senior", talk.last(ADMINISTRATION), "missing")
    assert talk.last(ADMINISTRATION).text.splitlines() == [
        "<b>हाज़िरी अभी बाकी · 2</b>",
        "अशोक यादव (DPRO)",
        "रमेश पाल (BDO)",
    ]
    asked = talk.talk.platform.messages(ADMINISTRATION)[-2]
    await talk.presses("senior", asked, "presence_by")
    assert "DPRO 1/2 · BDO 0/1 · JNR 1/1" in talk.last(ADMINISTRATION).text
    for name in ("ashok", "nodal"):
        assert "⛔" in await talk.presses(name, asked, "missing")


async def test_the_head_learns_who_is_missing_in_private_alone(talk: Talk) -> None:
    await at(talk, 9, 5)
    in_group = await talk.says("ashok", DPRO, "/presence")
    assert in_group.splitlines()[1:] == ["आप: हाज़िर, सुबह 9:05 से", "जिला पंचायत राज अधिकारी: 2 में से 1 हाज़िर"]
    in_private = await talk.says("ashok", direct("ashok"), "/presence")
    assert in_private.splitlines()[-1] == "हाज़िरी बाकी: सुनीता वर्मा"
    of_a_senior = await talk.says("senior", DPRO, "/presence")
    assert of_a_senior.splitlines()[1:] == ["जिला पंचायत राज अधिकारी: 2 में से 1 हाज़िर"]
    assert talk.last(DPRO).buttons == ()


async def test_before_and_after_the_window_and_on_a_closed_day(talk: Talk) -> None:
    await at(talk, 8, 30)
    assert "हाज़िरी सुबह 9:00 से शुरू होगी।" in await talk.says("sunita", direct("sunita"), "/presence")
    await at(talk, 11)
    after = await talk.says("sunita", direct("sunita"), "/presence")
    assert after.splitlines()[1:] == ["आप: अनुपस्थित", "जिला पंचायत राज अधिकारी: 2 में से 0 हाज़िर"]
    await at(talk, 9, days=4)
    closed = await talk.says("sunita", direct("sunita"), "/presence")
    assert closed.splitlines()[1:] == ["आज कार्यालय बंद है। अगली हाज़िरी: सोम 30 नव॰"]
