"""Leave: whose it is to enter and to cancel, which days will do, and what overlaps."""

from datetime import date

import pytest

from core.people_commands import PutInDepartment
from core.presence.absences import Leave
from core.presence.happened import LeaveCancelled, LeaveEntered
from core.presence_commands import CancelLeave, EnterLeave
from core.refusals import Invalid, LeaveOverlaps, NoLeave, NotAllowed, NotFound, Refusal
from core.standing import Stands, standing
from tests.core.presence.office_mornings import Listener, amendments, at, at_eleven, bind, close_windows, words
from tests.district import DEPARTMENT_IDS, PEOPLE, District, small_district

SUNITA = PEOPLE["sunita"]


def day(number: int, month: int = 11) -> date:
    return date(2026, month, number)


def enter(district: District, by: str, first: date, last: date, person: int = SUNITA) -> Leave:
    leave = district.do(EnterLeave(person, first, last), by).value
    assert isinstance(leave, Leave)
    return leave


@pytest.mark.parametrize("by", ["sunita", "ashok", "senior"])
def test_the_officer_the_head_and_a_senior_may(district: District, by: str) -> None:
    leave = enter(district, by, day(26), day(28))
    assert (leave.entered_by, leave.by_authority) == (PEOPLE[by], by != "sunita")
    district.clock.set(at("26 11:00:00"))
    close_windows(district)
    assert words(district, day(26))["sunita"] == "on_leave"


@pytest.mark.parametrize("by", ["ramesh", "operator", "nodal", "auditor", "administrator"])
def test_nobody_else_may(quick_district: District, by: str) -> None:
    with pytest.raises(NotAllowed):
        quick_district.do(EnterLeave(SUNITA, day(26), day(28)), by)
    leave = enter(quick_district, "sunita", day(26), day(28))
    with pytest.raises(NotAllowed):
        quick_district.do(CancelLeave(leave.id), by)


def test_a_head_of_any_of_their_departments_may(quick_district: District) -> None:
    quick_district.do(PutInDepartment(SUNITA, "BDO"), "nodal")
    assert enter(quick_district, "ramesh", day(26), day(26)).by_authority


@pytest.mark.parametrize(
    ("by", "first", "last", "refusal"),
    [
        ("sunita", day(28), day(26), Invalid("leave", "backwards", "2026-11-26", "2026-11-28")),
        ("sunita", day(24), day(26), Invalid("leave", "past", "2026-11-24", "2026-11-25")),
        ("ashok", day(1, month=10), day(26), Invalid("leave", "past", "2026-10-01", "2026-10-25")),
        ("sunita", day(26), date(2027, 12, 26), Invalid("leave", "too_far", "2027-12-26", "2027-11-26")),
        ("sunita", date(2027, 12, 26), date(2027, 12, 26), Invalid("leave", "too_far", "2027-12-26", "2027-11-26")),
    ],
)
def test_days_that_will_not_do_are_told(
    quick_district: District, by: str, first: date, last: date, refusal: Refusal
) -> None:
    with pytest.raises(Invalid) as refused:
        quick_district.do(EnterLeave(SUNITA, first, last), by)
    assert vars(refused.value) == vars(refusal)


@pytest.mark.parametrize(("first", "last"), [(26, 26), (24, 26), (28, 30), (25, 30), (27, 27)])
def test_leave_that_overlaps_is_refused_with_what_stands(district: District, first: int, last: int) -> None:
    stands = enter(district, "sunita", day(26), day(28))
    with pytest.raises(LeaveOverlaps) as refused:
        district.do(EnterLeave(SUNITA, day(first), day(last)), "ashok")
    assert (refused.value.officer, refused.value.first, refused.value.last) == (SUNITA, day(26), day(28))
    district.do(CancelLeave(stands.id), "sunita")
    enter(district, "ashok", day(first), day(last))


def test_neighbouring_leaves_and_those_of_others_do_not_overlap(quick_district: District) -> None:
    enter(quick_district, "sunita", day(26), day(28))
    enter(quick_district, "sunita", day(29), day(30))
    enter(quick_district, "sunita", day(25), day(25))
    enter(quick_district, "ashok", day(26), day(28), PEOPLE["ashok"])


def test_who_is_unknown_and_what_is_gone_is_told(quick_district: District) -> None:
    with pytest.raises(NotFound):
        quick_district.do(EnterLeave(4711, day(26), day(26)), "senior")
    with pytest.raises(NoLeave):
        quick_district.do(CancelLeave(4711), "senior")
    leave = enter(quick_district, "sunita", day(25), day(25))
    quick_district.do(CancelLeave(leave.id), "sunita")
    with pytest.raises(NoLeave):
        quick_district.do(CancelLeave(leave.id), "sunita")
    over = enter(quick_district, "sunita", day(25), day(25))
    quick_district.clock.set(at("11:00:00"))
    with pytest.raises(NoLeave):
        quick_district.do(CancelLeave(over.id), "sunita")


def test_cancelled_halfway_the_days_before_stay_leave(district: District) -> None:
    leave = enter(district, "sunita", day(25), day(28))
    at_eleven(district)
    district.clock.set(at("26 10:59:59"))
    district.do(CancelLeave(leave.id), "ashok")
    district.clock.set(at("26 11:00:00"))
    close_windows(district)
    assert (words(district)["sunita"], words(district, day(26))["sunita"]) == ("on_leave", "absent")
    assert amendments(district) == []


def test_one_who_is_head_enters_their_own_only_in_time(quick_district: District) -> None:
    at_eleven(quick_district)
    with pytest.raises(Invalid):
        quick_district.do(EnterLeave(PEOPLE["ashok"], day(25), day(25)), "ashok")


def test_whoever_is_on_leave_is_not_missing(quick_district: District) -> None:
    enter(quick_district, "sunita", day(25), day(25))
    with quick_district.store.reading() as connection:
        found = standing(quick_district.office.watch(connection), DEPARTMENT_IDS["DPRO"])
    assert [each.stands for each in found] == [Stands.MISSING, Stands.ON_LEAVE]


def test_it_is_told(sqlite_database: str) -> None:
    listener = Listener()
    district = small_district(sqlite_database, teller=listener)
    bind(district)
    leave = enter(district, "sunita", day(26), day(28))
    district.do(CancelLeave(leave.id), "sunita")
    assert [type(each) for each in listener.told] == [LeaveEntered, LeaveCancelled]
    district.close()
