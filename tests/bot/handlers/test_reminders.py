"""The ladder in the chat: who is told what and when, what can be pressed there, and several at once as one message."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.testing import FakeMessage
from core.commands import Solve
from core.complaints import State
from core.people import Role
from core.people_commands import GiveRole, PutInDepartment, TakeOutOfDepartment
from core.presence_commands import EnterLeave
from core.sweeping import sweep
from tests.bot.handlers.conversations import ADMINISTRATION, Talk, conversation, direct
from tests.core.calendars import ist
from tests.district import PEOPLE

pytestmark = pytest.mark.asyncio

WORDS = "Drain repaired, the water has gone"


@pytest_asyncio.fixture
async def talk(sqlite_database: str, tmp_path: Path) -> AsyncIterator[Talk]:
    """The small district in English, on Wednesday 25 November 2026, 10:00."""
    async with conversation(sqlite_database, tmp_path, office={"language": "en"}) as talk:
        yield talk


async def clock(talk: Talk, when: str) -> list[FakeMessage]:
    """It is then, and the clocks are looked at; returns the new messages, without those about who is present."""
    before = {each.id for each in talk.talk.platform.messages()}
    talk.clock.set(ist(f"2026-11-{when}"))
    await talk.talk.looks_at_the_clock()
    new = [each for each in talk.talk.platform.messages() if each.id not in before]
    return [each for each in new if not ("Presence" in each.text or "marked present" in each.text)]


def actions(message: FakeMessage) -> list[str]:
    """What can be pressed under it."""
    return [each.data.split(":")[0] for row in message.buttons for each in row]


async def test_each_rung_tells_its_own_in_their_words(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO A")  # due today 18:00
    await talk.presses("sunita", talk.card(complaint, "group:DPRO"), "acknowledge")
    assert await clock(talk, "25 13:59") == []
    asked, reminder = await clock(talk, "25 14:00")
    assert reminder.chat == direct("sunita")
    assert reminder.text.startswith(f"⏰ <b>{complaint.code}</b>: 4 h left")
    assert "Due: today 6:00 pm · with Sunita Verma" in reminder.text
    assert actions(reminder) == ["solve", "more_time"]
    await talk.presses("sunita", asked, "still_on_it")
    assert await clock(talk, "25 17:59") == []
    (overdue,) = await clock(talk, "25 18:00")
    assert overdue.chat == direct("ashok")
    assert overdue.text.startswith(f"🔴 Ashok Yadav, <b>{complaint.code}</b> is past its due time (today 6:00 pm).")
    assert "Reply here with the time it will be done." in overdue.text
    assert await clock(talk, "25 22:00") == await clock(talk, "26 09:59") == [], "quiet, and not yet open"
    assert "With Sunita Verma · told: Ashok Yadav" in talk.card(complaint, "group:DPRO").text
    (administration,) = await clock(talk, "26 10:00")
    assert administration.chat == ADMINISTRATION
    assert administration.text.startswith(f"🔴 <b>{complaint.code}</b> · 16 h late")
    assert "Ashok Yadav was told: Wed 25 Nov, 6:00 pm. The answer is still to come." in administration.text
    assert actions(administration) == ["show_card", "show_history"]
    decisions = await clock(talk, "26 18:00")
    assert {each.chat for each in decisions} == {direct("senior"), direct("other senior")}
    assert f"<b>{complaint.code}</b> needs your decision: 24 h late." in decisions[0].text
    assert actions(decisions[0]) == ["give_time_unasked", "change_department", "show_history"]
    for when in ("26 18:01", "27 10:00", "30 12:00"):
        assert await clock(talk, when) == [], "the ladder is at its end"
    assert "told: the senior officers" in talk.card(complaint, "group:DPRO").text


async def test_several_for_a_chat_are_one_message_the_longest_overdue_first(talk: Talk) -> None:
    late = [(await talk.register("DPRO A"))[0] for _ in range(12)]
    talk.clock.set(ist("2026-11-26 12:00"))
    (other,) = await talk.register("BDO A")
    told = await clock(talk, "27 10:00")
    assert len(told) == 3, "the administration, and each senior"
    administration = next(each for each in told if each.chat == ADMINISTRATION)
    assert other.code in administration.text, "whose day after is not over"
    several = next(each for each in told if each.chat == direct("senior"))
    lines = several.text.splitlines()
    assert lines[0] == "🔴 <b>Reminder · 12 complaints</b>"
    assert [line.split(" · ")[0] for line in lines[1:11]] == [f"🔴 {each.code}" for each in late[:10]]
    assert lines[11:] == ["and 2 more"]
    await talk.presses("senior", several, "reminded")
    assert "Overdue: 13 complaints" in talk.last(direct("senior")).text


async def test_who_is_told_as_head_and_as_senior_reads_one_message(talk: Talk) -> None:
    await talk.talk.does(GiveRole(PEOPLE["ashok"], Role.SENIOR), talk.actor("administrator"))
    (yesterday,) = await talk.register("BDO A")
    talk.clock.set(ist("2026-11-26 11:00"))
    (today,) = await talk.register("DPRO A")
    (one,) = [each for each in await clock(talk, "26 18:00:15") if each.chat == direct("ashok")]
    assert [line.split(" · ")[0] for line in one.text.splitlines()[1:]] == [f"🔴 {yesterday.code}", f"🔴 {today.code}"]


async def test_after_days_without_power_each_chat_is_told_once_of_the_highest_rung(talk: Talk) -> None:
    for _ in range(3):
        await talk.register("DPRO A")
    told = await clock(talk, "30 10:30")
    assert {each.chat for each in told} == {direct("senior"), direct("other senior")}
    assert len(told) == 2
    assert await clock(talk, "30 10:31") == []


async def test_what_was_missed_is_not_said_at_night(talk: Talk) -> None:
    await talk.register("DPRO A")
    assert await clock(talk, "26 03:00") == []
    assert len(await clock(talk, "26 10:00")) == 1


async def test_what_was_solved_before_it_could_be_said_is_not_said(talk: Talk) -> None:
    """The clock has recorded the rung, and then the machine stopped."""
    solved, open_still = (await talk.register("DPRO B"))[0], (await talk.register("DPRO B"))[0]
    talk.clock.set(ist("2026-11-28 18:00"))
    await sweep(talk.talk.running.office)
    await talk.talk.does(Solve(solved.code, WORDS), talk.actor("sunita"))
    (told,) = [each for each in await clock(talk, "28 18:01") if "🔴" in each.text and each.chat == direct("ashok")]
    assert open_still.code in told.text
    assert solved.code not in told.text


async def test_a_department_without_a_head_is_the_administrations_and_named_every_morning(talk: Talk) -> None:
    await talk.talk.does(TakeOutOfDepartment(PEOPLE["ramesh"], "BDO"), talk.actor("administrator"))
    (complaint,) = await talk.register("BDO A")
    (reminder,) = [each for each in await clock(talk, "25 14:00") if each.text.startswith("⏰")]
    assert reminder.chat == ADMINISTRATION, "nobody has it, and there is no head"
    overdue = await clock(talk, "25 18:00")
    assert [each.chat for each in overdue] == [ADMINISTRATION]
    assert "The department has no head." in overdue[0].text
    morning = await clock(talk, "26 10:00")
    (check,) = [each for each in morning if "Still missing" in each.text]
    assert "A head, 1 department: BDO" in check.text
    assert not [each for each in await clock(talk, "26 10:01") if "Still missing" in each.text]
    await talk.talk.does(PutInDepartment(PEOPLE["ramesh"], "BDO", head=True), talk.actor("administrator"))
    assert not [each for each in await clock(talk, "27 10:00") if "Still missing" in each.text]
    assert complaint.code


async def test_what_is_confidential_is_told_in_words_to_the_head_alone(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO A", words="Secret of a child", confidential=True)
    told = [*await clock(talk, "25 18:00"), *await clock(talk, "26 10:00"), *await clock(talk, "26 18:00")]
    assert {each.chat for each in told} == {direct("ashok"), ADMINISTRATION, direct("senior"), direct("other senior")}
    for each in told:
        assert complaint.code in each.text
        assert ("Secret of a child" in each.text) is (each.chat == direct("ashok"))


async def test_the_heads_reply_to_a_reminder_is_kept_with_the_complaint(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO A")
    overdue = (await clock(talk, "25 18:00"))[-1]
    await talk.says("ashok", direct("ashok"), "The pipe comes on Friday, till then tankers", reply_to=overdue)
    assert "The pipe comes on Friday" in await talk.says("ashok", direct("ashok"), f"/history {complaint.code}")
    assert await talk.presses("ashok", overdue, "show_card") == ""
    assert complaint.code in talk.last(direct("ashok")).text


async def test_silent_for_half_of_the_time_is_asked_and_kept_by_a_press(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO C")  # due on Wednesday 2 December
    await talk.presses("sunita", talk.card(complaint, "group:DPRO"), "acknowledge")
    # 8 hours of today and 9 of each of six days, of which half are over on Saturday at 14:00.
    assert await clock(talk, "28 13:59") == []
    (asked,) = [each for each in await clock(talk, "28 14:00") if each.chat == direct("sunita")]
    assert asked.text.startswith(f"{complaint.code}: no news since Wed 25 Nov, 10:00 am. Still on it?")
    assert actions(asked) == ["still_on_it", "solve", "hand_back"]
    assert await talk.presses("sunita", asked, "still_on_it") == "It is with you now"
    assert await talk.presses("sunita", asked, "still_on_it") == "Already recorded, nothing changed"
    assert await clock(talk, "28 17:00") == await clock(talk, "30 17:00") == [], "once for each acknowledgement"
    assert talk.complaint(complaint.code).state is State.ACKNOWLEDGED


async def test_who_is_on_leave_is_not_reminded_but_the_head(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO A")
    await talk.presses("sunita", talk.card(complaint, "group:DPRO"), "acknowledge")
    today = talk.clock.now().date()
    await talk.talk.does(EnterLeave(PEOPLE["sunita"], today, today), talk.actor("sunita"))
    reminders = [each for each in await clock(talk, "25 14:00") if each.text.startswith("⏰")]
    assert [each.chat for each in reminders] == [direct("ashok")]


async def test_several_questions_for_a_chat_are_one_message(talk: Talk) -> None:
    several = [(await talk.register("DPRO C"))[0] for _ in range(3)]
    for each in several:
        await talk.presses("sunita", talk.card(each, "group:DPRO"), "acknowledge")
    (asked,) = [each for each in await clock(talk, "28 14:00") if each.chat == direct("sunita")]
    assert asked.text.startswith("<b>Still on it? · 3 complaints</b>")
    assert all(each.code in asked.text for each in several)
    assert "What is not answered until today 4:00 pm is taken off you and Ashok Yadav is told." in asked.text
    await talk.says("ashok", "group:DPRO", f"{several[0].code} the pipe has not come, the team is there")
    assert await talk.presses("sunita", asked, "still_on_each") == "2 questions below"
    assert talk.last(direct("sunita")).text.startswith(several[2].code)
    assert actions(talk.last(direct("sunita"))) == ["still_on_it", "solve", "hand_back"]
    assert await talk.presses("ashok", asked, "still_on_all") == "Already recorded, nothing changed", (
        "nothing of theirs"
    )
    assert await talk.presses("sunita", asked, "still_on_all") == "2 complaints stay with you"
    assert await talk.presses("sunita", asked, "still_on_all") == "Already recorded, nothing changed"
    assert await clock(talk, "28 17:00") == []


async def test_what_was_answered_before_it_could_be_asked_is_not_asked(talk: Talk) -> None:
    """The clock has recorded the questions, and then the machine stopped."""
    answered, silent = (await talk.register("DPRO C"))[0], (await talk.register("DPRO C"))[0]
    for each in (answered, silent):
        await talk.presses("sunita", talk.card(each, "group:DPRO"), "acknowledge")
    talk.clock.set(ist("2026-11-28 14:00"))
    await sweep(talk.talk.running.office)
    await talk.says("ashok", "group:DPRO", f"{answered.code} the pipe has not come, the team is there")
    (asked,) = [each for each in await clock(talk, "28 14:01") if each.chat == direct("sunita")]
    assert asked.text.startswith(f"{silent.code}: no news since")


async def test_without_an_answer_nobody_has_it_and_the_head_is_told(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO C")
    await talk.presses("sunita", talk.card(complaint, "group:DPRO"), "acknowledge")
    await clock(talk, "28 14:00")
    assert await clock(talk, "28 15:59") == []
    (told,) = await clock(talk, "28 16:00")
    assert told.chat == direct("ashok")
    assert "no answer from Sunita Verma to “Still on it?”; nobody has it now." in told.text
    stands = talk.complaint(complaint.code)
    assert (stands.state, stands.assignee) == (State.REGISTERED, None)
    assert "nobody has it yet" in talk.card(complaint, "group:DPRO").text
    assert await talk.presses("ashok", told, "acknowledge") == "It is with you now"


async def test_a_word_of_the_department_is_an_answer_and_it_can_be_handed_back(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO C")
    await talk.presses("sunita", talk.card(complaint, "group:DPRO"), "acknowledge")
    await clock(talk, "28 14:00")
    asked = talk.last(direct("sunita"))
    await talk.says("ashok", "group:DPRO", f"{complaint.code} the pipe has not come, the team is there")
    assert await clock(talk, "28 17:00") == []
    assert talk.complaint(complaint.code).state is State.ACKNOWLEDGED
    assert await talk.presses("sunita", asked, "hand_back") == "It is with nobody now"
    assert "Sunita Verma has handed it back; nobody has it now." in talk.last(direct("ashok")).text
