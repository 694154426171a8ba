"""Who is in which chat of the web chat.

Everybody has a direct chat with the bot. Beside it a person sees the groups of their departments, the administration
group (officers, and staff with a district-wide role), and the groups somebody put them into.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from core.departments import Department
from core.directory import Directory
from core.groups import Group, Purpose
from core.people import DISTRICT_ROLES, Person

PERSON = "person:"
GUEST = "guest:"
DIRECT = "direct:"


@dataclass(frozen=True)
class Chat:
    """A chat as it is, before anybody's language. `kind`: direct, group or administration.

    department: whose group it is, if it is bound.   title: of a group made by hand.   members: how many are in it.
    """

    id: str
    kind: str
    department: Department | None = None
    title: str = ""
    members: int = 0


def user_of(person: int | None, guest: str | None) -> str:
    """The web chat's own id of whoever holds a session."""
    return f"{PERSON}{person}" if person is not None else f"{GUEST}{guest}"


def person_id(user: str) -> int | None:
    """The person whom a user of the web chat is, or None for a guest."""
    return int(user.removeprefix(PERSON)) if user.startswith(PERSON) else None


def direct_chat(user: str) -> str:
    """The chat of a user with the bot alone."""
    return f"{DIRECT}{user}"


def is_direct(chat: str) -> bool:
    """Whether a chat is one between a single user and the bot."""
    return chat.startswith(DIRECT)


def chats_of(directory: Directory, account: str, user: str, made: Iterable[Row[Any]]) -> dict[str, Chat]:
    """The chats that a user is in, by id: theirs with the bot, their groups, and `made`, those they were put into."""
    chats = {direct_chat(user): Chat(direct_chat(user), "direct")}
    person = directory.people.get(person_id(user) or 0)
    if person is not None:
        for group in directory.groups:
            if group.account == account and belongs(directory, person, group):
                chats[group.chat] = _bound(directory, group)
    for row in made:
        bound = directory.group_at(account, row.id)
        chats[row.id] = _bound(directory, bound) if bound else Chat(row.id, row.kind, title=row.title)
    return chats


def belongs(directory: Directory, person: Person, group: Group) -> bool:
    """Whether a person is in a bound group by what they are."""
    if group.purpose is Purpose.ADMINISTRATION:
        return sees_administration(person)
    return any(each.department == group.department for each in directory.memberships_of(person.id))


def sees_administration(person: Person) -> bool:
    """The administration group holds the officers of all departments, and staff only with a district-wide role."""
    return not person.staff or bool(person.roles & DISTRICT_ROLES)


def _bound(directory: Directory, group: Group) -> Chat:
    if group.purpose is Purpose.ADMINISTRATION:
        count = sum(map(sees_administration, directory.people.values()))
        return Chat(group.chat, "administration", members=count)
    assert group.department is not None, "a department's group has a department"
    department = directory.departments[group.department]
    return Chat(group.chat, "group", department, members=len(directory.members(department.id)))


def members_of(directory: Directory, account: str, chat: str, by_hand: Iterable[str]) -> list[Person]:
    """The people who are in a group: those who belong to what it is bound as, and those who were put into it."""
    group = directory.group_at(account, chat)
    chosen = {person_id(user) for user in by_hand}
    return [
        person
        for person in directory.people.values()
        if person.id in chosen or (group is not None and belongs(directory, person, group))
    ]


def users_in(directory: Directory, account: str, chat: str, by_hand: Iterable[str]) -> list[str]:
    """Everybody in a chat but the bot, by the web chat's own ids."""
    if is_direct(chat):
        return [chat.removeprefix(DIRECT)]
    return [user_of(person.id, None) for person in members_of(directory, account, chat, by_hand)]
