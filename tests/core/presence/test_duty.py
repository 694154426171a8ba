"""To whom new work goes, and how it stands with everybody while the window is open."""

from datetime import date

from core.duty import GoesTo, on_duty
from core.people_commands import PutInDepartment
from core.presence_commands import EnterLeave, TakeOffline
from core.standing import Standing, Stands, standing, unseen
from tests.core.presence.office_mornings import WEDNESDAY, at, at_eleven, seen
from tests.district import DEPARTMENT_IDS, PEOPLE, District

NAMES = {id: name for name, id in PEOPLE.items()}


def duty(district: District, department: str = "DPRO") -> tuple[str, list[str]]:
    with district.store.reading() as connection:
        found = on_duty(district.office.watch(connection), DEPARTMENT_IDS[department])
    return found.goes_to.value, [NAMES[each.id] for each in found.people]


def stands(district: District) -> dict[str, Standing]:
    with district.store.reading() as connection:
        return {NAMES[each.person]: each for each in standing(district.office.watch(connection))}


def test_before_the_window_it_is_everybody_who_is_not_away(district: District) -> None:
    district.clock.set(at("08:00:00"))
    assert duty(district) == (GoesTo.THERE, ["ashok", "sunita"])
    district.do(EnterLeave(PEOPLE["ashok"], WEDNESDAY, WEDNESDAY), "ashok")
    assert duty(district) == (GoesTo.THERE, ["sunita"])
    district.do(TakeOffline(PEOPLE["sunita"], "x"), "senior")
    assert duty(district) == (GoesTo.ADMINISTRATION, [])


def test_in_the_window_it_is_who_is_there_else_the_head(district: District) -> None:
    district.clock.set(at("09:10:00"))
    assert duty(district) == (GoesTo.HEAD, ["ashok"])
    seen(district, "sunita", "09:05:00", weak=True)
    assert duty(district) == (GoesTo.THERE, ["sunita"])
    district.do(TakeOffline(PEOPLE["sunita"], "x"), "senior")
    assert duty(district) == (GoesTo.HEAD, ["ashok"])
    district.do(EnterLeave(PEOPLE["ashok"], WEDNESDAY, WEDNESDAY), "senior")
    assert duty(district) == (GoesTo.ADMINISTRATION, [])


def test_afterwards_the_absent_are_skipped(district: District) -> None:
    seen(district, "sunita", "09:05:00")
    at_eleven(district)
    district.clock.set(at("15:00:00"))
    assert duty(district) == (GoesTo.THERE, ["sunita"])
    assert duty(district, "BDO") == (GoesTo.HEAD, ["ramesh"]), "absent, but the head is asked before the administration"
    district.clock.set(at("29 12:00:00"))
    assert duty(district) == (GoesTo.THERE, ["ashok", "sunita"]), "on a closed day nobody is called absent"


def test_a_member_of_two_departments_has_duty_in_both(quick_district: District) -> None:
    quick_district.do(PutInDepartment(PEOPLE["sunita"], "BDO"), "nodal")
    seen(quick_district, "sunita", "09:05:00")
    assert duty(quick_district, "BDO") == (GoesTo.THERE, ["sunita"])
    at_eleven(quick_district)
    assert duty(quick_district, "BDO") == (GoesTo.THERE, ["sunita"])


def test_how_it_stands_with_everybody(district: District) -> None:
    district.do(EnterLeave(PEOPLE["vimla"], WEDNESDAY, date(2026, 11, 27)), "vimla")
    district.clock.set(at("09:45:00"))
    seen(district, "ashok", "09:05:00", "09:41:00")
    seen(district, "sunita", "09:20:00")
    seen(district, "ramesh", "09:42:00", weak=True)
    now = stands(district)
    assert {name: each.stands for name, each in now.items()} == {
        "ashok": Stands.HERE,
        "sunita": Stands.HERE,
        "ramesh": Stands.SEEN_ONLY,
        "vimla": Stands.ON_LEAVE,
    }
    assert (now["ashok"].since, now["ashok"].last) == (at("09:05:00"), at("09:41:00"))
    assert {name: (each.answered, each.missed) for name, each in now.items()} == {
        "ashok": (True, ()),
        "sunita": (False, ()),
        "ramesh": (False, (0,)),
        "vimla": (False, (0,)),
    }
    district.clock.set(at("11:00:00"))
    assert stands(district)["sunita"].missed == (1, 2)


def test_who_is_not_seen_yet(district: District) -> None:
    district.do(EnterLeave(PEOPLE["vimla"], WEDNESDAY, WEDNESDAY), "vimla")
    district.do(PutInDepartment(PEOPLE["sunita"], "BDO"), "nodal")
    district.clock.set(at("09:50:00"))
    seen(district, "ashok", "09:05:00", weak=True)
    with district.store.reading() as connection:
        found = [NAMES[each.person] for each in unseen(district.office.watch(connection))]
    assert found == ["sunita", "ramesh"]
    district.do(TakeOffline(PEOPLE["sunita"], "x"), "senior")
    with district.store.reading() as connection:
        found = [NAMES[each.person] for each in unseen(district.office.watch(connection))]
    assert found == ["ramesh"], "nobody reminds whom a senior has just taken offline"


def test_off_duty_shows_who_was_when_the_window_opened(quick_district: District) -> None:
    quick_district.clock.set(at("08:00:00"))
    quick_district.do(TakeOffline(PEOPLE["sunita"], "x"), "senior")
    quick_district.clock.set(at("09:10:00"))
    assert stands(quick_district)["sunita"].stands is Stands.OFF_DUTY
    quick_district.clock.set(at("29 09:10:00"))
    assert stands(quick_district) == {}
