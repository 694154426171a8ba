"""A complaint about an office never goes to that office alone (docs/rules.md O1 to O3)."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from core.commands import Command, Confirm, Merge, Reject, Reopen, Solve, Transfer, Unmerge
from core.complaints import Asked, State
from core.people import Actor, Door, Role, Via
from core.refusals import AboutOwnOffice, NotAllowed, OwnSolution
from core.sweeping import sweep_now
from tests.district import DEPARTMENT_IDS, District

WORDS = "नाली की मरम्मत कराई, पानी निकल गया"
DPRO = DEPARTMENT_IDS["DPRO"]
SENIOR_OF_DPRO = Actor(90, Via(Door.DESK), roles=frozenset({Role.SENIOR}), member_of=frozenset({DPRO}))


@pytest.mark.parametrize(
    "command",
    [
        lambda code, other: Reject(code, "sub_judice"),
        lambda code, other: Merge(code, other),
        lambda code, other: Merge(other, code),
    ],
    ids=["reject", "merge", "merge into it"],
)
def test_a_senior_of_that_office_does_not_decide_about_it(
    quick_district: District, command: Callable[[str, str], Command]
) -> None:
    (complaint,) = quick_district.register("BDO B", about=DPRO)
    (other,) = quick_district.register("JNR B")
    with pytest.raises(AboutOwnOffice):
        quick_district.do(command(complaint.code, other.code), SENIOR_OF_DPRO)
    assert quick_district.do(command(complaint.code, other.code), "senior").entries


def test_nor_confirms_nor_parts_it(quick_district: District) -> None:
    (complaint,) = quick_district.register("BDO B", about=DPRO)
    (other,) = quick_district.register("JNR B")
    quick_district.do(Merge(complaint.code, other.code), "senior")
    with pytest.raises(AboutOwnOffice):
        quick_district.do(Unmerge(complaint.code), SENIOR_OF_DPRO)
    quick_district.do(Unmerge(complaint.code), "senior")
    quick_district.do(Solve(complaint.code, WORDS), "ramesh")
    with pytest.raises(AboutOwnOffice):
        quick_district.do(Confirm(complaint.code), SENIOR_OF_DPRO)
    # The BDO holds it and is not complained about: the complainant's word is enough.
    quick_district.do(Confirm(complaint.code), quick_district.complainant(complaint))


def test_where_that_office_holds_it_only_a_senior_closes(quick_district: District) -> None:
    (complaint,) = quick_district.register("DPRO B", about=DPRO)
    quick_district.do(Solve(complaint.code, WORDS), "sunita")
    for who in ("operator", quick_district.complainant(complaint)):
        with pytest.raises(NotAllowed):
            quick_district.do(Confirm(complaint.code, complainant=True), who)
    with pytest.raises(OwnSolution):
        quick_district.do(Confirm(complaint.code), SENIOR_OF_DPRO)
    quick_district.do(Confirm(complaint.code, complainant=True), "senior")
    stands = quick_district.complaint(complaint.code)
    assert (stands.state, stands.confirmed_by_complainant) == (State.CLOSED, True)


def test_the_complainants_no_opens_it_as_always(quick_district: District) -> None:
    (complaint,) = quick_district.register("DPRO B", about=DPRO)
    quick_district.do(Solve(complaint.code, WORDS), "sunita")
    quick_district.do(Reopen(complaint.code), quick_district.complainant(complaint))
    # Sent on, it is held by another office, whose solution the complainant confirms.
    quick_district.do(Transfer(complaint.code, "BDO"), "ashok")
    quick_district.do(Solve(complaint.code, WORDS), "ramesh")
    quick_district.do(Confirm(complaint.code), quick_district.complainant(complaint))


def test_it_stands_on_the_seniors_list_until_one_of_them_decides(quick_district: District) -> None:
    district = quick_district
    (complaint,) = district.register("DPRO B", about=DPRO)
    district.do(Solve(complaint.code, WORDS), "sunita")
    asked = district.complaint(complaint.code).confirmation
    assert asked is not None
    assert asked.asked is Asked.SENIORS, "the complainant may be under that office"
    for _ in range(4):
        district.clock.advance(timedelta(days=9))
        sweep_now(district.office)
        stands = district.complaint(complaint.code)
        assert stands.state is State.SOLVED
        assert stands.confirmation is not None
        assert stands.confirmation.asked is Asked.SENIORS
        assert stands.confirmation.until > district.clock.now()
    district.do(Confirm(complaint.code), "senior")
