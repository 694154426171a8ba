"""The main job as people do it, in a real browser: the desk by keyboard, two officers, and the complainant."""

from collections.abc import Callable
from io import BytesIO
from urllib.parse import quote

from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.whole.office import Office

Visit = Callable[..., Page]


def test_from_the_desk_to_two_groups_and_back(served: Office, visit: Visit) -> None:
    first, second, link = register_by_keyboard(visit(), served)

    sunita = open_group(visit(width=360, height=740), served, "sunita", "group:dpro")
    ramesh = open_group(visit(), served, "ramesh", "group:bdo")
    expect(message(sunita, first)).to_contain_text("98xxxxxx10")
    expect(message(ramesh, second)).to_be_visible()

    savitri = visit(width=360, height=740)
    savitri.goto(link)
    write(savitri, first)
    expect(savitri.locator("li.message").last).to_contain_text("जिला पंचायत राज अधिकारी")

    message(sunita, first).get_by_role("button", name="निस्तारित").click()
    expect(sunita.locator("li.message").last).to_contain_text("क्या काम हुआ")
    sunita.locator("#picker").set_input_files(photo())
    expect(sunita.locator(".picked-name")).to_have_text("नाली.jpg")
    expect(sunita.locator(".picked progress")).to_have_count(0)
    write(sunita, "नाली की मरम्मत कराई, पानी निकल गया")
    expect(message(sunita, first).first).to_contain_text("निस्तारित, पुष्टि बाकी")

    write(ramesh, f"{second} निस्तारित, हैंडपंप के पास मिट्टी डलवा दी")
    expect(message(ramesh, second).first).to_contain_text("निस्तारित, पुष्टि बाकी")

    question = savitri.locator("li.message", has_text="क्या काम सचमुच हो गया?")
    expect(question).to_have_count(1)
    question.get_by_role("button", name="हाँ, काम हो गया").click()
    expect(savitri.locator("li.message", has_text="धन्यवाद")).to_have_count(1)
    expect(savitri.locator("li.message").last).to_contain_text("क्या अधिकारियों का व्यवहार विनम्र था?")
    expect(message(sunita, first).first).to_contain_text("बंद, पुष्टि हुई")
    expect(message(ramesh, second).first).to_contain_text("बंद, पुष्टि हुई")


def register_by_keyboard(page: Page, served: Office) -> tuple[str, str, str]:
    """The operator registers a petition for two departments; returns the two codes and the complainant's link."""
    page.goto(f"{served.url}/enter/{served.desk_token('operator')}")
    page.get_by_role("main").get_by_role("button").click()
    expect(page).to_have_url(f"{served.url}/")
    page.goto(f"{served.url}/intake")
    expect(page.locator("#name")).to_be_focused()
    keys = page.keyboard
    for typed in ("सावित्री देवी", "९८१२३ ४५६१०", "", "बसही", "नाली टूटने से गंदा पानी भर गया है"):
        keys.type(typed)
        keys.press("Tab")
    keys.press("Tab")
    keys.press("Tab")
    for department, category in (("पंचाय", "B"), ("BDO", "C")):
        keys.type(department)
        expect(page.get_by_role("option").first).to_be_visible()
        keys.press("Enter")
        keys.press("Tab")
        keys.press("Space" if category == "A" else "ArrowDown")
        if category == "C":
            keys.press("ArrowDown")
        if department == "पंचाय":
            keys.press("Tab")
            keys.press("Enter")
    keys.press("Control+Enter")
    expect(page.locator(".codes")).to_contain_text("DPRO-1001-")
    text = page.locator(".codes").inner_text()
    codes = [word for word in text.split() if word.startswith(("DPRO-", "BDO-"))]
    return codes[0], codes[1], page.locator(".slip .link").inner_text()


def open_group(page: Page, served: Office, name: str, chat: str) -> Page:
    """Somebody comes in by their personal link and opens their group."""
    page.goto(f"{served.url}/chat/p/{served.token(name)}")
    page.locator(f'.chat-row[href="#{quote(chat, safe="")}"]').click()
    expect(page.locator("#words")).to_be_visible()
    return page


def message(page: Page, code: str) -> Locator:
    """The messages of the bot that name the code in bold."""
    return page.locator("li.message", has=page.locator("b", has_text=code))


def write(page: Page, text: str) -> None:
    """Type a message and send it."""
    page.locator("#words").fill(text)
    page.locator("#words").press("Enter")


def photo() -> FilePayload:
    """A photo as a phone's camera gives one."""
    made = BytesIO()
    Image.new("RGB", (640, 480), "olive").save(made, "JPEG")
    return {"name": "नाली.jpg", "mimeType": "image/jpeg", "buffer": made.getvalue()}
