"""Each person's own menu of commands, on platforms that have one: what they may ask for, in their language.

A menu is a card of the direct chat (docs/design.md §3, Cards): staged when what it shows may have changed, made at the
moment of sending, and sent only where it differs from what the platform has.
"""

import asyncio
import logging
from collections.abc import Mapping
from functools import partial

from sqlalchemy.exc import SQLAlchemyError

from bot import outbox
from bot.adapters.base import Adapter, CanOfferMenu
from bot.cards import CardView
from bot.composing import PERSONAL_MENU
from bot.events import Address
from bot.permission import may
from bot.speaking import Surroundings
from core.directory import Directory
from core.people import Door, Via
from core.store.store import Store
from core.store.unit import UnitOfWork
from core.store.work import StoreUnavailable, Work, WorkFailed

Shown = tuple[tuple[str, ...], str | None]
"""The commands and the language of a menu."""

LOOK_EVERY_S = 5.0
MOST_AT_ONCE = 50
"""Menus staged in one work, so that nobody's message waits for those of a whole district."""

_log = logging.getLogger(__name__)


class PersonalMenus:
    """Knows for whom a menu was staged last, and what stood in it."""

    def __init__(self, store: Store, around: Surroundings, adapters: Mapping[str, Adapter]) -> None:
        self._store = store
        self._around = around
        self._able = {account for account, each in adapters.items() if isinstance(each, CanOfferMenu)}
        self._generation: int | None = None
        self._staged: dict[tuple[int, Address], Shown] = {}

    async def run(self) -> None:
        """Stage what has changed until cancelled."""
        while self._able:
            await self.look()
            await asyncio.sleep(LOOK_EVERY_S)

    async def look(self) -> None:
        """Stage the menus that changed since the last look; the first look stages all, and sends what is not there."""
        try:
            directory = await self._store.read(self._store.directory)
            if directory.generation == self._generation:
                return
            now = self._all(directory)
            changed = [each for each, shown in now.items() if self._staged.get(each) != shown]
            for at in range(0, len(changed), MOST_AT_ONCE):
                await self._store.do(Work(partial(self._stage, some=changed[at : at + MOST_AT_ONCE])))
            self._staged, self._generation = now, directory.generation
        except (SQLAlchemyError, StoreUnavailable, WorkFailed) as away:
            _log.warning("menus: the records are away: %s", type(away).__name__)

    def view(self, unit: UnitOfWork, person: int, address: Address) -> CardView:
        """A person's menu as it is now."""
        commands = self._commands(unit.directory, person)
        others = {name: self._around.commands.others(name) for name in commands}
        return CardView("personal_menu", {"commands": commands, "others": others}, ())

    def _stage(self, unit: UnitOfWork, some: list[tuple[int, Address]]) -> None:
        unit.after_commit(self._around.wake)
        for person, address in some:
            outbox.show(unit, PERSONAL_MENU, person, address, outbox.Priority.DIGEST)

    def _all(self, directory: Directory) -> dict[tuple[int, Address], Shown]:
        found: dict[tuple[int, Address], Shown] = {}
        for each in directory.identities_:
            chat = self._around.direct_chat(each.account, each.user)
            if chat is not None and each.account in self._able:
                language = directory.people[each.person].language
                found[each.person, Address(each.account, chat)] = (self._commands(directory, each.person), language)
        return found

    def _commands(self, directory: Directory, person: int) -> tuple[str, ...]:
        actor = directory.actor(person, Via(Door.CHAT))
        return tuple(name for name, role in self._around.command_roles.items() if may(actor, role))
