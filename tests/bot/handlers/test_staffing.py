"""/person, /role and /department, step by step; nobody acts beyond their role."""

from collections.abc import Sequence

import pytest

from core.people import Person, Role
from tests.bot.handlers.conversations import Talk, direct, user
from tests.district import DEPARTMENT_IDS, PEOPLE

NODAL, ADMINISTRATOR = direct("nodal"), direct("administrator")

pytestmark = pytest.mark.asyncio


def people(talk: Talk) -> Sequence[Person]:
    store = talk.talk.running.store
    return tuple(store.read_now(store.directory).people.values())


async def test_somebody_new_is_added_and_put_into_a_department_and_made_its_head(talk: Talk) -> None:
    await talk.says("nodal", NODAL, "/व्यक्ति")
    await talk.says("nodal", NODAL, "गीता सिंह, 98123 45619")
    await talk.presses("nodal", talk.last(NODAL), "add_person")
    assert "कोई" not in await talk.says("nodal", NODAL, "जल निगम")
    (geeta,) = [each for each in people(talk) if each.name_hi == "गीता सिंह"]
    assert geeta.phone == "9812345619"
    await talk.presses("nodal", talk.last(NODAL), "make_head")
    store = talk.talk.running.store
    head = store.read_now(store.directory).head(DEPARTMENT_IDS["JNR"])
    assert head is not None
    assert head.id == geeta.id
    await talk.presses("nodal", talk.last(NODAL), "take_out")
    assert store.read_now(store.directory).memberships_of(geeta.id) == ()


async def test_a_known_name_is_shown_and_nobody_is_added_twice(talk: Talk) -> None:
    before = len(people(talk))
    said = await talk.says("nodal", NODAL, "/person sunita verma")
    assert "जिला पंचायत राज अधिकारी" in said
    await talk.says("nodal", NODAL, "/person देवी")
    offered = [each.label for row in talk.last(NODAL).buttons for each in row]
    assert {"विमला देवी", "पल्लवी देवी"} <= set(offered)
    assert len(people(talk)) == before


async def test_a_wrong_phone_and_a_wrong_department_are_told_and_change_nothing(talk: Talk) -> None:
    before = people(talk)
    await talk.says("nodal", NODAL, "/person गीता 98123 456190")
    await talk.presses("nodal", talk.last(NODAL), "add_person")
    assert people(talk) == before
    await talk.says("nodal", NODAL, "/person sunita")
    await talk.presses("nodal", talk.last(NODAL), "put_in")
    assert "XYZ" in await talk.says("nodal", NODAL, "XYZ")
    assert people(talk) == before


async def test_roles_are_given_and_taken_by_the_administrator_alone(talk: Talk) -> None:
    await talk.says("administrator", ADMINISTRATOR, "/भूमिका सुनीता")
    await talk.presses("administrator", talk.last(ADMINISTRATOR), f"give_role:{PEOPLE['sunita']}:senior")
    assert Role.SENIOR in next(each for each in people(talk) if each.id == PEOPLE["sunita"]).roles
    forged = f"give_role:{PEOPLE['nodal']}:administrator"
    for who in ("nodal", "senior", "sunita", "operator"):
        await talk.talk.sends(user(who), talk.last(ADMINISTRATOR), forged)
    assert Role.ADMINISTRATOR not in next(each for each in people(talk) if each.id == PEOPLE["nodal"]).roles
    await talk.presses("administrator", talk.last(ADMINISTRATOR), f"take_role:{PEOPLE['sunita']}:senior")
    assert not next(each for each in people(talk) if each.id == PEOPLE["sunita"]).roles


async def test_the_last_administrator_stays(talk: Talk) -> None:
    await talk.says("administrator", ADMINISTRATOR, "/role anil mishra")
    toast = await talk.presses(
        "administrator", talk.last(ADMINISTRATOR), f"take_role:{PEOPLE['administrator']}:administrator"
    )
    assert "अंतिम व्यवस्थापक" in toast
    assert Role.ADMINISTRATOR in next(each for each in people(talk) if each.id == PEOPLE["administrator"]).roles


async def test_a_department_is_added_and_renamed_and_its_letters_stay(talk: Talk) -> None:
    await talk.says("administrator", ADMINISTRATOR, "/विभाग")
    await talk.says("administrator", ADMINISTRATOR, "vidyut")
    assert "बड़े अक्षर" in await _names(talk, "बिजली", "Electricity")
    await talk.says("administrator", ADMINISTRATOR, "/department PVVN")
    assert "PVVN" in await _names(talk, "विद्युत वितरण", "Electricity")
    await talk.says("administrator", ADMINISTRATOR, "/department PVVN")
    await _names(talk, "पूर्वांचल विद्युत", "Purvanchal Electricity")
    store = talk.talk.running.store
    made = store.read_now(store.directory).department("PVVN")
    assert made is not None
    assert (made.code, made.name_hi, made.name_en) == ("PVVN", "पूर्वांचल विद्युत", "Purvanchal Electricity")
    (complaint,) = await talk.register("PVVN B")
    assert complaint.code.startswith("PVVN-1001-")


async def test_the_nodal_officer_makes_no_department(talk: Talk) -> None:
    assert "⛔" in await talk.says("nodal", NODAL, "/department XYZ")


async def _names(talk: Talk, hindi: str, english: str) -> str:
    await talk.says("administrator", ADMINISTRATOR, hindi)
    return await talk.says("administrator", ADMINISTRATOR, english)
