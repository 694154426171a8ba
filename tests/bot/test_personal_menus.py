"""Each person's own menu: what they may ask for, in their language; sent when it changes, and never twice."""

from pathlib import Path

from bot.conversation import ACCOUNT
from bot.messages import PersonalMenu
from bot.testing import FakeAdapter, FakePlatform
from core.commands import ChooseLanguage
from core.people import Role
from core.people_commands import GiveRole, TakeRole
from tests.bot.handlers.conversations import UNHURRIED, Talk, conversation, direct
from tests.district import PEOPLE


def latest(talk: Talk, name: str) -> PersonalMenu:
    """The menu that somebody has now."""
    return [each for each in talk.talk.platform.menus if each.address.chat == direct(name)][-1]


def names(talk: Talk, name: str) -> set[str]:
    """The commands in somebody's menu."""
    return {item.name for item in latest(talk, name).items}


async def looked(talk: Talk) -> None:
    """What has changed is offered."""
    await talk.talk.running.personal_menus.look()
    await talk.talk.settled()


async def test_a_menu_follows_what_somebody_may_do_and_is_sent_once(sqlite_database: str, tmp_path: Path) -> None:
    adapter = FakeAdapter(FakePlatform(UNHURRIED), ACCOUNT, menu=True)
    async with conversation(sqlite_database, tmp_path, adapter) as talk:
        menus = talk.talk.platform.menus
        await looked(talk)
        assert len(menus) == len(PEOPLE), "everybody has one"
        assert {"mine", "list", "transfer"} <= names(talk, "sunita")
        assert {"reject", "merge"} <= names(talk, "senior")
        assert not {"reject", "role", "holiday"} & names(talk, "sunita")
        await looked(talk)
        assert len(menus) == len(PEOPLE), "nothing has changed"

        await talk.talk.does(GiveRole(PEOPLE["sunita"], Role.SENIOR), talk.actor("administrator"))
        await looked(talk)
        assert len(menus) == len(PEOPLE) + 1, "nobody else's has changed"
        assert "reject" in names(talk, "sunita")

        await talk.talk.does(TakeRole(PEOPLE["sunita"], Role.SENIOR), talk.actor("administrator"))
        await talk.talk.does(GiveRole(PEOPLE["sunita"], Role.SENIOR), talk.actor("administrator"))
        await looked(talk)
        assert len(menus) == len(PEOPLE) + 1, "it is the same again"


async def test_a_menu_is_in_the_readers_language_and_names_the_hindi_words(
    sqlite_database: str, tmp_path: Path
) -> None:
    adapter = FakeAdapter(FakePlatform(UNHURRIED), ACCOUNT, menu=True)
    async with conversation(sqlite_database, tmp_path, adapter) as talk:
        await looked(talk)
        (mine,) = (item for item in latest(talk, "sunita").items if item.name == "mine")
        assert (mine.others, mine.words) == (("मेरी",), "मेरी शिकायतें")
        await talk.talk.does(ChooseLanguage("en"), talk.actor("sunita"))
        await looked(talk)
        assert next(item.words for item in latest(talk, "sunita").items if item.name == "mine") == "my complaints"


async def test_after_a_restart_nothing_is_sent_again(sqlite_database: str, tmp_path: Path) -> None:
    for number in range(2):
        adapter = FakeAdapter(FakePlatform(UNHURRIED), ACCOUNT, menu=True)
        async with conversation(sqlite_database, tmp_path, adapter) as talk:
            await looked(talk)
            assert len(talk.talk.platform.menus) == (0 if number else len(PEOPLE))


async def test_everything_that_can_be_asked_for_has_its_words(sqlite_database: str, tmp_path: Path) -> None:
    adapter = FakeAdapter(FakePlatform(UNHURRIED), ACCOUNT, menu=True)
    async with conversation(sqlite_database, tmp_path, adapter) as talk:
        await looked(talk)
        roles = talk.talk.running.around.command_roles
        offered = set().union(*({item.name for item in menu.items} for menu in talk.talk.platform.menus))
        assert set(roles) - offered == {"start", "unmerge"}, "one is for links, one follows a merge, by its button"


async def test_a_platform_without_menus_is_told_of_none(sqlite_database: str, tmp_path: Path) -> None:
    async with conversation(sqlite_database, tmp_path) as talk:
        await looked(talk)
        assert talk.talk.platform.menus == []
