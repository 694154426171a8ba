"""The messenger in a real browser: at 360 pixels, where list and chat are two screens, and at 1440, side by side."""

from pathlib import Path

import pytest
from playwright.sync_api import APIResponse, Page, Route, expect

from bot.events import Message
from bot.messages import Edit
from tests.adapters.webchat.browsing import DESKTOP, PHONE, Visit, card, come_in, message, photo, write
from tests.adapters.webchat.district import ADMINISTRATION, ASHA, CARD, IMRAN, PANCHAYAT, District
from tests.pages import Faults, until

BROKEN = "Failed to load resource"
"""What the browser itself writes to its console when a server is away."""


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_message_is_sent_and_answered_live(district: District, visit: Visit, width: int) -> None:
    page = visit(width=width)
    page.clock.set_fixed_time(district.clock.now())
    come_in(page, district)
    expect(page.locator(".side")).to_be_visible(visible=width == DESKTOP)
    write(page, "नाली साफ हो गई")
    mine = message(page, "नाली साफ हो गई").first
    expect(mine.locator(".state-sent")).to_be_visible()
    answer = page.locator("li.message.bot")
    expect(answer.locator(".quote-text")).to_have_text("नाली साफ हो गई")
    answer.locator(".quote").click()
    expect(mine).to_be_focused()
    expect(page.locator("li.day")).to_have_text("आज")


def test_the_phones_back_button_leads_to_the_list(district: District, visit: Visit) -> None:
    page = come_in(visit(width=PHONE), district)
    page.go_back()
    expect(page.locator(".chat-list")).to_be_visible()
    expect(page.locator("#composer")).to_be_hidden()


def test_shift_and_enter_make_a_line_and_a_keyboard_that_composes_keeps_its_enter(
    district: District, page: Page
) -> None:
    come_in(page, district)
    field = page.locator("#words")
    field.fill("पहली")
    field.press("Shift+Enter")
    field.press_sequentially("दूसरी")
    composing = "new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true, cancelable: true})"
    field.evaluate(f"field => field.dispatchEvent({composing})")
    expect(field).to_have_value("पहली\nदूसरी")
    field.press("Enter")
    expect(message(page, "पहली").first.locator(".text")).to_have_text("पहली\nदूसरी", use_inner_text=True)


def test_a_reply_carries_its_quote(district: District, page: Page) -> None:
    card(district)
    come_in(page, district)
    message(page, "DPRO-1042-22").get_by_role("button", name="जन मिलन के संदेश पर रिप्लाई करें").click()
    expect(page.locator("#answering")).to_contain_text("DPRO-1042-22")
    expect(page.locator("#words")).to_be_focused()
    write(page, "साफ करा दी")
    expect(page.locator("li.mine .quote-text")).to_contain_text("DPRO-1042-22")
    expect(page.locator("#answering")).to_be_hidden()


def test_a_press_is_answered_and_the_card_changes_in_both_windows(district: District, visit: Visit) -> None:
    card(district)
    asha, imran = come_in(visit(), district), come_in(visit(width=PHONE), district, IMRAN)
    waiting = imran.get_by_role("button", name="निस्तारित")
    waiting.focus()
    asha.get_by_role("button", name="ज़िम्मा लिया").click()
    expect(asha.locator(".toast")).to_have_text("ज़िम्मा आपके नाम दर्ज हुआ")
    for page in (asha, imran):
        expect(message(page, "👤 आशा वर्मा").locator(".buttons button")).to_have_text("निस्तारित")
        expect(page.locator("li.message")).to_have_count(1)
    expect(waiting).to_be_focused()
    assert waiting.bounding_box()["height"] >= 44  # type: ignore[index]


def test_a_photo_is_sent_and_opened_large(district: District, visit: Visit) -> None:
    page = come_in(visit(width=PHONE), district)
    page.locator("#picker").set_input_files([photo()])
    expect(page.locator(".picked-name")).to_have_text("नाली.jpg")
    expect(page.locator(".picked progress")).to_have_count(0)
    write(page, "मौके की फ़ोटो")
    mine = page.locator("li.mine")
    expect(mine.locator(".state-sent")).to_be_visible()
    mine.locator(".photo img").evaluate("picture => picture.decode()")
    mine.locator(".photo").click()
    large = page.locator("#photo img")
    expect(large).to_be_visible()
    assert large.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") == 1200
    page.keyboard.press("Escape")
    expect(large).to_be_hidden()


