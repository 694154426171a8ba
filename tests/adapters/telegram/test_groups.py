"""A group's own life on Telegram: bound by a link, upgraded, written in by nobody, left."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.handlers.group_links import link_word
from core.directory import Directory
from core.people import Role
from core.store.work import Work
from tests.fakes.telegram.office import ACCOUNT, ADMINISTRATION, GROUPS, USERS, TelegramOffice, telegram_office
from tests.fakes.telegram.server import BotApi
from tests.fakes.telegram.world import BOT

ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
OWN = {"id": BOT, "is_bot": True, "first_name": "Jan Milan"}


def directory(office: TelegramOffice) -> Directory:
    return office.running.store.read_now(office.running.store.directory)


def bound(office: TelegramOffice) -> dict[str, list[str]]:
    """The chats of each department."""
    found = directory(office)
    return {each.code: [group.chat for group in found.groups_of(each.id)] for each in found.departments.values()}


def member(office: TelegramOffice, chat: int, before: str, after: str) -> dict[str, Any]:
    """The bot's own standing in a chat has changed."""
    world = office.api.world
    return {
        "chat": world.chats[chat].shown(),
        "from": world.people[USERS["ashok"]],
        "date": world.now,
        "old_chat_member": {"user": OWN, "status": before},
        "new_chat_member": {"user": OWN, "status": after},
    }


async def test_a_link_binds_the_group_that_the_bot_is_added_to_once(sqlite_database: str, tmp_path: Path) -> None:
    async with BotApi() as api, telegram_office(sqlite_database, tmp_path, api, bound=False) as office:
        world, group = api.world, GROUPS["DPRO"]
        word = office.running.store.do_now(Work(lambda unit: link_word(unit, ACCOUNT, "DPRO"))).value
        stranger = world.person(4711, "क्लर्क")
        await world.writes(stranger, group, f"/start@janmilan_test_bot {word}x")
        await office.settled()
        assert bound(office)["DPRO"] == []
        await world.writes(stranger, group, f"/start@janmilan_test_bot {word}")
        await office.settled()
        assert bound(office)["DPRO"] == [str(group)]
        assert any("Panchayat Raj" in each.text for each in world.of_bot(group))

        other = world.group(-1009, "another").id
        await world.writes(stranger, other, f"/start@janmilan_test_bot {word}")
        await office.settled()
        assert bound(office)["DPRO"] == [str(group)]
        press = await world.presses(stranger, other, world.last(other).id, "bind:DPRO")
        await world.until(lambda: press in world.toasts)
        await office.settled()
        assert bound(office)["DPRO"] == [str(group)]


async def test_an_upgraded_group_goes_on_under_its_new_id_whichever_half_comes(
    sqlite_database: str, tmp_path: Path
) -> None:
    async with BotApi() as api, telegram_office(sqlite_database, tmp_path, api) as office:
        world = api.world
        for code, halves, new in (("DPRO", "old", -1007001), ("BDO", "new", -1007002), ("JNR", "both", -1007003)):
            await world.happen(my_chat_member=member(office, GROUPS[code], "left", "administrator"))
            await world.upgrade(GROUPS[code], new, halves)
            await office.settled()
            assert bound(office)[code] == [str(new)]
        await office.register("DPRO B", "BDO B")
        await office.settled()
        assert any("DPRO-1001" in each.text for each in world.of_bot(-1007001))
        assert any("BDO-1001" in each.text for each in world.of_bot(-1007002))
        assert not any("DPRO-1001" in each.text for each in world.of_bot(GROUPS["DPRO"]))


async def test_an_upgrade_that_nobody_told_of_is_found_when_a_card_goes_out(
    sqlite_database: str, tmp_path: Path
) -> None:
    async with BotApi() as api, telegram_office(sqlite_database, tmp_path, api) as office:
        await api.world.upgrade(GROUPS["DPRO"], -1007001, "none")
        await office.register("DPRO B")
        await office.settled()
        assert bound(office)["DPRO"] == ["-1007001"]
        assert any("DPRO-1001" in each.text for each in api.world.of_bot(-1007001))


async def test_words_in_nobodys_name_count_for_nobody_and_the_group_is_told_once(
    sqlite_database: str, tmp_path: Path
) -> None:
    async with BotApi() as api, telegram_office(sqlite_database, tmp_path, api) as office:
        world, group = api.world, GROUPS["DPRO"]
        (complaint,) = await office.register("DPRO B")
        await office.settled()
        shown = world.chats[group]
        for id in (101, 102):
            words = f"{complaint.code} निस्तारित, नाली साफ कराई"
            as_group = world.message(shown, id, ANONYMOUS, words, sender_chat=shown.shown())
            await world.happen(message=as_group)
        await office.settled()
        assert office.complaint(complaint.code).solution is None
        assert sum("stop hiding your name" in each.text for each in world.of_bot(group)) == 1


async def test_a_group_that_hides_its_messages_is_told_how_to_mend_that(sqlite_database: str, tmp_path: Path) -> None:
    async with BotApi() as api:
        api.world.reads_all = False
        async with telegram_office(sqlite_database, tmp_path, api) as office:
            world, group = api.world, GROUPS["DPRO"]
            await world.happen(my_chat_member=member(office, group, "left", "administrator"))
            await office.settled()
            assert world.of_bot(group) == []
            await world.happen(my_chat_member=member(office, group, "administrator", "member"))
            await world.until(lambda: bool(world.of_bot(group)))
            assert "/setprivacy" in world.last(group).text


