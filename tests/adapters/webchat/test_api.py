"""The web chat's API, over HTTP against a running district, on both databases."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image
from sqlalchemy import Connection

from bot.adapters.webchat import WebChatAdapter
from bot.adapters.webchat.reader import COOKIE
from bot.events import BotAdded, Message, Pressed
from core.store.queries.petitions import petitions_of_complainant
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

Officer = Callable[[int], httpx.Client]


@pytest.fixture
def district(database_url: str, tmp_path: Path) -> Iterator[District]:
    """A running district, once on each kind of database."""
    files = tmp_path / "files"
    files.mkdir()
    district = District(database_url, files)
    yield district
    district.close()


def posted(client: httpx.Client, chat: str, id: str, text: str = "", **more: Any) -> httpx.Response:
    return client.post(f"/chats/{chat}/messages", json={"id": id, "text": text, **more})


def messages(client: httpx.Client, chat: str, **where: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"/chats/{chat}/messages", params=where).json()["messages"]
    return found


def chats(client: httpx.Client) -> dict[str, dict[str, Any]]:
    return {chat["id"]: chat for chat in client.get("/chats").json()["chats"]}


def photo(width: int = 900, height: int = 600) -> bytes:
    made = BytesIO()
    Image.new("RGB", (width, height), "#4a8").save(made, "JPEG")
    return made.getvalue()


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


# Files


def test_a_photo_is_uploaded_sent_and_seen_by_the_chat_alone(district: District, officer: Officer) -> None:
    asha = officer(ASHA)
    file = asha.post("/files", files={"file": ("नाली.jpg", photo(), "image/jpeg")}).json()
    assert (file["name"], file["media_type"], file["image"]) == ("नाली.jpg", "image/jpeg", True)
    sent = posted(asha, PANCHAYAT, "a1", "", files=[{"sha256": file["sha256"], "name": "नाली.jpg"}]).json()
    assert [each["name"] for each in sent["files"]] == ["नाली.jpg"]
    event = district.echo.taken[0]
    assert isinstance(event, Message)
    assert [each.sha256 for each in event.attachments] == [file["sha256"]]

    imran = officer(IMRAN)
    seen = imran.get(f"/files/{file['sha256']}")
    assert seen.headers["content-type"] == "image/jpeg"
    assert seen.headers["content-security-policy"] == "default-src 'none'; sandbox"
    small = imran.get(f"/files/{file['sha256']}", params={"size": "small"})
    with Image.open(BytesIO(small.content)) as picture:
        assert picture.size == (480, 320)
    assert officer(SUNITA).get(f"/files/{file['sha256']}").status_code == 404


def test_nobody_gets_a_file_by_sending_its_sha256(officer: Officer) -> None:
    file = (
        officer(ASHA).post("/files?name=a.pdf", content=b"%PDF-1.4", headers={"Content-Type": "application/pdf"}).json()
    )
    sunita = officer(SUNITA)
    assert posted(sunita, CLINIC, "s1", "", files=[{"sha256": file["sha256"]}]).status_code == 422
    assert sunita.get(f"/files/{file['sha256']}").status_code == 404


def test_whatever_is_no_picture_is_only_downloaded(officer: Officer) -> None:
    client = officer(ASHA)
    file = client.post("/files?name=\u202egpj.txt", content=b"words", headers={"Content-Type": "image/jpeg"}).json()
    assert (file["name"], file["image"]) == ("gpj.txt", False), "its content says what it is; its name reads forwards"
    seen = client.get(f"/files/{file['sha256']}")
    assert seen.headers["content-disposition"].startswith("attachment;")
    assert seen.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("form", [True, False])
def test_twenty_megabytes_are_refused_with_the_figures(officer: Officer, form: bool) -> None:
    large = bytes(20 * 1024**2)
    client = officer(ASHA)
    client.headers["Accept-Language"] = "hi"
    sent = {"files": {"file": ("a.jpg", large, "image/jpeg")}} if form else {"content": large}
    refused = client.post("/files", **sent)
    assert refused.status_code == 413
    assert refused.json() == {"error": "फ़ाइल 20 MB की है, सीमा 10 MB है। छोटे आकार में भेजें।", "field": "file"}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<script>alert(1)</script>", "This kind of file is not kept. Send a photo (JPEG, PNG), a PDF,"),
        (b"\xff\xd8\xff nothing more", "The file cannot be opened. Take the photo again, or choose another file."),
        (b"", "No file has come. Choose a photo or a file, then send."),
    ],
)
def test_what_cannot_be_kept_is_refused_with_its_cure(officer: Officer, content: bytes, sentence: str) -> None:
    refused = officer(ASHA).post("/files", content=content, headers={"Content-Type": "image/jpeg"})
    assert (refused.status_code, refused.json()["field"]) == (422, "file")
    assert refused.json()["error"].startswith(sentence)


def test_a_photo_leaves_without_what_the_camera_wrote_into_it(officer: Officer) -> None:
    taken = Image.new("RGB", (90, 60), "#4a8")
    exif = taken.getexif()
    exif[0x0110], exif[0x0112] = "A camera", 6  # its model, and that it must be turned
    made = BytesIO()
    taken.save(made, "JPEG", exif=exif)
    client = officer(ASHA)
    file = client.post("/files", files={"file": ("a.jpg", made.getvalue(), "image/jpeg")}).json()
    with Image.open(BytesIO(client.get(f"/files/{file['sha256']}").content)) as picture:
        assert (picture.size, dict(picture.getexif())) == ((60, 90), {})


def test_an_upload_without_a_file_is_refused(officer: Officer) -> None:
    client = officer(ASHA)
    assert client.post("/files").json()["error"].startswith("No file has come.")
    assert client.post("/files", files={"other": ("a", b"x")}).json()["field"] == "file"


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


# Coming in


def test_without_a_session_nothing_is_told(district: District) -> None:
    refused = httpx.get(f"{district.url}/chat/api/chats", headers={"Accept-Language": "en"})
    assert (refused.status_code, refused.json()["error"]) == (401, "You are signed out. Open your personal link again.")
    assert httpx.get(f"{district.url}/chat/api/me", headers={"Authorization": "Bearer no"}).status_code == 401


def test_a_personal_link_lets_in_and_a_cookies_posts_need_the_pages_mark(district: District) -> None:
    with httpx.Client(base_url=district.url, follow_redirects=True) as browser:
        page = browser.get(f"/chat/p/{district.token(ASHA)}")
        assert page.url.path == "/chat"
        assert "script-src 'self'" in page.headers["content-security-policy"]
        assert page.headers["referrer-policy"] == "no-referrer"
        message = {"id": "a1", "text": "hello"}
        refused = browser.post(f"/chat/api/chats/{PANCHAYAT}/messages", json=message)
        assert refused.status_code == 403
        assert district.echo.taken == []
        mark = page.text.partition('"csrf": "')[2].partition('"')[0]
        assert browser.post(f"/chat/api/chats/{PANCHAYAT}/messages", json=message, headers={"X-CSRF": mark}).is_success

        browser.post("/chat/out", data={"csrf": "forged"})
        assert browser.get("/chat/api/me").status_code == 200
        cookie = browser.cookies[COOKIE]
        browser.post("/chat/out", data={"csrf": mark})
        assert browser.get("/chat/api/me").status_code == 401
        assert httpx.get(f"{district.url}/chat/api/me", cookies={COOKIE: cookie}).status_code == 401


def test_whoever_comes_in_can_be_written_to_before_they_write(district: District) -> None:
    httpx.get(f"{district.url}/chat/p/{district.token(ASHA)}")
    token = district.access.issue_link_now(None, "chat", once=False, ttl=None, petition=7)
    httpx.get(f"{district.url}/chat/p/{token}")

    def known(connection: Connection) -> tuple[Any, Any]:
        person = district.store.directory(connection).person_of("web", f"person:{ASHA}")
        return person and person.id, petitions_of_complainant(connection, "web", "guest:petition-7")

    assert district.store.read_now(known) == (ASHA, (7,))


def test_a_link_that_does_not_work_says_who_gives_another(district: District) -> None:
    page = httpx.get(f"{district.url}/chat/p/unknown", headers={"Accept-Language": "hi"})
    assert page.status_code == 404
    assert "नया लिंक जन मिलन पटल या नोडल अधिकारी से लें" in page.text


def test_a_complainant_has_a_chat_with_the_bot_and_nothing_else(district: District) -> None:
    with httpx.Client(base_url=district.url, follow_redirects=True, headers={"Accept-Language": "hi"}) as browser:
        page = browser.post("/chat/guest")
        me = browser.get("/chat/api/me").json()
        assert (me["guest"], me["name"]) == (True, "शिकायतकर्ता")
        assert set(browser.get("/chat/api/chats").json()["chats"][0]["id"].split(":")[:2]) == {"direct", "guest"}
        mark = page.text.partition('"csrf": "')[2].partition('"')[0]
        own = f"/chat/api/chats/direct:{me['id']}/messages"
        assert browser.post(own, json={"id": "g1", "text": "DPRO-1042-22"}, headers={"X-CSRF": mark}).is_success
    (event,) = district.echo.taken
    assert (event.direct, event.sender.user) == (True, me["id"])


def test_only_a_demo_lets_one_choose_who_one_is(sqlite_database: str, tmp_path: Path) -> None:
    district = District(sqlite_database, tmp_path, demo=False)
    try:
        assert "Asha Verma" not in httpx.get(f"{district.url}/chat", headers={"Accept-Language": "en"}).text
        assert httpx.post(f"{district.url}/chat/enter", data={"person": str(ASHA)}).status_code in (404, 405)
    finally:
        district.close()


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
    described = httpx.get(f"{district.url}/openapi.json").json()
    routes = {path: methods for path, methods in described["paths"].items() if path.startswith("/chat")}
    assert all(path.startswith("/chat/api/") for path in routes)
    assert {"/chat/api/me", "/chat/api/stream", "/chat/api/files", "/chat/api/chats/{chat}/messages"} <= set(routes)
    for path, methods in routes.items():
        for method in methods.values():
            assert method["description"], path
            assert "401" in method["responses"], path
            assert {"HTTPBearer": []} in method["security"], path
