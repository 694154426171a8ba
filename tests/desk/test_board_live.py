"""The board in a real browser: another's work shows by itself, and nobody loses their place or their words."""

from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from core.commands import Acknowledge, Solve
from tests.desk.serving import Served
from tests.pages import Faults, until

Visit = Callable[..., Page]
WORK = "नाली की मरम्मत कराई, पानी निकल गया"


def open_board(served: Served, visit: Visit, name: str = "senior", address: str = "/") -> Page:
    """The board, connected."""
    page = visit(storage_state=served.state(name))
    page.goto(served.url + address)
    expect(page.locator("#live")).to_have_attribute("data-connected", "yes")
    return page


def test_what_is_registered_in_one_window_shows_in_the_other(served: Served, visit: Visit) -> None:
    board = open_board(served, visit)
    expect(board.locator(".line")).to_have_count(0)
    desk = visit(storage_state=served.state("operator"))
    desk.goto(f"{served.url}/intake")
    for field, text in {"name": "सावित्री देवी", "phone": "9812345610", "village": "बसही", "words": "नाली टूटी है"}.items():
        desk.locator(f"#{field}").fill(text)
    desk.locator("#department_0").fill("DPRO")
    desk.locator('input[name="category_0"][value="B"]').check()
    desk.locator("#save").click()
    expect(desk.locator(".codes li")).to_have_count(1)
    expect(board.locator(".line")).to_have_count(1)
    expect(board.locator("#tile-open .count")).to_have_text("1")
    expect(board.locator("#row-DPRO")).to_be_visible()


def test_focus_caret_and_typed_words_stay_while_the_board_moves(served: Served, visit: Visit) -> None:
    """Research pitfall K58."""
    made = [served.district.register("DPRO C")[0] for _ in range(4)]
    board = open_board(served, visit)
    board.locator(".filters summary").click()
    board.locator("#since").fill("24-11")
    board.locator(f"#open-{made[3].code}").focus()
    for complaint in (made[3], made[0]):
        served.district.do(Acknowledge(complaint.code), "sunita")
    pressing = [served.district.register("JNR A")[0] for _ in range(3)]
    expect(board.locator(".line")).to_have_count(7)
    expect(board.locator(".line").first).to_have_attribute("id", f"line-{pressing[0].code}")
    expect(board.locator(f"#open-{made[3].code}")).to_be_focused()
    expect(board.locator("#since")).to_have_value("24-11")
    expect(board.locator(".filters")).to_have_attribute("open", "")


def test_a_complaint_that_leaves_the_list_says_where_it_went(served: Served, visit: Visit) -> None:
    gone, stays = served.district.register("DPRO C")[0], served.district.register("DPRO C")[0]
    board = open_board(served, visit)
    board.locator(f"#open-{gone.code}").focus()
    served.district.do(Solve(gone.code, WORK), "sunita")
    expect(board.locator("#news")).to_have_text(f"{gone.code} इस सूची से हट गई: निस्तारित, पुष्टि बाकी")
    expect(board.locator(f"#line-{gone.code}")).to_have_count(0)
    expect(board.locator(f"#line-{stays.code}")).to_be_visible()
    expect(board.locator("#list-title")).to_be_focused()


def test_a_filtered_board_stays_filtered(served: Served, visit: Visit) -> None:
    board = open_board(served, visit, address="/?department=DPRO&category=C")
    served.district.register("BDO C", "DPRO C", "JNR A")
    expect(board.locator(".line")).to_have_count(1)
    expect(board.locator("#row-BDO")).to_be_visible()


def test_a_session_that_ends_asks_to_sign_in_and_keeps_the_filter(
    served: Served, visit: Visit, page_faults: Faults
) -> None:
    """Research pitfall K56: never a silent stop; a stream that comes back after the end is told 401."""
    page_faults.expect("status of 401")
    page_faults.expect("status 401")
    board = open_board(served, visit, address="/?state=solved")
    expect(board.locator("#expired")).to_be_hidden()
    other = board.context.new_page()
    other.goto(f"{served.url}/people")
    other.get_by_role("button", name="बाहर जाएँ").click()
    expect(other).to_have_url(f"{served.url}/sign-in")
    served.district.register("DPRO C")
    expect(board.locator("#expired")).to_be_visible()
    link = board.locator("#expired a")
    expect(link).to_have_attribute("href", "/sign-in?back=/%3Fstate%3Dsolved")


def test_after_a_restart_of_the_server_the_board_is_live_again(
    served: Served, visit: Visit, page_faults: Faults
) -> None:
    """Research pitfall K56: the stream fails with 503 and without an answer, then the server is back."""
    page_faults.expect("status of 503")
    page_faults.expect("ERR_FAILED")
    page_faults.expect("ERR_CONNECTION")
    down = {"now": True}
    page = visit(storage_state=served.state("senior"))
    page.route("**/board/live*", lambda route: route.fulfill(status=503, body="") if down["now"] else route.fallback())
    page.goto(served.url)
    expect(page.locator("#broken")).to_be_visible()
    served.district.register("DPRO C")
    down["now"] = False
    expect(page.locator(".line")).to_have_count(1)
    expect(page.locator("#broken")).to_be_hidden()


def test_five_tabs_of_one_browser_all_work(served: Served, visit: Visit) -> None:
    first = open_board(served, visit)
    tabs = [first, *(first.context.new_page() for _ in range(4))]
    for tab in tabs[1:]:
        tab.goto(served.url)
    served.district.register("DPRO C")
    for tab in tabs:
        tab.bring_to_front()
        expect(tab.locator(".line")).to_have_count(1)


def test_on_a_slow_line_the_board_is_live_too(served: Served, visit: Visit) -> None:
    """The extension of htmx arrives after htmx itself and must not come too late."""
    page = visit(storage_state=served.state("senior"))
    waiting: list[Route] = []
    page.route("**/hx-sse.min.js", lambda route: waiting.append(route))
    with page.expect_response("**/htmx.min.js"):
        page.goto(served.url, wait_until="commit")
    until(page, lambda: waiting)
    waiting[0].continue_()
    expect(page.locator("#live")).to_have_attribute("data-connected", "yes")
