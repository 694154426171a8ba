"""Words of a solution are changed after the complainant was asked: they see the new ones, and their yes is to those."""

from datetime import timedelta

import pytest

from core.commands import LinkComplainant
from core.complaints import Complaint, State
from tests.bot.handlers.conversations import SYSTEM, Talk, direct

DPRO, BDO = "group:DPRO", "group:BDO"
CITIZEN = "savitri"
DONE = "निस्तारित, नाली की मरम्मत कराई"
BETTER = "निस्तारित, नाली की मरम्मत कराई और गड्ढा भरा"
ONE_MINUTE = timedelta(minutes=1)

pytestmark = pytest.mark.asyncio


async def solved(talk: Talk, confidential: bool = False) -> tuple[Complaint, str]:
    """A complaint that Sunita has solved by a message, its complainant asked about it a minute ago; and the message."""
    (complaint,) = await talk.register("DPRO B", confidential=confidential)
    await talk.talk.does(LinkComplainant("bot", CITIZEN, direct(CITIZEN), complaint.petition), SYSTEM)
    await talk.says("sunita", DPRO, f"{complaint.code} {DONE}")
    written = talk.talk.written
    talk.clock.advance(ONE_MINUTE)
    return complaint, written


async def reword(talk: Talk, complaint: Complaint, message: str, words: str = BETTER) -> None:
    await talk.talk.edits("user-2", DPRO, message, f"{complaint.code} {words}")
    talk.clock.advance(ONE_MINUTE)


async def test_they_are_asked_once_more_in_the_new_words(talk: Talk) -> None:
    complaint, message = await solved(talk)
    await reword(talk, complaint, message)
    before, now = talk.talk.platform.messages(direct(CITIZEN))
    assert "गड्ढा भरा" in now.text
    assert "अब यह बताया है" in now.text
    assert (before.buttons, len(now.buttons)) == ((), 1), "the question before has lost its buttons"
    await reword(talk, complaint, message)
    assert len(talk.talk.platform.messages(direct(CITIZEN))) == 2, "the same words again change nothing"
    await talk.presses(CITIZEN, now, "yes_solved")
    assert talk.complaint(complaint.code).state is State.CLOSED


async def test_a_yes_to_the_words_before_is_none_to_the_new_ones(talk: Talk) -> None:
    complaint, message = await solved(talk)
    before = talk.last(direct(CITIZEN))
    data = before.button("yes_solved").data
    await reword(talk, complaint, message)
    assert "नया प्रश्न पढ़कर उत्तर दें" in await talk.talk.sends(CITIZEN, before, data)
    assert talk.complaint(complaint.code).state is State.SOLVED
    late = talk.clock.now() - 2 * ONE_MINUTE
    await talk.talk.writes(CITIZEN, direct(CITIZEN), "हाँ", at=late)
    assert talk.complaint(complaint.code).state is State.SOLVED, "written before the words were changed"
    await talk.says(CITIZEN, direct(CITIZEN), "हाँ")
    assert talk.complaint(complaint.code).state is State.CLOSED


async def test_a_no_opens_it_again_whichever_words_it_was_to(talk: Talk) -> None:
    complaint, message = await solved(talk)
    before = talk.last(direct(CITIZEN))
    data = before.button("not_solved").data
    await reword(talk, complaint, message)
    await talk.talk.sends(CITIZEN, before, data)
    assert talk.complaint(complaint.code).state is State.REOPENED


async def test_of_a_confidential_matter_nothing_is_asked_again(talk: Talk) -> None:
    complaint, message = await solved(talk, confidential=True)
    asked = talk.talk.platform.messages(direct(CITIZEN))
    await reword(talk, complaint, message)
    assert talk.talk.platform.messages(direct(CITIZEN)) == asked


async def test_with_two_departments_only_an_asked_question_is_asked_again(talk: Talk) -> None:
    first, second = await talk.register("DPRO B", "BDO B")
    await talk.talk.does(LinkComplainant("bot", CITIZEN, direct(CITIZEN), first.petition), SYSTEM)
    await talk.says("sunita", DPRO, f"{first.code} {DONE}")
    message = talk.talk.written
    await reword(talk, first, message)
    assert talk.talk.platform.messages(direct(CITIZEN)) == (), "nobody has been asked yet"
    await talk.says("ramesh", BDO, f"{second.code} {DONE}")
    talk.clock.advance(ONE_MINUTE)
    await reword(talk, first, message, f"{BETTER} आज")
    asked = talk.talk.platform.messages(direct(CITIZEN))[-1]
    assert "विभागों ने अब यह बताया है" in asked.text
    await talk.presses(CITIZEN, asked, "yes_solved")
    assert {talk.complaint(each.code).state for each in (first, second)} == {State.CLOSED}
