"""Messages that are edited or taken back after they did something: the record keeps what was said, and says so."""

from datetime import timedelta

import pytest

from core.commands import Confirm
from core.complaints import State
from tests.bot.handlers.conversations import ADMINISTRATION, Talk

DPRO = "group:DPRO"
DONE = "निस्तारित, नाली की मरम्मत कराई"
BETTER = "निस्तारित, नाली की मरम्मत कराई और गड्ढा भरा"

pytestmark = pytest.mark.asyncio


async def solved(talk: Talk) -> tuple[str, str]:
    """A complaint that Sunita has solved by a message; its code, and the message."""
    (complaint,) = await talk.register("DPRO B")
    await talk.says("sunita", DPRO, f"{complaint.code} {DONE}")
    assert talk.complaint(complaint.code).state is State.SOLVED
    return complaint.code, talk.talk.written


async def test_other_words_become_the_solution_and_the_card_shows_them(talk: Talk) -> None:
    code, message = await solved(talk)
    await talk.talk.edits("user-2", DPRO, message, f"{code} {BETTER}")
    solution = talk.complaint(code).solution
    assert solution is not None
    assert solution.words == BETTER
    assert "गड्ढा भरा" in talk.talk.card(DPRO, code).text
    await talk.talk.edits("user-2", DPRO, message, f"{code} {DONE}")
    again = talk.complaint(code).solution
    assert again is not None
    assert again.words == DONE


async def test_after_the_confirmation_the_words_stay_and_the_officer_is_told(talk: Talk) -> None:
    code, message = await solved(talk)
    await talk.talk.does(Confirm(code), talk.actor("senior"))
    await talk.talk.edits("user-2", DPRO, message, f"{code} {BETTER}")
    complaint = talk.complaint(code)
    assert complaint.solution is not None
    assert complaint.solution.words == DONE
    said = talk.last(DPRO).text
    assert code in said
    assert "पुष्टि हो चुकी है" in said
    assert DONE in said


async def test_an_edit_into_no_solution_changes_nothing_and_offers_undo(talk: Talk) -> None:
    code, message = await solved(talk)
    await talk.talk.edits("user-2", DPRO, message, f"{code} अभी नहीं हुआ")
    assert talk.complaint(code).state is State.SOLVED
    assert "समाधान नहीं है" in talk.last(DPRO).text
    await talk.presses("sunita", talk.last(DPRO), "undo")
    assert talk.complaint(code).state is State.REGISTERED


async def test_an_edit_of_anything_else_does_nothing(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B")
    await talk.says("sunita", DPRO, f"{complaint.code} मौके पर जाना बाकी है")
    note = talk.talk.written
    before = talk.complaint(complaint.code), len(talk.talk.platform.messages(DPRO))
    await talk.talk.edits("user-2", DPRO, note, f"{complaint.code} {DONE}")
    assert (talk.complaint(complaint.code), len(talk.talk.platform.messages(DPRO))) == before


async def test_somebody_elses_edit_of_the_same_message_changes_nothing(talk: Talk) -> None:
    code, message = await solved(talk)
    before = talk.complaint(code)
    await talk.talk.edits("user-1", DPRO, message, f"{code} {BETTER}")
    assert talk.complaint(code) == before


async def test_a_solution_does_not_go_with_its_message(talk: Talk) -> None:
    code, message = await solved(talk)
    await talk.talk.deletes("user-2", DPRO, message)
    assert talk.complaint(code).state is State.SOLVED
    said = talk.last(DPRO)
    assert "समाधान रिकॉर्ड में है" in said.text
    assert said.button("undo")
    talk.clock.advance(timedelta(minutes=11))
    await talk.talk.deletes("user-2", DPRO, message)
    assert talk.last(DPRO).buttons == ()
    assert "प्रशासन ग्रुप" in talk.last(DPRO).text


async def test_a_deleted_message_that_did_nothing_is_passed_over(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B")
    await talk.says("sunita", DPRO, f"{complaint.code} मौके पर जाना बाकी है")
    note = talk.talk.written
    before = len(talk.talk.platform.messages(DPRO))
    await talk.talk.deletes("user-2", DPRO, note)
    assert len(talk.talk.platform.messages(DPRO)) == before
    assert talk.talk.platform.messages(ADMINISTRATION) == ()
