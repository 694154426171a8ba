"""The morning at the desk: who sees whom, what each hour of the day says, and what is done there."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from core.holiday_commands import DeclareHoliday
from core.presence import Leave, OffDuty
from core.presence_commands import EnterLeave
from core.store.queries.absences import leaves_of, off_duty_of
from core.store.queries.day_reports import amendments_of_person, verdict_of
from tests.desk.mornings import WEDNESDAY, at, morning_desk, report_day, see
from tests.desk.serving import Served
from tests.district import PEOPLE

NAMES = {"ashok": "Ashok Yadav", "sunita": "Sunita Verma", "ramesh": "Ramesh Pal", "vimla": "Vimla Devi"}


@pytest.fixture
def desk(sqlite_database: str, tmp_path: Path) -> Iterator[Served]:
    """The desk at 10:00 of a morning."""
    with morning_desk(sqlite_database, tmp_path) as served:
        yield served


def named(page: str) -> set[str]:
    """Whose names stand in the lists of a page (not who is signed in)."""
    body = page.split('<main id="content"')[1]
    return {name for name, words in NAMES.items() if words in body}


EVERYBODY = set(NAMES)
SEEN_BY = {
    **dict.fromkeys(("senior", "administrator", "nodal", "auditor"), EVERYBODY),
    "ashok": {"ashok", "sunita"},
    "ramesh": {"ramesh"},
    "sunita": set(),
    "operator": set(),
}


def test_everybody_sees_the_names_that_are_theirs_to_see(desk: Served) -> None:
    for who, names in SEEN_BY.items():
        client = desk.client(who)
        assert named(client.open("/morning?show=all").text) == names, who
        for name in NAMES:
            status = client.open(f"/morning/people/{PEOPLE[name]}").status_code
            assert status == (200 if name in names or name == who else 403), (who, name)


def test_an_operator_sees_the_figures_and_a_member_their_own(desk: Served) -> None:
    operator = desk.client("operator").open("/morning").text
    assert 'id="row-DPRO"' in operator
    assert 'id="row-BDO"' in operator
    assert "2<small> / 4</small>" in operator
    sunita = desk.client("sunita").open("/morning").text
    assert 'id="row-DPRO"' in sunita
    assert 'id="row-BDO"' not in sunita
    assert "since 9:02 am" in sunita
    assert desk.client("sunita").open("/morning/me").url.path == f"/morning/people/{PEOPLE['sunita']}"


def test_who_is_here_and_who_is_missing_and_since_when(desk: Served) -> None:
    senior = desk.client("senior")
    missing = senior.open("/morning").text
    assert named(missing) == {"ramesh", "vimla"}
    assert "read at 9:05 am, wrote nothing" in missing
    here = senior.open("/morning?show=here").text
    assert named(here) == {"ashok", "sunita"}
    assert "came late since 9:31 am" in here
    assert "since 9:02 am · last seen 9:45 am" in " ".join(here.split())
    assert named(senior.open("/morning?department=DPRO").text) == {"ashok", "sunita"}
    assert named(senior.open("/morning?q=विमला").text) == {"vimla"}
    assert named(senior.open("/morning?q=nobody+at+all").text) == set()


def test_each_hour_of_the_day_says_the_right_thing(desk: Served) -> None:
    senior, clock = desk.client("senior"), desk.district.clock
    clock.set(at(8, 55))
    before = senior.open("/morning").text
    assert "The window opens at 9:00 am." in before
    assert "not seen yet" not in before
    clock.set(at(9, 20))
    assert "The window is open until 11:00 am." in senior.open("/morning").text
    clock.set(at(11, 1))
    report_day(desk.district)
    after = senior.open("/morning?show=all").text
    assert "The window is over since 11:00 am." in after
    assert "absent" in after
    assert "partly present" in after
    clock.set(at(10, day=date(2026, 11, 29)))
    closed = desk.client("senior").open("/morning").text
    assert "The office is closed today." in closed
    assert "Mon 30-11-2026" in closed
    assert named(closed) == set()


def test_a_holiday_that_is_declared_today_empties_the_page(desk: Served) -> None:
    desk.district.do(DeclareHoliday(WEDNESDAY, "भारी वर्षा", "Heavy rain"), "administrator")
    assert "The office is closed today." in desk.client("senior").open("/morning").text


def test_it_is_hindi_first_and_names_no_gender(desk: Served) -> None:
    page = desk.client("senior", "hi").open("/morning").text
    for words in ("सुबह की हाज़िरी", "अभी दर्ज नहीं", "रमेश पाल", "हाज़िरी का समय सुबह 11:00 तक है।"):
        assert words in page


# Doing


def test_a_senior_takes_offline_and_restores(desk: Served) -> None:
    senior, ramesh = desk.client("senior"), PEOPLE["ramesh"]
    page = f"/morning/people/{ramesh}"
    fields = senior.marks(page) | {"reason": "  ", "until": ""}
    refused = senior.post(f"{page}/offline", fields)
    assert (refused.status_code, "Write the reason in a sentence." in refused.text) == (409, True)
    fields |= {"reason": "बिना सूचना अनुपस्थित", "until": "27-11-2026"}
    for _ in range(2):
        assert "Taken offline." in senior.post(f"{page}/offline", fields).text
    (entry,) = off_duty(desk, "ramesh")
    assert (entry.reason, entry.until, entry.by) == ("बिना सूचना अनुपस्थित", date(2026, 11, 27), PEOPLE["senior"])
    assert "First day back: Fri 27-11-2026." in senior.open(page).text
    assert "already" in senior.send(page, f"{page}/offline", reason="और").text
    assert "On duty again" in senior.send(page, f"{page}/restore").text
    assert off_duty(desk, "ramesh")[0].restored_by == PEOPLE["senior"]


def test_only_a_senior_decides_on_duty_and_verdicts(desk: Served) -> None:
    page = f"/morning/people/{PEOPLE['sunita']}"
    fields = {"reason": "बिना सूचना", "day": "25-11-2026", "verdict": "absent"}
    for who in ("ashok", "operator", "nodal", "auditor", "administrator", "sunita"):
        client = desk.client(who)
        assert "Correct a verdict" not in client.open(page).text, who
        for action in ("offline", "restore", "correct"):
            sent = client.post(f"{page}/{action}", client.marks("/morning") | fields)
            assert sent.status_code in (403, 409), (who, action)
    assert off_duty(desk, "sunita") == ()


def test_a_senior_does_not_decide_on_themselves(desk: Served) -> None:
    senior, page = desk.client("senior"), f"/morning/people/{PEOPLE['senior']}"
    assert "Take offline" not in senior.open(page).text
    sent = senior.send("/morning", f"{page}/offline", reason="स्वयं")
    assert "Nobody decides on their own presence" in sent.text


def test_a_senior_corrects_a_verdict_and_it_stays_on_record(desk: Served) -> None:
    desk.district.clock.set(at(11, 5))
    report_day(desk.district)
    senior, page = desk.client("senior"), f"/morning/people/{PEOPLE['ramesh']}"
    sent = senior.send(page, f"{page}/correct", day="25-11-2026", verdict="present", reason="मेरे साथ बैठक में थे")
    assert "The verdict is corrected" in sent.text
    assert "absent → present" in " ".join(sent.text.split())
    assert "मेरे साथ बैठक में थे" in sent.text
    told = desk.district.store.read_now(lambda c: verdict_of(c.execute, WEDNESDAY, PEOPLE["ramesh"]))
    assert told is not None
    assert (told.verdict.value, told.reported, told.corrected) == ("present", "absent", True)
    no_report = senior.send(page, f"{page}/correct", day="24-11-2026", verdict="present", reason="थे")
    assert (no_report.status_code, "There is no presence report" in no_report.text) == (409, True)


def test_a_head_records_leave_for_theirs_and_an_officer_their_own(desk: Served) -> None:
    head, page = desk.client("ashok"), f"/morning/people/{PEOPLE['sunita']}"
    sent = head.send(page, f"{page}/leave", first="27-11-2026", last="26-11-2026")
    assert "The leave would end before it begins." in sent.text
    assert 'value="26-11-2026"' in sent.text, "what was typed is kept"
    assert "The leave is recorded." in head.send(page, f"{page}/leave", first="26-11-2026", last="27-11-2026").text
    (leave,) = leaves(desk, "sunita")
    assert (leave.first, leave.last, leave.entered_by, leave.by_authority) == (
        date(2026, 11, 26),
        date(2026, 11, 27),
        PEOPLE["ashok"],
        True,
    )
    assert "already" in head.send(page, f"{page}/leave", first="27-11-2026").text
    own = desk.client("sunita")
    assert "The leave is cancelled." in own.send(page, f"{page}/cancel-leave", leave=leave.id).text
    assert leaves(desk, "sunita")[0].cancelled_by == PEOPLE["sunita"]
    other = desk.client("ramesh")
    refused = other.post(f"{page}/leave", other.marks("/morning") | {"first": "30-11-2026"})
    assert refused.status_code == 403
    assert len(leaves(desk, "sunita")) == 1


def test_leave_that_a_head_records_after_the_window_amends_the_day(desk: Served) -> None:
    desk.district.clock.set(at(11, 30))
    report_day(desk.district)
    senior, page = desk.client("senior"), f"/morning/people/{PEOPLE['ramesh']}"
    sent = senior.send(page, f"{page}/leave", first="today")
    assert "absent → on leave" in " ".join(sent.text.split())
    found = desk.district.store.read_now(
        lambda c: amendments_of_person(c.execute, PEOPLE["ramesh"], WEDNESDAY, WEDNESDAY)
    )
    assert [each.why for each in found] == ["leave"]


def test_nobody_unknown_and_no_foreign_form_changes_anything(desk: Served) -> None:
    senior = desk.client("senior")
    assert senior.open("/morning/people/4711").status_code == 404
    assert senior.send("/morning", "/morning/people/4711/offline", reason="x").status_code == 404
    assert senior.send("/morning", f"/morning/people/{PEOPLE['ramesh']}/promote").status_code == 404
    foreign = senior.post(f"/morning/people/{PEOPLE['ramesh']}/offline", {"csrf": "0", "reason": "x"})
    assert foreign.status_code == 403
    assert off_duty(desk, "ramesh") == ()


# Days and months


def test_the_last_day_and_the_month_by_department_and_by_person(desk: Served) -> None:
    district = desk.district
    district.clock.set(at(11, 1))
    report_day(district)
    district.clock.set(at(9, 30, date(2026, 11, 26)))
    senior = desk.client("senior")
    day = senior.open("/morning/day").text
    assert "Wed 25-11-2026" in day
    assert 'title="1 of 2"' in day, "Sunita in the first quarter of DPRO"
    persons = senior.open("/morning/day?department=DPRO&day=25-11-2026").text
    assert named(persons) == {"ashok", "sunita"}
    month = senior.open("/morning/month").text
    assert 'id="row-DPRO"' in month
    assert 'title="2 of 2"' in month
    by_person = senior.open("/morning/month?department=DPRO").text
    assert named(by_person) == {"ashok", "sunita"}
    assert 'title="partly present"' in by_person
    assert "November 2026" in by_person
    assert "Nothing is reported of this time" in senior.open("/morning/month?month=2026-09").text
    assert "Write the date as day-month-year" in senior.open("/morning/day?day=soon").text


def test_a_head_reads_the_map_of_their_own_people_alone(desk: Served) -> None:
    desk.district.clock.set(at(11, 1))
    report_day(desk.district)
    head, others = desk.client("ashok"), [desk.client(name) for name in ("sunita", "operator")]
    for path in ("/morning/day?day=25-11-2026&department=", "/morning/month?department="):
        assert named(head.open(f"{path}DPRO").text) == {"ashok", "sunita"}
        assert [each.open(f"{path}DPRO").status_code for each in others] == [403, 403]
        assert head.open(f"{path}BDO").status_code == 403
        figures = others[1].open(path).text
        assert 'id="row-BDO"' in figures
        assert named(figures) == set()


def test_a_record_shows_the_month_and_what_changed_it(desk: Served) -> None:
    district = desk.district
    district.clock.set(at(11, 1))
    report_day(district)
    see(district, "ramesh", at(9, 3))
    page = desk.client("ramesh").open("/morning/me?month=2026-11").text
    assert "Came on 1 of 1 days." in page
    assert "absent → partly present" in " ".join(page.split())
    assert "a message arrived late" in page


# Programs


def test_a_program_reads_what_its_person_may_see(desk: Served) -> None:
    senior = desk.program("senior").get("/api/presence/today").json()
    assert (senior["day"], senior["phase"], senior["came"], senior["expected"]) == ("2026-11-25", "during", 2, 4)
    assert {each["name"] for each in senior["people"]} == {"अशोक यादव", "सुनीता वर्मा", "रमेश पाल", "विमला देवी"}
    operator = desk.program("operator").get("/api/presence/today").json()
    assert (operator["people"], len(operator["departments"])) == ([], 3)
    assert desk.program("ashok").get(f"/api/presence/{PEOPLE['ramesh']}").status_code == 403
    assert desk.program("senior").get("/api/presence/4711").status_code == 404
    assert desk.program("senior").get(f"/api/presence/{PEOPLE['ramesh']}?month=11-2026").status_code == 422
    assert "/api/presence/today" in desk.client("senior").open("/api").text


def test_a_program_reads_a_month_with_what_changed(desk: Served) -> None:
    district = desk.district
    district.do(EnterLeave(PEOPLE["vimla"], date(2026, 11, 26), date(2026, 11, 26)), "vimla")
    district.clock.set(at(11, 1))
    report_day(district)
    see(district, "ramesh", at(9, 3))
    found = desk.program("ramesh").get(f"/api/presence/{PEOPLE['ramesh']}?month=2026-11").json()
    assert found["days"] == [
        {"day": "2026-11-25", "verdict": "partial", "reported": "absent", "first": "2026-11-25T03:33:00Z"}
    ]
    assert [(each["was"], each["becomes"], each["why"]) for each in found["changes"]] == [
        ("absent", "partial", "late_delivery")
    ]
    assert desk.program("vimla").get(f"/api/presence/{PEOPLE['vimla']}").json()["leaves"][0]["first"] == "2026-11-26"


def off_duty(desk: Served, name: str) -> tuple[OffDuty, ...]:
    return desk.district.store.read_now(lambda c: off_duty_of(c.execute, PEOPLE[name]))


def leaves(desk: Served, name: str) -> tuple[Leave, ...]:
    return desk.district.store.read_now(
        lambda c: leaves_of(c.execute, PEOPLE[name], date(2026, 11, 1), date(2026, 12, 31))
    )
