"""At the desk: what a paused complaint shows, days that will not do, and holidays, confirmed before they happen."""

from datetime import date

import pytest

from core.commands import AskMoreTime, PauseComplaint
from core.complaints import State
from core.holiday_commands import DeclareHoliday
from core.pauses import PauseFor
from tests.desk.serving import Served

PIPE = "सड़क खुदी है, पाइप आना बाकी है"
SATURDAY = date(2026, 11, 28)


def test_a_paused_complaint_tells_until_when_why_and_when_it_is_due_then(served: Served) -> None:
    (complaint,) = served.district.register("DPRO A")
    served.district.do(PauseComplaint(complaint.code, date(2026, 11, 27), PauseFor.COURT, PIPE), "senior")
    page = served.client("sunita").open(f"/c/{complaint.code}").text
    assert 'class="chip paused"' in page
    assert "until Fri 27-11-2026, 10:00 am" in page
    assert PIPE in page
    assert "Due then: Fri 27-11-2026, 6:00 pm" in page
    assert "Paused until Fri 27-11-2026, 10:00 am: waits for a court" in page
    assert "until Fri 27-11-2026" in served.client("sunita").open("/").text, "the board too"


def test_the_senior_sees_what_giving_time_does_before_pressing(served: Served) -> None:
    (complaint,) = served.district.register("DPRO A")
    served.district.do(AskMoreTime(complaint.code, date(2026, 11, 27), PIPE), "sunita")
    senior, page = served.client("senior"), f"/c/{complaint.code}"
    shown = senior.open(page).text
    assert "Sunita Verma asks for time until Fri 27-11-2026." in shown
    assert "Due now: Wed 25-11-2026, 6:00 pm. If time is given: Fri 27-11-2026, 6:00 pm." in shown
    other = served.client("other senior")
    marks = other.marks(page)
    senior.send(page, f"{page}/give-time", until="")
    late = other.post(f"{page}/give-time", marks | {"until": ""})
    assert late.status_code == 409
    assert served.district.complaint(complaint.code).pauses == 1
    again = other.post(f"{page}/give-time", other.marks("/people") | {"key": "k", "version": "3", "until": ""})
    assert "ADM (City) gave time until Fri 27-11-2026, 10:00 am" in again.text


@pytest.mark.parametrize(
    ("until", "told"),
    [
        ("", "Write a day as DD-MM-YYYY"),
        ("soon", "Write a day as DD-MM-YYYY"),
        ("kal", "‘kal’ can be more than one day"),
        ("24-11-2026", "Choose a later day, like Thu 26-11-2026"),
        ("29-11-2026", "The next office day is Mon 30-11-2026"),
        ("27-11-2029", "more than a year ahead"),
    ],
)
def test_a_day_that_will_not_do_comes_back_with_one_that_will(served: Served, until: str, told: str) -> None:
    (complaint,) = served.district.register("DPRO A")
    page = f"/c/{complaint.code}"
    refused = served.client("operator").send(page, f"{page}/pause", until=until, waits_for="court", words=PIPE)
    assert refused.status_code == 409
    assert told in refused.text
    assert PIPE in refused.text, "what was written stays"
    assert served.district.complaint(complaint.code) == complaint


def test_lowering_late_says_what_to_do_instead(served: Served) -> None:
    (complaint,) = served.district.register("DPRO A")
    served.district.clock.set(complaint.due.at)
    page = f"/c/{complaint.code}"
    refused = served.client("senior").send(page, f"{page}/category", category="C", words=PIPE)
    assert "A category cannot be lowered after the due time." in refused.text


def test_the_history_and_the_reasons_tell_what_moved_the_due_time(served: Served) -> None:
    (complaint,) = served.district.register("DPRO B")
    served.district.do(DeclareHoliday(SATURDAY, "भारी वर्षा", "Heavy rain"), "administrator")
    page = served.client("sunita").open(f"/c/{complaint.code}").text
    assert "A holiday was declared (28-11-2026 (Heavy rain), 29-11-2026 (weekly day off))" in page
    assert "The office is closed on the day it was due, so it is due Mon 30-11-2026, 6:00 pm" in page


