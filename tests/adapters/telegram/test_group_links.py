"""The sheet of links that bind groups: whose they are, that each is good once, and what is said to one that is not."""

import re
from html import unescape
from pathlib import Path

import httpx

from core.directory import Directory
from desk.desk import COOKIE
from tests.district import PEOPLE
from tests.fakes.telegram.office import GROUPS, USERS, TelegramOffice, telegram_office
from tests.fakes.telegram.server import BotApi

LINK = re.compile(r"https://t\.me/janmilan_test_bot\?startgroup=((\w+)-\w+)&admin=restrict_members")


async def page_of(office: TelegramOffice, name: str, path: str = "/people/groups") -> httpx.Response:
    """The sheet, or another page, as somebody of the district opens it at the desk."""
    token = await office.running.access.issue_link(PEOPLE[name], "desk", once=True, ttl=None)
    transport = httpx.ASGITransport(office.running.app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        cookie = (await client.post(f"/enter/{token}")).cookies[COOKIE]
        return await client.get(path, headers={"Cookie": f"{COOKIE}={cookie}", "Accept-Language": "en"})


async def words_on_the_sheet(office: TelegramOffice) -> dict[str, str]:
    """What each link carries, by whose it is."""
    page = unescape((await page_of(office, "nodal")).text)
    return {name: word for word, name in LINK.findall(page)}


def group_of(office: TelegramOffice, code: str) -> list[str]:
    directory: Directory = office.running.store.read_now(office.running.store.directory)
    department = directory.department(code)
    assert department is not None
    return [each.chat for each in directory.groups_of(department.id)]


async def test_the_sheet_has_a_link_of_everything_without_a_group_in_both_languages(
    sqlite_database: str, tmp_path: Path
) -> None:
    async with BotApi() as api, telegram_office(sqlite_database, tmp_path, api, bound=False) as office:
        world, group = api.world, GROUPS["DPRO"]
        page = await page_of(office, "nodal")
        words = await words_on_the_sheet(office)
        assert list(words) == ["administration", "BDO", "DPRO", "JNR"]
        assert page.text.count('class="qr"') == 4
        for shown in ("जिला पंचायत राज अधिकारी", "District Panchayat Raj Officer", "कैमरा", "camera", "no-store"):
            assert shown in page.text + str(page.headers)
        assert (await page_of(office, "operator")).status_code == 403
        for path in ("/people", "/setup"):
            assert 'href="/people/groups"' in (await page_of(office, "nodal", path)).text

        stranger = world.person(4711, "क्लर्क")
        await world.writes(stranger, group, f"/start@janmilan_test_bot {words['DPRO']}")
        await office.settled()
        assert group_of(office, "DPRO") == [str(group)]
        assert "DPRO" not in await words_on_the_sheet(office), "it has its group"
        await world.writes(stranger, world.group(-1009, "another").id, f"/start@janmilan_test_bot {words['DPRO']}")
        await office.settled()
        assert group_of(office, "DPRO") == [str(group)]
        assert "has another group" in world.last(-1009).text


async def test_a_link_that_is_wrong_or_of_before_the_group_was_lost_is_refused_with_the_cure(
    sqlite_database: str, tmp_path: Path
) -> None:
    async with BotApi() as api, telegram_office(sqlite_database, tmp_path, api, bound=False) as office:
        world, group, other = api.world, GROUPS["DPRO"], api.world.group(-1009, "another").id
        old = (await words_on_the_sheet(office))["DPRO"]
        for wrong in (old[:-1], f"BDO-{old.partition('-')[2]}", "DPRO", "XYZ-0123456789abcdef", "नमस्ते"):
            await world.writes(USERS["sunita"], group, f"/start@janmilan_test_bot {wrong}")
            await office.settled()
            assert "/bind DPRO" in world.last(group).text, wrong
            assert group_of(office, "DPRO") == []
        await world.writes(USERS["sunita"], group, f"/start@janmilan_test_bot {old}")
        await office.settled()
        left = {"status": "left", "user": {"id": 1, "is_bot": True, "first_name": "x"}}
        told = {"chat": world.chats[group].shown(), "from": world.people[USERS["ashok"]], "date": world.now}
        before = {**left, "status": "administrator"}
        await world.happen(my_chat_member={**told, "old_chat_member": before, "new_chat_member": left})
        await office.settled()
        assert group_of(office, "DPRO") == []
        await world.writes(USERS["sunita"], other, f"/start@janmilan_test_bot {old}")
        await office.settled()
        assert "it is old" in world.last(other).text
        assert group_of(office, "DPRO") == []
        new = (await words_on_the_sheet(office))["DPRO"]
        await world.writes(USERS["sunita"], other, f"/start@janmilan_test_bot {new}")
        await office.settled()
        assert group_of(office, "DPRO") == [str(other)]


async def test_without_an_answer_of_telegram_the_sheet_says_so(sqlite_database: str, tmp_path: Path) -> None:
    async with BotApi() as api, telegram_office(sqlite_database, tmp_path, api, bound=False) as office:
        await api.world.until(lambda: any(method == "getMe" for method, _, _ in api.calls))
        api.world.refuse_next("getMe", 502, description="Bad Gateway")
        page = await page_of(office, "nodal")
        assert "janmilan doctor" in page.text
        assert 'class="qr"' not in page.text
