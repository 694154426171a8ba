"""The board without script: what is open, by department and state, for whom it is; filters that the address holds."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from core.commands import Acknowledge, Confirm, Solve
from desk.board.filter import read_day, read_filter
from tests.desk.serving import Person, Served

LINE = re.compile(r'id="line-([A-Z]+-\d+-\d\d)"')
WORK = "नाली की मरम्मत कराई, पानी निकल गया"


def codes(person: Person, address: str = "/") -> list[str]:
    """The codes of the list, in order."""
    return LINE.findall(person.open(address).text)


def count(person: Person, tile: str, address: str = "/") -> str:
    """What a tile counts."""
    found = re.search(rf'id="tile-{tile}".*?class="count">([^<]*)<', person.open(address).text, re.DOTALL)
    assert found
    return found[1]


def test_those_with_least_time_come_first_and_the_overdue_before_them(served: Served) -> None:
    register, clock = served.district.register, served.district.clock
    c, b, a = register("DPRO C")[0], register("BDO B")[0], register("JNR A")[0]
    senior = served.client("senior")
    assert codes(senior) == [a.code, b.code, c.code]
    clock.advance(timedelta(hours=9))
    assert codes(senior, "/?state=overdue") == [a.code]
    assert "1 h late" in senior.open("/").text
    assert (count(senior, "open"), count(senior, "overdue")) == ("3", "1")


def test_counts_are_links_and_agree_with_their_lists(served: Served) -> None:
    made = [served.district.register("DPRO C")[0] for _ in range(5)]
    for complaint in made[:4]:
        served.district.do(Acknowledge(complaint.code), "sunita")
    for complaint in made[:2]:
        served.district.do(Solve(complaint.code, WORK), "sunita")
    served.district.do(Confirm(made[0].code), "senior")
    senior = served.client("senior")
    for state, expected in {
        "open": made[2:],
        "registered": made[4:],
        "acknowledged": made[2:4],
        "solved": made[1:2],
        "closed": made[:1],
        "reopened": [],
    }.items():
        assert codes(senior, f"/?state={state}") == [each.code for each in expected], state
        if state != "closed":
            assert count(senior, state) == str(len(expected))
    row = re.search(r'id="row-DPRO".*?</tr>', senior.open("/").text, re.DOTALL)
    assert row
    assert re.findall(r'href="/\?department=DPRO[^"]*">(\d+)<', row[0]) == ["3", "1"]


def test_a_member_sees_their_departments_alone(served: Served) -> None:
    dpro, bdo = served.district.register("DPRO C", "BDO C")
    assert codes(served.client("sunita")) == [dpro.code]
    assert codes(served.client("ramesh"), "/?department=DPRO") == [bdo.code], (
        "another department's filter opens nothing"
    )
    assert set(codes(served.client("auditor"))) == {dpro.code, bdo.code}


def test_the_closed_are_counted_as_the_filter_says(served: Served) -> None:
    for part in ("DPRO B", "DPRO C", "BDO C"):
        closed = served.district.register(part)[0]
        served.district.do(Solve(closed.code, WORK), "ramesh" if part.startswith("BDO") else "sunita")
        served.district.do(Confirm(closed.code), "senior")
    senior = served.client("senior")
    assert count(senior, "closed") == "3"
    assert count(senior, "closed", "/?department=DPRO&category=C") == "1"
    assert count(senior, "closed", "/?since=01-01-2020") == "3"
    assert count(senior, "closed", "/?since=01-01-2040&state=closed") == "0"
    assert "3 complaints" in senior.open("/?state=closed").text


def test_filters_go_together_and_stay_in_the_links(served: Served) -> None:
    wanted = served.district.register("DPRO B")[0]
    served.district.register("DPRO C", "BDO B")
    senior = served.client("senior")
    assert codes(senior, "/?department=DPRO&category=B") == [wanted.code]
    assert (
        'href="/?department=DPRO&amp;state=overdue&amp;category=B"' in senior.open("/?department=DPRO&category=B").text
    )


def test_days_are_the_offices_from_midnight_to_midnight(served: Served) -> None:
    """Research pitfall K59: at 02:00 in India it is still the day before in UTC."""
    found = {}
    for hour, minute, name in ((18, 29, "before"), (18, 31, "first"), (20, 30, "night")):
        served.district.clock.set(datetime(2026, 11, 23, hour, minute, tzinfo=UTC))
        found[name] = served.district.register("DPRO C")[0].code
    served.district.clock.set(datetime(2026, 11, 25, 20, 30, tzinfo=UTC))
    found["after"] = served.district.register("DPRO C")[0].code
    senior = served.client("senior")
    assert set(codes(senior, "/?since=24-11-2026&until=25-11-2026")) == {found["first"], found["night"]}
    assert codes(senior, "/?since=26-11-2026") == [found["after"]]
    assert codes(senior, "/?until=23-11-2026") == [found["before"]]


def test_what_is_no_date_is_told_with_an_example(served: Served) -> None:
    page = served.client("senior").open("/?since=31-02-2026").text
    assert "Write the date as day-month-year, like 25-11-2026." in page
    assert 'value="31-02-2026"' in page


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("24-11-2026", (2026, 11, 24)),
        ("4/1/2027", (2027, 1, 4)),
        ("29.02.2027", None),
        ("2026-11-24", None),
        ("x", None),
    ],
)
def test_days_as_people_type_them(typed: str, day: tuple[int, int, int] | None) -> None:
    read = read_day(typed)
    assert (read and (read.year, read.month, read.day)) == day


@pytest.mark.parametrize("page", ["-1", "0", "x", "٣", "99999999"])
def test_an_address_that_somebody_changed_breaks_nothing(served: Served, page: str) -> None:
    served.district.register("DPRO C")
    answer = served.client("senior").open(f"/?department=%27&state=x&category=Z&page={page}")
    assert answer.status_code == 200


def test_fifty_on_a_page_and_the_rest_on_the_next(served: Served) -> None:
    made = [served.district.register("DPRO C")[0].code for _ in range(53)]
    senior = served.client("senior")
    assert codes(senior) == made[:50]
    assert codes(senior, "/?page=2") == made[50:]
    assert "53 complaints" in senior.open("/").text


def test_a_filter_survives_its_own_address() -> None:
    address = {"department": "DPRO", "state": "overdue", "category": "A", "since": "24-11-2026", "page": "2"}
    assert read_filter(address).query() == "department=DPRO&state=overdue&category=A&since=24-11-2026&page=2"