async def test_a_group_in_which_the_bot_may_mute_nobody_any_longer_is_told_once(
    sqlite_database: str, tmp_path: Path
) -> None:
    async with BotApi() as api, telegram_office(sqlite_database, tmp_path, api) as office:
        world, group = api.world, GROUPS["DPRO"]
        change = member(office, group, "administrator", "administrator")
        old, new = change["old_chat_member"], change["new_chat_member"]
        may = {"can_restrict_members": True}
        for before, after in ((old, new | may), (old | may, new | may), (old | may, new), (old, new)):
            await world.happen(my_chat_member={**change, "old_chat_member": before, "new_chat_member": after})
        await office.settled()
        assert ["Ban users" in each.text for each in world.of_bot(group)] == [True]


@pytest.mark.parametrize("told", [True, False], ids=["told", "found as a card goes out"])
async def test_a_group_without_the_bot_is_unbound_and_goes_on_when_the_bot_is_back(
    sqlite_database: str, tmp_path: Path, told: bool
) -> None:
    async with BotApi() as api, telegram_office(sqlite_database, tmp_path, api) as office:
        world, group = api.world, GROUPS["DPRO"]
        world.chats[group].status = "kicked"
        if told:
            await world.happen(my_chat_member=member(office, group, "administrator", "kicked"))
            await office.settled()
            assert bound(office)["DPRO"] == []
        (first, _) = await office.register("DPRO B", "BDO B")
        await office.settled()
        assert bound(office)["DPRO"] == []
        (second,) = await office.register("DPRO C")
        await office.settled()
        said = [each.text for each in world.of_bot(ADMINISTRATION)]
        assert sum("no longer in the group of" in each and "/bind DPRO" in each for each in said) == 1
        for complaint in (first, second):
            assert any(complaint.code in each for each in said), "it is shown where there is no group"
        assert world.of_bot(group) == []
        assert any("BDO-1001" in each.text for each in world.of_bot(GROUPS["BDO"]))

        office.clock.advance(timedelta(minutes=1))
        world.now += 60
        world.chats[group].status = "administrator"
        await world.happen(my_chat_member=member(office, group, "kicked", "administrator"))
        await office.settled()
        assert bound(office)["DPRO"] == [str(group)]
        for complaint in (first, second):
            assert sum(complaint.code in each.text for each in world.of_bot(group)) == 1


async def test_a_group_that_was_given_to_another_meanwhile_does_not_come_back(
    sqlite_database: str, tmp_path: Path
) -> None:
    async with BotApi() as api, telegram_office(sqlite_database, tmp_path, api) as office:
        world, group, other = api.world, GROUPS["DPRO"], api.world.group(-1009, "another").id
        await world.happen(my_chat_member=member(office, group, "administrator", "left"))
        await office.settled()
        word = office.running.store.do_now(Work(lambda unit: link_word(unit, ACCOUNT, "DPRO"))).value
        await world.writes(USERS["ashok"], other, f"/start@janmilan_test_bot {word}")
        await office.settled()
        assert bound(office)["DPRO"] == [str(other)]
        await world.happen(my_chat_member=member(office, group, "left", "administrator"))
        await office.settled()
        assert bound(office)["DPRO"] == [str(other)]


async def test_administrators_are_told_privately_that_their_group_is_lost(sqlite_database: str, tmp_path: Path) -> None:
    async with BotApi() as api, telegram_office(sqlite_database, tmp_path, api) as office:
        world = api.world
        await world.happen(my_chat_member=member(office, ADMINISTRATION, "administrator", "kicked"))
        await office.settled()
        assert directory(office).administration() == ()
        told = [name for name, id in USERS.items() if any("administration group" in m.text for m in world.of_bot(id))]
        administrators = (
            directory(office).with_role(Role.ADMINISTRATOR),
            directory(office).with_role(Role.NODAL_OFFICER),
        )
        assert sorted(USERS[name] for name in told) == sorted(
            5_000_000_000 + each.id for officers in administrators for each in officers
        )
        await world.happen(my_chat_member=member(office, ADMINISTRATION, "kicked", "administrator"))
        await office.settled()
        assert len(directory(office).administration()) == 1


async def test_who_has_blocked_the_bot_is_named_to_the_administration_once(
    sqlite_database: str, tmp_path: Path
) -> None:
    async with BotApi() as api, telegram_office(sqlite_database, tmp_path, api) as office:
        world, sunita = api.world, USERS["sunita"]
        blocked = {**member(office, sunita, "member", "kicked"), "from": world.people[sunita]}
        await world.happen(my_chat_member=blocked)
        await office.settled()
        assert [each.user for each in directory(office).identities_ if each.lost_at is not None] == [str(sunita)]
        for days in (1, 2):
            office.clock.advance(timedelta(days=1))
            await office.running.clockwork.look()
            await office.settled()
            named = [each for each in world.of_bot(ADMINISTRATION) if "privately" in each.text]
            assert len(named) == 1, f"after {days} days"
            assert "presses Start" in named[0].text
        world.now += 3 * 24 * 3600
        await world.writes(sunita, sunita, "/help")
        await office.settled()
        assert all(each.lost_at is None for each in directory(office).identities_)
        assert world.of_bot(sunita), "and is answered"


async def test_a_link_with_a_code_asks_its_complainant_for_the_last_digits(
    sqlite_database: str, tmp_path: Path
) -> None:
    async with BotApi() as api, telegram_office(sqlite_database, tmp_path, api) as office:
        world = api.world
        (complaint,) = await office.register("DPRO B")
        savitri = world.person(4711, "Savitri")
        await world.writes(savitri, savitri, f"/start {complaint.code}")
        await office.settled()
        await world.writes(savitri, savitri, "5610", reply_to=world.last(savitri).id)
        await office.settled()
        assert complaint.code in world.last(savitri).text
        await world.writes(savitri, savitri, "/start something-else")
        await office.settled()
        assert "/language" in world.last(savitri).text or complaint.code in world.last(savitri).text
