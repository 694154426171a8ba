"""Who is not of the office, and who presses what was not meant for them: they learn nothing, and change nothing."""

import pytest

from bot.chat_archive import ChatArchive
from core.commands import Reopen, Solve, Transfer
from core.complaints import State
from core.store.queries.failures import failures
from core.store.queries.petitions import complainant_chats
from tests.bot.handlers.conversations import ADMINISTRATION, Talk, direct, user

WORDS = "नाली की मरम्मत कराई, पानी निकल गया"
SECRET = "पड़ोसी लड़की को तंग करता है"
STRANGER, OTHER, GROUP = "stranger", "citizen-2", "group:DPRO"


async def proves(talk: Talk, who: str, code: str, digits: str = "5610") -> str:
    await talk.says(who, direct(who), code)
    return await talk.says(who, direct(who), digits)


async def test_all_strangers_together_have_twenty_tries_for_a_petition(talk: Talk) -> None:
    first, second = await talk.register("DPRO B", "BDO C")
    for number in range(10):
        who = f"guest-{number}"
        code = (first, second)[number % 2].code
        await talk.says(who, direct(who), code)
        await talk.says(who, direct(who), f"{number:04}")
    for complaint in (first, second):
        assert "कई बार" in await talk.says("guest-11", direct("guest-11"), complaint.code)
    await talk.says("guest-11", direct("guest-11"), "5610")
    linked = talk.talk.running.store.read_now(lambda connection: complainant_chats(connection.execute, first.petition))
    assert linked == (), "even the right digits came too late"


async def test_a_complainant_proves_it_and_a_strangers_words_are_not_kept(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B")
    await talk.says(STRANGER, direct(STRANGER), f"{complaint.code} सब झूठ है")
    archive = ChatArchive(talk.talk.running.store, "hi")
    assert archive.messages_about(complaint.code) == ()
    await proves(talk, OTHER, complaint.code)
    await talk.says(OTHER, direct(OTHER), f"{complaint.code} पानी अब भी है")
    assert [line.text for line in archive.messages_about(complaint.code)] == [f"{complaint.code} पानी अब भी है"]


@pytest.mark.parametrize("command", ["/status {code}", "/mine", "/start"])
@pytest.mark.parametrize("chat", [GROUP, "group:unbound"])
async def test_in_a_group_a_complainant_is_told_nothing_of_what_they_brought(
    talk: Talk, command: str, chat: str
) -> None:
    (complaint,) = await talk.register("DPRO B")
    await proves(talk, OTHER, complaint.code)
    for who in (OTHER, STRANGER):
        said = await talk.says(who, chat, command.format(code=complaint.code))
        for own in ("सावित्री", "5610", "नाली", "अंतिम", "आख़िरी", complaint.code):
            assert own not in said


@pytest.mark.parametrize("command", ["/list", "/overdue", "/mine", "/status {code}"])
async def test_a_group_that_stands_for_nothing_is_told_nothing(talk: Talk, command: str) -> None:
    (complaint,) = await talk.register("DPRO B")
    for who in ("sunita", "senior"):
        said = await talk.says(who, "group:unbound", command.format(code=complaint.code))
        assert "/bind" in said
        assert complaint.code not in said


@pytest.mark.parametrize("who", [STRANGER, OTHER, "ramesh", "auditor", "nodal"])
async def test_forged_presses_tell_nothing_and_change_nothing(talk: Talk, who: str) -> None:
    first, second = await talk.register("DPRO B", "BDO C")
    (others,) = await talk.register("JNR B")
    await proves(talk, OTHER, others.code)
    for each, by in ((first, "sunita"), (second, "operator")):
        await talk.talk.does(Solve(each.code, WORDS), talk.actor(by))
    before = talk.complaint(first.code)
    card = talk.card(first, GROUP)
    said_before = len(talk.talk.platform.messages(direct(who)))
    for action in ("yes_solved", "not_solved", "work_left", "confirm_close", "reopen", "undo", "acknowledge"):
        toast = await talk.talk.sends(user(who), card, f"{action}:complaint:{first.id}")
        assert second.code not in toast
        assert WORDS not in toast
        assert second.code not in talk.last(GROUP).text
    assert len(talk.talk.platform.messages(direct(who))) == said_before
    assert talk.complaint(first.code) == before


NO_BUTTONS = [
    "acknowledge:complaint:-1",
    "acknowledge:complaint:99999999999999999999",
    "acknowledge:complaint:²",
    "acknowledge:complaint:१",
    "acknowledge:complaint:999999999999999999",
    "acknowledge:thing:1",
    "acknowledge",
    "to_department:-1:BDO",
    "to_department:²:BDO",
    "to_department:99999999999999999999:BDO",
    "to_department:1:XYZ",
    "meant:DPRO-1001-48",
    "meant:\x00",
    "bind:XYZ",
    "language:\ud800",
    "no_such_action:complaint:1",
    "",
    ":::",
    "acknowledge:complaint:1\x00",
]


async def test_what_no_button_carries_is_refused_and_is_no_failure(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B")
    before = talk.complaint(complaint.code)
    for data in NO_BUTTONS:
        toast = await talk.talk.sends(user("ramesh"), talk.card(complaint, GROUP), data)
        assert "F-" not in toast, data
        assert talk.complaint(complaint.code) == before, data


async def test_what_is_confidential_stays_out_of_every_group(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B", words=SECRET, confidential=True)
    await talk.talk.does(Solve(complaint.code, WORDS), talk.actor("sunita"))
    await proves(talk, OTHER, complaint.code)
    await talk.says(OTHER, direct(OTHER), "नहीं")
    if talk.complaint(complaint.code).state is State.SOLVED:
        await talk.talk.does(Reopen(complaint.code, SECRET), talk.actor("senior"))
    await talk.talk.does(Transfer(complaint.code, "BDO"), talk.actor("sunita"))
    for who, chat in (
        ("sunita", GROUP),
        ("ramesh", "group:BDO"),
        ("senior", ADMINISTRATION),
        ("vimla", direct("vimla")),
    ):
        for words in (f"/status {complaint.code}", "/list", complaint.code):
            await talk.says(who, chat, words)
    told = {
        chat: "\n".join(message.text for message in talk.talk.platform.messages(chat))
        for chat in (GROUP, "group:BDO", ADMINISTRATION, direct("vimla"), direct("sunita"), direct("senior"))
    }
    for chat, text in told.items():
        for secret in (SECRET, "सावित्री", "बसही", "5610"):
            assert secret not in text, f"{chat} was told {secret}"
    heads = "\n".join(message.text for message in talk.talk.platform.messages(direct("ramesh")))
    assert SECRET in heads, "the head of the department that holds it now is told, privately"


@pytest.mark.parametrize("text", ["नाली\x00 साफ", "\ud83d", "\u202eabc", "\u200b", "😀", "क" * 70_000])
async def test_no_text_is_a_failure(talk: Talk, text: str) -> None:
    (complaint,) = await talk.register("DPRO B")
    for who, chat in (("sunita", GROUP), ("sunita", direct("sunita")), (STRANGER, direct(STRANGER))):
        for words in (text, f"{complaint.code} {text}", f"/status {text}", f"/bind {text}"):
            said = await talk.says(who, chat, words)
            assert "F-" not in said, f"{who}: {words[:40]!r}"
    assert talk.talk.running.store.read_now(failures) == []
