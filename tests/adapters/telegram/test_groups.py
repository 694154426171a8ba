"""A group's own life on Telegram: bound by a link, upgraded, written in by nobody, left."""

from pathlib import Path
from typing import Any

from bot.handlers.group_links import link_word
from core.directory import Directory
from core.store.work import Work
from tests.fakes.telegram.office import ACCOUNT, GROUPS, USERS, TelegramOffice, telegram_office
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


async def test_a_group_that_removed_the_bot_gets_nothing_and_the_others_do(
    sqlite_database: str, tmp_path: Path
) -> None:
    async with BotApi() as api, telegram_office(sqlite_database, tmp_path, api) as office:
        world = api.world
        world.chats[GROUPS["DPRO"]].status = "kicked"
        await office.register("DPRO B", "BDO B")
        await office.settled()
        assert world.of_bot(GROUPS["DPRO"]) == []
        assert any("BDO-1001" in each.text for each in world.of_bot(GROUPS["BDO"]))


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
