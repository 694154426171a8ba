"""Links by which whoever opens one adds the bot to a group and binds it: of everything that has no group yet."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.adapters.base import Adapter, CanInvite, DeliveryError
from core.directory import Directory
from core.groups import Group
from core.store.store import Store
from core.store.unit import UnitOfWork
from core.store.work import Work

WordOf = Callable[[UnitOfWork, str, str | None], str]
"""What a link of an account carries for a department by its letters, or for the administration group."""


@dataclass(frozen=True)
class Invitation:
    """A link. `department`: its id, None for the administration group.   address: "" while the platform is silent."""

    department: int | None
    address: str


class Invitations:
    """Makes them for the accounts whose platform can."""

    def __init__(self, store: Store, adapters: Mapping[str, Adapter], word: WordOf) -> None:
        self._store = store
        self._adapters = {name: each for name, each in adapters.items() if isinstance(each, CanInvite)}
        self._word = word

    @property
    def possible(self) -> bool:
        """Whether there is an account whose platform can."""
        return bool(self._adapters)

    async def links(self) -> Sequence[Invitation]:
        """One for each department without a group, on each account, the administration group first."""
        directory = await self._store.read(self._store.directory)
        made: list[Invitation] = []
        for account, adapter in self._adapters.items():
            wanted = without_group(directory, account)
            codes = [directory.departments[id].code if id is not None else None for id in wanted]
            try:
                addresses = await adapter.invitations(await self._words(account, codes))
            except DeliveryError:
                addresses = [""] * len(wanted)
            made += map(Invitation, wanted, addresses)
        return made

    async def _words(self, account: str, codes: Sequence[str | None]) -> list[str]:
        def words(unit: UnitOfWork) -> list[str]:
            return [self._word(unit, account, code) for code in codes]

        return (await self._store.do(Work(words))).value or []


def without_group(directory: Directory, account: str) -> list[int | None]:
    """The departments that have no group on an account, by their letters; before them None for the administration."""

    def has_one(groups: Sequence[Group]) -> bool:
        return any(each.account == account for each in groups)

    departments = sorted(directory.departments.values(), key=lambda each: each.code)
    wanted: list[int | None] = [] if has_one(directory.administration()) else [None]
    return wanted + [each.id for each in departments if not has_one(directory.groups_of(each.id))]