def test_enter_while_a_photo_goes_up_sends_when_it_is_there(district: District, page: Page) -> None:
    come_in(page, district)
    held: list[Route] = []
    page.route("**/chat/api/files*", lambda route: held.append(route))
    page.locator("#picker").set_input_files(photo())
    expect(page.locator(".picked progress")).to_have_count(1)
    write(page, "नाली साफ हो गई")
    expect(page.locator(".toast")).to_have_text("फ़ाइलें पहुँचते ही संदेश चला जाएगा।")
    expect(page.locator("li.message")).to_have_count(0)
    until(page, lambda: held)
    held[0].continue_()
    mine = message(page, "नाली साफ हो गई").first
    expect(mine.locator(".photo")).to_have_count(1)
    expect(page.locator("#words")).to_have_value("")


def test_a_code_is_not_broken_over_two_lines(district: District, visit: Visit) -> None:
    page = come_in(visit(width=PHONE), district)
    for more in range(12):
        write(page, "म" * more + " शिकायत का कोड है DPRO-1042-22 और काम हुआ")
    expect(page.locator("li.mine .state-sent")).to_have_count(12)
    expect(page.locator("li.message .code")).to_have_count(12)
    codes = "[...document.querySelectorAll('li.message .code')]"
    assert page.evaluate(f"{codes}.map(code => code.getClientRects().length)") == [1] * 12


def test_a_message_that_comes_by_the_stream_and_as_an_answer_is_drawn_once(district: District, page: Page) -> None:
    come_in(page, district)
    answers: list[tuple[Route, APIResponse]] = []
    page.route(
        lambda address: address.endswith("/messages"),
        lambda route: answers.append((route, route.fetch(timeout=30_000))),
    )
    write(page, "नाली साफ हो गई")
    mine = page.locator("li.mine")
    expect(mine.locator(".state-sent")).to_be_visible()
    mine.evaluate("item => { item.seen = true; }")
    until(page, lambda: answers)
    route, answer = answers[0]
    route.fulfill(response=answer)
    until(page, lambda: page.evaluate(f"localStorage['webchat-outbox-person:{ASHA}'] === '[]'"))
    assert mine.evaluate("item => item.seen") is True


def test_a_photo_of_twenty_megabytes_is_refused_with_the_figures(
    district: District, page: Page, tmp_path: Path
) -> None:
    come_in(page, district)
    page.locator("#words").fill("मौके की फ़ोटो")
    large = tmp_path / "a.jpg"
    large.write_bytes(bytes(20 * 1024**2))
    page.locator("#picker").set_input_files(large)
    expect(page.locator(".toast")).to_have_text("फ़ाइल 20 MB की है, सीमा 10 MB है। छोटे आकार में भेजें।")
    expect(page.locator("#words")).to_have_value("मौके की फ़ोटो")


def test_seventy_thousand_letters_are_refused_and_kept(district: District, page: Page) -> None:
    come_in(page, district)
    write(page, "क" * 70_000)
    expect(page.locator(".toast")).to_have_text("संदेश में 70,000 अक्षर हैं, सीमा 10,000 है। कई भागों में भेजें।")
    expect(page.locator("#words")).to_have_value("क" * 70_000)
    assert district.echo.taken == []


