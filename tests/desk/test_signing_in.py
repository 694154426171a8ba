"""Coming in and going out: once-links, the claim, the language, and forms that are not one's own."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from core.people import Role
from desk.desk import COOKIE
from desk.signing_in.routes import inside
from tests.desk.serving import Served, serving
from tests.district import PEOPLE


@pytest.fixture
def stranger(served: Served) -> Iterator[httpx.Client]:
    """Somebody whom nobody knows."""
    with httpx.Client(base_url=served.url, follow_redirects=True, timeout=60) as client:
        yield client


def test_a_stranger_is_asked_to_sign_in_and_comes_back_to_the_page(stranger: httpx.Client) -> None:
    answer = stranger.get("/c/DPRO-1001-48")
    assert answer.url.path == "/sign-in"
    assert answer.url.params["back"] == "/c/DPRO-1001-48"
    assert "चुनें कि आप कौन हैं" not in answer.text, "only the demo district lets one choose"
    assert stranger.post("/sign-in", data={"person": "1"}).status_code == 404


def test_a_link_needs_a_press_and_works_once(served: Served, stranger: httpx.Client) -> None:
    token = served.access.issue_link_now(PEOPLE["senior"], "desk", once=True, ttl=timedelta(hours=1))
    for _ in range(3):
        assert "यह लिंक एक ही व्यक्ति का है" in stranger.get(f"/enter/{token}").text, "a chat's preview uses nothing up"
    entered = stranger.post(f"/enter/{token}")
    assert entered.url.path == "/"
    assert "एडीएम (नगर)" in entered.text
    with httpx.Client(base_url=served.url, follow_redirects=True, timeout=60) as second:
        late = second.post(f"/enter/{token}")
        assert "यह लिंक अब नहीं चलता।" in late.text
        assert "नया लिंक नोडल अधिकारी से लें" in late.text
        assert COOKIE not in second.cookies


def test_the_language_chosen_before_signing_in_stays(served: Served, stranger: httpx.Client) -> None:
    assert "Sign in" in stranger.post("/language", data={"to": "en", "back": "/sign-in"}).text
    token = served.access.issue_link_now(PEOPLE["senior"], "desk", once=True, ttl=None)
    assert "ADM (City)" in stranger.post(f"/enter/{token}").text


def test_the_cookie_is_kept_from_scripts_and_from_other_sites(served: Served) -> None:
    token = served.access.issue_link_now(PEOPLE["senior"], "desk", once=True, ttl=None)
    cookie = httpx.post(f"{served.url}/enter/{token}", timeout=60).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie


def test_the_claim_makes_the_administrator(served: Served, stranger: httpx.Client) -> None:
    token = served.access.issue_link_now(None, "claim", once=True, ttl=timedelta(hours=1))
    assert "अपना नाम लिखें।" in stranger.post(f"/claim/{token}", data={"name_hi": " "}).text
    claimed = stranger.post(f"/claim/{token}", data={"name_hi": "मीरा सिंह", "name_en": "Meera Singh"})
    assert claimed.url.path == "/people"
    assert "मीरा सिंह" in claimed.text
    directory = served.district.store.read_now(served.district.store.directory)
    assert "मीरा सिंह" in [each.name_hi for each in directory.with_role(Role.ADMINISTRATOR)]
    assert "यह लिंक अब नहीं चलता।" in stranger.get(f"/claim/{token}").text


def test_signing_out_ends_the_session_on_the_server(served: Served) -> None:
    person = served.client("senior")
    cookie = person.http.cookies[COOKIE]
    assert person.send("/", "/sign-out").url.path == "/sign-in"
    with httpx.Client(base_url=served.url, cookies={COOKIE: cookie}, timeout=60) as thief:
        assert thief.get("/").status_code == 303


def test_a_form_that_comes_after_the_session_says_what_to_do(served: Served) -> None:
    person = served.client("operator")
    marks = person.marks("/intake")
    person.send("/", "/sign-out")
    late = person.post("/intake/register", marks | {"name": "सावित्री देवी"})
    assert late.status_code == 401
    assert "Nothing was changed. Sign in, then go back" in late.text


def test_the_language_is_chosen_on_every_page_and_stays(served: Served) -> None:
    person = served.client("senior", language="hi")
    assert '<html lang="hi">' in person.open("/").text
    english = person.send("/people", "/language", to="en", back="/people")
    assert english.url.path == "/people"
    assert '<html lang="en">' in english.text
    assert "Departments and people" in english.text
    person.send("/", "/sign-out")
    assert '<html lang="en">' in person.open("/sign-in").text


def test_a_form_of_another_site_is_not_taken(served: Served) -> None:
    token = served.access.issue_link_now(PEOPLE["senior"], "desk", once=True, ttl=None)
    answer = httpx.post(f"{served.url}/enter/{token}", headers={"Origin": "https://elsewhere.example"}, timeout=60)
    assert answer.status_code == 403
    assert COOKIE not in answer.cookies


@pytest.mark.parametrize(
    ("address", "to"),
    [
        ("/c/DPRO-1001-48?x=1", "/c/DPRO-1001-48?x=1"),
        ("https://elsewhere.example", "/"),
        ("//elsewhere.example", "/"),
        ("/\\elsewhere.example", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_signing_in_never_leads_out_of_the_desk(address: str, to: str) -> None:
    assert inside(address) == to


def test_in_the_demo_district_one_chooses_who_one_is(sqlite_database: str, tmp_path: Path) -> None:
    with (
        serving(sqlite_database, tmp_path, demo=True) as served,
        httpx.Client(base_url=served.url, follow_redirects=True, timeout=60) as visitor,
    ):
        found = visitor.get("/sign-in", params={"search": "वर्मा DPRO"}).text
        assert "सुनीता वर्मा" in found
        assert "रमेश पाल" not in found
        for role in ("वरिष्ठ अधिकारी", "senior officer"):
            found = visitor.get("/sign-in", params={"search": role}).text
            assert f'value="{PEOPLE["senior"]}"' in found
            assert f'value="{PEOPLE["sunita"]}"' not in found
        entered = visitor.post("/sign-in", data={"person": str(PEOPLE["sunita"]), "back": "/people"})
        assert entered.url.path == "/people"
        assert "सुनीता वर्मा" in entered.text
