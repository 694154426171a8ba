"""A command without its code: the complaint is picked by a button, and the command goes on with it."""

import pytest

from tests.bot.handlers.conversations import Talk, direct


@pytest.mark.parametrize(
    ("command", "shown"),
    [("/status", "समय-सीमा"), ("/history", "दर्ज"), ("/seen", "सुनीता वर्मा"), ("/स्थिति", "समय-सीमा")],
)
async def test_the_complaint_is_picked_by_a_button(talk: Talk, command: str, shown: str) -> None:
    (complaint,) = await talk.register("DPRO B")
    assert "कौन-सी शिकायत" in await talk.says("sunita", direct("sunita"), command)
    offer = talk.last(direct("sunita"))
    (button,) = [each for row in offer.buttons for each in row if each.label == complaint.code]
    await talk.presses("sunita", offer, button.data.partition(":")[0])
    answer = talk.last(direct("sunita"))
    assert answer.id != offer.id
    assert complaint.code in answer.text
    assert shown in answer.text


@pytest.mark.parametrize("command", ["/reopen", "/unmerge"])
async def test_where_none_can_be_offered_the_command_itself_is_shown_with_a_code(talk: Talk, command: str) -> None:
    assert f"{command} DPRO-1042-22" in await talk.says("senior", direct("senior"), command)


async def test_privacy_is_told_alone_without_speaking_of_a_group_or_of_itself(talk: Talk) -> None:
    said = await talk.says("sunita", direct("sunita"), "/privacy")
    assert "1 साल" in said
    assert "इस ग्रुप" not in said
    assert "/" not in said
