"""The web chat's side of the contract: what is said stands in the chat once, and why something was not."""

import hashlib
from datetime import datetime, timedelta

import pytest

from bot.adapters.base import Adapter, CanEdit, CanFetch, CanToast, FileTooLarge, Gone, Rejected, RetryLater
from bot.events import FileReference
from bot.messages import Button, Edit, OutgoingFile, Say
from tests.adapters.webchat.district import ASHA, CLINIC, PANCHAYAT, District
from tests.adapters.webchat.talk import Officer


def test_it_has_what_it_can_do(district: District) -> None:
    for ability in (Adapter, CanEdit, CanToast, CanFetch):
        assert isinstance(district.adapter, ability)


def test_a_message_has_its_quote_buttons_and_files(district: District, officer: Officer) -> None:
    client = officer(ASHA)
    sha256 = district.keep(b"%PDF-1.4", "application/pdf")
    first = district.say(PANCHAYAT, "a & b".replace("&", "&amp;"), "k1")
    say = Say(
        key="k2",
        address=district.address(PANCHAYAT),
        text="<b>card</b>",
        buttons=((Button("A", "a:x:1"), Button("B", "b:x:1")),),
        attachments=(OutgoingFile(sha256, "paper.pdf", "application/pdf"),),
        reply_to=first,
    )
    district.run(district.adapter.say(say))
    message = client.get(f"/chats/{PANCHAYAT}/messages").json()["messages"][1]
    assert message["reply_to"] == {"id": first, "name": "Jan Milan", "me": False, "text": "a & b"}
    shown = [[(button["label"], button["data"]) for button in row] for row in message["buttons"]]
    assert shown == [[("A", "a:x:1"), ("B", "b:x:1")]]
    assert [(file["name"], file["size"], file["image"]) for file in message["files"]] == [("paper.pdf", 8, False)]
    assert client.get(f"/files/{sha256}").content == b"%PDF-1.4"


@pytest.mark.parametrize(("chat", "message"), [(PANCHAYAT, "999"), (PANCHAYAT, "x"), (CLINIC, "1")])
def test_a_message_that_is_not_there_cannot_be_edited(district: District, chat: str, message: str) -> None:
    assert district.say(PANCHAYAT, "first", "k1") == "1"
    edit = Edit(key="e", address=district.address(chat), message=message, text="x")
    with pytest.raises(Rejected):
        district.run(district.adapter.edit(edit))


def test_peoples_own_messages_cannot_be_edited(district: District, officer: Officer) -> None:
    mine = officer(ASHA).post(f"/chats/{PANCHAYAT}/messages", json={"id": "a1", "text": "mine"}).json()
    edit = Edit(key="e", address=district.address(PANCHAYAT), message=mine["id"], text="x")
    with pytest.raises(Rejected):
        district.run(district.adapter.edit(edit))


def test_files_are_fetched_by_their_sha256(district: District) -> None:
    sha256 = district.keep(b"hello", "text/plain")
    fetch = district.adapter.fetch
    assert district.run(fetch(FileReference(sha256, sha256=sha256))) == b"hello"
    with pytest.raises(Gone):
        district.run(fetch(FileReference("none", sha256=hashlib.sha256(b"none").hexdigest())))
    with pytest.raises(FileTooLarge):
        district.run(fetch(FileReference(sha256, sha256=sha256, size=11 * 1024**2)))


def test_a_database_that_is_away_has_the_message_tried_again_soon(district: District) -> None:
    with district.locked_database(), pytest.raises(RetryLater) as asked:
        district.say(PANCHAYAT, "x", "k1")
    assert asked.value.after == timedelta(seconds=1)
    assert district.say(PANCHAYAT, "x", "k1") == "1"


def test_the_same_key_with_newer_words_is_the_same_message_and_says_them(district: District, officer: Officer) -> None:
    assert [district.say(PANCHAYAT, words, "k1") for words in ("open", "solved")] == ["1", "1"]
    (message,) = officer(ASHA).get(f"/chats/{PANCHAYAT}/messages").json()["messages"]
    assert message["text"] == "solved"


def test_messages_carry_the_time_they_were_kept(district: District, officer: Officer) -> None:
    before = district.clock.now()
    district.say(PANCHAYAT, "x", "k1")
    (message,) = officer(ASHA).get(f"/chats/{PANCHAYAT}/messages").json()["messages"]
    assert before <= datetime.fromisoformat(message["at"]) <= district.clock.now()
