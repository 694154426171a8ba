"""Whoever is off duty cannot write in their groups, where the platform lets the bot take that right, until restored.

What should be is compared with what was done, so nothing is lost whatever restarts, and a group that is bound later is
mended too. A platform without the right is left as it is (docs/design.md §4, Presence).
"""

import asyncio
import logging
from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.adapters.base import Adapter, CanRestrict, DeliveryError, RetryLater, Unreachable
from bot.events import Address
from bot.messages import Restore, Restrict
from bot.speaking import Surroundings
from bot.store.muted import Muted, keep_muted, muted, unmute
from core.directory import Directory
from core.store.store import Store
from core.store.work import StoreUnavailable, Work, WorkFailed

LOOK_EVERY_S = 2.0
_log = logging.getLogger(__name__)


class Muter:
    """Looks every other second who is off duty, and who was."""

    def __init__(self, store: Store, around: Surroundings, adapters: Mapping[str, Adapter]) -> None:
        self._store = store
        self._around = around
        self._able = {account: each for account, each in adapters.items() if isinstance(each, CanRestrict)}
        self._seen: tuple[int, date] | None = None

    async def run(self) -> None:
        """Mute and restore until cancelled."""
        while self._able:
            await self.look()
            await asyncio.sleep(LOOK_EVERY_S)

    async def look(self) -> None:
        """Do what is not done yet; what nobody answered is tried again, what was refused when anything has changed."""
        try:
            state, wanted, done = await self._store.read(self._read)
            if state == self._seen:
                return
            settled = [await self._mute(each) for each in sorted(wanted - done)]
            settled += [await self._restore(each) for each in sorted(done - wanted)]
            self._seen = state if all(settled) else None
        except (SQLAlchemyError, StoreUnavailable, WorkFailed) as away:
            _log.warning("muting: the records are away: %s", type(away).__name__)

    def _read(self, connection: Connection) -> tuple[tuple[int, date], set[Muted], set[Muted]]:
        directory = self._store.directory(connection)
        today = self._around.office.rules(connection).calendar.day_of(self._store.clock.now())
        done = {each for each in muted(connection) if each.account in self._able}
        return (directory.generation, today), self._wanted(directory, today), done

    def _wanted(self, directory: Directory, today: date) -> set[Muted]:
        off = [person for person in directory.off_duty if directory.is_off_duty(person, today)]
        return {
            Muted(group.account, group.chat, identity.user)
            for person in off
            for membership in directory.memberships_of(person)
            for group in directory.groups_of(membership.department)
            for identity in directory.identities(person)
            if identity.account == group.account and group.account in self._able
        }

    async def _mute(self, who: Muted) -> bool:
        adapter = self._able[who.account]
        asked = Restrict(key=f"restrict:{':'.join(who)}", address=Address(who.account, who.chat), user=who.user)
        try:
            await adapter.restrict(asked)
        except DeliveryError as error:
            return _is_settled(error)
        await self._store.do(Work(lambda unit: keep_muted(unit, who)))
        return True

    async def _restore(self, who: Muted) -> bool:
        adapter = self._able[who.account]
        asked = Restore(key=f"restore:{':'.join(who)}", address=Address(who.account, who.chat), user=who.user)
        try:
            await adapter.restore(asked)
        except DeliveryError as error:
            return _is_settled(error)
        await self._store.do(Work(lambda unit: unmute(unit, who)))
        return True


def _is_settled(error: DeliveryError) -> bool:
    """Whether trying again would come to the same: the bot may be no admin there, or the user an admin themselves."""
    _log.warning("muting: %s", type(error).__name__)
    return not isinstance(error, RetryLater | Unreachable)
