"""Takes the picture that README.md begins with: a morning of the demo district that is played, at 9:50.

    PYTHONPATH=. .venv/bin/python tools/morning_picture.py [FOLDER]

Beside each other the desk's morning page, as a senior has it, and the group of a department on a phone. With a folder
every page of the morning is written there instead, in Hindi and English, as a phone and a desk show it.
"""

import asyncio
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from bot.app import put_together
from bot.cli.place import demo_place
from bot.cli.running import play_past
from core.clock import FastClock, SetClock
from core.people import Role
from core.store.haste import write_in_haste
from core.store.migrate import prepare
from desk.desk import COOKIE, LANGUAGE_COOKIE
from tests.browser import FLAGS, find
from tests.playing_morning import Morning, played_morning

PICTURE = Path(__file__).parents[1] / "docs" / "pictures" / "morning.png"
NINE = datetime(2026, 11, 25, 3, 30, tzinfo=UTC)
"""9:00 in Prayagraj on an office day."""

BEFORE, UNTIL = timedelta(minutes=5), timedelta(minutes=50)
SPEED = 100
DEPARTMENT = "MNRG"
"""The group on the phone: one to which a complaint has come since the last roll-call."""

DESK, PHONE, HEIGHT, BETWEEN = 920, 360, 780, 20
PAPER = "#ffffff"
COLOURS = 224
PAGES = {
    "today": "/morning",
    "day": "/morning/day",
    "month": "/morning/month",
    "department": "/morning/month?department=DPRO",
    "person": "/morning/people/{person}",
}


@dataclass(frozen=True)
class Town:
    """The district at 9:50, and how one comes in. chat: the address of the group, for whoever follows it first."""

    address: str
    desk_cookie: str
    chat: str
    person: int


def main() -> None:
    """Take it, or all of them."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    executable = find()
    if executable is None:
        sys.exit("There is no browser: run `python tests/browser.py`, which installs one.")
    with _at_ten_to_ten() as town, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        if folder is None:
            PICTURE.parent.mkdir(exist_ok=True)
            PICTURE.write_bytes(_beside(_desk(browser, town, "hi", DESK, "/morning"), _phone(browser, town, "hi")))
            return
        folder.mkdir(parents=True, exist_ok=True)
        for language in ("hi", "en"):
            (folder / f"group-{language}-{PHONE}.png").write_bytes(_phone(browser, town, language))
            for name, path in PAGES.items():
                for width in (360, 1200):
                    shot = _desk(browser, town, language, width, path.format(person=town.person), whole=True)
                    (folder / f"{name}-{language}-{width}.png").write_bytes(shot)


@contextmanager
def _at_ten_to_ten() -> Iterator[Town]:
    """The demo district with its past, and this morning played so far; from then on its clock goes slowly."""
    with tempfile.TemporaryDirectory(prefix="janmilan-picture-") as name:
        place = demo_place(Path(name), "127.0.0.1", 0)
        prepare(place.settings.database)
        play_past(place, SetClock(NINE - BEFORE))
        clock = FastClock(NINE - BEFORE, SPEED, NINE + UNTIL)
        running = put_together(place.settings, clock, place.folder, demo=True)
        write_in_haste(running.store.database)
        with played_morning(running, clock) as morning:
            morning.until(NINE + UNTIL, clock)
            yield _town(morning)


def _town(morning: Morning) -> Town:
    access, store = morning.running.access, morning.running.store
    directory = store.read_now(store.directory)
    department = directory.department_id(DEPARTMENT)
    assert department is not None, "the demo district has it"
    group, member = directory.groups_of(department)[0].chat, directory.members(department)[1].id
    token = access.issue_link_now(member, "chat", once=False, ttl=None)
    cookie = asyncio.run(access.enter_as(directory.with_role(Role.SENIOR)[0].id, "desk")).cookie
    return Town(morning.address, cookie, f"{morning.address}/chat/p/{token}#{group}", member)


def _desk(browser: Browser, town: Town, language: str, width: int, path: str, whole: bool = False) -> bytes:
    context = browser.new_context(viewport={"width": width, "height": HEIGHT}, java_script_enabled=False)
    kept = {COOKIE: town.desk_cookie, LANGUAGE_COOKIE: language}
    context.add_cookies([{"name": name, "value": value, "url": town.address} for name, value in kept.items()])
    page = context.new_page()
    page.goto(town.address + path)
    expect(page.locator("h1")).to_be_visible()
    return _shot(page, whole)


def _phone(browser: Browser, town: Town, language: str) -> bytes:
    page = browser.new_context(viewport={"width": PHONE, "height": HEIGHT}).new_page()
    page.goto(f"{town.address}/chat/language/{language}")
    page.goto(town.chat)
    expect(page.locator("li.message").last).to_be_visible()
    page.evaluate("document.activeElement.blur()")
    page.wait_for_function("[...document.images].every((each) => each.complete)")
    return _shot(page, whole=False)


def _shot(page: Page, whole: bool) -> bytes:
    page.evaluate("document.fonts.ready")
    shot = page.screenshot(full_page=whole)
    page.context.close()
    return shot


def _beside(desk: bytes, phone: bytes) -> bytes:
    """Both on one sheet. Few colours are enough for pages, and a third of the bytes."""
    sheet = Image.new("RGB", (DESK + BETWEEN + PHONE, HEIGHT), PAPER)
    sheet.paste(Image.open(BytesIO(desk)), (0, 0))
    sheet.paste(Image.open(BytesIO(phone)), (DESK + BETWEEN, 0))
    written = BytesIO()
    sheet.quantize(colors=COLOURS, dither=Image.Dither.NONE).save(written, "PNG", optimize=True)
    return written.getvalue()


if __name__ == "__main__":
    main()
