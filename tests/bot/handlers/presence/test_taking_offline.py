"""Take offline and Restore: asked, with a reason, on record; told to all whom it concerns, by whichever door."""

from datetime import date

import pytest

from core.complaints import State
from core.presence_commands import RestoreOfficer, TakeOffline
from core.store.queries.absences import off_duty_of
from tests.bot.handlers.conversations import ADMINISTRATION, Talk, direct
from tests.bot.handlers.mornings import at
from tests.district import PEOPLE

DPRO, BDO = "group:DPRO", "group:BDO"
SUNITA = PEOPLE["sunita"]

pytestmark = pytest.mark.asyncio


async def test_from_the_report_to_offline_and_back(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO C")
    await talk.presses("sunita", talk.card(complaint, DPRO), "acknowledge")
    await at(talk, 11, days=1)
    report = talk.last(ADMINISTRATION)
    assert await talk.presses("senior", report, f"offline:{SUNITA}") == ""
    asked = talk.last(ADMINISTRATION)
    assert asked.text.splitlines()[0] == "सुनीता वर्मा (DPRO) को अभी ऑफ़लाइन करना है?"
    assert not is_offline(talk), "nothing happens before there is a reason"
    assert await talk.presses("senior", asked, "offline_why") == "दर्ज हुआ, विभाग को सूचना गई"
    assert is_offline(talk)
    assert talk.last(direct("sunita")).text.splitlines() == [
        "सुनीता वर्मा जी, एडीएम (नगर) के आदेश से आप सुबह 11:00 से ऑफ़लाइन हैं।",
        "कारण: बिना सूचना अनुपस्थित",
        "वापस ऑनलाइन होने के लिए उनसे बात करें।",
    ]
    assert talk.last(direct("ashok")).text.splitlines() == [
        "📴 अशोक यादव जी, एडीएम (नगर) के आदेश से सुनीता वर्मा ऑफ़लाइन हैं।",
        f"इनकी 1 खुली शिकायत अब आपके ज़िम्मे है: {complaint.code}",
        "किसी को देनी हो तो /सौंपें और कोड लिखें।",
    ]
    for group in (DPRO, ADMINISTRATION):
        assert "इनकी 1 खुली शिकायत अब अशोक यादव के ज़िम्मे है।" in talk.last(group).text
    assert talk.complaint(complaint.code).assignee == PEOPLE["ashok"]
    assert "अशोक यादव" in talk.card(complaint, DPRO).text
    report = next(each for each in talk.talk.platform.messages(ADMINISTRATION) if each.id == report.id)
    assert "सुनीता वर्मा (DPRO) 📴" in report.text
    assert await talk.presses("other senior", report, f"restore:{SUNITA}") == "दर्ज हुआ, विभाग को सूचना गई"
    assert not is_offline(talk)
    for chat in (DPRO, ADMINISTRATION, direct("sunita")):
        assert "सुनीता वर्मा फिर से ऑनलाइन हैं। आदेश: एसडीएम (सदर), सुबह 11:00" in {
            each.text for each in talk.talk.platform.messages(chat)
        }
    record = talk.talk.running.store.read_now(lambda connection: off_duty_of(connection.execute, SUNITA))
    assert [(each.by, each.reason, each.restored_by) for each in record] == [
        (PEOPLE["senior"], "no_notice", PEOPLE["other senior"])
    ]


async def test_by_a_command_with_the_reason_in_words(talk: Talk) -> None:
    assert "किसे ऑफ़लाइन करना है?" in await talk.says("senior", ADMINISTRATION, "/ऑफ़लाइन")
    assert "नाम नहीं मिला" in await talk.says("senior", ADMINISTRATION, "मुन्ना")
    assert "सुनीता वर्मा (DPRO) को अभी" in await talk.says("senior", ADMINISTRATION, "सुनीता")
    said = await talk.says("senior", ADMINISTRATION, "दो बार बुलाने पर नहीं आए")
    assert "कारण: दो बार बुलाने पर नहीं आए" in said
    assert is_offline(talk)
    assert "किसे वापस ऑनलाइन करना है?" in await talk.says("senior", ADMINISTRATION, "/restore")
    offered = talk.last(ADMINISTRATION)
    assert [b.data for row in offered.buttons for b in row] == [f"restore:{SUNITA}", "cancel:"]
    assert "फिर से ऑनलाइन" in await talk.says("senior", ADMINISTRATION, "/वापस सुनीता")
    assert "अभी कोई ऑफ़लाइन नहीं है" in await talk.says("senior", ADMINISTRATION, "/restore")


@pytest.mark.parametrize("said", ["/offline सुनीता until 30/11", "/ऑफ़लाइन सुनीता वर्मा सोमवार तक"])
async def test_until_a_day_in_one_line(talk: Talk, said: str) -> None:
    asked = await talk.says("senior", ADMINISTRATION, said)
    assert "वापसी का दिन: सोम 30 नव॰" in asked
    assert "वापसी का दिन: सोम 30 नव॰" in await talk.says("senior", ADMINISTRATION, "दो बार बुलाने पर नहीं आए")
    assert "वापसी का दिन: सोम 30 नव॰" in talk.last(direct("sunita")).text
    assert until(talk) == date(2026, 11, 30)


async def test_until_a_day_by_buttons_and_in_words(talk: Talk) -> None:
    await talk.says("senior", ADMINISTRATION, "/offline सुनीता")
    await talk.presses("senior", talk.last(ADMINISTRATION), "offline_for")
    asked = talk.last(ADMINISTRATION)
    assert "सुनीता वर्मा किस दिन वापस आएँगे?" in asked.text
    assert "‘पता नहीं’ से कौन सा दिन समझें?" in await talk.says("senior", ADMINISTRATION, "पता नहीं")
    await talk.presses("senior", asked, f"offline_until:{SUNITA}:2026-11-27")
    assert "वापसी का दिन: शुक्र 27 नव॰" in talk.last(ADMINISTRATION).text
    assert await talk.presses("senior", talk.last(ADMINISTRATION), "offline_why") == "दर्ज हुआ, विभाग को सूचना गई"
    assert until(talk) == date(2026, 11, 27)


async def test_several_of_a_name_are_offered(talk: Talk) -> None:
    await talk.says("senior", ADMINISTRATION, "/offline पाल")
    offered = talk.last(ADMINISTRATION)
    data = {b.data for row in offered.buttons for b in row}
    assert data == {f"offline:{PEOPLE['ramesh']}", f"offline:{PEOPLE['operator']}", "cancel:"}


async def test_whoever_may_not_is_told_and_nothing_changes(talk: Talk) -> None:
    await at(talk, 11)
    report = talk.last(ADMINISTRATION)
    for name in ("ashok", "operator", "nodal", "administrator"):
        assert (await talk.presses(name, report, f"offline:{SUNITA}")).startswith("⛔ यह काम वरिष्ठ अधिकारी का है")
        assert (await talk.says(name, direct(name), "/offline सुनीता")).startswith("⛔ यह काम वरिष्ठ अधिकारी का है")
    assert "⛔ अपनी हाज़िरी पर कोई स्वयं निर्णय नहीं लेता" in await talk.says("senior", ADMINISTRATION, "/offline एडीएम")
    assert not is_offline(talk)


async def test_help_offers_it_to_seniors_alone(talk: Talk) -> None:
    assert "/offline" in await talk.says("senior", direct("senior"), "/help")
    assert "/offline" not in await talk.says("administrator", direct("administrator"), "/help"), "the rule refuses them"


async def test_an_old_button_asks_again_and_does_nothing_by_itself(talk: Talk) -> None:
    await talk.says("senior", ADMINISTRATION, "/offline सुनीता")
    asked = talk.last(ADMINISTRATION)
    await talk.presses("senior", asked, "cancel")
    await talk.talk.sends("user-6", asked, f"offline_why:{SUNITA}")
    assert not is_offline(talk)
    again = talk.last(ADMINISTRATION)
    assert again.id != asked.id
    assert "को अभी ऑफ़लाइन करना है?" in again.text
    assert "⛔" in await talk.presses("ashok", again, "offline_why")
    await talk.presses("senior", again, "offline_why")
    assert is_offline(talk)
    toast = await talk.talk.sends("user-6", again, f"offline_why:{SUNITA}")
    assert toast.startswith("📴 सुनीता वर्मा पहले से ऑफ़लाइन हैं। आदेश: एडीएम (नगर)")
    for data in ("offline:", "offline:x", "offline:999", "restore:", f"restore:{PEOPLE['ramesh']}"):
        assert "कुछ बदला नहीं" in await talk.talk.sends("user-6", again, data), data


async def test_from_the_desk_the_chat_is_told_as_well(talk: Talk) -> None:
    await talk.talk.does(TakeOffline(SUNITA, "बिना अनुमति बाहर"), talk.actor("senior"))
    for chat in (DPRO, ADMINISTRATION, direct("sunita")):
        assert "कारण: बिना अनुमति बाहर" in talk.last(chat).text
    await talk.talk.does(RestoreOfficer(SUNITA), talk.actor("senior"))
    assert "फिर से ऑनलाइन" in talk.last(DPRO).text


async def test_the_head_taken_offline_leaves_what_they_had_to_nobody(talk: Talk) -> None:
    (complaint,) = await talk.register("BDO C")
    await talk.presses("ramesh", talk.card(complaint, BDO), "acknowledge")
    await talk.talk.does(TakeOffline(PEOPLE["ramesh"], "no_notice"), talk.actor("senior"))
    assert "इनकी 1 खुली शिकायत अब किसी के ज़िम्मे नहीं है।" in talk.last(BDO).text
    assert talk.complaint(complaint.code).state is State.REGISTERED
    assert "किसी के ज़िम्मे नहीं" in talk.card(complaint, BDO).text


async def test_who_is_offline_cannot_write_in_the_group_until_restored(talk: Talk) -> None:
    restricted, muter = talk.talk.platform.restricted, talk.talk.running.muter
    await talk.talk.does(TakeOffline(SUNITA, "no_notice"), talk.actor("senior"))
    for _ in range(2):
        await muter.look()
        assert restricted == {(DPRO, "user-2")}
    await talk.talk.does(RestoreOfficer(SUNITA), talk.actor("senior"))
    await muter.look()
    assert restricted == set()


def is_offline(talk: Talk) -> bool:
    """Whether Sunita is."""
    store = talk.talk.running.store
    return SUNITA in store.read_now(store.directory).off_duty


def until(talk: Talk) -> date | None:
    record = talk.talk.running.store.read_now(lambda connection: off_duty_of(connection.execute, SUNITA))
    return record[-1].until
