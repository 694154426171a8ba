"""Who is let into the web chat, by what, and what they find; on both databases."""

from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import Connection

from bot.adapters.webchat.reader import COOKIE
from core.store.queries.petitions import petitions_of_complainant
from tests.adapters.webchat.district import (
    ASHA,
    PANCHAYAT,
    District,
)


@pytest.fixture
def district_database(database_url: str) -> str:
    """Each test once on each kind of database."""
    return database_url


def test_without_a_session_nothing_is_told(district: District) -> None:
    refused = httpx.get(f"{district.url}/chat/api/chats", headers={"Accept-Language": "en"}, timeout=60)
    assert (refused.status_code, refused.json()["error"]) == (401, "You are signed out. Open your personal link again.")
    assert (
        httpx.get(f"{district.url}/chat/api/me", headers={"Authorization": "Bearer no"}, timeout=60).status_code == 401
    )


def test_a_personal_link_lets_in_and_a_cookies_posts_need_the_pages_mark(district: District) -> None:
    with httpx.Client(base_url=district.url, follow_redirects=True, timeout=60) as browser:
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
        assert httpx.get(f"{district.url}/chat/api/me", cookies={COOKIE: cookie}, timeout=60).status_code == 401


def test_whoever_comes_in_can_be_written_to_before_they_write(district: District) -> None:
    httpx.get(f"{district.url}/chat/p/{district.token(ASHA)}", timeout=60)
    token = district.access.issue_link_now(None, "chat", once=False, ttl=None, petition=7)
    httpx.get(f"{district.url}/chat/p/{token}", timeout=60)

    def known(connection: Connection) -> tuple[Any, Any]:
        person = district.store.directory(connection).person_of("web", f"person:{ASHA}")
        return person and person.id, petitions_of_complainant(connection.execute, "web", "guest:petition-7")

    assert district.store.read_now(known) == (ASHA, (7,))


def test_a_link_that_does_not_work_says_who_gives_another(district: District) -> None:
    page = httpx.get(f"{district.url}/chat/p/unknown", headers={"Accept-Language": "hi"}, timeout=60)
    assert page.status_code == 404
    assert "नया लिंक जन मिलन पटल या नोडल अधिकारी से लें" in page.text


def test_a_complainant_has_a_chat_with_the_bot_and_nothing_else(district: District) -> None:
    with httpx.Client(
        base_url=district.url, follow_redirects=True, headers={"Accept-Language": "hi"}, timeout=60
    ) as browser:
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
        assert "Asha Verma" not in httpx.get(f"{district.url}/chat", headers={"Accept-Language": "en"}, timeout=60).text
        assert httpx.post(f"{district.url}/chat/enter", data={"person": str(ASHA)}, timeout=60).status_code in (
            404,
            405,
        )
    finally:
        district.close()


def test_who_comes_in_for_the_first_time_starts_the_chat_with_the_bot_once(district: District) -> None:
    for _ in range(2):
        with httpx.Client(base_url=district.url, follow_redirects=True, timeout=60) as browser:
            browser.get(f"/chat/p/{district.token(ASHA)}").raise_for_status()
    (started,) = district.echo.started
    assert started.direct
    assert started.address == district.address(f"direct:person:{ASHA}")
