"""Takes the picture that README.md begins with: the desk's morning page of the demo district at 9:50.

    PYTHONPATH=. .venv/bin/python tools/morning_picture.py [FOLDER]

Without a folder docs/pictures/morning.png is taken anew. With one it writes every page of the morning there, in Hindi
and English, as a phone and a desk show it, to be looked at.
"""

import asyncio
import socket
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import uvicorn
from PIL import Image
from playwright.sync_api import Browser, expect, sync_playwright

from core.access import Access
from core.attachments import Attachments
from core.clock import SetClock
from core.demo.district import make_district
from core.demo.mornings import close_mornings, play_morning
from core.office import Office, Silence
from core.people import Role
from core.receiving import note_receiving
from core.settings import Settings
from core.store.migrate import prepare
from core.store.store import Store
from core.store.work import Work
from desk.app import make_desk
from desk.desk import COOKIE, LANGUAGE_COOKIE
from tests.browser import FLAGS, find

PICTURE = Path(__file__).parents[1] / "docs" / "pictures" / "morning.png"
NOW = datetime(2026, 11, 25, 4, 20, tzinfo=UTC)
"""9:50 in Prayagraj on an office day."""

PAST_DAYS = 24
PAGES = {
    "today": "/morning",
    "day": "/morning/day",
    "month": "/morning/month",
    "department": "/morning/month?department=DPRO",
    "person": "/morning/people/{person}",
}


def main() -> None:
    """Take it, or all of them."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    executable = find()
    if executable is None:
        sys.exit("There is no browser: run `python tests/browser.py`, which installs one.")
    with _district() as (address, cookie, person), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        if folder is None:
            PICTURE.parent.mkdir(exist_ok=True)
            PICTURE.write_bytes(_small(_shot(browser, address, cookie, "en", 1200, "/morning", whole=False)))
            return
        folder.mkdir(parents=True, exist_ok=True)
        for name, path in PAGES.items():
            for language in ("hi", "en"):
                for width in (360, 1200):
                    shot = _shot(browser, address, cookie, language, width, path.format(person=person), whole=True)
                    (folder / f"{name}-{language}-{width}.png").write_bytes(shot)


@contextmanager
def _district() -> Iterator[tuple[str, str, int]]:
    """The demo district with its past mornings and half of this one; its address, a senior's cookie, an officer."""
    with tempfile.TemporaryDirectory(prefix="janmilan-picture-") as name:
        url, clock = f"sqlite:///{name}/demo.db", SetClock(NOW - timedelta(days=PAST_DAYS + 1))
        prepare(url)
        store = Store.open(url, clock)
        office = Office(store, Settings(), clock, Silence())
        make_district(office)
        since = NOW - timedelta(days=60)
        today = NOW.date()
        for day in (today - timedelta(days=back) for back in range(PAST_DAYS, -1, -1)):
            _play(office, clock, day, since)
        access = Access(store, clock)
        app = make_desk(office, store, access, Settings(), clock, Attachments(Path(name) / "files", store, 2**20))
        directory = store.read_now(store.directory)
        senior = directory.with_role(Role.SENIOR)[0].id
        department = directory.department_id("DPRO")
        assert department is not None, "the demo district has it"
        cookie = asyncio.run(access.enter_as(senior, "desk")).cookie
        with _serving(app) as address:
            yield address, cookie, directory.members(department)[1].id
        store.close()


def _play(office: Office, clock: SetClock, day: date, since: datetime) -> None:
    """A morning as the demo's past has it, reported when its window is over."""
    over = NOW.replace(year=day.year, month=day.month, day=day.day) + timedelta(hours=2)
    clock.set(min(over, NOW))
    office.store.do_now(Work(lambda unit: note_receiving(unit, {"web": since})))
    play_morning(office, day, clock.now())
    if over <= NOW:
        close_mornings(office)


@contextmanager
def _serving(app: object) -> Iterator[str]:
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off", timeout_graceful_shutdown=1))  # type: ignore[arg-type]
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


def _shot(browser: Browser, address: str, cookie: str, language: str, width: int, path: str, whole: bool) -> bytes:
    context = browser.new_context(viewport={"width": width, "height": 860}, java_script_enabled=False)
    kept = {COOKIE: cookie, LANGUAGE_COOKIE: language}
    context.add_cookies([{"name": name, "value": value, "url": address} for name, value in kept.items()])
    page = context.new_page()
    page.goto(address + path)
    expect(page.locator("h1")).to_be_visible()
    shot = page.screenshot(full_page=whole)
    context.close()
    return shot


def _small(png: bytes) -> bytes:
    """Few colours are enough for a page, and a third of the bytes."""
    written = BytesIO()
    picture = Image.open(BytesIO(png)).convert("RGB")
    picture.quantize(colors=64, dither=Image.Dither.NONE).save(written, "PNG", optimize=True)
    return written.getvalue()


if __name__ == "__main__":
    main()
