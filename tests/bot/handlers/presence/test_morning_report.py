"""At the window's end: one message with names, chart and buttons for the administration, figures for each group."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bot.graphemes import clusters
from bot.markup import to_plain
from core.holiday_commands import DeclareHoliday
from core.presence_commands import CorrectVerdict, EnterLeave
from tests.bot.handlers.conversations import ADMINISTRATION, Talk, conversation, user
from tests.bot.handlers.mornings import MIDNIGHT, add_members, at
from tests.district import PEOPLE

DPRO, BDO = "group:DPRO", "group:BDO"

pytestmark = pytest.mark.asyncio


async def test_the_administration_gets_names_figures_and_the_chart_and_groups_only_figures(talk: Talk) -> None:
    await at(talk, 9)
    await talk.presses("ashok", talk.last(DPRO), "present")
    await at(talk, 9, 40)
    await talk.presses("ashok", talk.last(DPRO), "present")
    await at(talk, 10, 20)
    await talk.presses("ashok", talk.last(DPRO), "present")
    await talk.presses("ramesh", talk.last(BDO), "present")
    await at(talk, 10, 59, second=59)
    assert talk.talk.platform.messages(ADMINISTRATION) == ()
    for _ in range(2):
        await at(talk, 11)
    (report,) = talk.talk.platform.messages(ADMINISTRATION)
    assert report.text.splitlines() == [
        "📊 <b>हाज़िरी · बुध 25 नव॰, 9 से 11</b>",
        "कुल 4 · हाज़िर 1 · देर से 0",
        "अधूरी 1 · अवकाश पर 0 · अनुपस्थित 2",
        "<b>अनुपस्थित</b>",
        "सुनीता वर्मा (DPRO)",
        "विमला देवी (JNR)",
        "विभागवार चार्ट साथ में है।",
    ]
    (chart,) = report.attachments
    assert chart.name == "presence-2026-11-25.png"
    image = Image.open(BytesIO(await talk.talk.running.files.read(chart.sha256)))
    assert image.size == (1080, 24 + 76 + 56 + 3 * 46 + 54 + 24)
    assert talk.last(DPRO).text.splitlines()[1:] == [
        "2 में से 1 हाज़िर",
        "1 की हाज़िरी दर्ज नहीं हुई। कोई कारण हो तो विभाग प्रमुख को बताएँ।",
    ]
    assert talk.last(BDO).text.splitlines()[1:] == ["1 में से 1 हाज़िर · अधूरी 1"]
    for group in (DPRO, BDO, "group:JNR"):
        assert not any(name in talk.last(group).text for name in ("अशोक", "सुनीता", "रमेश", "विमला"))


@pytest.mark.parametrize("language", ["hi", "en"])
@pytest.mark.parametrize("absent", [3, 30, 300])
async def test_it_is_one_readable_message_whoever_is_absent(
    sqlite_database: str, tmp_path: Path, absent: int, language: str
) -> None:
    async with conversation(sqlite_database, tmp_path, seen=False, office={"language": language}) as talk:
        add_members(talk, absent - 4 if absent > 4 else 0)
        if absent == 3:
            await talk.talk.does(EnterLeave(PEOPLE["vimla"], DAY, DAY), talk.actor("senior"))
        await at(talk, 11)
        (report,) = talk.talk.platform.messages(ADMINISTRATION)
        plain = to_plain(report.text)
        assert len(plain) <= 1024, "a caption holds no more"
        assert len(plain.splitlines()) <= 21
        assert all(len(clusters(line)) <= 90 for line in plain.splitlines())
        assert plain.count("(DPRO)") + plain.count("(BDO)") + plain.count("(JNR)") == min(absent, 12)
        assert len(report.attachments) == 1
        labels = [button.label for row in report.buttons for button in row]
        assert len(labels) == (5 if absent == 3 else 3)
        if absent == 3 or language == "en":
            return
        await talk.presses("senior", report, "absent")
        pages = -(-absent // 8)
        wanted = range(1, pages + 1) if absent == 30 else (1, pages)
        seen = set()
        for page in wanted:
            if page > 1:
                await talk.talk.sends(
                    user("senior"), talk.last(ADMINISTRATION), f"absent_page:{DAY.toordinal()}:{page}"
                )
            shown = talk.last(ADMINISTRATION)
            assert f"पन्ना {page}, कुल {pages}" in shown.text
            seen |= {b.data for row in shown.buttons for b in row if b.data.startswith("offline:")}
        assert len(seen) == (absent if absent == 30 else 8 + absent % 8), "everybody has a button"
        assert len(talk.talk.platform.messages(ADMINISTRATION)) == 2, "a page takes the place of the one before"


async def test_a_late_message_amends_the_report_in_its_place(talk: Talk) -> None:
    await at(talk, 9)
    await at(talk, 11)
    report, group = talk.last(ADMINISTRATION), talk.last(BDO)
    assert "रमेश पाल (BDO)" in report.text
    await at(talk, 11, days=3)
    sent = MIDNIGHT + timedelta(hours=9, minutes=5)
    await talk.talk.writes(f"user-{PEOPLE['ramesh']}", BDO, "नमस्ते", at=sent)
    messages = {each.id: each for each in talk.talk.platform.messages()}
    assert "रमेश पाल (BDO)" not in messages[report.id].text
    assert messages[report.id].text.endswith("बाद में बदला: 1\nरमेश पाल: अनुपस्थित, अब अधूरी हाज़िरी")
    assert messages[group.id].text.endswith("1 में से 1 हाज़िर · अधूरी 1")


async def test_leave_entered_by_the_head_afterwards_and_a_correction_amend_it(talk: Talk) -> None:
    await at(talk, 11)
    report = talk.last(ADMINISTRATION)
    await talk.talk.does(EnterLeave(PEOPLE["sunita"], DAY, DAY, "बुखार"), talk.actor("ashok"))
    assert "सुनीता वर्मा: अनुपस्थित, अब अवकाश पर" in talk.last(ADMINISTRATION).text
    await talk.talk.does(CorrectVerdict(PEOPLE["ramesh"], DAY, "present", "बैठक में थे"), talk.actor("senior"))
    assert "रमेश पाल: अनुपस्थित, अब हाज़िर" in talk.last(ADMINISTRATION).text
    assert talk.last(ADMINISTRATION).id == report.id


async def test_a_holiday_declared_after_the_report_counts_nobody(talk: Talk) -> None:
    await at(talk, 11)
    await talk.talk.does(DeclareHoliday(DAY, "भारी वर्षा", "heavy rain"), talk.actor("administrator"))
    assert talk.last(ADMINISTRATION).text.endswith("कार्यालय बंद घोषित हुआ; किसी की हाज़िरी नहीं गिनी जाएगी।")
    assert talk.last(BDO).text.endswith("कार्यालय बंद घोषित हुआ; किसी की हाज़िरी नहीं गिनी जाएगी।")


async def test_after_an_outage_the_report_still_comes_once_with_its_day(talk: Talk) -> None:
    await at(talk, 9)
    for _ in range(2):
        await at(talk, 8, days=1)
    reports = [each for each in talk.talk.platform.messages(ADMINISTRATION) if "हाज़िरी" in each.text]
    assert len(reports) == 1
    assert "बुध 25 नव॰" in reports[0].text
    assert "🔧 सेवा बंद थी, ये हाज़िरी नहीं भेजी गईं: सुबह 9:40, सुबह 10:20" in reports[0].text


async def test_a_day_on_which_nobody_was_running_has_no_report(talk: Talk) -> None:
    await at(talk, 8, days=1)
    assert not any("हाज़िरी" in each.text for each in talk.talk.platform.messages(ADMINISTRATION))


async def test_a_missed_roll_call_is_named(talk: Talk) -> None:
    await at(talk, 9, 25)
    await at(talk, 11)
    assert "🔧 सेवा बंद थी, ये हाज़िरी नहीं भेजी गईं: सुबह 9:00, सुबह 9:40, सुबह 10:20" in talk.last(ADMINISTRATION).text


async def test_the_departments_are_a_press_away_for_seniors_alone(talk: Talk) -> None:
    await at(talk, 11)
    report = talk.last(ADMINISTRATION)
    assert "⛔" in await talk.presses("operator", report, "presence_by")
    await talk.presses("senior", report, "presence_by")
    assert talk.last(ADMINISTRATION).text.splitlines() == [
        "<b>विभागवार हाज़िरी · बुध 25 नव॰</b>",
        "DPRO 0/2 · BDO 0/1 · JNR 0/1",
    ]


@pytest.mark.parametrize("data", ["absent:", "absent:x:1", "absent:739945", "absent:739945:-1", "absent:0:1"])
async def test_made_up_data_is_refused(talk: Talk, data: str) -> None:
    await at(talk, 11)
    toast = await talk.talk.sends(f"user-{PEOPLE['senior']}", talk.last(ADMINISTRATION), data)
    assert toast.startswith("⛔") or "नहीं" in toast
    assert len(talk.talk.platform.messages(ADMINISTRATION)) == 1


DAY = (MIDNIGHT + timedelta(hours=12)).date()
