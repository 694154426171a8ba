"""Every page in both languages, on a phone and on a desk: fits, can be touched and named, and asks nobody outside."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from core.commands import Acknowledge, Solve
from desk.app import HEADERS
from tests.desk.serving import Served, serving
from tests.district import DRAIN
from tests.pages import Faults

Visit = Callable[..., Page]
WIDE = """[...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1
  && !e.closest("pre, table, .unseen, .skip")).map(e => e.outerHTML.slice(0, 80))"""
TOUCHED = ".button, button, select, summary, input:not([type=hidden]), nav a"
SMALL = f"""[...document.querySelectorAll("{TOUCHED}")].filter(e => {{
  const box = (e.closest("label") || e).getBoundingClientRect();
  return box.width && !e.classList.contains("unseen") && box.height < 44; }}).map(e => e.outerHTML.slice(0, 80))"""
NAMELESS = """[...document.querySelectorAll("input:not([type=hidden]), select, textarea")].filter(e =>
  !e.labels.length && !e.ariaLabel).map(e => e.outerHTML.slice(0, 80))"""
ROWS = """new Set([...document.querySelectorAll(".brand, .nav a, .me button")].map(each => {
  const box = each.getBoundingClientRect(); return Math.round((box.top + box.bottom) / 2 / 24); })).size"""
TWICE = """[...document.querySelectorAll("[id]")].map(e => e.id).filter((id, at, all) => all.indexOf(id) !== at)"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A desk with complaints in several states."""
    folder = tmp_path_factory.mktemp("desk")
    with serving(f"sqlite:///{folder / 'janmilan.db'}", folder, demo=True) as desk:
        first, _second = desk.district.register("DPRO C", "JNR A", words=DRAIN * 4)
        desk.district.do(Acknowledge(first.code), "sunita")
        desk.district.do(Solve(first.code, "नाली की मरम्मत कराई, पानी निकल गया"), "sunita")
        desk.district.register("BDO B", confidential=True, waiting=True)
        yield desk


PAGES = {
    "board": ("senior", "/?department=DPRO&state=solved"),
    "intake": ("operator", "/intake"),
    "receipt": ("operator", "/intake/receipt/1"),
    "complaint": ("senior", "/c/DPRO-1001-48"),
    "open complaint": ("operator", "/c/JNR-1001-43"),
    "people": ("nodal", "/people"),
    "sign in": (None, "/sign-in"),
    "link": (None, "/enter/abc"),
    "lost": ("senior", "/c/DPRO-1001-49"),
    "refused": ("auditor", "/intake"),
    "api": ("operator", "/api"),
}


@pytest.mark.parametrize("language", ["hi", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_fits_and_can_be_used(
    served: Served, visit: Visit, page_faults: Faults, name: str, language: str
) -> None:
    page_faults.expect("status of 40")
    who, address = PAGES[name]
    page = visit(width=360, storage_state=served.state(who) if who else None)
    page.goto(f"{served.url}/people" if who else f"{served.url}/sign-in")
    if language == "en":
        page.get_by_role("button", name="English").click()
        expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto(served.url + address)
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("h1")).to_have_count(1)
    for width in (360, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.evaluate(WIDE)
        assert page.evaluate(SMALL) == []
    assert page.evaluate(NAMELESS) == []
    assert page.evaluate(TWICE) == []
    text = page.inner_text("body")
    assert not re.search("[०-९]", text), "digits are Latin in both languages (research pitfall K45)"
    assert "None" not in text


@pytest.mark.parametrize("who", ["senior", "operator", "administrator"])
def test_the_links_stand_in_one_row_on_a_desk_and_in_one_of_their_own_on_a_tablet(
    served: Served, visit: Visit, who: str
) -> None:
    page = visit(width=1200, storage_state=served.state(who))
    page.goto(f"{served.url}/people")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    for width, rows in ((1440, 1), (1200, 1), (1000, 2), (800, 2)):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(ROWS) == rows, width


def test_the_skip_link_is_the_first_stop_and_leads_to_the_content(served: Served, visit: Visit) -> None:
    page = visit(storage_state=served.state("senior"))
    page.goto(f"{served.url}/people")
    page.keyboard.press("Tab")
    skip = page.get_by_text("सीधे मुख्य भाग पर जाएँ")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()


@pytest.mark.parametrize("address", ["/sign-in", "/static/desk.css", "/api", "/no/such/page"])
def test_every_answer_forbids_what_is_not_its_own(served: Served, address: str) -> None:
    headers = httpx.get(served.url + address, timeout=60).headers
    assert {name: headers[name] for name in HEADERS} == HEADERS
    assert "unsafe" not in HEADERS["Content-Security-Policy"]


def test_templates_hold_no_inline_script_or_style() -> None:
    templates = list((Path(__file__).parents[2] / "desk/templates").rglob("*.html"))
    assert len(templates) > 30
    inline = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:")
    assert [path.name for path in templates if inline.search(path.read_text(encoding="utf-8"))] == []
