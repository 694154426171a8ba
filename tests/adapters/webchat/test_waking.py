"""Browsers are woken by a push service, which learns nothing; the chat as an app that may be without a connection."""

import json
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from threading import Thread
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from PIL import Image
from playwright.sync_api import Page, expect

from bot.adapters.webchat import PushSettings
from bot.adapters.webchat.reader import COOKIE
from tests.adapters.webchat.browsing import PHONE, Visit, come_in
from tests.adapters.webchat.district import ADMINISTRATION, ASHA, IMRAN, PANCHAYAT, District
from tests.adapters.webchat.talk import Officer, posted
from tests.pages import Faults

CONTACT = "https://janmilan.example"


class PushService(ThreadingHTTPServer):
    """A push service on this machine that checks what it is told and keeps it, as RFC 8030 and RFC 8292 have it."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.pushes: list[tuple[str, str]] = []
        self.gone: set[str] = set()

    @property
    def origin(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.server_port}"


class _Answers(BaseHTTPRequestHandler):
    server: PushService

    def do_POST(self) -> None:
        token, key = (
            part.partition("=")[2] for part in self.headers["Authorization"].removeprefix("vapid ").split(", ")
        )
        proved = _proved(token, key)
        if proved["aud"] != self.server.origin or proved["sub"] != CONTACT or int(self.headers["TTL"]) <= 0:
            self.send_response(403)
        elif self.path in self.server.gone:
            self.send_response(410)
        else:
            self.server.pushes.append((self.path, self.rfile.read(int(self.headers["Content-Length"])).decode()))
            self.send_response(201)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


def _proved(token: str, key: str) -> dict[str, Any]:
    """The claims of a signed token. Raises InvalidSignature."""
    said, _, signature = token.rpartition(".")
    r_s = _decoded(signature)
    r, s = int.from_bytes(r_s[:32], "big"), int.from_bytes(r_s[32:], "big")
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _decoded(key))
    public.verify(encode_dss_signature(r, s), said.encode(), ec.ECDSA(hashes.SHA256()))
    claims: dict[str, Any] = json.loads(_decoded(said.partition(".")[2]))
    return claims


def _decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@pytest.fixture
def service() -> Iterator[PushService]:
    """A push service."""
    service = PushService()
    running = Thread(target=service.serve_forever, kwargs={"poll_interval": 0.05})
    running.start()
    yield service
    service.shutdown()
    running.join()
    service.server_close()


@pytest.fixture
def pushing(district: District, service: PushService) -> District:
    """The district, with that push service and no other."""
    district.stop()
    district.push = PushSettings(CONTACT, (service.origin,))
    district.start()
    return district


@contextmanager
def signed_in(district: District, person: int) -> Iterator[httpx.Client]:
    """A browser of this person, which sends the page's mark."""
    with httpx.Client(base_url=f"{district.url}/chat/api", headers={"Accept-Language": "en"}, timeout=30) as browser:
        page = browser.get(f"{district.url}/chat/p/{district.token(person)}", follow_redirects=True)
        browser.headers["X-CSRF"] = page.text.partition('"csrf": "')[2].partition('"')[0]
        yield browser


def test_everybody_elses_browsers_are_woken_and_the_push_says_nothing(
    pushing: District, service: PushService, officer: Officer
) -> None:
    with signed_in(pushing, ASHA) as asha, signed_in(pushing, IMRAN) as imran:
        for client, path in ((asha, "/a"), (imran, "/i")):
            assert client.post("/devices", json={"endpoint": service.origin + path}).is_success
        pushing.say(ADMINISTRATION, "Asha is in this one, Imran is not", "k1")
        pushing.until(lambda: len(service.pushes) == 1)
        pushing.echo.refusing = True  # so that the bot does not answer
        posted(officer(IMRAN), PANCHAYAT, "i1", "secret")
        pushing.until(lambda: len(service.pushes) == 2)
        pushing.say(PANCHAYAT, "secret", "k2")
        pushing.until(lambda: len(service.pushes) == 4)
        assert [path for path, _ in service.pushes[:2]] == ["/a", "/a"], "nobody is woken by what they wrote"
        assert {path for path, _ in service.pushes[2:]} == {"/a", "/i"}
        assert {body for _, body in service.pushes} == {""}
        assert asha.get("/notice").json() == {
            "title": "Jan Milan",
            "body": "Panchayati Raj: 2 new messages",
            "chat": PANCHAYAT,
        }


