"""Commands offered while somebody writes one: by keyboard and by touch, by their Hindi names too."""

import httpx
import pytest
from playwright.sync_api import Page, expect

from bot.messages import MenuItem, PersonalMenu
from tests.adapters.webchat.browsing import DESKTOP, PHONE, Visit, come_in, message
from tests.adapters.webchat.district import ASHA, IMRAN, District

ITEMS = (
    MenuItem("list", ("सूची",), "खुली शिकायतें"),
    MenuItem("overdue", ("देरी", "विलंबित"), "समय-सीमा के बाद"),
    MenuItem("language", ("भाषा",), "हिन्दी या English"),
)


def offer(district: District, person: int, items: tuple[MenuItem, ...]) -> None:
    """The bot sets somebody's menu."""
    chat = district.adapter.direct_chat(f"person:{person}")
    district.run(district.adapter.menu(PersonalMenu(key="menu", address=district.address(chat), items=items)))


def test_each_person_has_their_own_menu_and_the_latest_counts(district: District) -> None:
    offer(district, IMRAN, ITEMS[:1])
    offer(district, ASHA, ITEMS[:1])
    offer(district, ASHA, ITEMS[1:])

    def names(person: int) -> list[str]:
        headers = {"Authorization": f"Bearer {district.token(person)}"}
        answer = httpx.get(f"{district.url}/chat/api/menu", headers=headers, timeout=60)
        return [each["name"] for each in answer.json()["commands"]]

    assert (names(ASHA), names(IMRAN)) == (["overdue", "language"], ["list"])


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_command_is_chosen_by_the_arrows_and_sent_by_enter(district: District, visit: Visit, width: int) -> None:
    offer(district, ASHA, ITEMS)
    page = come_in(visit(width=width), district)
    field, offered = page.locator("#words"), page.locator("#commands")
    field.press_sequentially("/")
    expect(offered.locator(".command")).to_have_count(3)
    expect(offered.locator(".command").first).to_contain_text("/list")
    expect(offered.locator(".command").first).to_contain_text("/सूची")
    expect(offered.locator('[aria-selected="true"]')).to_contain_text("खुली शिकायतें")
    field.press("ArrowDown")
    expect(offered.locator('[aria-selected="true"]')).to_contain_text("/overdue")
    field.press("Enter")
    expect(field).to_have_value("/overdue ")
    expect(offered).to_be_hidden()
    field.press("Enter")
    expect(message(page, "/overdue").first).to_be_visible()


def test_a_hindi_name_is_found_and_taken_by_touch(district: District, visit: Visit) -> None:
    offer(district, ASHA, ITEMS)
    page = come_in(visit(width=PHONE, has_touch=True), district)
    page.locator("#words").press_sequentially("/वि")
    page.locator(".command").tap()
    expect(page.locator("#words")).to_have_value("/विलंबित ")


def test_a_whole_command_goes_by_one_enter_and_other_words_offer_nothing(district: District, page: Page) -> None:
    offer(district, ASHA, ITEMS)
    come_in(page, district)
    field, offered = page.locator("#words"), page.locator("#commands")
    field.press_sequentially("/list")
    expect(offered.locator(".command")).to_have_count(1)
    field.press("Enter")
    expect(message(page, "/list").first).to_be_visible()
    field.press_sequentially("/l")
    expect(offered).to_be_visible()
    field.press("Escape")
    expect(offered).to_be_hidden()
    field.fill("नाली / सड़क")
    expect(offered).to_be_hidden()
