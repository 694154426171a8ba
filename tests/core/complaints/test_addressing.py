"""Whom a rung speaks to, and who is told where there is nobody of that kind."""

import pytest

from core.commands import BindGroup
from core.complaints.addressing import Addressees, addressees
from core.groups import Purpose
from core.people import Role
from core.people_commands import TakeOutOfDepartment, TakeRole
from core.settings import Addressee
from tests.district import DEPARTMENT_IDS, PEOPLE, District

DPRO = DEPARTMENT_IDS["DPRO"]


def told(district: District, to: Addressee, assignee: str | None = "sunita", *away: str) -> Addressees:
    directory = district.store.read_now(district.store.directory)
    absent = {PEOPLE[each] for each in away}
    return addressees(to, DPRO, PEOPLE[assignee] if assignee else None, directory, absent)


def test_each_rung_has_its_own(quick_district: District) -> None:
    quick_district.do(BindGroup("web", "group:all", Purpose.ADMINISTRATION), "nodal")
    assert told(quick_district, "assignee") == Addressees("assignee", (PEOPLE["sunita"],))
    assert told(quick_district, "head") == Addressees("head", (PEOPLE["ashok"],))
    assert told(quick_district, "administration") == Addressees("administration", administration=True)
    assert told(quick_district, "senior") == Addressees("senior", (PEOPLE["senior"], PEOPLE["other senior"]))


@pytest.mark.parametrize("group", [True, False])
def test_where_there_is_nobody_the_next_above_is_told(quick_district: District, group: bool) -> None:
    district = quick_district
    if group:
        district.do(BindGroup("web", "group:all", Purpose.ADMINISTRATION), "nodal")
    administration = Addressees("administration", administration=True)
    seniors = Addressees("senior", (PEOPLE["senior"], PEOPLE["other senior"]))
    assert told(district, "assignee", None) == Addressees("assignee", (PEOPLE["ashok"],)), "without one the head"
    district.do(TakeOutOfDepartment(PEOPLE["ashok"], "DPRO"), "administrator")
    above = administration if group else seniors
    assert told(district, "head") == told(district, "assignee", None) == told(district, "administration") == above
    for name in ("senior", "other senior"):
        district.do(TakeRole(PEOPLE[name], Role.SENIOR), "administrator")
    assert told(district, "senior") == administration, "nobody is left but the group, should there be one"


def test_whoever_is_away_is_told_nothing(quick_district: District) -> None:
    quick_district.do(BindGroup("web", "group:all", Purpose.ADMINISTRATION), "nodal")
    administration = Addressees("administration", administration=True)
    assert told(quick_district, "assignee", "sunita", "sunita") == Addressees("assignee", (PEOPLE["ashok"],))
    assert told(quick_district, "assignee", "sunita", "sunita", "ashok") == administration
    assert told(quick_district, "head", "sunita", "ashok") == administration
    assert told(quick_district, "senior", "sunita", "senior") == Addressees("senior", (PEOPLE["other senior"],))
    assert told(quick_district, "senior", "sunita", "senior", "other senior") == administration
