"""Departments, who is in them, and the personal links that the nodal officer hands over."""

import re

import httpx
import pytest

from desk.desk import COOKIE
from tests.desk.serving import Served
from tests.district import PEOPLE

CHAT_LINK = re.compile(r"/chat/p/([\w-]{43})")
DESK_LINK = re.compile(r"/enter/([\w-]{43})")


def test_the_page_says_who_is_where_and_what_is_missing(served: Served) -> None:
    page = served.client("nodal").open("/people").text
    for shown in ("DPRO", "Ashok Yadav", "head of department", "no group yet", "desk operator", "Also called: जल निगम"):
        assert shown in page


@pytest.mark.parametrize("who", ["sunita", "senior", "operator", "auditor"])
def test_links_are_given_by_the_nodal_officer_and_the_administrator_alone(served: Served, who: str) -> None:
    person = served.client(who)
    assert "/link" not in person.open("/people").text
    assert person.send("/people", f"/people/{PEOPLE['sunita']}/link", to="chat").status_code == 403
    assert person.send("/people", "/people/department/DPRO/sheet").status_code == 403


async def test_a_chat_link_is_its_persons_and_is_told_once(served: Served) -> None:
    nodal = served.client("nodal")
    page = nodal.send("/people", f"/people/{PEOPLE['sunita']}/link", to="chat").text
    (token,) = CHAT_LINK.findall(page)
    assert "<svg" in page
    session = await served.access.bearer(token)
    assert session is not None
    assert session.person == PEOPLE["sunita"]
    assert token not in nodal.open("/people").text
    assert nodal.open(f"/people/{PEOPLE['sunita']}/link").url.path == "/people", "as after another language"


def test_a_desk_link_signs_in_once(served: Served) -> None:
    page = served.client("nodal").send("/people", f"/people/{PEOPLE['operator']}/link", to="desk").text
    (token,) = DESK_LINK.findall(page)
    assert COOKIE in httpx.post(f"{served.url}/enter/{token}", timeout=60).cookies
    assert COOKIE not in httpx.post(f"{served.url}/enter/{token}", timeout=60).cookies


def test_a_nodal_officer_gives_no_link_of_a_senior(served: Served) -> None:
    """In their hands it would be a way to become one."""
    refused = served.client("nodal").send("/people", f"/people/{PEOPLE['senior']}/link", to="desk")
    assert refused.status_code == 403
    assert not DESK_LINK.findall(refused.text)
    page = served.client("nodal").open("/people").text
    assert f"/people/{PEOPLE['senior']}/link" not in page, "what would be refused is not offered"
    assert f"/people/{PEOPLE['operator']}/link" in page


def test_a_sheet_has_everybody_of_the_department(served: Served) -> None:
    page = served.client("nodal").send("/people", "/people/department/DPRO/sheet").text
    assert len(set(CHAT_LINK.findall(page))) == 2
    assert "Ashok Yadav" in page
    assert "Sunita Verma" in page
