"""What an office still lacks, at the desk: who is shown it, how it is mended, and in the chat's own sentences."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from core.people_commands import TakeOutOfDepartment
from tests.desk.serving import Served
from tests.district import DEPARTMENT_IDS, PEOPLE

LINK = 'href="/setup"'
ROOT = Path(__file__).parents[2]


def head_of_dpro(served: Served) -> int | None:
    directory = served.district.store.read_now(served.district.store.directory)
    head = directory.head(DEPARTMENT_IDS["DPRO"])
    return head.id if head else None


@pytest.mark.parametrize("who", ["nodal", "administrator"])
def test_it_says_what_is_missing_and_leads_to_where_it_is_mended(served: Served, who: str) -> None:
    person = served.client(who)
    assert LINK in person.open("/").text
    page = person.open("/setup").text
    for shown in ("/bind administration", "Without a group", "/bind DPRO", "/people?department=DPRO#DPRO"):
        assert shown in page
    assert "Without a head" not in page, "each has one"
    assert '<details class="card department" id="DPRO" open>' in person.open("/people?department=DPRO").text


@pytest.mark.parametrize("who", ["ashok", "operator", "senior", "auditor"])
def test_nobody_else_is_shown_it_or_may_mend_anything(served: Served, who: str) -> None:
    served.district.do(TakeOutOfDepartment(PEOPLE["ashok"], "DPRO"), "administrator")
    person = served.client(who)
    assert LINK not in person.open("/people").text
    assert person.open("/setup").status_code == 403
    marks = person.marks("/people") | {"key": "k", "department": "DPRO", "person": str(PEOPLE["sunita"])}
    assert person.post("/setup/head", marks).status_code == 403
    assert head_of_dpro(served) is None


def test_a_member_is_made_head_once_and_only_where_there_is_none(served: Served) -> None:
    served.district.do(TakeOutOfDepartment(PEOPLE["ashok"], "DPRO"), "administrator")
    nodal = served.client("nodal")
    assert "Without a head" in nodal.open("/setup").text
    marks = nodal.marks("/setup") | {"department": "DPRO"}
    refused = nodal.post("/setup/head", marks | {"person": str(PEOPLE["ramesh"])})
    assert (refused.status_code, head_of_dpro(served)) == (422, None), "he is of another department"
    assert "Choose an officer of the department" in refused.text
    for _ in range(2):
        done = nodal.post("/setup/head", marks | {"person": str(PEOPLE["sunita"])})
        assert "Sunita Verma is the head of" in done.text
    assert head_of_dpro(served) == PEOPLE["sunita"]
    assert "Without a head" not in nodal.open("/setup").text


def test_the_chat_and_the_desk_say_the_same_in_hindi() -> None:
    told = []
    for room, name in (("bot", "bot"), ("desk", "desk")):
        with (ROOT / room / "locales/hi/LC_MESSAGES" / f"{name}.po").open("rb") as file:
            catalogue = read_po(file, locale="hi")
        told.append({each.id: each.string for each in catalogue if isinstance(each.id, str)})
    chat, desk = told
    for sentence in (
        "Without a group",
        "Without a head",
        "Nobody can be reached",
        "The administration group: in it, write /bind administration",
        "Nothing is missing: every department has a group, a head and somebody who can be reached.",
    ):
        assert chat[sentence] == desk[sentence]
