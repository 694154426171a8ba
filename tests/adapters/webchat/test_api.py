"""The web chat's API, over HTTP against a running district, on both databases."""

from typing import Any

import httpx
import pytest

from bot.adapters.webchat import WebChatAdapter
from bot.events import BotAdded, Message, Pressed
from tests.adapters.webchat.district import (
    ADMINISTRATION,
    ASHA,
    CLINIC,
    IMRAN,
    KIRAN,
    NODAL,
    PANCHAYAT,
    SUNITA,
    District,
)
from tests.adapters.webchat.talk import Officer, chats, messages, posted


@pytest.fixture
def district_database(database_url: str) -> str:
    """Each test once on each kind of database."""
    return database_url


# Who is where


def test_everybody_sees_the_chats_they_are_in(officer: Officer) -> None:
    assert set(chats(officer(ASHA))) == {f"direct:person:{ASHA}", PANCHAYAT, ADMINISTRATION}
    assert set(chats(officer(IMRAN))) == {f"direct:person:{IMRAN}", PANCHAYAT}, "staff without a role"
    assert set(chats(officer(KIRAN))) == {f"direct:person:{KIRAN}", ADMINISTRATION}, "staff with a district-wide role"


def test_titles_are_in_the_readers_language(officer: Officer) -> None:
    client = officer(ASHA)
    assert chats(client)[ADMINISTRATION]["title"] == "Administration group"
    client.headers["Accept-Language"] = "hi"
    assert chats(client)[ADMINISTRATION]["title"] == "प्रशासन ग्रुप"
    assert chats(client)[PANCHAYAT]["title"] == "जिला पंचायत राज"


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", f"/chats/{CLINIC}/messages", None),
        ("POST", f"/chats/{CLINIC}/messages", {"id": "a", "text": "hello"}),
        ("POST", f"/chats/{CLINIC}/presses", {"id": "a", "data": "solve:complaint:7"}),
        ("POST", f"/chats/{CLINIC}/read", {"message": "1"}),
        ("GET", f"/chats/direct:person:{SUNITA}/messages", None),
    ],
)
def test_other_peoples_chats_are_not_there(
    district: District, officer: Officer, method: str, path: str, body: dict[str, str] | None
) -> None:
    refused = officer(ASHA).request(method, path, json=body)
    assert refused.status_code == 404
    assert refused.json() == {"error": "You are in no such chat. Choose one from the list.", "field": ""}
    assert district.echo.taken == []


# Posting


def test_a_message_reaches_the_engine_and_everybody_in_the_chat(district: District, officer: Officer) -> None:
    answer = posted(officer(ASHA), PANCHAYAT, "a1", "नाली <b>साफ</b>\nहो गई").json()
    assert (answer["text"], answer["html"]) == ("नाली <b>साफ</b>\nहो गई", "नाली &lt;b&gt;साफ&lt;/b&gt;<br>हो गई")

    (event,) = district.echo.taken
    assert isinstance(event, Message)
    assert (event.text, event.message, event.address.chat, event.direct) == (
        answer["text"],
        answer["id"],
        PANCHAYAT,
        False,
    )
    assert event.sender.user == f"person:{ASHA}"

    seen, echo = messages(officer(IMRAN), PANCHAYAT)
    assert (seen["sender"]["name"], seen["sender"]["me"], seen["client"]) == ("Asha Verma", False, None)
    assert (echo["sender"]["bot"], echo["reply_to"]["id"], echo["reply_to"]["name"]) == (
        True,
        answer["id"],
        "Asha Verma",
    )


def test_a_session_proves_who_somebody_is(district: District, officer: Officer) -> None:
    posted(officer(ASHA), PANCHAYAT, "a1", "hello")
    directory = district.store.read_now(district.store.directory)
    person = directory.person_of("web", f"person:{ASHA}")
    assert person is not None
    assert person.id == ASHA


def test_the_same_client_id_is_the_same_message(district: District, officer: Officer) -> None:
    client = officer(ASHA)
    first, second = posted(client, PANCHAYAT, "a1", "once").json(), posted(client, PANCHAYAT, "a1", "once").json()
    assert first == second
    assert len(district.echo.taken) == 1
    assert len(messages(client, PANCHAYAT)) == 2, "the message and the one answer"
    assert posted(officer(IMRAN), PANCHAYAT, "a1", "another person's id").json()["id"] != first["id"]


def test_what_the_engine_does_not_take_is_not_acknowledged_and_not_doubled(
    district: District, officer: Officer
) -> None:
    client = officer(ASHA)
    district.echo.refusing = True
    refused = posted(client, PANCHAYAT, "a1", "important")
    assert refused.status_code == 503
    assert refused.json()["error"].startswith("The office's records cannot be reached now.")

    district.echo.refusing = False
    assert posted(client, PANCHAYAT, "a1", "important").status_code == 200
    assert [event.text for event in district.echo.taken if isinstance(event, Message)] == ["important"]
    assert [message["text"] for message in messages(client, PANCHAYAT)] == ["important", "9"]


