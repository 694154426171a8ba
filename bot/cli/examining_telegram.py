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
    """The account's groups by whose they are."""
    found = {}
    for group in directory.administration():
        if group.account == account:
            found["administration"] = group.chat
    for department in directory.departments.values():
        for group in directory.groups_of(department.id):
            if group.account == account:
                found[department.code] = group.chat
    return found
