"""In which language a chat or a person is addressed: their own choice, else the office's."""

from bot.context import Context
from bot.events import Address
from bot.speaking import Surroundings
from core.store.queries.petitions import language_of_complainant
from core.store.unit import UnitOfWork


class Languages:
    """Knows who reads a chat."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around

    def of(self, unit: UnitOfWork, address: Address) -> str:
        """The language of a chat: of the bound group, of the person or the complainant in a direct chat."""
        office = self._around.office.settings.office.language
        group = unit.directory.group_at(address.account, address.chat)
        if group is not None:
            return group.language or office
        for identity in unit.directory.identities_:
            if identity.account == address.account and self._is_chat_of(identity.user, address):
                return unit.directory.people[identity.person].language or office
        return language_of_complainant(unit.fresh, address.account, address.chat) or office

    def _is_chat_of(self, user: str, address: Address) -> bool:
        return self._around.direct_chat(address.account, user) == address.chat


def language_of_reader(ctx: Context) -> str:
    """The language for a short answer to whoever pressed."""
    if ctx.person is not None and ctx.person.language:
        return ctx.person.language
    if ctx.group is not None and ctx.group.language:
        return ctx.group.language
    return ctx.office.settings.office.language