def test_a_browser_that_has_signed_out_or_is_gone_is_woken_no_more(pushing: District, service: PushService) -> None:
    with signed_in(pushing, ASHA) as asha, signed_in(pushing, ASHA) as other, signed_in(pushing, IMRAN) as imran:
        for client, path in ((asha, "/out"), (other, "/gone"), (imran, "/off"), (imran, "/there")):
            client.post("/devices", json={"endpoint": service.origin + path}).raise_for_status()
        service.gone.add("/gone")
        pushing.end_session(asha.cookies[COOKIE])
        imran.request("DELETE", "/devices", json={"endpoint": f"{service.origin}/off"})
        pushing.say(PANCHAYAT, "one", "k1")
        pushing.until(lambda: len(service.pushes) == 1)
        service.gone.clear()
        pushing.say(PANCHAYAT, "two", "k2")
        pushing.until(lambda: len(service.pushes) == 2)
        assert [path for path, _ in service.pushes] == ["/there", "/there"]


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://127.0.0.1:1/x",
        "https://localhost/x",
        "https://fcm.googleapis.com.evil.example/x",
        "http://fcm.googleapis.com/x",
        "https://fcm.googleapis.com:8443/x",
        "x",
    ],
)
def test_nothing_but_a_push_service_is_ever_called(endpoint: str) -> None:
    settings = PushSettings(CONTACT)
    assert settings.know("https://fcm.googleapis.com/fcm/send/abc")
    assert settings.know("https://web.push.apple.com/abc")
    assert not settings.know(endpoint)


def test_an_address_elsewhere_and_an_office_without_push_are_refused(pushing: District, officer: Officer) -> None:
    with signed_in(pushing, ASHA) as asha:
        refused = asha.post("/devices", json={"endpoint": "http://127.0.0.1:1/internal"})
        assert (refused.status_code, refused.json()["field"]) == (422, "endpoint")
        pushing.push = None
        pushing.stop()
        pushing.start()
        assert asha.post("/devices", json={"endpoint": "https://fcm.googleapis.com/x"}).status_code == 422


# The app


def test_the_chat_can_be_installed(district: District) -> None:
    page = httpx.get(f"{district.url}/chat", headers={"Accept-Language": "hi"}).text
    manifest = httpx.get(f"{district.url}/chat/manifest/hi").json()
    assert '<link rel="manifest" href="/chat/manifest/hi">' in page
    assert (manifest["name"], manifest["start_url"], manifest["display"]) == ("जन मिलन", "/chat", "standalone")
    for told in manifest["icons"]:
        with Image.open(BytesIO(httpx.get(district.url + told["src"]).content)) as icon:
            assert f"{icon.width}x{icon.height}" == told["sizes"]
    assert httpx.get(f"{district.url}/chat/icons/other.png").status_code == 404


def test_a_files_address_changes_with_its_content_and_is_kept(district: District) -> None:
    page = httpx.get(f"{district.url}/chat").text
    address = page.partition('href="')[2]
    sheet = next(part for part in address.split('"') if part.endswith("base.css"))
    assert "immutable" in httpx.get(district.url + sheet).headers["cache-control"]
    other = httpx.get(f"{district.url}/chat/static/0000/base.css")
    assert (other.status_code, other.headers["cache-control"]) == (200, "no-cache")
    worker = httpx.get(f"{district.url}/chat/worker.js")
    assert worker.headers["service-worker-allowed"] == "/chat"
    assert sheet in worker.text


def test_without_the_office_the_app_says_so_and_comes_back(
    district: District, visit: Visit, page_faults: Faults
) -> None:
    for words in ("ERR_CONNECTION_REFUSED", "ERR_INCOMPLETE_CHUNKED_ENCODING", "Failed to load resource"):
        page_faults.expect(words)
    page = come_in(visit(width=PHONE, service_workers="allow"), district)
    page.wait_for_function("navigator.serviceWorker.ready.then(there => there.active.state === 'activated')")
    district.stop()
    page.reload()
    expect(page.get_by_role("heading", name="कार्यालय से कनेक्शन नहीं है")).to_be_visible()
    expect(page.get_by_role("heading", name="No connection to the office")).to_be_visible()
    district.start()
    page.get_by_role("link", name="फिर कोशिश करें").click()
    expect(page.locator(".chat-row").first).to_be_visible()


def test_a_push_becomes_a_notice_that_names_the_chat_alone(district: District, visit: Visit) -> None:
    page = come_in(visit(service_workers="allow", permissions=["notifications"]), district)
    page.wait_for_function("navigator.serviceWorker.ready.then(there => there.active.state === 'activated')")
    worker = page.context.service_workers[0]
    district.say(ADMINISTRATION, "DPRO-1042-22 सावित्री देवी", "k1")
    expect(page.locator(".unread")).to_be_visible()
    page.goto("about:blank")
    worker.evaluate("self.dispatchEvent(new PushEvent('push'))")
    district.until(lambda: bool(_notices(worker)))
    assert _notices(worker) == [["जन मिलन", "प्रशासन ग्रुप: 1 नया संदेश", ADMINISTRATION]]


def _notices(worker: Any) -> Any:
    shown = "registration.getNotifications().then(all => all.map(each => [each.title, each.body, each.tag]))"
    return worker.evaluate(shown)


def test_notices_are_a_setting_and_sound_too(district: District, page: Page) -> None:
    come_in(page, district)
    page.get_by_role("button", name="सेटिंग").click()
    sheet = page.locator("#settings-sheet")
    expect(sheet.get_by_label("आवाज़")).to_be_checked()
    sheet.get_by_label("आवाज़").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.get_by_role("button", name="सेटिंग").click()
    expect(sheet.get_by_label("आवाज़")).not_to_be_checked()
    sheet.get_by_role("button", name="साइन आउट").click()
    expect(page.get_by_role("button", name="अपनी शिकायत के बारे में पूछें")).to_be_visible()
