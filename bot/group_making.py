"""Groups that the bot makes itself, on platforms where it can: one for each department that has none there yet.

So a district that imported its departments has its groups, and nobody has to bind seventy of them by hand.
"""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from bot.adapters.base import Adapter, CanMakeGroups, DeliveryError
from bot.events import Address
from bot.speaking import Speaking, Surroundings
from core.commands import BindGroup
from core.directory import Directory
from core.groups import Purpose
from core.people import Actor, Door, Via
from core.store.store import Store
from core.store.unit import UnitOfWork
from core.store.work import StoreUnavailable, Work, WorkFailed

LOOK_EVERY_S = 5.0
ADMINISTRATION = "administration"

_SYSTEM = Actor(person=None, via=Via(Door.CLOCK), system=True)
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Wanted:
    """A group that an account lacks. `department`: its letters, or None for the administration group."""

    account: str
    department: str | None


class GroupMaker:
    """Looks for departments without a group whenever who is who has changed."""

    def __init__(self, store: Store, around: Surroundings, adapters: Mapping[str, Adapter]) -> None:
        self._store = store
        self._around = around
        self._makers = {account: each for account, each in adapters.items() if isinstance(each, CanMakeGroups)}
        self._looked_at: int | None = None

    async def run(self) -> None:
        """Make what is missing until cancelled."""
        while self._makers:
            await self.look()
            await asyncio.sleep(LOOK_EVERY_S)

    async def look(self) -> None:
        """Make the groups that are missing now; what fails is tried again."""
        try:
            directory = await self._store.read(self._store.directory)
            if directory.generation == self._looked_at:
                return
            for wanted in missing_groups(directory, self._makers):
                await self._make(wanted)
            self._looked_at = directory.generation
        except (SQLAlchemyError, StoreUnavailable, WorkFailed, DeliveryError) as away:
            _log.warning("groups cannot be made now: %s", type(away).__name__)

    async def _make(self, wanted: Wanted) -> None:
        chat = await self._makers[wanted.account].make_group(wanted.department or ADMINISTRATION)
        await self._store.do(Work(lambda unit: self._bind(unit, wanted, chat)))

    def _bind(self, unit: UnitOfWork, wanted: Wanted, chat: str) -> None:
        purpose = Purpose.DEPARTMENT if wanted.department else Purpose.ADMINISTRATION
        self._around.office.perform(unit, BindGroup(wanted.account, chat, purpose, wanted.department), _SYSTEM)
        Speaking(unit, self._around).tell_what_the_group_is(Address(wanted.account, chat))


def missing_groups(directory: Directory, accounts: Mapping[str, object]) -> tuple[Wanted, ...]:
    """What each account lacks; nothing in an office that has no departments yet."""
    wanted = []
    for account in accounts:
        if directory.departments and not any(each.account == account for each in directory.administration()):
            wanted.append(Wanted(account, None))
        for department in directory.departments.values():
            if not any(each.account == account for each in directory.groups_of(department.id)):
                wanted.append(Wanted(account, department.code))
    return tuple(wanted)
