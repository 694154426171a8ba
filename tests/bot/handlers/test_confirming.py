"""Somebody else's confirmation: the complainant is asked once, their answer closes or opens; seniors; who may not."""

from datetime import timedelta

import pytest

from core.commands import LinkComplainant
from core.complaints import Complaint, State
from tests.bot.handlers.conversations import ADMINISTRATION, SYSTEM, Talk, direct

WORDS = "नाली की मरम्मत कराई, पानी निकल गया"
DPRO, BDO = "group:DPRO", "group:BDO"
CITIZEN = "savitri"

pytestmark = pytest.mark.asyncio


async def linked(talk: Talk, complaint: Complaint) -> None:
    """The complainant's chat is known, as by the link on the slip."""
    await talk.talk.does(LinkComplainant("bot", CITIZEN, direct(CITIZEN), complaint.petition), SYSTEM)


async def solve(talk: Talk, complaint: Complaint, who: str, chat: str) -> None:
    await talk.says(who, chat, f"{complaint.code} निस्तारित, {WORDS}")


async def test_the_complainant_is_asked_once_when_the_last_department_has_solved(talk: Talk) -> None:
    first, second = await talk.register("DPRO B", "BDO B")
    await linked(talk, first)
    await solve(talk, first, "sunita", DPRO)
    assert talk.talk.platform.messages(direct(CITIZEN)) == ()
    assert "निस्तारित" in talk.card(second, BDO).text, "a card shows its siblings' state"
    await solve(talk, second, "ramesh", BDO)
    (question,) = talk.talk.platform.messages(direct(CITIZEN))
    assert first.code in question.text
    assert second.code in question.text
    await talk.presses(CITIZEN, question, "yes_solved")
    assert {talk.complaint(each.code).state for each in (first, second)} == {State.CLOSED}
    assert "✅" in talk.card(first, DPRO).text
    assert "✅" in talk.card(second, BDO).text
    assert "धन्यवाद" in talk.talk.platform.messages(direct(CITIZEN))[-2].text


@pytest.mark.parametrize("yes", ["हाँ", "जी हाँ काम हो गया", "yes", "1", "हाँ, काम हो गया"])
async def test_a_yes_in_words_closes(talk: Talk, yes: str) -> None:
    (complaint,) = await talk.register("DPRO B")
    await linked(talk, complaint)
    await solve(talk, complaint, "sunita", DPRO)
    await talk.says(CITIZEN, direct(CITIZEN), yes)
    assert talk.complaint(complaint.code).state is State.CLOSED


@pytest.mark.parametrize("unsure", ["धन्यवाद", "ok thanks 🙏", "देखकर बताते हैं"])
async def test_thanks_and_later_are_neither_and_it_is_asked_again(talk: Talk, unsure: str) -> None:
    (complaint,) = await talk.register("DPRO B")
    await linked(talk, complaint)
    await solve(talk, complaint, "sunita", DPRO)
    said = await talk.says(CITIZEN, direct(CITIZEN), unsure)
    assert said
    assert talk.complaint(complaint.code).state is State.SOLVED
    await talk.presses(CITIZEN, talk.last(direct(CITIZEN)), "yes_solved")
    assert talk.complaint(complaint.code).state is State.CLOSED


