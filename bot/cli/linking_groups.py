"""`janmilan group-links`: a link for each department without a group, by which the bot is added and the group bound."""

import asyncio
from pathlib import Path

from bot.adapters.telegram import make_transport
from bot.adapters.telegram.calls import NoAnswer, NotSent, Refused
from bot.adapters.telegram.links import group_link
from bot.cli.failing import Wrong
from bot.cli.place import read_place
from bot.cli.saying import say
from bot.handlers.group_links import link_word
from bot.inviting import without_group
from bot.settings import TelegramAccount
from core.clock import SystemClock
from core.store.migrate import require
from core.store.store import Store
from core.store.work import Work


def print_links(config: Path) -> None:
    """Print them, an account after the other. Raises Wrong without Telegram, or if it does not answer."""
    place = read_place(config)
    accounts = place.settings.telegram_accounts()
    if not accounts:
        raise Wrong("No account in config.yaml is on Telegram. docs/telegram.md says how to add one.")
    require(place.settings.database)
    store = Store.open(place.settings.database, SystemClock())
    try:
        for name, account in accounts.items():
            _print(name, account, store)
    finally:
        store.close()


def _print(name: str, account: TelegramAccount, store: Store) -> None:
    username = asyncio.run(_username(account))
    directory = store.read_now(store.directory)
    ids = without_group(directory, account.bot)
    wanted = [directory.departments[each].code if each is not None else None for each in ids]
    if not wanted:
        say(f"{name}: every department has its group.")
        return
    words = store.do_now(Work(lambda unit: [link_word(unit, account.bot, each) for each in wanted])).value or []
    say(f"{name}: whoever opens a link chooses the group; each is good once.")
    for department_or_none, word in zip(wanted, words, strict=True):
        say(f"{department_or_none or 'administration'}  {group_link(username, word)}")


async def _username(account: TelegramAccount) -> str:
    transport = make_transport(account)
    try:
        return str((await transport.call("getMe", {}))["username"])
    except (Refused, NotSent, NoAnswer) as trouble:
        raise Wrong(f"Telegram did not answer ({type(trouble).__name__}). See what is wrong: janmilan doctor") from None
    finally:
        await transport.close()
