"""What is done with messages in a real browser: reactions, other words, taking back, seen, search, pictures, voice."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from bot.events import Deleted, Message, Reacted, Receipt
from bot.messages import Button, Edit, Say
from tests.adapters.webchat.browsing import PHONE, Visit, card, come_in, message, open_sheet, photo, write
from tests.adapters.webchat.district import ADMINISTRATION, ASHA, CARD, IMRAN, PANCHAYAT, District
from tests.pages import Faults


def test_a_button_copies_what_it_carries(district: District, visit: Visit) -> None:
    page = come_in(visit(), district)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=district.url)
    buttons = ((Button("कोड कॉपी करें", copies="DPRO-1042-22"),),)
    say = Say(key="copy", address=district.address(PANCHAYAT), text="कोड", buttons=buttons)
    district.run(district.adapter.say(say))
    page.get_by_role("button", name="कोड कॉपी करें").click()
    expect(page.locator("#toasts")).to_contain_text("DPRO-1042-22")
    assert page.evaluate("navigator.clipboard.readText()") == "DPRO-1042-22"


def test_a_reaction_is_chosen_seen_by_the_other_and_taken_back(district: District, visit: Visit) -> None:
    card(district)
    asha, imran = come_in(visit(width=PHONE), district), come_in(visit(), district, IMRAN)
    open_sheet(asha, message(asha, "DPRO-1042-22")).get_by_role("button", name="🙏 लगाएँ").click()
    for page in (asha, imran):
        expect(page.locator(".reaction")).to_have_text("🙏")
    expect(imran.locator(".reaction")).to_have_attribute("aria-label", "🙏 आशा वर्मा की ओर से")
    imran.locator(".reaction").click()
    expect(asha.locator(".reaction")).to_have_text("🙏2")
    asha.locator(".reaction").click()
    expect(imran.locator(".reaction")).to_have_text("🙏")
    assert [event.emoji for event in district.echo.taken if isinstance(event, Reacted)] == ["🙏", "🙏", ""]


def test_ones_own_words_are_changed_and_the_draft_comes_back(district: District, visit: Visit) -> None:
    page, imran = come_in(visit(width=PHONE), district), come_in(visit(), district, IMRAN)
    write(page, "नाली साफ")
    mine = page.locator("li.mine")
    expect(mine.locator(".state")).to_be_visible()
    page.locator("#words").fill("मसौदा")
    open_sheet(page, mine).get_by_role("button", name="शब्द बदलें").click()
    expect(page.locator("#words")).to_have_value("नाली साफ")
    write(page, "नाली साफ हो गई")
    expect(mine.locator(".text")).to_have_text("नाली साफ हो गई")
    expect(mine.locator(".edited")).to_have_text("बदला गया")
    expect(page.locator("#words")).to_have_value("मसौदा")
    expect(imran.locator("li.theirs:not(.bot) .text")).to_have_text("नाली साफ हो गई")
    assert [event.edited for event in district.echo.taken if isinstance(event, Message)] == [False, True]


def test_a_page_hears_from_what_is_said_how_late_it_is_at_the_office(district: District, page: Page) -> None:
    come_in(page, district)
    write(page, "नाली साफ")
    mine = page.locator("li.mine")
    expect(mine.locator(".state")).to_be_visible()
    expect(open_sheet(page, mine).get_by_role("button", name="शब्द बदलें")).to_be_visible()
    page.keyboard.press("Escape")
    district.clock.advance(timedelta(minutes=16))
    card(district)
    expect(page.locator("li.bot", has_text="DPRO-1042-22")).to_be_visible()
    expect(open_sheet(page, mine).get_by_role("button", name="शब्द बदलें")).to_have_count(0)


def test_a_change_without_a_connection_changes_nothing_and_keeps_the_words(
    district: District, page: Page, page_faults: Faults
) -> None:
    page_faults.expect("ERR_INTERNET_DISCONNECTED")
    come_in(page, district)
    write(page, "नाली साफ")
    mine = page.locator("li.mine")
    expect(mine.locator(".state")).to_be_visible()
    open_sheet(page, mine).get_by_role("button", name="शब्द बदलें").click()
    page.context.set_offline(True)
    write(page, "नाली साफ हो गई")
    expect(page.locator(".toast")).to_contain_text("कनेक्शन")
    expect(page.locator("#words")).to_have_value("नाली साफ हो गई")
    expect(mine.locator(".text")).to_have_text("नाली साफ")
    page.context.set_offline(False)
    page.keyboard.press("Enter")
    expect(mine.locator(".text")).to_have_text("नाली साफ हो गई")


def test_a_message_is_deleted_after_a_question_and_leaves_its_trace(district: District, visit: Visit) -> None:
    page, imran = come_in(visit(width=PHONE), district), come_in(visit(), district, IMRAN)
    write(page, "ग़लत ग्रुप")
    mine = page.locator("li.mine")
    expect(mine.locator(".state")).to_be_visible()
    sheet = open_sheet(page, mine)
    sheet.get_by_role("button", name="सबके लिए हटाएँ").click()
    sheet.get_by_role("button", name="रहने दें").click()
    assert not [event for event in district.echo.taken if isinstance(event, Deleted)]
    open_sheet(page, mine).get_by_role("button", name="सबके लिए हटाएँ").click()
    sheet.get_by_role("button", name="हाँ, हटाएँ").click()
    for item in (mine, imran.locator("li.theirs:not(.bot)")):
        expect(item.locator(".trace")).to_have_text("संदेश हटाया गया")
        expect(item.locator(".text, .tools")).to_have_count(0)
    expect(imran.locator("li.bot .quote-text")).to_have_text("ग़लत ग्रुप")
    imran.reload()
    expect(imran.locator("li.bot .quote-text")).to_have_text("संदेश हटाया गया")


def test_ticks_say_that_somebody_has_seen_it_and_the_sheet_says_who(district: District, visit: Visit) -> None:
    page = come_in(visit(), district)
    write(page, "पाँच बजे बैठक")
    mine = page.locator("li.mine")
    expect(mine.locator(".state-sent")).to_be_visible()
    sheet = page.locator("#seen-sheet")
    open_sheet(page, mine).get_by_role("button", name="किसने देखा").click()
    expect(sheet).to_contain_text("अभी नहीं देखा · 1")
    page.keyboard.press("Escape")
    come_in(visit(width=PHONE), district, IMRAN)
    expect(mine.locator(".state-seen")).to_contain_text("देखा")
    open_sheet(page, mine).get_by_role("button", name="किसने देखा").click()
    expect(sheet.locator("li")).to_have_count(1)
    expect(sheet.locator("li")).to_contain_text("इमरान ख़ान")
    bots = page.locator("li.bot").get_attribute("data-id")
    district.until(
        lambda: (
            {(event.sender.user, event.message) for event in district.echo.taken if isinstance(event, Receipt)}
            == {(f"person:{ASHA}", bots), (f"person:{IMRAN}", bots)}
        )
    )


def test_an_old_message_is_found_and_gone_to_and_one_comes_back(district: District, visit: Visit) -> None:
    first = district.say(PANCHAYAT, "सड़क पर काग़ज़", "k")
    for number in range(100):
        district.say(PANCHAYAT, f"संदेश {number}", f"k{number}")
    page = come_in(visit(width=PHONE), district)
    expect(message(page, "संदेश 99")).to_be_in_viewport()
    page.locator("#search-messages").click()
    page.locator("#chat-search input").fill("नहीं है यह")
    expect(page.locator(".search-told")).to_contain_text("इन शब्दों का कोई संदेश इस बातचीत में नहीं है")
    page.locator("#chat-search input").fill("कागज सडक")
    page.locator(".found").click()
    found = page.locator(f'[data-id="{first}"]')
    expect(found).to_be_focused()
    expect(found).to_be_in_viewport()
    expect(page.locator("#chat-search")).to_be_hidden()
    district.say(PANCHAYAT, "अभी-अभी", "new")
    page.locator("#to-bottom").click()
    expect(message(page, "अभी-अभी")).to_be_in_viewport()


def test_new_messages_stand_below_a_line(district: District, page: Page) -> None:
    come_in(page, district)
    write(page, "पहले")
    expect(page.locator("li.bot")).to_be_visible()
    page.evaluate("location.hash = ''")
    for number in range(2):
        district.say(PANCHAYAT, f"नया {number}", f"k{number}")
    expect(page.locator(".unread")).to_have_text("22 बिना पढ़े")
    page.locator(f'.chat-row[href="#{PANCHAYAT}"]').click()
    expect(page.locator(".new-line + li.message")).to_contain_text("नया 0")


def test_a_card_that_changes_is_not_read_out_for_a_reaction(district: District, page: Page) -> None:
    id = card(district)
    come_in(page, district)
    item = page.locator(f'li[data-id="{id}"]')
    item.evaluate("item => { item.same = true; }")
    open_sheet(page, item).get_by_role("button", name="👍 लगाएँ").click()
    expect(item.locator(".reaction")).to_be_visible()
    assert item.evaluate("item => item.same"), "only its reactions were drawn anew"
    edit = Edit(key="e", address=district.address(PANCHAYAT), message=id, text=f"{CARD}\n👤")
    district.run(district.adapter.edit(edit))
    expect(item).to_contain_text("👤")
    expect(item.locator(".reaction")).to_have_text("👍")


# Pictures


def test_several_pictures_are_one_message_and_are_looked_through(district: District, visit: Visit) -> None:
    page = come_in(visit(width=PHONE), district)
    page.locator("#picker").set_input_files([photo(f"{number}.jpg", 300, 200) for number in range(1, 6)])
    expect(page.locator(".picked progress")).to_have_count(0)
    write(page, "पहले और बाद में")
    mine = page.locator("li.mine")
    expect(mine.locator(".photos-more")).to_have_text("+1")
    expect(page.locator("li.bot .photo")).to_be_visible()
    (event,) = [event for event in district.echo.taken if isinstance(event, Message)]
    assert (len(event.attachments), event.text) == (5, "पहले और बाद में")

    mine.locator(".photo").nth(1).click()
    told = page.locator(".photo-told")
    expect(told).to_have_text("2.jpg · 6 में से 2")  # the bot's answer carries one too
    page.keyboard.press("ArrowRight")
    expect(told).to_have_text("3.jpg · 6 में से 3")
    picture = page.locator("#photo img")
    box = picture.bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 60, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + 260, middle, steps=4)
    page.mouse.up()
    expect(told).to_have_text("2.jpg · 6 में से 2")
    picture.dblclick()
    expect(picture).to_have_class("larger")
    page.keyboard.press("0")
    expect(picture).not_to_have_class("larger")
    page.keyboard.press("Escape")
    expect(mine.locator(".photo").nth(1)).to_be_focused()


@pytest.mark.parametrize(("picker", "size"), [("#picker", (1200, 1600)), ("#document-picker", (1800, 2400))])
def test_a_photo_is_made_smaller_and_upright_unless_it_goes_as_a_document(
    district: District, page: Page, picker: str, size: tuple[int, int]
) -> None:
    come_in(page, district)
    page.locator(picker).set_input_files(photo(width=2400, height=1800, turned=6))
    expect(page.locator(".picked progress")).to_have_count(0)
    write(page, "मौके की फ़ोटो")
    mine = page.locator("li.mine")
    expect(mine.locator(".photo" if picker == "#picker" else ".paper")).to_be_visible()
    district.until(lambda: bool(district.echo.taken))
    (event, *_) = district.echo.taken
    assert isinstance(event, Message)
    kept = district.run(district.adapter.fetch(event.attachments[0]))
    with Image.open(BytesIO(kept)) as picture:
        assert picture.size == size


def test_a_file_waits_for_a_connection(district: District, page: Page, page_faults: Faults) -> None:
    page_faults.expect("ERR_INTERNET_DISCONNECTED")
    come_in(page, district)
    page.context.set_offline(True)
    page.locator("#picker").set_input_files(photo())
    expect(page.locator(".picked-waiting")).to_have_text("कनेक्शन की प्रतीक्षा")
    write(page, "मौके की फ़ोटो")
    page.context.set_offline(False)
    expect(page.locator("li.mine .photo")).to_be_visible()
    expect(page.locator(".picked")).to_have_count(0)


def test_what_was_picked_stays_with_its_chat_over_a_reload(district: District, page: Page, page_faults: Faults) -> None:
    page_faults.expect("ERR_INTERNET_DISCONNECTED")
    come_in(page, district)
    page.context.set_offline(True)
    page.locator("#picker").set_input_files(photo())
    expect(page.locator(".picked-waiting")).to_be_visible()
    page.locator(f'.chat-row[href="#{ADMINISTRATION}"]').click()
    expect(page.locator(".picked")).to_have_count(0)
    page.context.set_offline(False)
    page.reload()
    page.locator(f'.chat-row[href="#{PANCHAYAT}"]').click()
    expect(page.locator(".picked-name")).to_have_text("नाली.jpg")
    write(page, "मौके की फ़ोटो")
    expect(page.locator("li.mine .photo")).to_be_visible()
    page.reload()
    expect(page.locator("li.mine .photo")).to_be_visible()
    expect(page.locator(".picked")).to_have_count(0)


# Voice


def test_a_voice_message_is_recorded_discarded_sent_and_played_faster(district: District, visit: Visit) -> None:
    page = come_in(visit(width=PHONE), district)
    record = page.get_by_role("button", name="आवाज़ का संदेश")
    record.click()
    expect(page.locator(".recording-time")).to_have_text("0:01")
    page.get_by_role("button", name="रहने दें").click()
    expect(page.locator("#recording")).to_be_hidden()
    record.click()
    expect(page.locator(".recording-time")).to_have_text("0:01")
    page.locator("[name=finish]").click()
    voice = page.locator("li.mine .voice")
    expect(page.locator("li.mine .state-sent")).to_be_visible()
    (event,) = [event for event in district.echo.taken if isinstance(event, Message)]
    assert [file.media_type for file in event.attachments] == ["audio/webm"]

    expect(voice.locator(".voice-time")).to_have_text("0:01")
    voice.get_by_role("button", name="गति 1×").click()
    voice.get_by_role("button", name="सुनें").click()
    page.wait_for_function("document.querySelector('li.mine .voice audio').currentTime > 0")
    assert voice.locator("audio").evaluate("sound => sound.playbackRate") == 1.5


# Writing Hindi


def test_hindi_is_written_on_a_computer_that_has_no_hindi(district: District, page: Page) -> None:
    come_in(page, district)
    page.locator("#words").fill("DPRO-1042-22 ")
    page.locator("#hindi").click()
    keys = page.locator("#hindi-keys")
    for letter in ("न", "आ", "ल", "ई", "ख़ाली जगह", "ठ", "ई", "क", "ं", "मिटाएँ", "आ", "आ"):
        if letter == "मिटाएँ":
            keys.get_by_role("button", name="पिछला अक्षर मिटाएँ").click()
        else:
            keys.get_by_role("button", name=f"◌{letter}" if letter == "ं" else letter, exact=True).click()
    expect(page.locator("#words")).to_have_value("DPRO-1042-22 नाली ठीकाआ")
    expect(page.locator("#send")).to_be_enabled()
