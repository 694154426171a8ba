"""People, what they may do, and as whom they act (docs/design.md §4, Who may do what)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """A role. Member and head belong to a department; the others are district-wide."""

    MEMBER = "member"
    HEAD = "head"
    OPERATOR = "operator"
    NODAL_OFFICER = "nodal_officer"
    SENIOR = "senior"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


DISTRICT_ROLES = frozenset(Role) - {Role.MEMBER, Role.HEAD}


@dataclass(frozen=True)
class Person:
    """Somebody of the office. `staff` is who is no officer; `roles` are the district-wide ones."""

    id: int
    name_hi: str
    name_en: str
    designation_hi: str = ""
    designation_en: str = ""
    staff: bool = False
    phone: str = ""
    language: str | None = None
    roles: frozenset[Role] = frozenset()

    def name(self, language: str) -> str:
        """The person's name in `language` ("hi" or "en")."""
        return self.name_en if language == "en" and self.name_en else self.name_hi


@dataclass(frozen=True)
class Membership:
    """A person belongs to a department, as one of its members or as its head; `since`: None where nobody knows."""

    person: int
    department: int
    head: bool = False
    since: datetime | None = None


@dataclass(frozen=True)
class Identity:
    """Who a user of a chat account is; `since`: from when on, or when they began to wait for it, if that is known.

    lost_at: since when they cannot be written to, such as when they blocked the bot; what they write still counts.
    """

    account: str
    user: str
    person: int
    since: datetime | None = None
    lost_at: datetime | None = None


@dataclass(frozen=True)
class JoinRequest:
    """Somebody whom the office does not know is in a department's group, and waits for its head's word.

    account, user: as whom they write there.   chat: the group.   name: what the platform shows, which proves nothing.
    """

    id: int
    account: str
    user: str
    chat: str
    department: int
    name: str


class Door(StrEnum):
    """By which door somebody came."""

    CHAT = "chat"
    DESK = "desk"
    API = "api"
    COMMAND = "command"
    CLOCK = "clock"


@dataclass(frozen=True)
class Via:
    """From where a step was taken: the door, and in a chat the account, the chat and the message."""

    door: Door
    account: str = ""
    chat: str = ""
    message: str = ""


@dataclass(frozen=True)
class Actor:
    """Who asks for something to happen. Rights are checked against this in the rule, never at the door.

    person: id of the office's person, None for a complainant and for the system.
    member_of, head_of: ids of departments.   petition: the petition whose complainant acts, else None.
    roles: district-wide roles. The system itself has none and is told by `system`.
    """

    person: int | None
    via: Via
    roles: frozenset[Role] = frozenset()
    member_of: frozenset[int] = frozenset()
    head_of: frozenset[int] = frozenset()
    petition: int | None = None
    system: bool = False

    def has(self, *roles: Role) -> bool:
        """Whether the actor has one of the district-wide roles."""
        return bool(self.roles.intersection(roles))

    def belongs_to(self, department: int) -> bool:
        """Whether the actor is a member or the head of the department."""
        return department in self.member_of or department in self.head_of