def test_what_was_not_taken_is_handed_over_after_a_restart(district: District, officer: Officer) -> None:
    district.echo.refusing = True
    assert posted(officer(ASHA), PANCHAYAT, "a1", "important").status_code == 503
    district.stop()
    district.start()
    client = officer(ASHA)
    district.until(lambda: len(messages(client, PANCHAYAT)) == 2)
    assert [event.key for event in district.echo.taken] == [f"message/person:{ASHA}/a1"]


@pytest.mark.parametrize(
    ("body", "field", "sentence"),
    [
        (
            {"id": "a", "text": "क" * 70_000},
            "text",
            "The message has 70,000 letters, the limit is 10,000. Send it in parts.",
        ),
        ({"id": "a", "text": " \n\t "}, "text", "Write a message or choose a photo, then send."),
        ({"id": "a", "text": "\x00"}, "text", "Write a message or choose a photo, then send."),
        ({"id": "no spaces please", "text": "x"}, "id", "The field “id” is missing or wrong."),
        ({"text": "x"}, "id", "The field “id” is missing or wrong."),
        ({"id": "a", "text": "x", "reply_to": "x"}, "reply_to", "The field “reply_to” is missing or wrong."),
        ({"id": "a", "text": "x", "files": [{"sha256": "0" * 64}]}, "files", "The file is not there yet."),
    ],
)
def test_a_wrong_message_is_refused_with_its_cure(
    district: District, officer: Officer, body: dict[str, Any], field: str, sentence: str
) -> None:
    client = officer(ASHA)
    refused = client.post(f"/chats/{PANCHAYAT}/messages", json=body)
    assert refused.status_code == 422
    assert refused.json()["field"] == field
    assert refused.json()["error"].startswith(sentence)
    assert messages(client, PANCHAYAT) == []
    assert district.echo.taken == []


def test_half_a_character_is_refused(district: District, officer: Officer) -> None:
    client = officer(ASHA)
    refused = client.post(
        f"/chats/{PANCHAYAT}/messages",
        content=b'{"id": "a", "text": "\\ud83d"}',
        headers={"Content-Type": "application/json"},
    )
    assert refused.status_code == 422
    assert messages(client, PANCHAYAT) == []


@pytest.mark.parametrize("text", ["🙏🙏", "\u200b\u200d", "\u202eabc", "<script>alert(1)</script>", "a\x00b", "&amp;"])
def test_odd_text_is_kept_and_shown_as_it_is(officer: Officer, text: str) -> None:
    answer = posted(officer(ASHA), PANCHAYAT, "a1", text).json()
    assert answer["text"] == text.replace("\x00", "")
    assert "<script" not in answer["html"]
    assert "&amp;amp;" in answer["html"] or text != "&amp;"


def test_a_reply_is_to_a_message_of_the_same_chat(officer: Officer) -> None:
    client = officer(ASHA)
    elsewhere = posted(client, ADMINISTRATION, "a1", "elsewhere").json()
    refused = posted(client, PANCHAYAT, "a2", "yes", reply_to=elsewhere["id"])
    assert (refused.status_code, refused.json()["error"][:30]) == (404, "This message is not in the cha")
    assert (
        posted(client, ADMINISTRATION, "a3", "yes", reply_to=elsewhere["id"]).json()["reply_to"]["text"] == "elsewhere"
    )


def test_pages_go_back_to_the_first_message(officer: Officer) -> None:
    client = officer(ASHA)
    for number in range(6):
        posted(client, PANCHAYAT, f"a{number}", f"{number}")
    newest = client.get(f"/chats/{PANCHAYAT}/messages", params={"most": 5}).json()
    assert (len(newest["messages"]), newest["older"], newest["newer"]) == (5, True, False)
    older = client.get(
        f"/chats/{PANCHAYAT}/messages", params={"most": 50, "before": newest["messages"][0]["id"]}
    ).json()
    assert (len(older["messages"]), older["older"]) == (7, False)
    ids = [int(message["id"]) for message in older["messages"] + newest["messages"]]
    assert ids == sorted(ids)
    after = messages(client, PANCHAYAT, after=ids[-3])
    assert [int(message["id"]) for message in after] == ids[-2:]


# Pressing, editing, reading


