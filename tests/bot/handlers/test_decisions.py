"""What seniors and heads decide in the chat: reject, join, part, assign, ask; once, and within the role."""

import pytest

from core.commands import Confirm, Solve
from core.complaints import State
from tests.bot.handlers.conversations import ADMINISTRATION, Talk, direct, user
from tests.district import DRAIN, PEOPLE

DPRO, BDO = "group:DPRO", "group:BDO"
SENIOR = direct("senior")

pytestmark = pytest.mark.asyncio


async def complainant(talk: Talk, code: str) -> str:
    """The complainant proves by the phone who they are; returns their chat."""
    await talk.says("savitri", direct("savitri"), code)
    await talk.says("savitri", direct("savitri"), "5610")
    return direct("savitri")


async def test_a_senior_rejects_for_a_ground_of_the_list_and_everybody_is_told(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B")
    chat = await complainant(talk, complaint.code)
    await talk.says("senior", SENIOR, f"/अस्वीकृत {complaint.code}")
    await talk.presses("senior", talk.last(SENIOR), f"reject_for:{complaint.id}:sub_judice")
    assert talk.complaint(complaint.code).state is State.REGISTERED
    sure = talk.last(SENIOR)
    assert "मामला न्यायालय में" in sure.text
    await talk.presses("senior", sure, "reject_now")
    assert talk.complaint(complaint.code).state is State.REJECTED
    assert "अस्वीकृत" in talk.card(complaint, DPRO).text
    assert talk.card(complaint, DPRO).buttons == ()
    assert "मामला न्यायालय में" in talk.last(DPRO).text
    assert "पटल पर आएँ" in talk.last(chat).text
    assert await talk.presses("senior", sure, "reject_now") == "पहले से दर्ज है, कुछ नहीं बदला"
    said = await talk.says("savitri", chat, complaint.code)
    assert "यहाँ कार्रवाई नहीं हो सकती" in said


async def test_nobody_else_rejects_nor_for_a_ground_of_their_own(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B")
    await talk.says("senior", SENIOR, f"/reject {complaint.code}")
    for who in ("sunita", "ashok", "operator", "nodal", "savitri"):
        await talk.talk.sends(user(who), talk.last(SENIOR), f"reject_now:{complaint.id}:sub_judice")
    await talk.talk.sends(user("senior"), talk.last(SENIOR), f"reject_now:{complaint.id}:lazy")
    assert talk.complaint(complaint.code) == complaint


async def test_a_rejected_complaint_is_opened_again_by_a_senior(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B")
    await talk.talk.sends(user("senior"), talk.card(complaint, DPRO), f"reject_now:{complaint.id}:sub_judice")
    await talk.says("senior", SENIOR, f"/reopen {complaint.code} फ़ैसला आ गया")
    assert talk.complaint(complaint.code).state is State.REOPENED


async def test_two_about_the_same_are_joined_and_parted(talk: Talk) -> None:
    (kept,) = await talk.register("DPRO B", name="रामू", words="नाली टूटी")
    (joined,) = await talk.register("DPRO C")
    chat = await complainant(talk, joined.code)
    await talk.says("senior", SENIOR, f"/मिलाएँ {joined.code}")
    assert talk.last(SENIOR).button(f"merge_into:{joined.id}:{kept.id}")
    await talk.says("senior", SENIOR, kept.code)
    await talk.presses("senior", talk.last(SENIOR), "merge_now")
    assert talk.complaint(joined.code).state is State.MERGED
    assert f"{kept.code} में मिलाई गई" in talk.card(joined, DPRO).text
    assert kept.code in talk.last(chat).text
    said = await talk.says("savitri", chat, joined.code)
    assert kept.code in said
    assert "रामू" not in said
    assert "टूटी" not in said
    assert joined.code in talk.card(kept, DPRO).text, "the card names what was joined to it"
    await talk.says("senior", ADMINISTRATION, f"/status {joined.code}")
    await talk.presses("senior", talk.last(ADMINISTRATION), "more_options")
    await talk.presses("senior", talk.last(ADMINISTRATION), "unmerge")
    parted = talk.complaint(joined.code)
    assert (parted.state, parted.due) == (State.REGISTERED, joined.due)
    assert talk.card(joined, DPRO).button("acknowledge")


async def test_whoever_was_joined_hears_of_the_end_and_may_say_that_theirs_is_not_done(talk: Talk) -> None:
    (kept,) = await talk.register("DPRO B", name="रामू")
    (joined,) = await talk.register("DPRO C")
    chat = await complainant(talk, joined.code)
    await talk.talk.sends(user("senior"), talk.card(joined, DPRO), f"merge_now:{joined.id}:{kept.id}")
    await talk.talk.does(Solve(kept.code, "नाली की मरम्मत कराई, पानी निकल गया"), talk.actor("sunita"))
    await talk.talk.does(Confirm(kept.code), talk.actor("senior"))
    assert "बंद हुई" in talk.last(chat).text
    await talk.presses("savitri", talk.last(chat), "not_solved")
    assert talk.complaint(joined.code).state is State.REOPENED


async def test_a_complaint_is_not_joined_to_itself_nor_to_what_is_closed(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B")
    toast = await talk.talk.sends(
        user("senior"), talk.card(complaint, DPRO), f"merge_now:{complaint.id}:{complaint.id}"
    )
    assert "अपने आप में नहीं" in toast
    assert talk.complaint(complaint.code) == complaint


async def test_the_head_gives_it_to_an_officer_who_is_told_privately(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B")
    said = await talk.says("ashok", DPRO, f"/सौंपें {complaint.code} @सुनीता")
    assert "सुनीता वर्मा" in said
    assert talk.complaint(complaint.code).assignee == PEOPLE["sunita"]
    told = talk.last(direct("sunita"))
    assert DRAIN[:10] in told.text
    await talk.presses("sunita", told, "acknowledge")
    assert talk.complaint(complaint.code).state is State.ACKNOWLEDGED


async def test_the_head_picks_by_buttons_and_nobody_else_does(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B")
    await talk.says("ashok", DPRO, f"/assign {complaint.code}")
    offered = talk.last(DPRO)
    for who in ("sunita", "ramesh", "senior"):
        await talk.talk.sends(user(who), offered, f"assign_to:{complaint.id}:{PEOPLE['sunita']}")
    await talk.talk.sends(user("ashok"), offered, f"assign_to:{complaint.id}:{PEOPLE['ramesh']}")
    assert talk.complaint(complaint.code).assignee is None
    await talk.presses("ashok", offered, f"assign_to:{complaint.id}:{PEOPLE['sunita']}")
    assert talk.complaint(complaint.code).assignee == PEOPLE["sunita"]


async def test_of_a_confidential_one_the_officer_is_told_the_code_alone(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B", confidential=True)
    await talk.says("ashok", DPRO, f"/assign {complaint.code} sunita")
    assert complaint.code in talk.last(direct("sunita")).text
    assert "नाली" not in talk.last(direct("sunita")).text


async def test_a_question_goes_to_who_has_it_and_the_answer_to_who_asked(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B")
    await talk.presses("sunita", talk.card(complaint, DPRO), "acknowledge")
    await talk.says("senior", SENIOR, f"/पूछें {complaint.code} पाइप कब आएगा?")
    asked = talk.last(direct("sunita"))
    assert "पाइप कब आएगा?" in asked.text
    await talk.says("sunita", direct("sunita"), "शुक्रवार को आएगा", reply_to=asked)
    assert "शुक्रवार को आएगा" in talk.last(SENIOR).text
    assert talk.complaint(complaint.code).question is None
    history = await talk.says("ashok", DPRO, f"/history {complaint.code}")
    assert "पाइप कब आएगा?" in history
    assert "शुक्रवार को आएगा" in history


async def test_a_second_question_takes_the_place_of_the_first(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B")
    await talk.says("senior", SENIOR, f"/ask {complaint.code} कब?")
    first = talk.last(direct("ashok"))
    await talk.says("operator", direct("operator"), f"/ask {complaint.code}")
    await talk.says("operator", direct("operator"), "कहाँ?")
    await talk.says("ashok", direct("ashok"), "बसही में", reply_to=talk.last(direct("ashok")))
    for chat in (SENIOR, direct("operator")):
        assert "बसही में" in talk.last(chat).text
    await talk.says("ashok", direct("ashok"), "और कुछ", reply_to=first)
    assert "और कुछ" not in talk.last(SENIOR).text


async def test_a_question_about_a_confidential_one_is_for_the_head_alone(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B", confidential=True)
    await talk.says("ashok", DPRO, f"/assign {complaint.code} sunita")
    await talk.says("senior", SENIOR, f"/ask {complaint.code} सावित्री कहाँ हैं?")
    assert "सावित्री" in talk.last(direct("ashok")).text
    assert "सावित्री" not in "".join(each.text for each in talk.talk.platform.messages(direct("sunita")))
    assert "सावित्री" not in "".join(each.text for each in talk.talk.platform.messages(ADMINISTRATION))
