"""Taken on soon, and solved while the hearing lasts: shown and reported, never a breach (docs/design.md §4, rule 8)."""

from datetime import datetime

import pytest

from core.commands import Acknowledge, Merge, Reopen, Solve, Transfer
from core.complaints import Complaint
from core.complaints.targets import Target, acknowledging, hearing
from tests.core.calendars import ist
from tests.district import District

WORDS = "नाली की मरम्मत कराई, पानी निकल गया"


def on(text: str) -> datetime:
    return ist(f"2026-11-{text}")


def taking(district: District, complaint: Complaint) -> Target | None:
    rules = district.store.read_now(district.office.rules)
    return acknowledging(district.complaint(complaint.code), rules)


def in_hearing(district: District, complaint: Complaint) -> Target | None:
    rules = district.store.read_now(district.office.rules)
    return hearing(district.complaint(complaint.code), rules)


def test_it_is_taken_on_in_time_or_late(quick_district: District) -> None:
    first, second = quick_district.register("DPRO C", "BDO C")
    assert taking(quick_district, first) == Target(on("25 10:30"), None)
    quick_district.clock.set(on("25 10:30"))
    quick_district.do(Acknowledge(first.code), "sunita")
    done = taking(quick_district, first)
    assert done == Target(on("25 10:30"), on("25 10:30"))
    assert not done.is_missed(on("27 12:00")), "at the very instant is in time, for ever"
    waits = taking(quick_district, second)
    assert waits is not None
    assert (waits.is_missed(on("25 10:30")), waits.is_missed(on("25 10:31"))) == (False, True)
    quick_district.do(Solve(second.code, WORDS), "ramesh")
    assert taking(quick_district, second) == Target(on("25 10:30"), on("25 10:30")), "a solution says so too"


def test_it_counts_from_when_the_department_could_begin(quick_district: District) -> None:
    (complaint,) = quick_district.register("DPRO C")
    quick_district.clock.set(on("25 17:45"))
    quick_district.do(Transfer(complaint.code, "JNR", "पाइप जल निगम का है"), "ashok")
    assert taking(quick_district, complaint) == Target(on("26 09:15"), None), "15 minutes of today, the window first"
    quick_district.do(Solve(complaint.code, WORDS), "vimla")
    quick_district.clock.set(on("26 12:00"))
    quick_district.do(Reopen(complaint.code, "पानी फिर बंद है"), "senior")
    assert taking(quick_district, complaint) == Target(on("26 12:30"), None)


def test_what_is_joined_to_another_has_no_target(quick_district: District) -> None:
    (complaint,), (other,) = quick_district.register("DPRO C"), quick_district.register("DPRO C")
    quick_district.do(Merge(complaint.code, other.code), "senior")
    assert taking(quick_district, complaint) is None


@pytest.mark.parametrize(("solved", "missed"), [("25 11:00", False), ("25 11:01", True)])
def test_solved_in_the_hearing(quick_district: District, solved: str, missed: bool) -> None:
    (complaint,) = quick_district.register("DPRO C")
    assert in_hearing(quick_district, complaint) == Target(on("25 11:00"), None)
    quick_district.clock.set(on(solved))
    quick_district.do(Solve(complaint.code, WORDS), "sunita")
    quick_district.do(Reopen(complaint.code, "पानी फिर बंद है"), "senior")
    target = in_hearing(quick_district, complaint)
    assert target == Target(on("25 11:00"), on(solved)), "the first solution counts"
    assert target.is_missed(on("25 12:00")) is missed


def test_what_came_outside_a_hearing_has_no_such_target(quick_district: District) -> None:
    quick_district.clock.set(on("25 11:00"))
    (complaint,) = quick_district.register("DPRO C")
    assert in_hearing(quick_district, complaint) is None
