"""What goes out: nothing that anybody is called or writes can make it fail, and every refusal is understood."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.base import (
    DeliveryError,
    FileTooLarge,
    Gone,
    Moved,
    Rejected,
    RetryLater,
    Unreachable,
)
from bot.adapters.telegram import TelegramAdapter, requests
from bot.adapters.telegram.calls import NoAnswer, NotSent, Refused
from bot.adapters.telegram.errors import classified
from bot.events import FileReference
from bot.markup import escape
from bot.messages import Button, Edit, MenuItem, OutgoingFile, PersonalMenu, React, Restore, Restrict, Say, Toast
from bot.splitting import split
from tests.adapters.telegram.acting import FILES, adapter, address
from tests.adapters.telegram.conftest import LIBRARIES
from tests.fakes.telegram.server import BotApi
from tests.fakes.telegram.wording import shown, units

GROUP = -1001234567890
PICTURE = OutgoingFile("picture", "नाली.jpg", "image/jpeg")
PAPER = OutgoingFile("paper", "order.pdf", "application/pdf")
HOSTILE = [
    "<3",
    "Ram & Sons_*",
    "O'Neil — for",
    "</b>",
    "<script>",
    "&amp;",
    '<a href="tg://user?id=1">x</a>',
    "👨‍👩‍👧",
]


@pytest_asyncio.fixture(params=LIBRARIES)
async def bot(request: pytest.FixtureRequest, api: BotApi) -> AsyncIterator[TelegramAdapter]:
    """An adapter of either library, with a group."""
    api.world.group(GROUP, "DPRO")
    made = adapter(api, request.param)
    yield made
    await made._transport.close()


def say(text: str, **more: Any) -> Say:
    return Say(key="1", address=address(GROUP), text=text, **more)


def edit(message: str, text: str, **more: Any) -> Edit:
    return Edit(key="2", address=address(GROUP), message=message, text=text, **more)


@pytest.mark.parametrize("name", HOSTILE)
async def test_names_and_words_are_shown_as_they_are_written(api: BotApi, bot: TelegramAdapter, name: str) -> None:
    buttons = ((Button(f"{name} ✓", f"assign:{len(name)}"),),)
    message = await bot.say(say(f"<b>{escape(name)}</b> is on it", buttons=buttons))
    assert api.world.last(GROUP).text == f"{name} is on it"
    await bot.edit(edit(message, f"{escape(name)} has solved it", buttons=buttons))
    assert api.world.last(GROUP).text == f"{name} has solved it"


@given(st.text(max_size=200).map(escape) | st.text(alphabet="<>&;/ab\"'=#x1 \n", max_size=60))
def test_whatever_the_text_telegram_understands_it(text: str) -> None:
    for part in split(text, 4096, "telegram"):
        request = requests.saying(say(part), None)
        plain = shown(request.parameters["text"].replace("\ud800", ""), "HTML")
        assert units(plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")) <= 4096


@pytest.mark.parametrize("words", ["DPRO-1001-48", "न" * 256])
async def test_a_button_copies_words_without_telling_anybody(api: BotApi, bot: TelegramAdapter, words: str) -> None:
    await bot.say(say("नाली", buttons=((Button("Solved", "solve:1"), Button("Copy the code", copies=words)),)))
    assert api.world.last(GROUP).keyboard == [
        [{"text": "Solved", "callback_data": "solve:1"}, {"text": "Copy the code", "copy_text": {"text": words}}]
    ]
    with pytest.raises(Rejected):
        await bot.say(say("नाली", buttons=((Button("Copy", copies="x" * 257),),)))


async def test_an_edit_that_changes_nothing_is_done(api: BotApi, bot: TelegramAdapter) -> None:
    message = await bot.say(say("same"))
    await bot.edit(edit(message, "same"))
    assert api.world.last(GROUP).texts == ["same"]


async def test_a_picture_and_a_paper_go_with_their_words_and_are_edited_as_captions(
    api: BotApi, bot: TelegramAdapter
) -> None:
    buttons = ((Button("Undo", "undo:1"),),)
    message = await bot.say(say("<b>before</b>", attachments=(PICTURE,), buttons=buttons))
    assert api.world.last(GROUP).file == ("नाली.jpg", "image/jpeg", FILES["picture"])
    await bot.edit(edit(message, "after"))
    assert (api.world.last(GROUP).text, api.world.last(GROUP).keyboard) == ("after", [])
    await bot.say(say("", attachments=(PAPER,)))
    assert api.world.last(GROUP).file == ("order.pdf", "application/pdf", FILES["paper"])
    with pytest.raises(Rejected):
        await bot.say(say("x", attachments=(OutgoingFile("none", "x", "image/png"),)))


async def test_a_reply_to_a_message_that_is_gone_goes_out_all_the_same(api: BotApi, bot: TelegramAdapter) -> None:
    first = await bot.say(say("first"))
    await bot.say(say("second", reply_to=first))
    assert api.world.last(GROUP).reply_to == int(first)
    await bot.say(say("third", reply_to="999"))
    assert api.world.last(GROUP).reply_to is None


async def test_markup_that_is_not_understood_goes_out_in_words_alone(api: BotApi, bot: TelegramAdapter) -> None:
    api.world.refuse_next("sendMessage", 400, description="Bad Request: can't parse entities: Unsupported start tag")
    await bot.say(say("<b>DPRO-1001-48</b> &amp; more"))
    assert api.world.last(GROUP).text == "DPRO-1001-48 & more"


async def test_a_press_too_old_to_be_answered_is_answered(api: BotApi, bot: TelegramAdapter) -> None:
    toast = Toast(address=address(GROUP), user="1", update="812/4382", text="हो गया")
    await bot.toast(toast)
    await bot.toast(toast)
    assert api.world.toasts == {"4382": "हो गया"}


async def test_reactions_and_the_right_to_write(api: BotApi, bot: TelegramAdapter) -> None:
    message = await bot.say(say("x"))
    await bot.react(React(key="3", address=address(GROUP), message=message, emoji="👍"))
    assert api.world.reactions == {(GROUP, int(message)): "👍"}
    await bot.restrict(Restrict(key="4", address=address(GROUP), user="77"))
    assert api.world.chats[GROUP].restricted == {77}
    await bot.restore(Restore(key="5", address=address(GROUP), user="77"))
    assert api.world.chats[GROUP].restricted == set()


async def test_files_that_people_send_are_fetched(api: BotApi, bot: TelegramAdapter) -> None:
    api.world.files["photo-1"] = b"\xff\xd8" * 50
    assert await bot.fetch(FileReference("photo-1")) == b"\xff\xd8" * 50
    with pytest.raises(FileTooLarge):
        await bot.fetch(FileReference("photo-1", size=20_000_001))
    with pytest.raises(Rejected):
        await bot.fetch(FileReference("photo-2"))


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (Refused(429, "Too Many Requests: retry after 17", retry_after=17.0), RetryLater),
        (Refused(400, "Bad Request: group chat was upgraded to a supergroup chat", moved_to="-1007"), Moved),
        (Refused(400, "Bad Request: chat not found"), Gone),
        (Refused(400, "Bad Request: not enough rights to send text messages to the chat"), Gone),
        (Refused(403, "Forbidden: bot was blocked by the user"), Gone),
        (Refused(403, "Forbidden: user is deactivated"), Gone),
        (Refused(403, "Forbidden: bot was kicked from the supergroup chat"), Gone),
        (Refused(403, "Forbidden: bot can't initiate conversation with a user"), Gone),
        (Refused(401, "Unauthorized"), RetryLater),
        (Refused(404, "Not Found"), RetryLater),
        (Refused(413, "Request Entity Too Large"), FileTooLarge),
        (Refused(400, "Bad Request: message to edit not found"), Rejected),
        (Refused(400, "Bad Request: message can't be edited"), Rejected),
        (Refused(400, "Bad Request: BUTTON_DATA_INVALID"), Rejected),
        (Refused(500, "Internal Server Error"), Unreachable),
        (Refused(502, "Bad Gateway"), Unreachable),
        (NotSent("ConnectError"), RetryLater),
        (NoAnswer("ReadTimeout"), Unreachable),
    ],
)
def test_every_refusal_has_its_class(error: Refused | NotSent | NoAnswer, expected: type[DeliveryError]) -> None:
    found = classified(error)
    assert type(found) is expected
    if isinstance(error, Refused) and error.retry_after:
        assert isinstance(found, RetryLater)
        assert found.after == timedelta(seconds=17)


@pytest.mark.parametrize("chat", ["", "x", "٧٧", "-", "1.5"])
async def test_a_chat_that_is_no_id_is_rejected_before_anything_is_sent(
    api: BotApi, bot: TelegramAdapter, chat: str
) -> None:
    with pytest.raises(Rejected):
        await bot.say(Say(key="1", address=address(GROUP).__class__("8", chat), text="x"))
    assert api.calls == []


async def test_a_personal_menu_is_of_one_direct_chat_and_has_latin_names_alone(
    bot: TelegramAdapter, api: BotApi
) -> None:
    api.world.person(7, "Ramesh")
    menu = PersonalMenu(key="1", address=address(7), items=(MenuItem("mine", ("मेरी",), "मेरी शिकायतें"),))
    await bot.menu(menu)
    assert api.world.commands["chat:7/"] == [{"command": "mine", "description": "मेरी शिकायतें"}]
    with pytest.raises(Gone):
        await bot.menu(replace(menu, address=address(8)))
