"""Who is who: departments, people and groups, as read from the database at one generation and kept in memory."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import TypeVar

from core.codes import Finder
from core.departments import Department
from core.groups import Group, Purpose
from core.people import Actor, Identity, Membership, Person, Role, Via

V = TypeVar("V")


@dataclass(frozen=True)
class Directory:
    """A frozen picture; whatever changes it bumps the generation, and the next batch reads it anew."""

    generation: int
    departments: Mapping[int, Department]
    people: Mapping[int, Person]
    memberships: tuple[Membership, ...]
    identities_: tuple[Identity, ...]
    groups: tuple[Group, ...]
    #: Who is taken off duty and not restored: person to the first day back, None where that is open.
    off_duty: Mapping[int, date | None] = field(default_factory=dict)
    #: Groups that the bot is in no longer: they stand for nobody until it is back.
    lost_groups: tuple[Group, ...] = ()

    def department(self, code: str) -> Department | None:
        """The department with these letters."""
        return self._by_code.get(code.upper())

    def department_id(self, code: str) -> int | None:
        """The id of the department with these letters."""
        found = self.department(code)
        return found.id if found else None

    def members(self, department: int) -> tuple[Person, ...]:
        """Everybody of the department, its head first."""
        return self._members.get(department, ())

    def head(self, department: int) -> Person | None:
        """The department's head, if it has one."""
        return self._heads.get(department)

    def memberships_of(self, person: int) -> tuple[Membership, ...]:
        """The departments that a person belongs to."""
        return self._memberships.get(person, ())

    def group_at(self, account: str, chat: str) -> Group | None:
        """The group that a chat is bound as."""
        return self._groups.get((account, chat))

    def lost_group_at(self, account: str, chat: str) -> Group | None:
        """The group that a chat was bound as until the bot was removed from it."""
        return next((each for each in self.lost_groups if (each.account, each.chat) == (account, chat)), None)

    def groups_of(self, department: int) -> tuple[Group, ...]:
        """Every group that stands for the department; one on each platform at most."""
        return tuple(g for g in self.groups if g.purpose is Purpose.DEPARTMENT and g.department == department)

    def administration(self) -> tuple[Group, ...]:
        """The administration group, on each platform that has it."""
        return tuple(g for g in self.groups if g.purpose is Purpose.ADMINISTRATION)

    def person_of(self, account: str, user: str) -> Person | None:
        """The person who a user of a chat account is."""
        found = self._users.get((account, user))
        return self.people.get(found.person) if found is not None else None

    def identity(self, account: str, user: str) -> Identity | None:
        """What is known of a user of a chat account."""
        return self._users.get((account, user))

    def identities(self, person: int) -> tuple[Identity, ...]:
        """As whom a person is known on the chats."""
        return self._identities.get(person, ())

    def reaches(self, person: int) -> bool:
        """Whether they can be written to on any chat."""
        return any(each.lost_at is None for each in self.identities(person))

    def is_off_duty(self, person: int, day: date) -> bool:
        """Whether a person is off duty now, on the office's `day`: they are given nothing new (docs/design.md §4)."""
        if person not in self.off_duty:
            return False
        back = self.off_duty[person]
        return back is None or day < back

    def home_of(self, person: int) -> Membership | None:
        """The department that a person was enrolled in first, of those that have a group (docs/rules.md P8)."""
        if person not in self._homes:
            in_groups = [each for each in self.memberships_of(person) if each.department in self._in_groups]
            self._homes[person] = min(in_groups, key=_enrolled, default=None)
        return self._homes[person]

    def with_role(self, role: Role) -> tuple[Person, ...]:
        """Everybody who has the district-wide role."""
        return tuple(person for person in self.people.values() if role in person.roles)

    def actor(self, person: int, via: Via) -> Actor:
        """The person as who asks for something. Raises KeyError for somebody unknown."""
        of = self.memberships_of(person)
        return Actor(
            person=person,
            via=via,
            roles=self.people[person].roles,
            member_of=frozenset(each.department for each in of),
            head_of=frozenset(each.department for each in of if each.head),
        )

    @cached_property
    def codes(self) -> Finder:
        """Finds the codes of these departments in what people write."""
        aliases = {alias: each.code for each in self.departments.values() for alias in each.aliases}
        return Finder((each.code for each in self.departments.values()), aliases)

    @cached_property
    def _by_code(self) -> Mapping[str, Department]:
        return {each.code: each for each in self.departments.values()}

    @cached_property
    def _memberships(self) -> Mapping[int, tuple[Membership, ...]]:
        return _grouped((each.person, each) for each in self.memberships)

    @cached_property
    def _members(self) -> Mapping[int, tuple[Person, ...]]:
        head_first = sorted(self.memberships, key=lambda each: (not each.head, each.person))
        return _grouped((each.department, self.people[each.person]) for each in head_first)

    @cached_property
    def _heads(self) -> Mapping[int, Person]:
        return {each.department: self.people[each.person] for each in self.memberships if each.head}

    @cached_property
    def _groups(self) -> Mapping[tuple[str, str], Group]:
        return {(each.account, each.chat): each for each in self.groups}

    @cached_property
    def _in_groups(self) -> frozenset[int]:
        """The departments that have a group."""
        return frozenset(each.department for each in self.groups if each.department is not None)

    @cached_property
    def _homes(self) -> dict[int, Membership | None]:
        """What `home_of` has found: each mark asks for it."""
        return {}

    @cached_property
    def _identities(self) -> Mapping[int, tuple[Identity, ...]]:
        return _grouped((each.person, each) for each in self.identities_)

    @cached_property
    def _users(self) -> Mapping[tuple[str, str], Identity]:
        return {(each.account, each.user): each for each in self.identities_}


def _enrolled(membership: Membership) -> tuple[bool, datetime | None, int]:
    """Sorts by when; one of which nobody knows when is older than all others."""
    return membership.since is not None, membership.since, membership.department


def _grouped(pairs: Iterable[tuple[int, V]]) -> Mapping[int, tuple[V, ...]]:
    grouped: dict[int, list[V]] = {}
    for key, value in pairs:
        grouped.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in grouped.items()}