def test_a_holiday_is_shown_before_it_happens_and_declared_once(served: Served) -> None:
    (complaint,) = served.district.register("DPRO B")
    served.district.register("BDO C")
    administrator = served.client("administrator")
    fields = {"day": "28-11-2026", "name_hi": "भारी वर्षा", "name_en": "Heavy rain"}
    checked = administrator.send("/holidays", "/holidays/check", **fields)
    assert "Close the office on Sat 28-11-2026?" in checked.text
    assert "1 complaint due on that day moves" in checked.text
    assert served.district.complaint(complaint.code) == complaint
    marks = administrator.marks("/holidays") | {"key": "k"} | fields
    answers = [administrator.post("/holidays", marks) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert "The office is closed on Sat 28-11-2026: Heavy rain" in answers[1].text
    assert served.district.complaint(complaint.code).due.day == date(2026, 11, 30)
    again = administrator.send("/holidays", "/holidays/check", **fields)
    assert "The office is closed on Sat 28-11-2026 already: Heavy rain" in again.text


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"day": "24-11-2026", "name_hi": "वर्षा"}, "Choose a later day"),
        ({"day": "29-11-2026", "name_hi": "वर्षा"}, "is closed on Sun 29-11-2026 already"),
        ({"day": "kal", "name_hi": "वर्षा"}, "more than one day"),
        ({"day": "", "name_hi": "वर्षा"}, "Write a day"),
        ({"day": "28-11-2026", "name_hi": ""}, "Write why the office is closed"),
    ],
)
def test_a_holiday_that_will_not_do_comes_back(served: Served, fields: dict[str, str], told: str) -> None:
    refused = served.client("administrator").send("/holidays", "/holidays/check", **fields)
    assert refused.status_code == 409
    assert told in refused.text


@pytest.mark.parametrize("who", ["senior", "operator", "nodal", "sunita", "auditor"])
def test_only_an_administrator_closes_the_office(served: Served, who: str) -> None:
    person = served.client(who)
    assert 'href="/holidays"' not in person.open("/").text
    marks = person.marks("/people") | {"key": "k", "day": "28-11-2026", "name_hi": "वर्षा", "name_en": ""}
    assert [person.post(path, marks).status_code for path in ("/holidays/check", "/holidays")] == [403, 403]


def test_a_holiday_is_taken_back_once_and_what_moved_stays(served: Served) -> None:
    (complaint,) = served.district.register("DPRO B")
    served.district.do(DeclareHoliday(SATURDAY, "भारी वर्षा", "Heavy rain"), "administrator")
    moved = served.district.complaint(complaint.code)
    administrator = served.client("administrator")
    assert "Open the office on Sat 28-11-2026" in administrator.open("/holidays").text
    marks = administrator.marks("/holidays") | {"key": "k", "day": "2026-11-28"}
    for _ in range(2):
        answer = administrator.post("/holidays/back", marks)
        assert (answer.status_code, "The office is open on Sat 28-11-2026." in answer.text) == (200, True)
    assert "Sat 28-11-2026 opened again · Anil Mishra" in answer.text
    assert served.district.complaint(complaint.code) == moved
    again = administrator.post("/holidays/back", marks | {"key": "other"})
    assert (again.status_code, "is open on Sat 28-11-2026 already" in again.text) == (409, True)
    assert administrator.post("/holidays/back", marks | {"day": "kal"}).status_code == 409
    served.district.do(DeclareHoliday(SATURDAY, "भारी वर्षा", "Heavy rain"), "administrator")
    program = served.program("administrator")
    assert [program.delete("/api/holidays/2026-11-28").status_code for _ in range(2)] == [204, 409]
    for who in ("senior", "nodal"):
        assert served.client(who).post("/holidays/back", served.client(who).marks("/people") | marks).status_code == 403
        assert served.program(who).delete("/api/holidays/2026-11-28").status_code == 403


def test_programs_do_the_same(served: Served) -> None:
    (complaint,) = served.district.register("DPRO A")
    (other,) = served.district.register("DPRO B")
    path = f"/api/complaints/{complaint.code}"
    asked = served.program("sunita").post(f"{path}/more-time", json={"until": "2026-11-27", "words": PIPE})
    assert asked.status_code == 200
    senior = served.program("senior")
    assert senior.post(f"{path}/give-time", json={}).json()["paused_until"] == "2026-11-27T04:30:00Z"
    refused = served.program("other senior").post(f"{path}/no-time", json={})
    assert (refused.status_code, refused.json()["reason"]) == (409, "nothing_asked")
    assert senior.post(f"{path}/resume", json={}).json()["state"] == State.REGISTERED
    assert senior.post(f"{path}/pause", json={"until": "27/11", "waits_for": "", "words": PIPE}).status_code == 422
    holiday = {"day": "2026-11-28", "name_en": "Heavy rain"}
    declared = served.program("administrator").post("/api/holidays", json=holiday)
    assert (declared.status_code, declared.json()["moved"]) == (201, [other.code])
    assert served.program("senior").post("/api/holidays", json=holiday).status_code == 403
