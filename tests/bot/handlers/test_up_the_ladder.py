"""What goes above the department: reopenings rung by rung (D13), and complaints about an office (O1 to O3)."""

import pytest

from core.commands import Confirm, LinkComplainant, Reopen, Solve
from core.complaints import Complaint, State
from core.petitions import Direction
from tests.bot.handlers.conversations import ADMINISTRATION, SYSTEM, Talk, direct
from tests.district import DEPARTMENT_IDS, PEOPLE

WORDS = "नाली की मरम्मत कराई, पानी निकल गया"
DPRO, BDO = "group:DPRO", "group:BDO"
CITIZEN = "savitri"

pytestmark = pytest.mark.asyncio


async def again(talk: Talk, complaint: Complaint) -> dict[str, str]:
    """Solved and opened again; what was said of that in each chat above the department's group."""
    chats = {"head": direct("ashok"), "administration": ADMINISTRATION, "senior": direct("senior")}
    await talk.talk.does(Solve(complaint.code, WORDS), talk.actor("sunita"))
    before = {who: len(talk.talk.platform.messages(chat)) for who, chat in chats.items()}
    await talk.talk.does(Reopen(complaint.code, "पानी फिर भर गया", complainant=True), talk.actor("operator"))
    new = {who: talk.talk.platform.messages(chat)[before[who] :] for who, chat in chats.items()}
    return {who: "\n".join(each.text for each in messages) for who, messages in new.items()}


async def test_the_second_reopening_tells_the_administration_and_the_third_the_seniors(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B")
    first, second, third = [await again(talk, complaint) for _ in range(3)]
    assert "फिर से" in first["head"]
    assert "फिर से" not in first["administration"] + first["senior"]
    assert "अब तक 2 बार फिर से खुल चुकी है" in second["head"]
    assert "अब तक 2 बार फिर से खुल चुकी है" in second["administration"]
    assert not second["senior"]
    for who in ("head", "administration", "senior"):
        assert "अब तक 3 बार फिर से खुल चुकी है" in third[who], who


async def test_a_complaint_about_an_office_is_before_the_administration_wherever_it_goes(talk: Talk) -> None:
    (complaint,) = await talk.register("BDO B", about=DEPARTMENT_IDS["DPRO"])
    card = talk.card(complaint, ADMINISTRATION)
    assert "जिला पंचायत राज अधिकारी के बारे में" in card.text
    assert "के बारे में" not in talk.card(complaint, BDO).text
    await talk.presses("senior", card, "more_options")
    assert talk.last(ADMINISTRATION).button("reject")
    await talk.presses("ramesh", talk.card(complaint, BDO), "not_ours")
    await talk.says("ramesh", BDO, "DPRO")
    await talk.says("ramesh", BDO, "सड़क उनकी है")
    await talk.talk.does(Solve(complaint.code, WORDS), talk.actor("sunita"))
    told = [each.text for each in talk.talk.platform.messages(ADMINISTRATION)]
    assert any("उसी ने काम होना बताया है" in each for each in told)
    assert talk.card(complaint, ADMINISTRATION).button("confirm_close")


async def test_where_that_office_holds_it_the_complainants_no_counts_and_their_yes_is_a_seniors(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B", about=DEPARTMENT_IDS["DPRO"])
    await talk.talk.does(LinkComplainant("bot", CITIZEN, direct(CITIZEN), complaint.petition), SYSTEM)
    await talk.talk.does(Solve(complaint.code, WORDS), talk.actor("sunita"))
    assert talk.talk.platform.messages(direct(CITIZEN)) == (), "nobody asks them under that office's eyes"
    assert "प्रशासन ग्रुप" in talk.card(complaint, DPRO).text
    await talk.says(CITIZEN, direct(CITIZEN), complaint.code)
    stands = talk.last(direct(CITIZEN))
    assert [each.data.partition(":")[0] for row in stands.buttons for each in row] == ["not_solved"]
    await talk.talk.sends(CITIZEN, stands, f"yes_solved:complaint:{complaint.id}")
    assert talk.complaint(complaint.code).state is State.SOLVED
    await talk.presses("senior", talk.card(complaint, ADMINISTRATION), "confirm_close")
    assert talk.complaint(complaint.code).state is State.CLOSED


async def test_a_yes_for_two_departments_leaves_what_only_a_senior_closes(talk: Talk) -> None:
    about, other = await talk.register("DPRO B", "BDO B", about=DEPARTMENT_IDS["DPRO"])
    await talk.talk.does(LinkComplainant("bot", CITIZEN, direct(CITIZEN), about.petition), SYSTEM)
    await talk.talk.does(Solve(about.code, WORDS), talk.actor("sunita"))
    await talk.talk.does(Solve(other.code, WORDS), talk.actor("ramesh"))
    (asked,) = talk.talk.platform.messages(direct(CITIZEN))
    assert other.code in asked.text
    assert about.code not in asked.text
    await talk.presses(CITIZEN, asked, "yes_solved")
    assert talk.complaint(other.code).state is State.CLOSED
    assert talk.complaint(about.code).state is State.SOLVED


async def test_the_card_tells_the_direction_who_heard_it_and_the_other_departments(talk: Talk) -> None:
    first, second = await talk.register(
        "DPRO B", "BDO B", heard_by=PEOPLE["senior"], direction=Direction.INQUIRE_AND_ACT
    )
    lines = talk.card(first, DPRO).text.split("\n")
    assert "निर्देश (एडीएम (नगर)): जाँच कर कार्रवाई करें" in lines
    assert lines[-1] == f"साथ में: {second.code} (BDO), दर्ज"
    await talk.presses("ramesh", talk.card(second, BDO), "acknowledge")
    assert f"{second.code} (BDO), ज़िम्मा लिया" in talk.card(first, DPRO).text


async def test_words_to_a_joined_complaint_solve_nothing_and_name_the_one_that_goes_on(talk: Talk) -> None:
    (kept,), (joined,) = await talk.register("DPRO B"), await talk.register("DPRO B")
    await talk.talk.sends(f"user-{PEOPLE['senior']}", talk.card(joined, DPRO), f"merge_now:{joined.id}:{kept.id}")
    said = await talk.says("sunita", DPRO, f"{joined.code} निस्तारित, {WORDS}")
    assert kept.code in said
    assert talk.complaint(kept.code).state is State.REGISTERED
    assert talk.complaint(joined.code).state is State.MERGED
    await talk.talk.does(Solve(kept.code, WORDS), talk.actor("sunita"))
    await talk.talk.does(Confirm(kept.code), talk.actor("senior"))
    assert talk.card(joined, DPRO).text.startswith("🔗")
