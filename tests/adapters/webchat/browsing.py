"""What tests in a browser do with the messenger again and again."""

from collections.abc import Callable
from io import BytesIO

from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page, expect

from bot.messages import Button, Say
from tests.adapters.webchat.district import ASHA, CARD, PANCHAYAT, District

Visit = Callable[..., Page]
PHONE, DESKTOP = 360, 1440
ORIENTATION = 0x0112


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


def card(district: District, chat: str = PANCHAYAT) -> str:
    """The bot posts a card with three buttons; returns its id."""
    buttons = ((Button("ज़िम्मा लिया", "acknowledge:complaint:7"), Button("निस्तारित", "solve:complaint:7")),)
    say = Say(key="card", address=district.address(chat), text=CARD, buttons=buttons)
    return district.run(district.adapter.say(say))


def photo(name: str = "नाली.jpg", width: int = 1200, height: int = 900, turned: int = 1) -> FilePayload:
    """A photo as a phone's camera gives one; `turned` as EXIF says how the camera was held."""
    made, exif = BytesIO(), Image.Exif()
    exif[ORIENTATION] = turned
    Image.effect_noise((width, height), 40).convert("RGB").save(made, "JPEG", exif=exif)
    return {"name": name, "mimeType": "image/jpeg", "buffer": made.getvalue()}


def open_sheet(page: Page, item: Locator) -> Locator:
    """Open the sheet of a message; returns it."""
    item.hover()
    item.locator(".more").click()
    expect(page.locator("#message-sheet")).to_be_visible()
    return page.locator("#message-sheet")