async def test_a_no_opens_it_again_and_what_is_still_wrong_goes_to_the_group(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B")
    await linked(talk, complaint)
    await solve(talk, complaint, "sunita", DPRO)
    await talk.says(CITIZEN, direct(CITIZEN), "नहीं")
    assert talk.complaint(complaint.code).state is State.REOPENED
    assert "फिर से खोली गई" in talk.talk.platform.messages(direct(CITIZEN))[-2].text
    await talk.says(CITIZEN, direct(CITIZEN), "पानी फिर भर गया है")
    assert "पानी फिर भर गया है" in talk.card(complaint, DPRO).text
    assert "पानी फिर भर गया है" in talk.last(DPRO).text
    assert any(complaint.code in each.text for each in talk.talk.platform.messages(direct("ashok"))), "the head is told"


async def test_after_a_no_to_several_the_complainant_says_which_work_is_left(talk: Talk) -> None:
    first, second = await talk.register("DPRO B", "BDO B")
    await linked(talk, first)
    await solve(talk, first, "sunita", DPRO)
    await solve(talk, second, "ramesh", BDO)
    await talk.presses(CITIZEN, talk.last(direct(CITIZEN)), "not_solved")
    await talk.presses(CITIZEN, talk.last(direct(CITIZEN)), f"work_left:complaint:{second.id}")
    assert talk.complaint(first.code).state is State.SOLVED
    assert talk.complaint(second.code).state is State.REOPENED


async def test_words_instead_of_a_choice_are_kept_until_the_work_is_chosen(talk: Talk) -> None:
    first, second = await talk.register("DPRO B", "BDO B")
    await linked(talk, first)
    await solve(talk, first, "sunita", DPRO)
    await solve(talk, second, "ramesh", BDO)
    await talk.presses(CITIZEN, talk.last(direct(CITIZEN)), "not_solved")
    await talk.says(CITIZEN, direct(CITIZEN), "पानी फिर भर गया है")
    assert "कौन-सा काम बाकी है" in talk.last(direct(CITIZEN)).text
    await talk.says(CITIZEN, direct(CITIZEN), second.code)
    assert talk.complaint(second.code).state is State.REOPENED
    assert "पानी फिर भर गया है" in talk.last(BDO).text
    assert talk.complaint(first.code).state is State.SOLVED


async def test_a_solution_taken_back_is_not_asked_about_any_more(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B")
    await linked(talk, complaint)
    await solve(talk, complaint, "sunita", DPRO)
    await talk.presses("sunita", talk.last(DPRO), "undo")
    assert not talk.talk.platform.messages(direct(CITIZEN))[0].buttons
    await solve(talk, complaint, "sunita", DPRO)
    await talk.says(CITIZEN, direct(CITIZEN), "हाँ")
    assert talk.complaint(complaint.code).state is State.CLOSED


async def test_pressing_yes_again_says_that_it_is_closed(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B")
    await linked(talk, complaint)
    await solve(talk, complaint, "sunita", DPRO)
    question = talk.last(direct(CITIZEN))
    await talk.presses(CITIZEN, question, "yes_solved")
    closed = talk.complaint(complaint.code)
    assert complaint.code in await talk.talk.sends(CITIZEN, question, f"yes_solved:complaint:{complaint.id}")
    assert talk.complaint(complaint.code) == closed


@pytest.mark.parametrize("who", ["sunita", "ramesh", "stranger"])
async def test_nobody_else_answers_for_the_complainant(talk: Talk, who: str) -> None:
    (complaint,) = await talk.register("DPRO B")
    await linked(talk, complaint)
    await solve(talk, complaint, "sunita", DPRO)
    solved = talk.complaint(complaint.code)
    for action in ("yes_solved", "not_solved", "work_left", "confirm_close"):
        data = f"{action}:complaint:{complaint.id}"
        assert await talk.talk.sends(f"user-{2}" if who == "sunita" else who, talk.last(DPRO), data)
    assert talk.complaint(complaint.code) == solved


async def test_a_senior_confirms_in_the_administration_group_where_there_is_no_phone(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B", phone="")
    await solve(talk, complaint, "sunita", DPRO)
    card = talk.card(complaint, ADMINISTRATION)
    await talk.presses("sunita", card, "confirm_close")
    assert talk.complaint(complaint.code).state is State.SOLVED
    await talk.presses("senior", card, "confirm_close")
    assert talk.complaint(complaint.code).state is State.CLOSED
    assert "एडीएम (नगर)" in talk.card(complaint, ADMINISTRATION).text


async def test_a_senior_opens_it_again_with_words(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B", phone="")
    await solve(talk, complaint, "sunita", DPRO)
    await talk.presses("senior", talk.card(complaint, ADMINISTRATION), "reopen")
    said = await talk.says("senior", ADMINISTRATION, "पानी अब भी भरा है")
    assert f"🔁 {complaint.code} फिर से खुली। नई समय-सीमा" in said
    card = talk.card(complaint, ADMINISTRATION)
    assert "फिर से खुली" in card.text
    assert "confirm_close" not in str(card.buttons)
    after = talk.complaint(complaint.code)
    assert (after.state, after.still_wrong) == (State.REOPENED, "पानी अब भी भरा है")


async def test_a_citizen_asks_by_the_code_and_proves_by_the_phone_once(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B")
    stranger = "somebody"
    said = await talk.says(stranger, direct(stranger), complaint.code)
    assert "सावित्री" not in said
    assert "4" in said
    said = await talk.says(stranger, direct(stranger), "0000")
    assert talk.talk.running.store.read_now(lambda connection: connection is not None)
    said = await talk.says(stranger, direct(stranger), "५६१०")
    assert "जिला पंचायत राज अधिकारी" in said
    said = await talk.says(stranger, direct(stranger), complaint.code)
    assert "जिला पंचायत राज अधिकारी" in said, "asked once only"


async def test_the_last_four_digits_cannot_be_tried_for_ever(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B")
    stranger = "somebody"
    await talk.says(stranger, direct(stranger), complaint.code)
    for number in range(8):
        await talk.says(stranger, direct(stranger), f"{number:04}")
    await talk.says(stranger, direct(stranger), complaint.code)
    said = await talk.says(stranger, direct(stranger), "5610")
    assert "जिला पंचायत राज अधिकारी" not in said
    talk.clock.advance(timedelta(hours=25))
    await talk.says(stranger, direct(stranger), complaint.code)
    assert "जिला पंचायत राज अधिकारी" in await talk.says(stranger, direct(stranger), "5610")


@pytest.mark.parametrize("words", ["नमस्ते", "कौन से अंक?", "/status"])
async def test_words_that_are_no_digits_are_not_told_to_be_wrong_ones(talk: Talk, words: str) -> None:
    (complaint,) = await talk.register("DPRO B")
    await talk.says("somebody", direct("somebody"), complaint.code)
    assert "नहीं मिलते" not in await talk.says("somebody", direct("somebody"), words)


async def test_a_wrong_code_after_the_question_for_the_digits_is_told_as_a_code(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B")
    await talk.says("somebody", direct("somebody"), complaint.code)
    assert "कोड DPRO-1042-23 नहीं मिला" in await talk.says("somebody", direct("somebody"), "DPRO-1042-23")


async def test_a_complainant_s_status_without_a_code_shows_what_they_brought(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B")
    await linked(talk, complaint)
    assert complaint.code in await talk.says(CITIZEN, direct(CITIZEN), "स्थिति")


async def test_an_officer_s_command_means_nothing_to_a_complainant(talk: Talk) -> None:
    assert "समझ में नहीं आया" in await talk.says(CITIZEN, direct(CITIZEN), "/list")


async def test_a_confidential_complaint_tells_a_citizen_nothing(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B", confidential=True)
    await linked(talk, complaint)
    said = await talk.says(CITIZEN, direct(CITIZEN), complaint.code)
    assert "गोपनीय" in said
    assert "जिला पंचायत" not in said


async def test_a_citizen_s_unknown_code_and_chatter(talk: Talk) -> None:
    said = await talk.says(CITIZEN, direct(CITIZEN), "DPRO-1042-22")
    assert "DPRO-1042-22 नहीं मिला" in said
    assert await talk.says(CITIZEN, direct(CITIZEN), "नमस्ते")


async def test_a_complainant_who_opens_the_chat_gets_the_receipt_and_an_officer_the_help(talk: Talk) -> None:
    first, second = await talk.register("DPRO B", "BDO C")
    await linked(talk, first)
    said = await talk.says(CITIZEN, direct(CITIZEN), "/start")
    assert "नमस्ते सावित्री देवी जी" in said
    assert first.code in said
    assert second.code in said
    assert "आपके काम" in await talk.says("sunita", direct("sunita"), "/start")
