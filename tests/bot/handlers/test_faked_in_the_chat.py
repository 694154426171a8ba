"""Ways to fake a disposal by what is typed and sent in the chat; the others stand beside the rules of core."""

from datetime import timedelta

import pytest

from core.complaints import Complaint, State
from core.demo.drawing import drawn_photo
from tests.bot.handlers.conversations import Talk

WORDS = "नाली की मरम्मत कराई, पानी निकल गया"
DPRO, BDO = "group:DPRO", "group:BDO"

pytestmark = pytest.mark.asyncio


async def photo(talk: Talk, number: int) -> str:
    kept = await talk.talk.running.files.keep_async(drawn_photo(number), "photo.jpg", "image/jpeg")
    return kept.sha256


async def registered(talk: Talk, part: str = "DPRO B") -> Complaint:
    (complaint,) = await talk.register(part)
    talk.clock.advance(timedelta(hours=1))
    return complaint


@pytest.mark.parametrize(
    "words", ["आख्या प्रेषित", "निस्तारण हेतु पत्र भेजा", "आख्या संलग्न, निस्तारित करें", "कल तक निस्तारित हो जाएगा", "निस्तारित"]
)
async def test_paper_instead_of_work(talk: Talk, words: str) -> None:
    complaint = await registered(talk)
    await talk.says("sunita", DPRO, f"{complaint.code} {words}")
    assert talk.complaint(complaint.code).is_open


async def test_somebody_else_s_report_forwarded(talk: Talk) -> None:
    complaint = await registered(talk)
    await talk.says("sunita", DPRO, f"{complaint.code} निस्तारित, {WORDS}", forwarded=True)
    assert talk.complaint(complaint.code).is_open


async def test_several_disposed_of_in_one_message(talk: Talk) -> None:
    first, second = await registered(talk), await registered(talk)
    await talk.says("sunita", DPRO, f"{first.code} {second.code} निस्तारित, {WORDS}")
    assert {talk.complaint(each.code).state for each in (first, second)} == {State.REGISTERED}


async def test_a_photo_that_served_before_is_asked_for_anew_and_the_words_are_kept(talk: Talk) -> None:
    first, second = await registered(talk), await registered(talk, "BDO A")
    used = await photo(talk, 1)
    await talk.says("sunita", DPRO, f"{first.code} निस्तारित, {WORDS}", photos=(used,))
    said = await talk.says("ramesh", BDO, f"{second.code} निस्तारित, सड़क के गड्ढे भर दिए गए", photos=(used,))
    assert said == f"📷 {second.code}: यही फ़ोटो {first.code} में भी है।\nमौके पर जाकर इस काम की फ़ोटो भेजें।"
    assert talk.complaint(second.code).is_open
    await talk.says("ramesh", BDO, "", photos=(await photo(talk, 2),), reply_to=talk.last(BDO))
    after = talk.complaint(second.code)
    assert after.state is State.SOLVED
    assert after.solution is not None
    assert after.solution.words == "निस्तारित, सड़क के गड्ढे भर दिए गए"


async def test_a_photo_that_served_before_is_not_slipped_in_afterwards(talk: Talk) -> None:
    first, second = await registered(talk), await registered(talk, "BDO B")
    used = await photo(talk, 1)
    await talk.says("sunita", DPRO, f"{first.code} निस्तारित, {WORDS}", photos=(used,))
    await talk.says("ramesh", BDO, f"{second.code} निस्तारित, सड़क के गड्ढे भर दिए गए")
    assert "यही फ़ोटो" in await talk.says("ramesh", BDO, "", photos=(used,))
    solution = talk.complaint(second.code).solution
    assert solution is not None
    assert solution.evidence == ()


async def test_thanks_taken_for_a_yes(talk: Talk) -> None:
    """By whoever: only a yes is one (tests/bot/handlers/test_confirming.py has the complainant's)."""
    complaint = await registered(talk)
    await talk.says("sunita", DPRO, f"{complaint.code} निस्तारित, {WORDS}")
    await talk.says("sunita", DPRO, f"{complaint.code} धन्यवाद, शिकायतकर्ता संतुष्ट हैं")
    assert talk.complaint(complaint.code).state is State.SOLVED
