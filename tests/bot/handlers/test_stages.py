"""Solved is not closed, in the chat: politeness, the seniors' list, another head's look, closing unconfirmed, flags."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from core.commands import LinkComplainant
from core.complaints import Asked, Complaint, State
from core.demo.drawing import drawn_photo
from tests.bot.handlers.conversations import ADMINISTRATION, SYSTEM, Talk, conversation, direct
from tests.district import DEPARTMENT_IDS

WORDS = "नाली की मरम्मत कराई, पानी निकल गया"
DPRO, BDO, CITIZEN = "group:DPRO", "group:BDO", "savitri"

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def strict(sqlite_database: str, tmp_path: Path) -> AsyncIterator[Talk]:
    """A district where somebody looks at every unconfirmed solution."""
    async with conversation(sqlite_database, tmp_path, closing={"sample": "100%"}) as made:
        yield made


@pytest_asyncio.fixture
async def lenient(sqlite_database: str, tmp_path: Path) -> AsyncIterator[Talk]:
    """A district where nobody looks at any."""
    async with conversation(sqlite_database, tmp_path, closing={"sample": "0%"}) as made:
        yield made


def at(day: int, hour: int, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC) - timedelta(hours=5, minutes=30)


async def solved(talk: Talk, linked: bool = True, **fields: Any) -> Complaint:
    """Registered at ten; taken up by Sunita, and solved by her an hour later."""
    (complaint,) = await talk.register("DPRO B", **fields)
    if linked:
        await talk.talk.does(LinkComplainant("bot", CITIZEN, direct(CITIZEN), complaint.petition), SYSTEM)
    await talk.presses("sunita", talk.card(complaint, DPRO), "acknowledge")
    talk.clock.advance(timedelta(hours=1))
    await talk.says("sunita", DPRO, f"{complaint.code} निस्तारित, {WORDS}")
    return talk.complaint(complaint.code)


async def look_at_the_clock(talk: Talk, moment: datetime) -> None:
    talk.clock.set(moment)
    await talk.talk.looks_at_the_clock()


async def waits_for_seniors(talk: Talk, **fields: Any) -> Complaint:
    complaint = await solved(talk, **fields)
    await look_at_the_clock(talk, at(28, 12))
    assert talk.complaint(complaint.code).confirmation is not None
    return talk.complaint(complaint.code)


async def sampled(talk: Talk) -> tuple[Complaint, str]:
    """A complaint that another head is asked to look at, and who that is."""
    complaint = await waits_for_seniors(talk)
    await look_at_the_clock(talk, at(1, 19, 12))
    confirmation = talk.complaint(complaint.code).confirmation
    assert confirmation is not None
    assert confirmation.asked is Asked.OTHER_HEAD
    return complaint, "ramesh" if confirmation.department == DEPARTMENT_IDS["BDO"] else "vimla"


def said_in(talk: Talk, chat: str) -> list[str]:
    return [message.text for message in talk.talk.platform.messages(chat)]


# Politeness


@pytest.mark.parametrize(("action", "answer", "polite"), [("yes_solved", "हाँ", True), ("yes_solved", "नहीं", False)])
async def test_after_a_yes_they_are_asked_how_they_were_treated_and_may_write_it(
    talk: Talk, action: str, answer: str, polite: bool
) -> None:
    complaint = await solved(talk)
    await talk.presses(CITIZEN, talk.last(direct(CITIZEN)), action)
    assert "व्यवहार विनम्र था?" in talk.last(direct(CITIZEN)).text
    assert "दर्ज हुआ" in await talk.says(CITIZEN, direct(CITIZEN), answer)
    assert talk.complaint(complaint.code).polite is polite


async def test_after_a_no_the_next_words_are_what_is_still_wrong_and_politeness_is_a_button(talk: Talk) -> None:
    complaint = await solved(talk)
    await talk.presses(CITIZEN, talk.last(direct(CITIZEN)), "not_solved")
    question = talk.last(direct(CITIZEN))
    await talk.says(CITIZEN, direct(CITIZEN), "नहीं, पानी फिर भर गया है")
    after = talk.complaint(complaint.code)
    assert (after.still_wrong, after.polite) == ("नहीं, पानी फिर भर गया है", None)
    await talk.presses(CITIZEN, question, "not_polite")
    assert talk.complaint(complaint.code).polite is False
    await talk.presses(CITIZEN, question, "were_polite")
    assert talk.complaint(complaint.code).polite is False, "told once"


async def test_thanks_after_the_yes_are_no_answer_about_politeness(talk: Talk) -> None:
    complaint = await solved(talk)
    await talk.presses(CITIZEN, talk.last(direct(CITIZEN)), "yes_solved")
    assert await talk.says(CITIZEN, direct(CITIZEN), "धन्यवाद") == ""
    assert talk.complaint(complaint.code).polite is None


async def test_one_answer_on_politeness_holds_for_both_departments(talk: Talk) -> None:
    first, second = await talk.register("DPRO B", "BDO B")
    await talk.talk.does(LinkComplainant("bot", CITIZEN, direct(CITIZEN), first.petition), SYSTEM)
    await talk.says("sunita", DPRO, f"{first.code} निस्तारित, {WORDS}")
    await talk.says("ramesh", BDO, f"{second.code} निस्तारित, {WORDS}")
    await talk.presses(CITIZEN, talk.last(direct(CITIZEN)), "yes_solved")
    await talk.presses(CITIZEN, talk.last(direct(CITIZEN)), "were_polite")
    assert [talk.complaint(each.code).polite for each in (first, second)] == [True, True]


@pytest.mark.parametrize("who", ["sunita", "ramesh", "stranger"])
async def test_nobody_else_tells_how_they_were_treated(talk: Talk, who: str) -> None:
    complaint = await solved(talk)
    await talk.presses(CITIZEN, talk.last(direct(CITIZEN)), "yes_solved")
    user = who if who == "stranger" else f"user-{2 if who == 'sunita' else 3}"
    assert await talk.talk.sends(user, talk.last(DPRO), f"were_polite:complaint:{complaint.id}")
    assert talk.complaint(complaint.code).polite is None


# The question, as long as it stands


async def test_a_question_is_held_while_another_department_works_again(talk: Talk) -> None:
    first, second = await talk.register("DPRO B", "BDO B")
    await talk.talk.does(LinkComplainant("bot", CITIZEN, direct(CITIZEN), first.petition), SYSTEM)
    await talk.says("sunita", DPRO, f"{first.code} निस्तारित, {WORDS}")
    await talk.says("ramesh", BDO, f"{second.code} निस्तारित, {WORDS}")
    (question,) = talk.talk.platform.messages(direct(CITIZEN))
    await talk.says("senior", ADMINISTRATION, f"/reopen {second.code} सड़क वैसी ही टूटी है")
    assert not talk.talk.platform.messages(direct(CITIZEN))[0].buttons
    assert talk.complaint(first.code).confirmation is None
    await talk.says("ramesh", BDO, f"{second.code} निस्तारित, सड़क भर दी गई है")
    assert talk.last(direct(CITIZEN)).id != question.id
    await talk.presses(CITIZEN, talk.last(direct(CITIZEN)), "yes_solved")
    assert {talk.complaint(each.code).state for each in (first, second)} == {State.CLOSED}


async def test_a_late_yes_to_the_seniors_still_counts_as_the_complainant_s_own(talk: Talk) -> None:
    complaint = await waits_for_seniors(talk)
    await talk.presses(CITIZEN, talk.talk.platform.messages(direct(CITIZEN))[0], "yes_solved")
    assert talk.complaint(complaint.code).confirmed_by_complainant


# The seniors


async def test_what_waits_is_told_once_a_day_and_confirmed_from_the_list(talk: Talk) -> None:
    complaint = await waits_for_seniors(talk)
    await look_at_the_clock(talk, at(30, 11))
    digest = next(each for each in talk.talk.platform.messages(ADMINISTRATION) if "पुष्टि बाकी" in each.text)
    assert complaint.code in digest.text
    assert "1 समाधान की पुष्टि बाकी" in digest.text
    count = len(talk.talk.platform.messages(ADMINISTRATION))
    await talk.talk.looks_at_the_clock()
    assert len(talk.talk.platform.messages(ADMINISTRATION)) == count
    await talk.presses("senior", digest, "waiting")
    await talk.presses("senior", talk.last(ADMINISTRATION), "card_of")
    await talk.presses("senior", talk.last(ADMINISTRATION), "confirm_close")
    closed = talk.complaint(complaint.code)
    assert (closed.state, closed.confirmed_by_complainant) == (State.CLOSED, False)
    assert not talk.talk.platform.messages(direct(CITIZEN))[0].buttons, "nobody asks the complainant any more"


async def test_nothing_is_told_on_a_day_on_which_nothing_waits(talk: Talk) -> None:
    await talk.register("DPRO B")
    before = said_in(talk, ADMINISTRATION)
    await look_at_the_clock(talk, at(26, 11))
    assert [text for text in said_in(talk, ADMINISTRATION) if "हाज़िरी" not in text] == before


@pytest.mark.parametrize("command", ["/confirm", "/पुष्टि", "/flags", "/जाँच"])
async def test_the_lists_are_for_seniors(talk: Talk, command: str) -> None:
    await solved(talk, phone="", linked=False)
    assert "⛔" in await talk.says("sunita", DPRO, command)
    assert "⛔" not in await talk.says("senior", direct("senior"), command)


async def test_flags_stand_on_the_administration_s_card_until_a_senior_has_looked(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B", phone="")
    await talk.says("sunita", DPRO, f"{complaint.code} निस्तारित, {WORDS}")
    card = talk.card(complaint, ADMINISTRATION)
    assert "देखने योग्य: कुछ ही मिनट में निस्तारित, ज़िम्मा लिए बिना निस्तारित" in card.text
    assert "देखने योग्य" not in talk.card(complaint, DPRO).text
    assert complaint.code in await talk.says("senior", ADMINISTRATION, "/flags")
    await talk.presses("senior", card, "looked_at")
    assert "देखने योग्य" not in talk.card(complaint, ADMINISTRATION).text
    assert "कोई समाधान नहीं" in await talk.says("senior", ADMINISTRATION, "/जाँच")


async def test_what_nobody_confirmed_closes_without_a_tick_and_can_be_opened_again(lenient: Talk) -> None:
    talk = lenient
    complaint = await waits_for_seniors(talk)
    await look_at_the_clock(talk, at(1, 19, 12))
    closed = talk.complaint(complaint.code)
    assert closed.unconfirmed
    assert (
        f"{complaint.code} बंद हुई, पुष्टि नहीं हुई: 6 दिन में शिकायतकर्ता का उत्तर नहीं आया। "
        "शिकायत बुध 16 दिस॰ तक फिर से खुल सकती है।"
    ) in said_in(talk, DPRO)
    card = talk.card(complaint, DPRO).text
    assert "✅" not in card
    assert "बंद, पुष्टि नहीं हुई" in card
    assert "पुष्टि नहीं हुई" in await talk.says(CITIZEN, direct(CITIZEN), complaint.code)
    await talk.says("senior", ADMINISTRATION, f"/reopen {complaint.code} पानी वैसा ही भरा है")
    assert talk.complaint(complaint.code).state is State.REOPENED


async def test_a_week_without_the_clock_brings_one_message_and_not_three(lenient: Talk) -> None:
    talk = lenient
    complaint = await solved(talk)
    before = len(said_in(talk, DPRO))
    await look_at_the_clock(talk, at(10, 12, 12))
    assert sum("हाज़िरी" not in text for text in said_in(talk, DPRO)) == before
    confirmation = talk.complaint(complaint.code).confirmation
    assert confirmation is not None
    assert confirmation.asked is Asked.SENIORS
    assert sum(complaint.code in text for text in said_in(talk, ADMINISTRATION)) <= 1


# Another head


async def test_another_head_is_asked_privately_and_closes_with_a_photo(strict: Talk) -> None:
    talk = strict
    complaint, head = await sampled(talk)
    question = talk.last(direct(head))
    assert all(part in question.text for part in (complaint.code, WORDS, "बसही", "नाली टूटने"))
    assert not any(complaint.code in text for name in ("ashok", "sunita") for text in said_in(talk, direct(name)))
    assert "प्रशासन ग्रुप से पूछा गया है" in talk.card(complaint, DPRO).text, "the department is not told who looks"
    photo = await talk.talk.running.files.keep_async(drawn_photo(5), "photo.jpg", "image/jpeg")
    again = await talk.says(head, direct(head), "", photos=(photo.sha256,), reply_to=question)
    assert "यह सुरक्षित है" in again
    await talk.presses(head, talk.last(direct(head)), "saw_solved")
    closed = talk.complaint(complaint.code)
    assert (closed.state, closed.confirmed_by_complainant) == (State.CLOSED, False)
    assert "आपके नाम से दर्ज हुआ" in talk.last(direct(head)).text


async def test_another_head_who_saw_it_undone_says_what_is_there(strict: Talk) -> None:
    talk = strict
    complaint, head = await sampled(talk)
    await talk.says(head, direct(head), "नहीं")
    await talk.says(head, direct(head), "नाली वैसी ही टूटी है")
    after = talk.complaint(complaint.code)
    assert (after.state, after.still_wrong) == (State.REOPENED, "नाली वैसी ही टूटी है")
    assert "नाली वैसी ही टूटी है" in talk.card(complaint, DPRO).text
    assert not any(message.buttons for message in talk.talk.platform.messages(direct(head)))


@pytest.mark.parametrize("action", ["saw_solved", "saw_not_solved"])
async def test_nobody_else_answers_what_a_head_was_asked(strict: Talk, action: str) -> None:
    talk = strict
    complaint, head = await sampled(talk)
    before = talk.complaint(complaint.code)
    other = {"ramesh": "vimla", "vimla": "ramesh"}[head]
    numbers = {"sunita": 2, "ashok": 1, "ramesh": 3, "vimla": 4}
    for who in ("sunita", "ashok", other):
        assert await talk.talk.sends(f"user-{numbers[who]}", talk.last(DPRO), f"{action}:complaint:{complaint.id}")
    assert talk.complaint(complaint.code) == before


async def test_who_did_not_look_in_time_is_asked_no_more(strict: Talk) -> None:
    talk = strict
    complaint, head = await sampled(talk)
    await look_at_the_clock(talk, at(4, 19, 12))
    assert talk.complaint(complaint.code).unconfirmed
    assert not talk.last(direct(head)).buttons
    assert "नमूना किसी ने नहीं देखा" in await talk.says("senior", ADMINISTRATION, "/flags")
