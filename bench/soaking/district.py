"""A small office for a soak run: departments with their groups on three accounts, officers, operators, their tokens."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from bench.soaking.platform import ASKED, CALLED
from bot.settings import Configuration
from core.access import Access
from core.clock import SystemClock
from core.commands import BindGroup
from core.groups import Purpose
from core.office import Office, Silence
from core.people import Actor, Door, Role, Via
from core.store.migrate import upgrade
from core.store.store import Store
from core.store.tables import DepartmentRow, IdentityRow, MembershipRow, PersonRow, RoleRow, table_of
from core.store.unit import UnitOfWork
from core.store.work import Work

WEB = "web"
SYSTEM = Actor(None, Via(Door.COMMAND), system=True)
DEPARTMENTS = {
    ASKED: ("DPRO", "BDO", "JNR", "PWD", "BSA"),
    CALLED: ("DSO", "CMO", "DIOS", "PVVNL", "SDM"),
    WEB: ("NNP", "DHO"),
}
OFFICERS_OF_EACH = 2
OPERATORS = 3


@dataclass(frozen=True)
class Officer:
    """Somebody of a department. `token`: of their personal chat link, by which a script acts as they."""

    person: int
    department: str
    token: str

    def user(self, account: str) -> str:
        """Under which name a chat account knows them."""
        return f"person:{self.person}" if account == WEB else f"officer-{self.person}"


@dataclass
class District:
    """The office in `folder`.

    operators: their tokens.   desk_link: token of a link by which one of them signs in at the desk.   codes: of
    complaints, by department; they grow while the office is at work.
    """

    folder: Path
    url: str
    officers: Sequence[Officer]
    operators: Sequence[str]
    desk_link: str
    codes: dict[str, list[str]] = field(default_factory=dict)

    @property
    def config(self) -> Path:
        """Its config.yaml."""
        return self.folder / "config.yaml"

    def officers_at(self, account: str, chat: str) -> list[Officer]:
        """Who is in a department's group."""
        return [each for each in self.officers if group_of(each.department) == (account, chat)]

    def any_code(self, department: str, chance: random.Random) -> str | None:
        """The code of a complaint of the department, or None while it has none."""
        known = self.codes.get(department)
        return chance.choice(known[-20:]) if known else None


def group_of(department: str) -> tuple[str, str]:
    """Account and chat of a department's group."""
    account = next(account for account, codes in DEPARTMENTS.items() if department in codes)
    return account, f"group:{department.lower()}"


def departments() -> list[str]:
    """The letters of all departments."""
    return [code for codes in DEPARTMENTS.values() for code in codes]


def found_district(folder: Path, url: str, platform_url: str) -> District:
    """Write config.yaml into the folder, make the database at `url`, and put the office into it."""
    section = {"platform": "soak", "url": platform_url}
    accounts = {
        WEB: {"platform": "web"},
        ASKED: section | {"receive": "polling"},
        CALLED: section | {"receive": "webhook"},
    }
    settings = {"database": url, "accounts": accounts, "closing": {"evidence": {}}}
    (folder / "config.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    upgrade(url)
    store = Store.open(url, SystemClock())
    try:
        people = store.do_now(Work(_fill)).value or {}
        office = Office(store, Configuration(database=url), store.clock, Silence())
        for code in departments():
            office.do_now(BindGroup(*group_of(code), Purpose.DEPARTMENT, code), SYSTEM)
        access = Access(store, store.clock)
        tokens = {person: access.issue_link_now(person, "chat", once=False, ttl=None) for person in people}
        operators = [person for person, code in people.items() if not code]
        desk_link = access.issue_link_now(operators[0], "desk", once=False, ttl=None)
    finally:
        store.close()
    officers = [Officer(person, code, tokens[person]) for person, code in people.items() if code]
    return District(folder, url, officers, [tokens[person] for person in operators], desk_link)


def _fill(unit: UnitOfWork) -> dict[int, str]:
    """Write who is who; returns each person's department, "" for an operator."""
    people: dict[int, str] = {}
    for code in departments():
        id = unit.new_id("department")
        names = {"name_hi": f"विभाग {code}", "name_en": f"Department {code}"}
        unit.insert(table_of(DepartmentRow), {"id": id, "code": code, "category": None, "next_serial": 1001, **names})
        for number in range(OFFICERS_OF_EACH):
            person = _person(unit, f"अधिकारी {code}")
            people[person] = code
            unit.insert(table_of(MembershipRow), {"person": person, "department": id, "head": number == 0})
    for _ in range(OPERATORS):
        person = _person(unit, "संचालक")
        people[person] = ""
        unit.insert(table_of(RoleRow), {"person": person, "role": Role.OPERATOR.value})
    unit.changed_directory()
    return people


def _person(unit: UnitOfWork, name: str) -> int:
    id = unit.new_id("person")
    row = {"id": id, "name_hi": name, "name_en": "", "designation_hi": "", "designation_en": ""}
    unit.insert(table_of(PersonRow), {**row, "staff": False, "phone": "", "language": None})
    for account in DEPARTMENTS:
        user = Officer(id, "", "").user(account)
        unit.insert(table_of(IdentityRow), {"account": account, "user": user, "person": id})
    return id
