"""The messenger in a browser, as a person uses it."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.adapters.webchat.district import ASHA, PANCHAYAT, District

Visit = Callable[..., Page]
PHONE, DESKTOP = 360, 1440


def come_in(page: Page, district: District, person: int = ASHA, chat: str | None = PANCHAYAT) -> Page:
    """Follow the person's personal link, and open a chat."""
    page.goto(f"{district.url}/chat/p/{district.token(person)}")
    expect(page.locator(".chat-row").first).to_be_visible()
    if chat is not None:
        page.locator(f'.chat-row[href="#{chat}"]').click()
        expect(page.locator("#words")).to_be_visible()
    return page


def write(page: Page, text: str) -> None:
    """Type a message and send it by Enter."""
    page.locator("#words").fill(text)
    page.locator("#words").press("Enter")


def message(page: Page, text: str) -> Locator:
    """The message with these words."""
    return page.locator("li.message", has=page.locator(".text", has_text=text))
