"""The solution: by the button, by a reply to the card, by the code with words; photos; *Undo*."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.testing import FakeAdapter, FakePlatform
from core.complaints import State
from tests.bot.handlers.conversations import Talk, conversation, direct

WORDS = "नाली की मरम्मत कराई, पानी निकल गया"
PHOTO = "a" * 64
DPRO = "group:DPRO"

pytestmark = pytest.mark.asyncio


async def test_the_button_asks_what_was_done_and_the_answer_is_the_solution(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B")
    await talk.presses("sunita", talk.card(complaint, DPRO), "solve")
    assert talk.complaint(complaint.code).state is State.REGISTERED
    assert "क्या काम हुआ" in talk.last(DPRO).text
    said = await talk.says("sunita", DPRO, WORDS)
    assert "समाधान दर्ज हुआ" in said
    solution = talk.complaint(complaint.code).solution
    assert solution is not None
    assert (solution.words, solution.undo_until) == (WORDS, None)
    assert "⏳" in talk.card(complaint, DPRO).text
    assert talk.card(complaint, DPRO).buttons == ()


async def test_a_claim_without_words_is_asked_for_words(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B")
    said = await talk.says("sunita", DPRO, f"{complaint.code} हो गया")
    assert "पता नहीं चलता कि काम क्या हुआ" in said
    assert talk.complaint(complaint.code).state is State.REGISTERED
    await talk.says("sunita", DPRO, WORDS)
    assert talk.complaint(complaint.code).state is State.SOLVED


async def test_the_code_with_a_solved_word_and_words_is_the_solution_at_once_and_can_be_undone(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B")
    await talk.says("sunita", DPRO, f"{complaint.code} निस्तारित, {WORDS}")
    assert talk.complaint(complaint.code).state is State.SOLVED
    undo = talk.last(DPRO)
    assert await talk.presses("ramesh", undo, "undo") != ""
    assert talk.complaint(complaint.code).state is State.SOLVED, "nobody else takes it back"
    await talk.presses("sunita", undo, "undo")
    assert talk.complaint(complaint.code).state is State.REGISTERED
    assert "🆕" in talk.card(complaint, DPRO).text


async def test_a_reply_to_the_card_needs_no_code(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B")
    await talk.says("sunita", DPRO, f"काम हो गया, {WORDS}", reply_to=talk.card(complaint, DPRO))
    assert talk.complaint(complaint.code).state is State.SOLVED


async def test_words_without_a_solved_word_are_asked_and_kept(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B")
    said = await talk.says("sunita", DPRO, f"{complaint.code} नाली साफ कराई")
    assert "क्या यही समाधान है?" in said
    assert talk.complaint(complaint.code).version == 2
    question = talk.last(DPRO)
    await talk.presses("ashok", question, "it_is_solution")
    assert talk.complaint(complaint.code).state is State.REGISTERED, "only whoever wrote it can say so"
    await talk.presses("sunita", question, "it_is_solution")
    solution = talk.complaint(complaint.code).solution
    assert solution is not None
    assert solution.words == "नाली साफ कराई"


@pytest.mark.parametrize("words", ["अभी नहीं हुआ", "कल तक हो जाएगा", "हो गया क्या?", "निस्तारित करें"])
async def test_negation_promise_question_and_order_are_no_solution_even_after_the_button(
    talk: Talk, words: str
) -> None:
    (complaint,) = await talk.register("DPRO B")
    await talk.says("sunita", DPRO, f"{complaint.code} {words}")
    assert talk.complaint(complaint.code).is_open
    await talk.presses("sunita", talk.card(complaint, DPRO), "solve")
    await talk.says("sunita", DPRO, words)
    assert talk.complaint(complaint.code).is_open


async def test_a_missing_photo_is_asked_for_and_the_words_are_kept(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO A")
    said = await talk.says("sunita", DPRO, f"{complaint.code} निस्तारित {WORDS}")
    assert "📷" in said
    assert talk.complaint(complaint.code).is_open
    await talk.says("sunita", DPRO, "", photos=[PHOTO], reply_to=talk.last(DPRO))
    solution = talk.complaint(complaint.code).solution
    assert solution is not None
    assert (solution.evidence, WORDS in solution.words) == ((PHOTO,), True)


async def test_photos_within_ten_minutes_are_added_to_the_solution(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B")
    await talk.says("sunita", DPRO, f"{complaint.code} निस्तारित {WORDS}")
    talk.clock.advance(timedelta(minutes=9))
    await talk.says("sunita", DPRO, "", photos=[PHOTO])
    talk.clock.advance(timedelta(minutes=2))
    await talk.says("sunita", DPRO, "", photos=["b" * 64])
    solution = talk.complaint(complaint.code).solution
    assert solution is not None
    assert solution.evidence == (PHOTO,)


async def test_the_photo_before_the_words_is_kept_for_them(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO A")
    said = await talk.says("sunita", DPRO, "", photos=[PHOTO], reply_to=talk.card(complaint, DPRO))
    assert "क्या काम हुआ" in said
    await talk.says("sunita", DPRO, WORDS)
    solution = talk.complaint(complaint.code).solution
    assert solution is not None
    assert solution.evidence == (PHOTO,)


async def test_of_two_solutions_the_second_is_told_and_kept_as_a_note(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B")
    card = talk.card(complaint, DPRO)
    await talk.presses("sunita", card, "solve")
    await talk.presses("ashok", card, "solve")
    await talk.says("sunita", DPRO, WORDS)
    said = await talk.says("ashok", DPRO, "हमने पाइप बदलवाया")
    assert "समाधान पहले से दर्ज है" in said
    after = talk.complaint(complaint.code)
    assert after.solution is not None
    assert (after.solution.words, after.version) == (WORDS, 6), "solved, flagged twice, asked about; then the note"


async def test_another_department_s_code_is_answered_with_whose_it_is(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B")
    said = await talk.says("ramesh", "group:BDO", f"{complaint.code} निस्तारित, {WORDS}")
    assert "इसलिए यहाँ से समाधान दर्ज नहीं हुआ" in said
    said = await talk.says("ramesh", "group:BDO", f"{complaint.code} का क्या हुआ")
    assert "के पास है" in said
    assert talk.complaint(complaint.code) == complaint


async def test_cancel_closes_the_question_and_changes_nothing(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B")
    await talk.presses("sunita", talk.card(complaint, DPRO), "solve")
    await talk.says("sunita", DPRO, "रहने दें")
    await talk.says("sunita", DPRO, WORDS)
    await talk.presses("sunita", talk.card(complaint, DPRO), "solve")
    await talk.presses("sunita", talk.last(DPRO), "cancel")
    await talk.says("sunita", DPRO, WORDS)
    assert talk.complaint(complaint.code) == complaint


async def test_after_ten_minutes_only_a_reply_answers_the_question(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B")
    await talk.presses("sunita", talk.card(complaint, DPRO), "solve")
    question = talk.last(DPRO)
    talk.clock.advance(timedelta(minutes=11))
    assert await talk.says("sunita", DPRO, "जी सर") == ""
    assert "यह प्रश्न अब बंद है" in await talk.says("sunita", DPRO, WORDS)
    assert talk.complaint(complaint.code).is_open
    assert await talk.says("sunita", DPRO, WORDS) == "", "it is said once"
    assert await talk.says("ashok", DPRO, WORDS) == "", "and to nobody who was not asked"
    await talk.says("sunita", DPRO, WORDS, reply_to=question)
    assert talk.complaint(complaint.code).state is State.SOLVED


async def test_words_about_another_complaint_are_no_answer(talk: Talk) -> None:
    (first,) = await talk.register("DPRO B")
    (second,) = await talk.register("DPRO B")
    await talk.presses("sunita", talk.card(first, DPRO), "solve")
    await talk.says("sunita", DPRO, f"{second.code} निस्तारित, {WORDS}")
    assert talk.complaint(first.code).is_open
    assert talk.complaint(second.code).state is State.SOLVED


async def test_several_codes_are_asked_which(talk: Talk) -> None:
    (first,) = await talk.register("DPRO B")
    (second,) = await talk.register("DPRO B")
    said = await talk.says("sunita", DPRO, f"{first.code} और {second.code} दोनों निस्तारित, {WORDS}")
    assert "2" in said
    await talk.presses("sunita", talk.last(DPRO), f"meant:{second.code}")
    assert talk.complaint(first.code).is_open
    assert talk.complaint(second.code).state is State.SOLVED


async def test_a_wrong_code_is_offered_the_near_one_and_the_words_still_count(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B")
    wrong = f"{complaint.code[:-2]}{(int(complaint.code[-2:]) + 1) % 97:02}"
    said = await talk.says("sunita", DPRO, f"{wrong} निस्तारित, {WORDS}")
    assert f"{wrong} नहीं मिला" in said
    await talk.presses("sunita", talk.last(DPRO), f"meant:{complaint.code}")
    assert talk.complaint(complaint.code).state is State.SOLVED


async def test_an_officer_may_solve_in_the_direct_chat(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B")
    await talk.says("sunita", direct("sunita"), f"{complaint.code} निस्तारित, {WORDS}")
    assert talk.complaint(complaint.code).state is State.SOLVED


@pytest.mark.parametrize("text", ["👍", "\u200b\u200d", "هلا والله", "सुप्रभात", "x" * 70_000])
async def test_everything_else_is_silence(talk: Talk, text: str) -> None:
    (complaint,) = await talk.register("DPRO B")
    assert await talk.says("sunita", DPRO, text) == ""
    assert talk.complaint(complaint.code) == complaint


async def test_a_question_that_is_answered_or_dropped_loses_its_buttons_in_its_place(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B")
    card = talk.card(complaint, DPRO)
    await talk.presses("sunita", card, "solve")
    dropped = talk.last(DPRO)
    await talk.presses("sunita", dropped, "cancel")
    await talk.presses("sunita", card, "solve")
    answered = talk.last(DPRO)
    await talk.says("sunita", DPRO, WORDS)
    now = {message.id: message for message in talk.talk.platform.messages(DPRO)}
    for asked in (dropped, answered):
        assert asked.buttons
        assert now[asked.id].buttons == ()
        assert now[asked.id].text == asked.text


async def test_where_nothing_can_be_edited_nothing_is_said_instead(sqlite_database: str, tmp_path: Path) -> None:
    adapter = FakeAdapter(FakePlatform(), edit=False)
    async with conversation(sqlite_database, tmp_path, adapter) as talk:
        (complaint,) = await talk.register("DPRO B")
        await talk.presses("sunita", talk.card(complaint, DPRO), "solve")
        before = talk.talk.platform.messages(DPRO)
        await talk.presses("sunita", talk.last(DPRO), "cancel")
        assert talk.talk.platform.messages(DPRO) == before
