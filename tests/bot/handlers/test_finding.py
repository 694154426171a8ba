"""/find, /history and /setup: what the reader may see, and nothing else."""

import pytest

from core.commands import Confirm
from tests.bot.handlers.conversations import ADMINISTRATION, Talk, direct
from tests.district import DRAIN

DPRO, BDO = "group:DPRO", "group:BDO"

pytestmark = pytest.mark.asyncio


async def test_words_names_and_villages_are_found_however_they_are_spelt(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B", name="फ़ूलमती बड़े", village="बसही ऑफिस")
    for typed in ("फूलमती", "बड", "बसही आफिस", "नाली", "हैंडपंप फूलमती"):
        assert complaint.code in await talk.says("ashok", DPRO, f"/खोजें {typed}"), typed
    for typed in ("%", "_", "\\", "रमेश", "फूलमती रमेश"):
        assert complaint.code not in await talk.says("ashok", DPRO, f"/find {typed}"), typed


async def test_of_another_department_nothing_is_found(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B")
    assert complaint.code not in await talk.says("ramesh", BDO, "/find नाली")
    assert complaint.code in await talk.says("senior", ADMINISTRATION, "/find नाली")


async def test_a_confidential_one_is_found_by_its_head_alone_and_in_private(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B", confidential=True)
    assert complaint.code not in await talk.says("ashok", DPRO, "/find नाली")
    assert complaint.code not in await talk.says("sunita", direct("sunita"), "/find नाली")
    assert complaint.code not in await talk.says("nodal", direct("nodal"), "/find नाली")
    assert complaint.code in await talk.says("ashok", direct("ashok"), "/find नाली")


async def test_without_words_it_asks_and_a_code_is_shown(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B")
    assert "क्या खोजना है" in await talk.says("ashok", DPRO, "/find")
    assert complaint.code in await talk.says("ashok", DPRO, "बसही")
    assert DRAIN[:10] in await talk.says("ashok", DPRO, f"/find {complaint.code}")


async def test_the_history_tells_each_step_with_who_took_it(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B")
    await talk.presses("sunita", talk.card(complaint, DPRO), "acknowledge")
    await talk.says("sunita", DPRO, f"{complaint.code} निस्तारित, नाली साफ कराई")
    await talk.talk.does(Confirm(complaint.code), talk.actor("senior"))
    said = await talk.says("ashok", DPRO, f"/इतिहास {complaint.code}")
    for words in ("दर्ज हुई", "ज़िम्मा: सुनीता वर्मा", "नाली साफ कराई", "पुष्टि हुई", "एडीएम (नगर)"):
        assert words in said, words


async def test_the_history_of_a_confidential_complaint_shows_no_words_in_the_group(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B", confidential=True)
    await talk.says("ashok", direct("ashok"), f"{complaint.code} निस्तारित, नाली साफ कराई")
    assert "नाली" not in await talk.says("ashok", DPRO, f"/history {complaint.code}")
    assert "नाली" in await talk.says("ashok", direct("ashok"), f"/history {complaint.code}")
    assert "⛔" in await talk.says("ramesh", BDO, f"/history {complaint.code}")


async def test_setup_names_what_is_missing_and_what_to_do(talk: Talk) -> None:
    said = await talk.says("nodal", direct("nodal"), "/व्यवस्था")
    assert "कुछ बाकी नहीं" in said
    assert "⛔" in await talk.says("sunita", DPRO, "/setup")
