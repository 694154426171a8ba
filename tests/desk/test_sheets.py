"""Sheets for print: each card has a frame to cut along, and what stands in a card has none."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

STYLE = Path(__file__).parents[2] / "desk/static/people.css"
CARD = '<ul class="sheet"><li class="card"><div class="qr"></div><div><ol><li class="line">1</li></ol></div></li></ul>'


@pytest.mark.parametrize(("what", "style"), [(".card", "dashed"), (".line", "none")])
def test_only_cards_are_framed(page: Page, what: str, style: str) -> None:
    page.set_content(CARD)
    page.add_style_tag(path=STYLE)
    page.emulate_media(media="print")
    assert page.locator(what).evaluate("each => getComputedStyle(each).borderTopStyle") == style
