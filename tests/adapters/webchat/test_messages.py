"""What becomes of a message once it is there: reactions, other words, taken back, seen, found; on both databases."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import insert, update

from bot.adapters.base import Rejected
from bot.events import Deleted, Event, Message, Reacted, Receipt
from bot.messages import React
from bot.store.webchat.tables import MESSAGE, UPDATE
from core.store.queries.failures import failures
from tests.adapters.webchat.district import ADMINISTRATION, ASHA, CLINIC, IMRAN, PANCHAYAT, SUNITA, District
from tests.adapters.webchat.talk import Officer, chats, messages, photo, posted


@pytest.fixture
def district_database(database_url: str) -> str:
    """Each test once on each kind of database."""
    return database_url


def react(client: httpx.Client, id: str, message: str, emoji: str, chat: str = PANCHAYAT) -> httpx.Response:
    """React to a message."""
    return client.put(f"/chats/{chat}/messages/{message}/reaction", json={"id": id, "emoji": emoji})


def edit(client: httpx.Client, id: str, message: str, text: str) -> httpx.Response:
    """Give a message other words."""
    return client.patch(f"/chats/{PANCHAYAT}/messages/{message}", json={"id": id, "text": text})


def delete(client: httpx.Client, message: str) -> httpx.Response:
    """Take a message back."""
    return client.delete(f"/chats/{PANCHAYAT}/messages/{message}")


def written_earlier(district: District, message: str, by: timedelta) -> None:
    """Let a message be older than it is."""
    with district.store.database.writer.begin() as connection:
        (at,) = connection.execute(MESSAGE.select().with_only_columns(MESSAGE.c.at).where(MESSAGE.c.id == int(message)))
        connection.execute(update(MESSAGE).where(MESSAGE.c.id == int(message)).values(at=at[0] - by))


def taken(district: District, kind: type[Event]) -> list[Any]:
    """The events of a kind that the engine has taken."""
    return [event for event in district.echo.taken if type(event) is kind]


# Reactions


def test_a_reaction_is_set_changed_and_taken_back_and_the_engine_hears_each(
    district: District, officer: Officer
) -> None:
    said = district.say(PANCHAYAT, "card", "k1")
    asha, imran = officer(ASHA), officer(IMRAN)
    react(asha, "r1", said, "👍")
    react(imran, "r1", said, "👍")
    (both,) = messages(imran, PANCHAYAT)[0]["reactions"]
    assert both == {"emoji": "👍", "count": 2, "mine": True, "names": ["Asha Verma", "Imran Khan"]}

    assert [each["emoji"] for each in react(asha, "r2", said, "🙏").json()["reactions"]] == ["👍", "🙏"]
    assert [each["names"] for each in react(asha, "r3", said, "").json()["reactions"]] == [["Imran Khan"]]
    heard = [(event.sender.user, event.message, event.emoji) for event in taken(district, Reacted)]
    one, other = f"person:{ASHA}", f"person:{IMRAN}"
    assert heard == [(one, said, "👍"), (other, said, "👍"), (one, said, "🙏"), (one, said, "")]
    assert messages(asha, PANCHAYAT)[0]["edited_at"] is None


def test_the_same_reaction_again_is_one(district: District, officer: Officer) -> None:
    said = district.say(PANCHAYAT, "card", "k1")
    district.echo.refusing = True
    assert react(officer(ASHA), "r1", said, "👍").status_code == 503
    district.echo.refusing = False
    assert react(officer(ASHA), "r1", said, "👍").json()["reactions"][0]["count"] == 1
    assert len(taken(district, Reacted)) == 1


def test_the_bot_reacts_too(district: District, officer: Officer) -> None:
    message = posted(officer(ASHA), PANCHAYAT, "a1", "नाली साफ हो गई").json()["id"]
    for number, emoji in enumerate(("👀", "👍", "👍")):
        react_as_bot = React(key=f"r{number}", address=district.address(PANCHAYAT), message=message, emoji=emoji)
        district.run(district.adapter.react(react_as_bot))
    (reaction,) = messages(officer(IMRAN), PANCHAYAT)[0]["reactions"]
    assert (reaction["emoji"], reaction["names"]) == ("👍", ["Jan Milan"])
    elsewhere = React(key="r", address=district.address(ADMINISTRATION), message=message, emoji="👍")
    with pytest.raises(Rejected):
        district.run(district.adapter.react(elsewhere))


@pytest.mark.parametrize("emoji", ["hello", "👍👍", "<b>", "a", "1"])
def test_only_one_emoji_is_a_reaction(district: District, officer: Officer, emoji: str) -> None:
    said = district.say(PANCHAYAT, "card", "k1")
    assert react(officer(ASHA), "r1", said, emoji).status_code == 422
    assert react(officer(SUNITA), "r1", said, "👍").status_code == 404, "she is not in the chat"
    assert react(officer(ASHA), "r1", said, "👍", ADMINISTRATION).status_code == 404, "nor is the message in that one"
    assert district.echo.taken == []


# Other words


def test_ones_own_words_are_changed_in_time_and_the_engine_hears_it(district: District, officer: Officer) -> None:
    asha = officer(ASHA)
    message = posted(asha, PANCHAYAT, "a1", "नाली साफ").json()
    changed = edit(asha, "e1", message["id"], "नाली साफ हो गई").json()
    assert (changed["text"], changed["edited_at"] is not None) == ("नाली साफ हो गई", True)
    assert edit(asha, "e1", message["id"], "नाली साफ हो गई").is_success, "the same request again"
    first, second = taken(district, Message)
    assert (first.edited, second.edited, second.message, second.text) == (False, True, message["id"], "नाली साफ हो गई")
    assert second.key != first.key

    written_earlier(district, message["id"], timedelta(minutes=16))
    late = edit(asha, "e2", message["id"], "late")
    assert (late.status_code, late.json()["error"]) == (
        409,
        "A message is changed within 15 minutes. Reply to it with what is right.",
    )
    assert messages(asha, PANCHAYAT)[0]["text"] == "नाली साफ हो गई"


def test_nobody_changes_or_deletes_what_another_wrote(district: District, officer: Officer) -> None:
    message = posted(officer(ASHA), PANCHAYAT, "a1", "mine").json()
    said = district.say(PANCHAYAT, "the bot's", "k1")
    imran = officer(IMRAN)
    for id in (message["id"], said):
        assert edit(imran, "e1", id, "yours").status_code == 403
        assert delete(imran, id).status_code == 403
    assert edit(officer(SUNITA), "e1", message["id"], "x").status_code == 404
    assert edit(officer(ASHA), "e2", message["id"], "  ").status_code == 422
    assert len(district.echo.taken) == 1


def test_the_engine_hears_of_a_message_before_it_hears_of_the_change(district: District, officer: Officer) -> None:
    asha = officer(ASHA)
    district.echo.refusing = True
    assert posted(asha, PANCHAYAT, "a1", "first").status_code == 503
    (message,) = messages(asha, PANCHAYAT)
    assert edit(asha, "e1", message["id"], "second").status_code == 503
    district.echo.refusing = False
    assert edit(asha, "e1", message["id"], "second").is_success
    assert [event.text for event in taken(district, Message)] == ["first", "second"]


# Taken back


def test_a_deleted_message_leaves_that_it_was_there_and_nothing_else(district: District, officer: Officer) -> None:
    asha, imran = officer(ASHA), officer(IMRAN)
    file = asha.post("/files", files={"file": ("secret.jpg", photo(), "image/jpeg")}).json()
    message = posted(asha, PANCHAYAT, "a1", "card", files=[{"sha256": file["sha256"]}]).json()
    assert imran.get(f"/files/{file['sha256']}").is_success
    react(imran, "r1", message["id"], "👍")
    reply = posted(imran, PANCHAYAT, "i1", "why?", reply_to=message["id"]).json()
    deleted = delete(asha, message["id"]).json()
    assert (deleted["deleted"], deleted["text"], deleted["files"], deleted["reactions"]) == (True, "", [], [])
    assert delete(asha, message["id"]).is_success, "the same request again"
    assert [event.message for event in taken(district, Deleted)] == [message["id"]]

    assert messages(imran, PANCHAYAT)[0]["deleted"] is True
    assert next(each for each in messages(imran, PANCHAYAT) if each["id"] == reply["id"])["reply_to"]["text"] == (
        "Message deleted"
    )
    found = imran.get(f"/chats/{PANCHAYAT}/search", params={"words": "secret"}).json()["messages"]
    assert found == []
    assert imran.get(f"/files/{file['sha256']}").status_code == 404
    assert react(imran, "r2", message["id"], "👍").status_code == 409
    assert edit(asha, "e1", message["id"], "again").status_code == 409


def test_a_file_that_another_message_carries_stays(district: District, officer: Officer) -> None:
    asha = officer(ASHA)
    file = asha.post("/files", files={"file": ("a.jpg", photo(), "image/jpeg")}).json()
    sent = [posted(asha, PANCHAYAT, id, "", files=[{"sha256": file["sha256"]}]).json()["id"] for id in ("a1", "a2")]
    said = {message["id"] for message in messages(asha, PANCHAYAT) if message["sender"]["bot"]}
    imran = officer(IMRAN)
    delete(asha, sent[0])
    assert imran.get(f"/files/{file['sha256']}").is_success
    assert said, "the bot has answered with the same photo, which stays"


def test_after_two_days_a_message_stays(district: District, officer: Officer) -> None:
    asha = officer(ASHA)
    message = posted(asha, PANCHAYAT, "a1", "old").json()
    written_earlier(district, message["id"], timedelta(hours=49))
    assert delete(asha, message["id"]).status_code == 409
    assert messages(asha, PANCHAYAT)[0]["text"] == "old"


# Seen


def test_reading_tells_the_engine_of_each_of_the_bots_messages_once(district: District, officer: Officer) -> None:
    asha = officer(ASHA)
    said = [district.say(PANCHAYAT, f"card {number}", f"k{number}") for number in range(3)]
    for upto in (said[1], said[1], said[0], "999999"):
        assert asha.post(f"/chats/{PANCHAYAT}/read", json={"message": upto}).is_success
    district.until(lambda: len(taken(district, Receipt)) == 3)
    heard = taken(district, Receipt)
    assert [(event.message, event.read, event.sender.user) for event in heard] == [
        (id, True, f"person:{ASHA}") for id in said
    ]
    later = district.say(PANCHAYAT, "not read yet", "k9")
    assert chats(asha)[PANCHAYAT]["unread"] == 1
    asha.post(f"/chats/{PANCHAYAT}/read", json={"message": later})
    district.until(lambda: len(taken(district, Receipt)) == 4)


def test_to_write_is_not_to_have_read(district: District, officer: Officer) -> None:
    district.say(PANCHAYAT, "card", "k1")
    posted(officer(ASHA), PANCHAYAT, "a1", "sent by a phone that was offline")
    assert chats(officer(ASHA))[PANCHAYAT]["unread"] == 2
    assert taken(district, Receipt) == []


def test_who_has_seen_a_message_and_when(district: District, officer: Officer) -> None:
    asha, imran = officer(ASHA), officer(IMRAN)
    mine = posted(asha, PANCHAYAT, "a1", "look").json()["id"]
    seen = f"/chats/{PANCHAYAT}/messages/{mine}/seen"
    assert chats(asha)[PANCHAYAT]["seen"] == "0"
    assert [each["name"] for each in asha.get(seen).json()["not_seen"]] == ["Imran Khan"]

    imran.post(f"/chats/{PANCHAYAT}/read", json={"message": mine})
    answer = asha.get(seen).json()
    assert ([each["name"] for each in answer["seen"]], answer["not_seen"], answer["more"]) == (["Imran Khan"], [], 0)
    first = answer["seen"][0]["at"]
    later = district.say(PANCHAYAT, "more", "k1")
    imran.post(f"/chats/{PANCHAYAT}/read", json={"message": later})
    assert asha.get(seen).json()["seen"][0]["at"] == first, "the first time counts"
    assert int(chats(asha)[PANCHAYAT]["seen"]) >= int(mine)

    assert imran.get(seen).status_code == 403, "not his message"
    assert imran.get(f"/chats/{PANCHAYAT}/messages/{later}/seen").is_success
    assert officer(SUNITA).get(seen).status_code == 404


# Found


def test_a_chat_is_searched_by_any_spelling(district: District, officer: Officer) -> None:
    asha = officer(ASHA)
    posted(asha, PANCHAYAT, "a1", "सड़क पर काग़ज़ पड़े हैं, कोड DPRO-१०४२-२२")
    posted(asha, PANCHAYAT, "a2", "नाली 100% साफ")
    posted(officer(SUNITA), CLINIC, "s1", "सड़क")

    def found(words: str) -> list[str]:
        answer = asha.get(f"/chats/{PANCHAYAT}/search", params={"words": words}).json()["messages"]
        return [message["client"] for message in answer if message["client"]]

    assert found("कागज सडक") == ["a1"]
    assert found("DPRO 1042") == found("काग़ज़") == ["a1"]
    assert found("0%") == ["a2"]
    assert found("_") == found("  ") == found("नहीं") == []
    assert asha.get(f"/chats/{CLINIC}/search", params={"words": "सड़क"}).status_code == 404


# What cannot be read


def test_an_update_that_cannot_be_read_is_kept_as_a_failure_and_the_next_goes_on(
    district: District, officer: Officer
) -> None:
    district.stop()
    with district.store.database.writer.begin() as connection:
        at = district.store.clock.now()
        connection.execute(insert(UPDATE), {"key": "odd", "at": at, "payload": '["Message", {"key": "odd"}]'})
    district.start()
    posted(officer(ASHA), PANCHAYAT, "a1", "next")
    waits = UPDATE.select()
    district.until(lambda: not district.store.read_now(lambda connection: connection.execute(waits).all()))
    (failure,) = district.store.read_now(failures)
    assert (failure.error, failure.raw) == ("ValidationError", '["Message", {"key": "odd"}]')
    assert [event.text for event in taken(district, Message)] == ["next"]
