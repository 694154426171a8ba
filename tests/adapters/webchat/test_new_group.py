"""The nodal officer makes a group in a real browser."""

from playwright.sync_api import Page, Route, expect

from tests.adapters.webchat.browsing import PHONE, Visit, come_in, message, write
from tests.adapters.webchat.district import NODAL, District
from tests.pages import until


def test_the_nodal_officer_makes_a_group_in_the_page(district: District, visit: Visit) -> None:
    page = come_in(visit(width=PHONE), district, NODAL, chat=None)
    page.get_by_role("button", name="नया ग्रुप").click()
    page.get_by_label("ग्रुप का नाम").fill("स्वच्छता अभियान")
    page.locator("#new-group [name=search]").fill("इमरान")
    expect(page.locator("#people-found li")).to_have_count(1)
    page.get_by_label("इमरान ख़ान").check()
    page.get_by_role("button", name="ग्रुप बनाएँ").click()
    expect(page.locator("#chat-head")).to_contain_text("स्वच्छता अभियान")
    write(page, "/bind DPRO")
    expect(message(page, "/bind DPRO").first.locator(".state-sent")).to_be_visible()


def test_people_who_are_found_late_do_not_replace_those_that_were_searched(district: District, page: Page) -> None:
    come_in(page, district, NODAL, chat=None)
    held: list[Route] = []
    page.route("**/chat/api/people?search=", lambda route: held.append(route))
    page.get_by_role("button", name="नया ग्रुप").click()
    page.locator("#new-group [name=search]").fill("इमरान")
    expect(page.locator("#people-found li")).to_have_count(1)
    until(page, lambda: held)
    with page.expect_response("**/chat/api/people?search="):
        held[0].continue_()
    page.locator("#people-found").evaluate("() => new Promise(requestAnimationFrame)")
    expect(page.locator("#people-found li")).to_have_count(1)
