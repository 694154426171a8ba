"""Registering in a real browser: by keyboard alone, without script, and with a key pressed twice."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from core.store.queries.complaint_page import open_complaints_with_phone
from tests.desk.serving import Served
from tests.pages import Faults

Visit = Callable[..., Page]


def test_a_petition_for_two_departments_without_touching_the_mouse(served: Served, visit: Visit) -> None:
    page = visit(storage_state=served.state("operator"))
    page.goto(f"{served.url}/intake")
    expect(page.locator("#name")).to_be_focused()
    keys = page.keyboard
    keys.type("सावित्री देवी")
    keys.press("Tab")
    keys.type("९८१२३ ४५६१०")
    keys.press("Tab")
    keys.press("Tab")
    keys.type("बसही")
    keys.press("Tab")
    keys.type("नाली टूटने से गंदा पानी भर गया है")
    for _ in range(3):
        keys.press("Tab")

    keys.type("पंचाय")
    expect(page.locator("#department_0-options li")).to_have_count(1)
    keys.press("Enter")
    expect(page.locator("#department_0")).to_have_value("DPRO · जिला पंचायत राज अधिकारी")
    keys.press("Tab")
    keys.press("Space")
    expect(page.locator('[data-row="0"] label', has_text="A · आज")).to_contain_text("आज शाम 6:00")

    keys.press("Tab")
    keys.press("Enter")
    keys.type("ज")
    expect(page.locator("#department_1-options li").first).to_be_visible()
    keys.press("ArrowDown")
    keys.press("ArrowUp")
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(page.locator("#department_1")).to_have_value("JNR · जल निगम (ग्रामीण)")
    keys.press("Tab")
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    keys.press("Control+Enter")

    expect(page.get_by_text("2 शिकायतें दर्ज हुईं।")).to_be_visible()
    expect(page.locator(".codes")).to_contain_text("DPRO-1001-")
    expect(page.locator(".codes")).to_contain_text("JNR-1001-")
    expect(page.get_by_role("button", name="अगला आवेदन")).to_be_focused()
    keys.press("Enter")
    expect(page).to_have_url(f"{served.url}/intake?")
    expect(page.locator("#name")).to_be_focused()


def test_the_file_field_speaks_the_page_s_language_and_names_what_was_picked(served: Served, visit: Visit) -> None:
    page = visit(storage_state=served.state("operator"))
    page.goto(f"{served.url}/intake")
    shown = page.locator(".picker-shown")
    expect(shown).to_have_text("फ़ोटो या कागज़ चुनें")
    with page.expect_file_chooser() as choosing:
        shown.click(force=True)
    choosing.value.set_files({"name": "नाली.jpg", "mimeType": "image/jpeg", "buffer": b"picture"})
    expect(shown).to_contain_text("नाली.jpg")


def test_wrong_fields_are_walked_to_by_keyboard_and_nothing_is_typed_twice(
    served: Served, visit: Visit, page_faults: Faults
) -> None:
    page_faults.expect("status of 422")
    page = visit(storage_state=served.state("operator"))
    page.goto(f"{served.url}/intake")
    expect(page.locator("#name")).to_be_focused()
    page.keyboard.type("सावित्री देवी")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("5 खाने फिर देखें")
    expect(page.locator("#phone")).to_be_focused()
    expect(page.locator("#name")).to_have_value("सावित्री देवी")
    expect(page.locator("#phone-error")).to_have_text("मोबाइल नंबर लिखें। नंबर न हो तो ‘फ़ोन नहीं है’ चुनें।")


def fill(page: Page) -> None:
    """The form with a pointer, as it is without script."""
    page.locator("#name").fill("सावित्री देवी")
    page.locator("#phone").fill("9812345610")
    page.locator("#village").fill("बसही")
    page.locator("#words").fill("नाली टूटी है")
    page.locator("#department_0").fill("ब्लॉक")
    page.locator('input[name="category_0"][value="B"]').check()


def test_without_script_enter_registers_and_back_and_enter_again_is_the_same(served: Served, visit: Visit) -> None:
    page = visit(storage_state=served.state("operator"), java_script_enabled=False)
    page.goto(f"{served.url}/intake")
    fill(page)
    page.locator("#village").press("Enter")
    expect(page.locator(".codes li")).to_have_count(1)
    first = page.url
    page.go_back()
    expect(page.locator("#name")).to_have_value("सावित्री देवी")
    page.locator("#village").press("Enter")
    expect(page.locator(".codes li")).to_have_count(1)
    assert page.url == first
    assert registered(served) == 1


def registered(served: Served) -> int:
    """How many complaints there are from the phone that `fill` types."""
    return len(served.district.store.read_now(lambda connection: open_complaints_with_phone(connection, "9812345610")))


def test_a_double_click_is_one_petition(served: Served, visit: Visit) -> None:
    page = visit(storage_state=served.state("operator"))
    page.goto(f"{served.url}/intake")
    fill(page)
    page.locator("#save").dblclick()
    expect(page.locator(".codes li")).to_have_count(1)
    assert registered(served) == 1


def test_without_script_another_department_comes_by_its_button(served: Served, visit: Visit) -> None:
    page = visit(storage_state=served.state("operator"), java_script_enabled=False)
    page.goto(f"{served.url}/intake")
    fill(page)
    page.locator("#more").click()
    page.locator("#department_1").fill("dpro")
    page.locator('input[name="category_1"][value="A"]').check()
    page.locator("#save").click()
    expect(page.locator(".codes li")).to_have_count(2)
