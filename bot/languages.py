"""In which language a chat or a person is addressed: their own choice, else the office's."""

from collections.abc import Mapping

from bot.context import Context
from bot.events import Address
from bot.speaking import Surroundings
from core.directory import Directory
from core.store.queries.petitions import language_of_complainant
from core.store.unit import UnitOfWork


class Languages:
    """Knows who reads a chat."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self._known: tuple[Directory, Mapping[Address, int]] | None = None

    def of(self, unit: UnitOfWork, address: Address) -> str:
        """The language of a chat: of the bound group, of the person or the complainant in a direct chat."""
        office = self._around.office.settings.office.language
        group = unit.directory.group_at(address.account, address.chat)
        if group is not None:
            return group.language or office
        person = self._people_in_chats(unit.directory).get(address)
        if person is not None:
            return unit.directory.people[person].language or office
        return language_of_complainant(unit.fresh, address.account, address.chat) or office

    def _people_in_chats(self, directory: Directory) -> Mapping[Address, int]:
        """Who is alone with the bot in which chat; made once for a directory."""
        if self._known is None or self._known[0] is not directory:
            chats = [(each, self._around.direct_chat(each.account, each.user)) for each in directory.identities_]
            known = {Address(each.account, chat): each.person for each, chat in chats if chat is not None}
            self._known = (directory, known)
        return self._known[1]


def language_of_reader(ctx: Context) -> str:
    """The language for a short answer to whoever pressed."""
    if ctx.person is not None and ctx.person.language:
        return ctx.person.language
    if ctx.group is not None and ctx.group.language:
        return ctx.group.language
    return ctx.office.settings.office.language
