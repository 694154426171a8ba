"""The doctor's look at Telegram: each account of config.yaml, its token, its updates and its groups."""

import asyncio
from collections.abc import Iterator, Mapping

from bot.adapters.telegram import make_transport
from bot.adapters.telegram.examining import Point, examine
from bot.cli.finding import Finding
from bot.cli.place import Place
from bot.settings import TelegramAccount
from core.directory import Directory
from core.store.store import Store


def examine_telegram(place: Place, store: Store) -> Iterator[Finding]:
    """A finding for each point of each account; none without Telegram."""
    directory = store.read_now(store.directory)
    for name, account in place.settings.telegram_accounts().items():
        public = place.settings.server.public_url
        hook = f"{public.rstrip('/')}/hooks/{name}" if public else ""
        try:
            points = asyncio.run(_points(account, hook, _groups(directory, account.bot), store))
        except ValueError as missing:
            points = [(f"The account {name} cannot be used", str(missing))]
        for what, cure in points:
            yield Finding(f"{name}: {what}", cure)


async def _points(account: TelegramAccount, hook: str, groups: Mapping[str, str], store: Store) -> list[Point]:
    transport = make_transport(account)
    try:
        return await examine(account, transport, hook, groups, store.clock.now())
    finally:
        await transport.close()


def _groups(directory: Directory, account: str) -> dict[str, str]:
    """The account's groups by whose they are, also those that it has lost."""
    codes = {id: each.code for id, each in directory.departments.items()}
    return {
        codes[group.department] if group.department is not None else "administration": group.chat
        for group in (*directory.groups, *directory.lost_groups)
        if group.account == account
    }