def test_what_is_typed_while_the_server_restarts_goes_once(district: District, page: Page, page_faults: Faults) -> None:
    page_faults.expect(BROKEN)
    page_faults.expect("ERR_CONNECTION_REFUSED")
    page_faults.expect("ERR_INCOMPLETE_CHUNKED_ENCODING")
    come_in(page, district)
    write(page, "पहले")
    expect(message(page, "पहले").first.locator(".state-sent")).to_be_visible()
    district.stop()
    expect(page.locator("#banner")).to_be_visible()
    write(page, "बीच में")
    expect(message(page, "बीच में").locator(".retry")).to_contain_text("अभी नहीं गया")
    page.locator("#words").fill("मसौदा")

    district.start()
    expect(message(page, "बीच में").first.locator(".state-sent")).to_be_visible()
    expect(page.locator("#banner")).to_be_hidden()
    expect(page.locator("#words")).to_have_value("मसौदा")
    district.say(PANCHAYAT, "फिर से जुड़ा", "after")
    expect(message(page, "फिर से जुड़ा")).to_be_visible()
    assert [event.text for event in district.echo.taken if isinstance(event, Message)] == ["बीच में"]
    expect(page.locator("li.mine")).to_have_count(2)


def test_what_did_not_go_can_be_taken_back(district: District, page: Page, page_faults: Faults) -> None:
    page_faults.expect("ERR_INTERNET_DISCONNECTED")
    come_in(page, district)
    page.context.set_offline(True)
    write(page, "कल तक")
    waiting = message(page, "कल तक")
    expect(waiting.locator(".retry")).to_be_visible()
    waiting.get_by_role("button", name="बदलें").click()
    expect(page.locator("#words")).to_have_value("कल तक")
    expect(waiting).to_have_count(0)


def test_what_did_not_go_goes_once_after_a_reload(district: District, page: Page, page_faults: Faults) -> None:
    page_faults.expect("ERR_INTERNET_DISCONNECTED")
    come_in(page, district)
    page.context.set_offline(True)
    write(page, "कल तक")
    expect(message(page, "कल तक").locator(".retry")).to_be_visible()
    page.context.set_offline(False)
    page.reload()
    expect(message(page, "कल तक").first.locator(".state-sent")).to_be_visible()
    expect(page.locator("li.mine")).to_have_count(1)
    assert len([event for event in district.echo.taken if isinstance(event, Message)]) == 1


def test_what_the_engine_does_not_take_yet_is_not_doubled(district: District, page: Page, page_faults: Faults) -> None:
    page_faults.expect("status of 503")
    come_in(page, district)
    district.echo.refusing = True
    write(page, "कल तक")
    until(page, lambda: page.evaluate(f"localStorage['webchat-outbox-person:{ASHA}']?.includes('waiting')"))
    expect(message(page, "कल तक").locator(".state-sent")).to_be_visible()  # it is kept, and handed over later
    expect(message(page, "कल तक").locator(".retry")).to_have_count(0)
    page.reload()
    district.echo.refusing = False
    expect(page.locator("li.message.bot")).to_be_visible()
    expect(page.locator("li.mine")).to_have_count(1)
    assert len([event for event in district.echo.taken if isinstance(event, Message)]) == 1


def test_a_draft_stays_with_its_chat(district: District, page: Page) -> None:
    come_in(page, district)
    page.locator("#words").fill("आधा लिखा")
    page.locator(f'.chat-row[href="#{ADMINISTRATION}"]').click()
    expect(page.locator("#words")).to_have_value("")
    page.reload()
    page.locator(f'.chat-row[href="#{PANCHAYAT}"]').click()
    expect(page.locator("#words")).to_have_value("आधा लिखा")


def test_unread_messages_are_counted_until_they_are_seen(district: District, page: Page) -> None:
    come_in(page, district)
    row = page.locator(f'.chat-row[href="#{ADMINISTRATION}"]')
    district.say(ADMINISTRATION, "पहला", "k1")
    district.say(ADMINISTRATION, "दूसरा", "k2")
    expect(row.locator(".unread")).to_have_text("22 बिना पढ़े")
    expect(page).to_have_title("(2) जन मिलन")
    expect(page.locator(".chat-row").first).to_contain_text("दूसरा")
    row.click()
    expect(row.locator(".unread")).to_have_count(0)
    page.reload()
    expect(page.locator(".chat-row").first).to_be_visible()
    expect(page).to_have_title("जन मिलन")


