"""The roll-call: sent once to each group, answered by a press, and the missing reminded where nobody else reads it."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.testing import FakeAdapter, FakePlatform
from core.presence_commands import TakeOffline
from tests.bot.handlers.conversations import ADMINISTRATION, UNHURRIED, Talk, conversation, direct
from tests.bot.handlers.mornings import at
from tests.district import PEOPLE

DPRO, BDO, JNR = "group:DPRO", "group:BDO", "group:JNR"

pytestmark = pytest.mark.asyncio


async def test_each_group_is_called_once_and_shows_how_many_answered(talk: Talk) -> None:
    await at(talk, 8, 59, second=59)
    assert talk.talk.platform.messages() == ()
    await at(talk, 9)
    await at(talk, 9, 1)
    for group in (DPRO, BDO, JNR):
        (called,) = talk.talk.platform.messages(group)
        assert [button.label for row in called.buttons for button in row] == ["हाज़िर", "आज अवकाश पर"]
    assert talk.talk.platform.messages(ADMINISTRATION) == ()
    assert await talk.presses("ashok", talk.last(DPRO), "present") == "हाज़िरी दर्ज हुई, सुबह 9:01"
    assert talk.last(DPRO).text.endswith("अब तक 2 में से 1 हाज़िर।")
    await talk.presses("ashok", talk.last(DPRO), "present")
    assert talk.last(DPRO).text.endswith("अब तक 2 में से 1 हाज़िर।"), "who presses twice is one"
    await talk.presses("sunita", talk.last(DPRO), "present")
    assert talk.last(DPRO).text.endswith("अब तक 2 में से 2 हाज़िर।")
    assert len(talk.talk.platform.messages(DPRO)) == 1, "in its place"
    assert "अशोक" not in talk.last(DPRO).text


async def test_each_roll_call_counts_by_itself(talk: Talk) -> None:
    await at(talk, 9)
    await talk.presses("ashok", talk.last(DPRO), "present")
    await at(talk, 9, 40)
    first, second = talk.talk.platform.messages(DPRO)
    assert "अब तक 2 में से 0 हाज़िर।" in second.text
    await talk.presses("ashok", first, "present")
    assert "अब तक 2 में से 1 हाज़िर।" in talk.last(DPRO).text, "a press on the old one is a mark of now"


async def test_ten_minutes_later_only_the_missing_are_reminded_and_in_private(talk: Talk) -> None:
    await at(talk, 9)
    await talk.presses("ashok", talk.last(DPRO), "present")
    await talk.says("ramesh", BDO, "सुप्रभात")
    await at(talk, 9, 9)
    assert talk.talk.platform.messages(direct("sunita")) == ()
    for _ in range(2):
        await at(talk, 9, 10)
    (reminder,) = talk.talk.platform.messages(direct("sunita"))
    assert "सुबह 9:15 तक ‘हाज़िर’ दबाएँ तो देर नहीं गिनी जाएगी।" in reminder.text
    assert talk.talk.platform.messages(direct("ashok")) == ()
    assert talk.talk.platform.messages(direct("ramesh")) == (), "a message is as good as a press"
    assert len(talk.talk.platform.messages(DPRO)) == 1
    assert await talk.presses("sunita", reminder, "present") == "हाज़िरी दर्ज हुई, सुबह 9:10"
    assert talk.last(DPRO).text.endswith("अब तक 2 में से 2 हाज़िर।"), "also by the private button"
    await at(talk, 9, 40)
    await at(talk, 9, 50)
    assert "सुबह 9:40 वाली हाज़िरी अभी दर्ज नहीं है" in talk.last(direct("sunita")).text
    assert "आपकी हाज़िरी अभी दर्ज नहीं है" in talk.last(direct("vimla")).text


async def test_who_was_taken_offline_meanwhile_is_not_reminded(talk: Talk) -> None:
    await at(talk, 9)
    await at(talk, 9, 5)
    await talk.talk.does(TakeOffline(PEOPLE["sunita"], "बिना सूचना अनुपस्थित"), talk.actor("senior"))
    before = len(talk.talk.platform.messages(direct("sunita")))
    await at(talk, 9, 10)
    assert len(talk.talk.platform.messages(direct("sunita"))) == before
    assert "आपकी हाज़िरी अभी दर्ज नहीं है" in talk.last(direct("ashok")).text


async def test_what_was_missed_by_more_than_some_minutes_is_not_sent(talk: Talk) -> None:
    await at(talk, 9, 25)
    assert talk.talk.platform.messages() == ()
    await at(talk, 9, 44)
    assert "हाज़िरी · सुबह 9:40" in talk.last(DPRO).text


async def test_nothing_is_called_on_a_closed_day(talk: Talk) -> None:
    await at(talk, 9, days=4)
    assert talk.talk.platform.messages() == ()


async def test_an_old_button_is_refused_with_the_day_on_which_it_counts(talk: Talk) -> None:
    await at(talk, 9)
    called = talk.last(DPRO)
    await at(talk, 11)
    assert await talk.presses("ashok", called, "present") == "हाज़िरी 9 से 11 गिनी जाती है। अगली: गुरु 26 नव॰"
    await at(talk, 8, days=1)
    assert await talk.presses("ashok", called, "present") == "हाज़िरी 9 से 11 गिनी जाती है। अगली: गुरु 26 नव॰"
    await at(talk, 9, 1, days=1)
    assert "अगली" in await talk.presses("ashok", called, "leave_today"), "of another day's roll-call"
    assert await talk.presses("ashok", called, "present") == "हाज़िरी दर्ज हुई, सुबह 9:01"


async def test_on_leave_today_by_one_press(talk: Talk) -> None:
    await at(talk, 9)
    assert await talk.presses("sunita", talk.last(DPRO), "leave_today") == "आज का अवकाश दर्ज हुआ। बदलना हो तो /अवकाश"
    assert talk.last(direct("sunita")).text == "अवकाश पर: सुनीता वर्मा, बुध 25 नव॰"
    assert talk.last(direct("ashok")).text == "अवकाश पर: सुनीता वर्मा, बुध 25 नव॰", "the head is told"
    before = len(talk.talk.platform.messages(direct("sunita")))
    await talk.presses("ashok", talk.last(DPRO), "present")
    assert talk.last(DPRO).text.endswith("अब तक 1 में से 1 हाज़िर।"), "who is on leave is not expected"
    assert "आज आपका अवकाश दर्ज है" in await talk.presses("sunita", talk.last(DPRO), "present")
    await at(talk, 9, 10)
    assert len(talk.talk.platform.messages(direct("sunita"))) == before, "nor reminded"


async def test_who_has_no_roll_call_and_who_is_not_known_are_told_so(talk: Talk) -> None:
    await at(talk, 9)
    assert await talk.presses("senior", talk.last(DPRO), "present") == "आपके विभाग में हाज़िरी नहीं ली जाती"
    called = talk.last(DPRO)
    assert await talk.presses("a stranger", called, "present") == "हाज़िरी दर्ज हुई; जुड़ने का अनुरोध अभी बाकी है"
    assert "1 व्यक्ति जुड़ना" in talk.last(direct("ashok")).text, "the head is asked to take them"


async def test_written_words_count_and_are_answered_in_private_alone(talk: Talk) -> None:
    await at(talk, 9)
    before = len(talk.talk.platform.messages(DPRO))
    assert await talk.says("ashok", DPRO, "हाज़िर") == ""
    assert talk.last(DPRO).text.endswith("अब तक 2 में से 1 हाज़िर।")
    assert len(talk.talk.platform.messages(DPRO)) == before
    assert await talk.says("sunita", direct("sunita"), "उपस्थित") == "हाज़िरी दर्ज हुई, सुबह 9:00"
    assert await talk.says("ramesh", BDO, "आज छुट्टी पर हूँ") == "", "in the group silence"
    assert "आपका अवकाश किस दिन है?" in talk.last(direct("ramesh")).text
    assert await talk.presses("ramesh", talk.last(direct("ramesh")), "leave_on:2026-11-25") == ""
    assert await talk.presses("ramesh", talk.last(direct("ramesh")), "leave_yes") == "अवकाश दर्ज हुआ"


async def test_a_platform_without_edits_gets_no_message_for_a_figure(sqlite_database: str, tmp_path: Path) -> None:
    adapter = FakeAdapter(FakePlatform(UNHURRIED), "bot", edit=False)
    async with conversation(sqlite_database, tmp_path, adapter, seen=False) as talk:
        await at(talk, 9)
        await talk.presses("ashok", talk.last(DPRO), "present")
        await at(talk, 9, 10)
        assert len(talk.talk.platform.messages(DPRO)) == 1


async def test_a_department_s_own_window_has_its_own_roll_calls(sqlite_database: str, tmp_path: Path) -> None:
    own = {"BDO": {"window": {"from": "10:00", "to": "12:00"}, "roll_calls": ["10:30"]}}
    async with conversation(sqlite_database, tmp_path, seen=False, presence={"departments": own}) as talk:
        await at(talk, 9)
        assert len(talk.talk.platform.messages(DPRO)) == 1
        assert talk.talk.platform.messages(BDO) == ()
        await at(talk, 10, 30)
        assert "हाज़िरी · सुबह 10:30" in talk.last(BDO).text
        assert len(talk.talk.platform.messages(DPRO)) == 1
        await at(talk, 11)
        assert "1 विभाग की हाज़िरी का समय बाद में है।" in talk.last(ADMINISTRATION).text
        assert "रमेश" not in talk.last(ADMINISTRATION).text
        await at(talk, 12)
        assert "रमेश पाल (BDO)" in talk.last(ADMINISTRATION).text
        assert len(talk.talk.platform.messages(ADMINISTRATION)) == 1, "in its place"
        assert "1 की हाज़िरी दर्ज नहीं हुई" in talk.last(BDO).text


async def test_many_presses_at_once_are_few_edits(talk: Talk) -> None:
    await at(talk, 9)
    called = talk.last(DPRO)
    users = ["user-1", "user-2"] * 20
    await asyncio.gather(*(talk.talk.presses(user, called, "present") for user in users))
    assert talk.last(DPRO).text.endswith("अब तक 2 में से 2 हाज़िर।")
    assert len(talk.last(DPRO).texts) <= 4


async def test_a_clock_that_is_turned_back_calls_nobody_twice(talk: Talk) -> None:
    await at(talk, 9)
    await at(talk, 9, 40)
    counted = len(talk.talk.platform.messages())
    await at(talk, 8, 50)
    talk.clock.advance(timedelta(minutes=11))
    await talk.talk.looks_at_the_clock()
    assert len(talk.talk.platform.messages()) == counted
