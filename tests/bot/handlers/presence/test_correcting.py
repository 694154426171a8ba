"""A senior corrects a verdict in the chat: whose, to what, and why; the officer is told, whichever the door."""

from datetime import date

import pytest

from core.presence import Verdict
from core.presence_commands import CorrectVerdict
from core.store.queries.day_reports import verdict_of
from tests.bot.handlers.conversations import ADMINISTRATION, Talk, direct
from tests.bot.handlers.mornings import at
from tests.district import PEOPLE

SUNITA = PEOPLE["sunita"]
DAY = date(2026, 11, 25)

pytestmark = pytest.mark.asyncio


def stands(talk: Talk) -> Verdict:
    found = talk.talk.running.store.read_now(lambda connection: verdict_of(connection.execute, DAY, SUNITA))
    assert found is not None
    return found.verdict


async def test_from_the_report_to_a_verdict_that_is_right(talk: Talk) -> None:
    await at(talk, 11)
    report = talk.last(ADMINISTRATION)
    await talk.presses("senior", report, "correct")
    asked = talk.last(ADMINISTRATION)
    assert "बुध 25 नव॰ की किसकी हाज़िरी सुधारनी है?" in asked.text
    assert f"correct_one:{DAY.toordinal()}:{SUNITA}" in [each.data for row in asked.buttons for each in row]
    assert "‘मुन्ना’ नाम नहीं मिला।" in await talk.says("senior", ADMINISTRATION, "मुन्ना")
    assert "सुनीता वर्मा, बुध 25 नव॰: अनुपस्थित।" in await talk.says("senior", ADMINISTRATION, "सुनीता")
    choices = talk.last(ADMINISTRATION)
    await talk.presses("senior", choices, f"correct_to:{DAY.toordinal()}:{SUNITA}:present")
    assert stands(talk) is Verdict.ABSENT, "nothing changes before there is a reason"
    said = await talk.says("senior", ADMINISTRATION, "फ़ील्ड में थीं, फ़ोन बंद था")
    assert said == "दर्ज हुआ। सुनीता वर्मा, बुध 25 नव॰: हाज़िर"
    assert stands(talk) is Verdict.PRESENT
    assert talk.last(direct("sunita")).text.splitlines() == [
        "आपकी हाज़िरी, बुध 25 नव॰: अनुपस्थित, अब हाज़िर",
        "एडीएम (नगर) ने सुधारा: “फ़ील्ड में थीं, फ़ोन बंद था”",
    ]
    report = next(each for each in talk.talk.platform.messages(ADMINISTRATION) if each.id == report.id)
    assert "बाद में बदला: 1" in report.text
    await talk.presses("senior", choices, f"correct_to:{DAY.toordinal()}:{SUNITA}:present")
    assert await talk.says("senior", ADMINISTRATION, "फिर से") == "पहले से दर्ज है, कुछ नहीं बदला"


async def test_a_correction_at_the_desk_is_told_too(talk: Talk) -> None:
    await at(talk, 11)
    await talk.talk.does(CorrectVerdict(SUNITA, DAY, "late", "9:20 पर आईं"), talk.actor("senior"))
    assert "अनुपस्थित, अब देर से" in talk.last(direct("sunita")).text


async def test_whoever_may_not_and_whose_own_it_is_is_refused(talk: Talk) -> None:
    await at(talk, 11)
    report = talk.last(ADMINISTRATION)
    for name in ("ashok", "operator", "nodal"):
        assert (await talk.presses(name, report, "correct")).startswith("⛔ यह काम वरिष्ठ अधिकारी का है")
    await talk.presses("senior", report, "correct")
    assert "⛔ अपनी हाज़िरी पर कोई स्वयं" in await talk.says("senior", ADMINISTRATION, "एडीएम")
    assert stands(talk) is Verdict.ABSENT
