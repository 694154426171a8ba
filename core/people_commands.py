"""What somebody can ask for about people and departments: imperatives, frozen, as in core/commands.py."""

from dataclasses import dataclass
from datetime import datetime

from core.people import Role


@dataclass(frozen=True)
class AskToJoin:
    """Somebody unknown is in a department's group. `department`: its id.   phone: as the platform proves it, or ""."""

    account: str
    user: str
    chat: str
    department: int
    name: str
    phone: str = ""


@dataclass(frozen=True)
class ApproveJoins:
    """Those who wait are of the department: ids of their requests."""

    requests: tuple[int, ...]


@dataclass(frozen=True)
class DeclineJoin:
    """Who waits is not of the department."""

    request: int


@dataclass(frozen=True)
class AddPerson:
    """Somebody new of the office, in a department (its letters) or in none."""

    name_hi: str
    name_en: str = ""
    phone: str = ""
    department: str | None = None
    head: bool = False


@dataclass(frozen=True)
class PutInDepartment:
    """A person belongs to a department from now on, as a member or as its head."""

    person: int
    department: str
    head: bool = False


@dataclass(frozen=True)
class TakeOutOfDepartment:
    """A person does not belong to a department any more."""

    person: int
    department: str


@dataclass(frozen=True)
class GiveRole:
    """A person has a district-wide role from now on."""

    person: int
    role: Role


@dataclass(frozen=True)
class TakeRole:
    """A person does not have a district-wide role any more."""

    person: int
    role: Role


@dataclass(frozen=True)
class AddDepartment:
    """A new department: its letters, and its name in both languages."""

    code: str
    name_hi: str
    name_en: str


@dataclass(frozen=True)
class RenameDepartment:
    """Another name; the letters stay for ever."""

    code: str
    name_hi: str
    name_en: str


@dataclass(frozen=True)
class LoseChat:
    """The bot can write there no longer: a group removed it, or the `user` with whom it was alone blocked it."""

    account: str
    chat: str
    at: datetime
    user: str | None = None


@dataclass(frozen=True)
class RegainChat:
    """The bot is back in a group that it had lost, or the `user` takes its words again."""

    account: str
    chat: str
    user: str | None = None


JoinCommand = AskToJoin | ApproveJoins | DeclineJoin
RosterCommand = (
    AddPerson | PutInDepartment | TakeOutOfDepartment | GiveRole | TakeRole | AddDepartment | RenameDepartment
)
