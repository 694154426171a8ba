"""The morning in a real browser: who writes is here the next moment, and on a phone nothing runs out of the page."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from core.presence_commands import TakeOffline
from tests.desk.mornings import at, morning_desk, report_day, see
from tests.desk.serving import Served
from tests.district import PEOPLE

Visit = Callable[..., Page]


@pytest.fixture
def desk(sqlite_database: str, tmp_path: Path) -> Iterator[Served]:
    """The desk at 10:00 of a morning."""
    with morning_desk(sqlite_database, tmp_path) as served:
        yield served


def test_whoever_is_seen_leaves_the_list_of_the_missing(desk: Served, visit: Visit) -> None:
    page = visit(storage_state=desk.state("senior"))
    page.goto(f"{desk.url}/morning")
    expect(page.locator("#live")).to_have_attribute("data-connected", "yes")
    ramesh = page.locator(f"#person-{PEOPLE['ramesh']}")
    expect(ramesh).to_be_visible()
    expect(page.locator("#row-BDO .share")).to_have_text("0/1")
    page.locator("#q").fill("रमे")
    see(desk.district, "ramesh", at(9, 59))
    expect(ramesh).to_have_count(0)
    expect(page.locator("#row-BDO .share")).to_have_text("1/1")
    expect(page.locator("#q")).to_have_value("रमे")
    desk.district.do(TakeOffline(PEOPLE["vimla"], "बिना सूचना"), "senior")
    desk.district.clock.set(at(11, 0))
    report_day(desk.district)
    expect(page.locator("#clock")).to_have_text("सुबह 11:00")
    expect(page.locator("#tile-absent")).to_have_count(0)
    expect(page.locator("#tile-partial .count")).to_contain_text("3")


@pytest.mark.parametrize("language", ["hi", "en"])
def test_it_fits_a_phone(desk: Served, visit: Visit, language: str) -> None:
    desk.district.clock.set(at(11, 1))
    report_day(desk.district)
    client = desk.client("senior", language)
    cookie = {
        "name": "janmilan_desk",
        "value": client.http.cookies["janmilan_desk"],
        "domain": "127.0.0.1",
        "path": "/",
    }
    page = visit(width=360, height=800)
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    for path in ("", "/day?day=25-11-2026", "/month?department=DPRO", f"/people/{PEOPLE['ramesh']}"):
        page.goto(f"{desk.url}/morning{path}")
        expect(page.locator("h1")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == 360, path
