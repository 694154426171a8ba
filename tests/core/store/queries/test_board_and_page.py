"""What the desk reads, on both databases: counts, lists in order, a complaint's page, open complaints of a phone."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from core.commands import Acknowledge, Confirm, Solve, Transfer
from core.complaints import Complaint
from core.store.queries.board import (
    Choice,
    closed_complaints,
    complaints_by_time_left,
    latest_entry,
    open_complaints_by_department,
    states_of,
)
from core.store.queries.complaint_page import complaint_page, open_complaints_with_phone
from tests.district import DEPARTMENT_IDS, District, small_district

ALL = (*DEPARTMENT_IDS.values(), 98, 99)
WORK = "नाली की मरम्मत कराई, पानी निकल गया"


@pytest.fixture
def district(database_url: str) -> Iterator[District]:
    made = small_district(database_url)
    yield made
    made.close()


def codes(district: District, choice: Choice, most: int = 10, skip: int = 0) -> list[str]:
    now = district.clock.now()
    lines = district.store.read_now(lambda connection: complaints_by_time_left(connection, choice, now, most, skip))
    return [line.complaint.code for line in lines]


def closed(district: District) -> Complaint:
    complaint = district.register("DPRO C")[0]
    district.do(Solve(complaint.code, WORK), "sunita")
    district.do(Confirm(complaint.code), "senior")
    return complaint


def test_counts_are_by_department_and_state_and_leave_the_closed_out(district: District) -> None:
    closed(district)
    dpro, bdo = district.register("DPRO A", "BDO C")
    district.do(Acknowledge(dpro.code), "sunita")
    district.clock.advance(timedelta(hours=9))
    now = district.clock.now()
    counts = district.store.read_now(lambda connection: open_complaints_by_department(connection, Choice(ALL), now))
    assert {(each.department, each.state, each.complaints, each.overdue) for each in counts} == {
        (dpro.department, "acknowledged", 1, 1),
        (bdo.department, "registered", 1, 0),
    }


def test_the_closed_are_counted_up_to_a_limit(district: District) -> None:
    district.register("DPRO C")
    for _ in range(3):
        closed(district)
    now = district.clock.now()
    choices = (Choice(ALL), Choice((DEPARTMENT_IDS["BDO"],)), Choice(ALL, since=now - timedelta(days=1)))
    with district.store.reading() as connection:
        counted = [closed_complaints(connection, choice, most) for choice in choices for most in (10, 2)]
    assert counted == [3, 2, 0, 0, 3, 2]


def test_each_view_has_its_order_and_its_pages(district: District) -> None:
    first, last = closed(district), closed(district)
    c, b, a = (district.register(part)[0] for part in ("DPRO C", "BDO B", "JNR A"))
    district.do(Transfer(c.code, "JNR", "पाइप जल निगम का है"), "ashok")
    assert codes(district, Choice(ALL)) == [a.code, b.code, c.code]
    assert codes(district, Choice(ALL), most=1, skip=1) == [b.code]
    assert codes(district, Choice(ALL, view="registered")) == [a.code, b.code, c.code], (
        "moved on, it waits for somebody"
    )
    assert codes(district, Choice(ALL, category="B")) == [b.code]
    assert codes(district, Choice((DEPARTMENT_IDS["JNR"],))) == [a.code, c.code]
    assert codes(district, Choice(ALL, view="overdue")) == []
    for departments in (ALL, (DEPARTMENT_IDS["DPRO"],)):
        assert codes(district, Choice(departments, view="closed")) == [last.code, first.code]
    until = district.clock.now()
    assert codes(district, Choice(ALL, until=until)) == []
    assert len(codes(district, Choice(ALL, since=until))) == 3


def test_states_and_the_pulse_tell_that_something_happened(district: District) -> None:
    complaint = district.register("DPRO C")[0]
    before = district.store.read_now(latest_entry)
    district.do(Acknowledge(complaint.code), "sunita")
    assert district.store.read_now(latest_entry) != before
    states = district.store.read_now(lambda connection: states_of(connection, [complaint.code, "DPRO-1999-00"]))
    assert states == {complaint.code: "acknowledged"}


def test_a_page_has_the_petition_the_siblings_and_the_timeline(district: District) -> None:
    complaint, sibling = district.register("DPRO C", "BDO B")
    district.do(Acknowledge(complaint.code), "sunita")
    page = district.store.read_now(lambda connection: complaint_page(connection, complaint.code))
    assert page is not None
    assert page.petition.name == "सावित्री देवी"
    assert [each.code for each in page.siblings] == [sibling.code]
    assert [type(step.happened).__name__ for step in page.steps] == ["Registered", "Acknowledged"]
    assert not any(step.erased for step in page.steps)
    assert district.store.read_now(lambda connection: complaint_page(connection, "DPRO-1999-00")) is None


def test_a_phones_open_complaints_are_those_not_closed(district: District) -> None:
    closed(district)
    complaint = district.register("DPRO C")[0]
    district.do(Solve(complaint.code, WORK), "sunita")
    other = district.register("BDO C", phone="9999999999")[0]
    found = district.store.read_now(lambda connection: open_complaints_with_phone(connection, "9812345610"))
    assert [each.code for each in found] == [complaint.code]
    assert other.code not in [each.code for each in found]
