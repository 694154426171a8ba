"""Every row of the file of typed messages, written in a group by one of its members: what follows, and what not."""

import pytest

from bot.testing import FakeMessage
from core.complaints import Complaint, State
from tests.bot.handlers.conversations import Talk
from tests.core.sentences import MESSAGES

DPRO = "group:DPRO"
QUESTIONS = {
    "ask": "it_is_solution",
    "acknowledge_ask": "acknowledge",
    "more_time_ask": "more_time",
    "not_ours_ask": "not_ours",
}

pytestmark = pytest.mark.asyncio


@pytest.mark.parametrize("part", range(4))
async def test_every_row_does_what_the_file_says(talk: Talk, part: int) -> None:
    mine = MESSAGES[part::4]
    assert len(mine) == 35
    wrong = [f"{row}: {what}" for row in mine if (what := await _wrong(talk, *row))]
    assert wrong == []


async def _wrong(talk: Talk, context: str, text: str, expected: str, note: str) -> str:
    """What a row did wrong, or ""."""
    (complaint,) = await talk.register("BDO B" if context == "code_of_other_department" else "DPRO B")
    reply_to = talk.card(complaint, DPRO) if context == "reply_to_card" else None
    before = len(talk.talk.platform.messages(DPRO))
    await talk.says("sunita", DPRO, text.replace("{code}", complaint.code), reply_to=reply_to)
    said = talk.talk.platform.messages(DPRO)[before:]
    after = talk.complaint(complaint.code)
    if context == "code_of_other_department":
        return "" if after == complaint and len(said) == 1 and "के पास है" in said[0].text else "whose it is"
    return _of_expected(expected, note, complaint, after, said)


def _of_expected(expected: str, note: str, before: Complaint, after: Complaint, said: tuple[FakeMessage, ...]) -> str:
    texts = "\n".join(message.text for message in said)
    buttons = {button.data.split(":")[0] for message in said for row in message.buttons for button in row}
    if expected == "solution" and not note.startswith("claim"):
        return "" if after.state is State.SOLVED else "is no solution"
    if after.state is not before.state or after.due != before.due:
        return "changed the complaint"
    if expected == "solution":
        return "" if "पता नहीं चलता" in texts else "did not ask what was done"
    if expected in QUESTIONS:
        return "" if {QUESTIONS[expected], "only_note"} <= buttons else f"offers {buttons}"
    if expected == "note":
        # Irony cannot be told: by its question or by its event, a note it is.
        answered = "irony" in note or (before.code in texts if "question" in note else not said)
        return "" if after.version == 2 and answered else f"version {after.version}, said {texts!r}"
    if expected == "status":
        return "" if after.version == 1 and f"<b>{before.code}</b>" in texts else "did not show the card"
    return "" if after == before and not said else f"version {after.version}, said {texts!r}"