def test_a_press_is_answered_and_the_message_changes_in_its_place(district: District, officer: Officer) -> None:
    client = officer(ASHA)
    posted(client, PANCHAYAT, "a1", "card")
    card = messages(client, PANCHAYAT)[1]
    assert [[button["label"] for button in row] for row in card["buttons"]] == [
        ["ज़िम्मा लिया", "निस्तारित"],
        ["हमारा नहीं"],
    ]

    press = {"id": "p1", "message": card["id"], "data": card["buttons"][0][0]["data"]}
    assert client.post(f"/chats/{PANCHAYAT}/presses", json=press).json() == {"toasts": ["ज़िम्मा आपके नाम दर्ज हुआ"]}
    event = district.echo.taken[-1]
    assert isinstance(event, Pressed)
    assert (event.data, event.message) == ("acknowledge:complaint:7", card["id"])

    changed = messages(client, PANCHAYAT)[1]
    assert (changed["id"], len(changed["buttons"])) == (card["id"], 1)
    assert changed["edited_at"] is not None


def test_a_buttons_data_must_fit_and_its_message_be_there(district: District, officer: Officer) -> None:
    client = officer(ASHA)
    assert client.post(f"/chats/{PANCHAYAT}/presses", json={"id": "p", "data": "क" * 22}).status_code == 422
    assert client.post(f"/chats/{PANCHAYAT}/presses", json={"id": "p", "data": "x", "message": "9"}).status_code == 404
    assert district.echo.taken == []


def test_unread_counts_others_messages_until_they_are_read(officer: Officer) -> None:
    asha, imran = officer(ASHA), officer(IMRAN)
    posted(asha, PANCHAYAT, "a1", "one")
    assert chats(imran)[PANCHAYAT]["unread"] == 2
    assert chats(asha)[PANCHAYAT]["unread"] == 1, "the bot's answer"
    last = chats(imran)[PANCHAYAT]["last"]["id"]
    assert imran.post(f"/chats/{PANCHAYAT}/read", json={"message": last}).json() == {"done": True}
    imran.post(f"/chats/{PANCHAYAT}/read", json={"message": "1"})
    assert chats(imran)[PANCHAYAT]["unread"] == 0, "reading never goes back"


# Groups


def test_the_nodal_officer_makes_a_group_and_the_engine_is_told(district: District, officer: Officer) -> None:
    nodal = officer(NODAL)
    found = nodal.get("/people", params={"search": "imran"}).json()
    assert [person["id"] for person in found["people"]] == [IMRAN]
    group = {"id": "g1", "title": "नया ग्रुप", "members": [IMRAN]}
    made = nodal.post("/chats", json=group).json()
    assert made["title"] == "नया ग्रुप"
    assert nodal.post("/chats", json=group).json()["id"] == made["id"]
    (event,) = district.echo.taken
    assert isinstance(event, BotAdded)
    assert (event.title, event.address.chat) == ("नया ग्रुप", made["id"])
    assert made["id"] in chats(officer(IMRAN))
    assert made["id"] not in chats(officer(SUNITA))


def test_nobody_else_makes_groups(officer: Officer) -> None:
    client = officer(ASHA)
    assert client.get("/me").json()["may_make_groups"] is False
    refused = client.post("/chats", json={"id": "g1", "title": "x", "members": []})
    assert (refused.status_code, refused.json()["error"][:30]) == (403, "Only the nodal officer makes g")
    assert client.get("/people").status_code == 403


# The adapter, and the page of the API


def test_the_bot_says_a_thing_once(district: District, officer: Officer) -> None:
    first, again = district.say(PANCHAYAT, "<b>नमस्ते</b>", "key-1"), district.say(PANCHAYAT, "<b>नमस्ते</b>", "key-1")
    assert first == again
    (message,) = messages(officer(ASHA), PANCHAYAT)
    assert (message["id"], message["html"], message["text"]) == (first, "<b>नमस्ते</b>", "नमस्ते")


def test_what_the_adapter_can_do_is_what_it_says(district: District) -> None:
    adapter: WebChatAdapter = district.adapter
    assert adapter.direct_chat("person:11") == "direct:person:11"
    assert (adapter.limits.markup, adapter.limits.file_bytes, adapter.limits.data) == ("html", 10 * 1024**2, 64)


def test_the_apis_page_describes_every_route_with_its_errors(district: District) -> None:
    described = httpx.get(f"{district.url}/openapi.json", timeout=60).json()
    routes = {path: methods for path, methods in described["paths"].items() if path.startswith("/chat")}
    assert all(path.startswith("/chat/api/") for path in routes)
    assert {"/chat/api/me", "/chat/api/stream", "/chat/api/files", "/chat/api/chats/{chat}/messages"} <= set(routes)
    for path, methods in routes.items():
        for method in methods.values():
            assert method["description"], path
            assert "401" in method["responses"], path
            assert {"HTTPBearer": []} in method["security"], path