def test_older_messages_come_on_the_way_up_and_nothing_jumps(district: District, page: Page) -> None:
    for number in range(90):
        district.say(PANCHAYAT, f"संदेश {number}", f"k{number}")
    come_in(page, district)
    expect(message(page, "संदेश 89")).to_be_in_viewport()
    first = page.locator("li.message").first
    expect(first).to_contain_text("संदेश 50")
    # A font that comes now would bring the list back to its end before it has noticed that somebody is on the way up.
    page.locator("#scroller").evaluate("scroller => document.fonts.ready.then(() => { scroller.scrollTop = 0; })")
    expect(page.locator("li.message")).to_have_count(80)
    expect(message(page, "संदेश 50")).to_be_in_viewport()
    assert page.locator("li.message .text").all_inner_texts()[:2] == ["संदेश 10", "संदेश 11"]


def test_chats_are_found_by_name_letters_and_alias(district: District, page: Page) -> None:
    come_in(page, district, chat=None)
    for typed in ("पंचायत", "dpro", "panchayati"):
        page.locator("#search").fill(typed)
        expect(page.locator(".chat-row")).to_have_count(1)
        expect(page.locator(".chat-row")).to_contain_text("जिला पंचायत राज")
    page.locator("#search").fill("नहीं है")
    expect(page.locator("#no-chat-found")).to_be_visible()


def test_whose_session_is_over_is_asked_to_sign_in(district: District, page: Page, page_faults: Faults) -> None:
    page_faults.expect("status of 401")
    come_in(page, district)
    page.locator("#words").fill("आधा लिखा")
    cookie = next(each["value"] for each in page.context.cookies() if each["name"] == "janmilan_chat")
    district.end_session(cookie)
    page.locator("#words").press("Enter")
    expect(page.locator("#signed-out")).to_be_visible()


def test_seven_tabs_of_one_browser_work_side_by_side(district: District, page: Page) -> None:
    come_in(page, district)
    tabs = [page, *(page.context.new_page() for _ in range(6))]
    for tab in tabs[1:]:
        tab.goto(f"{district.url}/chat#{PANCHAYAT}")
        expect(tab.locator("#words")).to_be_visible()
    write(tabs[-1], "सब जगह")
    for tab in tabs:
        expect(message(tab, "सब जगह").first).to_be_visible()


def test_a_complainant_asks_from_a_phone(district: District, visit: Visit) -> None:
    page = visit(width=PHONE)
    page.goto(f"{district.url}/chat")
    page.get_by_role("button", name="अपनी शिकायत के बारे में पूछें").click()
    write(page, "DPRO-1042-22")
    expect(page.locator("li.message.bot")).to_be_visible()
    page.locator("#back").click()
    expect(page.locator(".chat-row")).to_have_count(1)


def test_the_language_is_chosen_in_the_page(district: District, page: Page) -> None:
    come_in(page, district, chat=None)
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_placeholder("Search chats")).to_be_visible()
    page.goto(f"{district.url}/chat")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_peoples_own_marks_stay_words(district: District, page: Page) -> None:
    come_in(page, district)
    write(page, "<img src=x onerror=alert(1)> <b>x</b> &amp; DPRO-1042-22")
    mine = page.locator("li.mine .text")
    expect(mine).to_have_text("<img src=x onerror=alert(1)> <b>x</b> &amp; DPRO-1042-22")
    expect(mine.locator("img, b, a")).to_have_count(0)


def test_digits_are_latin_in_hindi(district: District, visit: Visit) -> None:
    district.say(PANCHAYAT, "समय", "k1")
    page = come_in(visit(locale="hi-IN-u-nu-deva"), district)
    time = message(page, "समय").locator("time").inner_text()
    assert time.split()[0] in {"सुबह", "दोपहर", "शाम", "रात"}
    assert time.split()[1].isascii()


def test_an_edit_does_not_move_who_stands_on_it(district: District, page: Page) -> None:
    id = card(district)
    come_in(page, district)
    reply = message(page, "DPRO-1042-22").locator(".reply")
    reply.focus()
    for number in range(5):
        edit = Edit(key=f"e{number}", address=district.address(PANCHAYAT), message=id, text=f"{CARD}\n{number}")
        district.run(district.adapter.edit(edit))
        expect(message(page, "DPRO-1042-22")).to_contain_text(f"\n{number}")
    expect(message(page, "DPRO-1042-22").locator(".reply")).to_be_focused()
