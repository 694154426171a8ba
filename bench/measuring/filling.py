"""Fills an office with as many complaints as it would have after years, each with the chain of its whole life.

What happened is made by the office's own rules and written by its own unit of work, many complaints in a transaction;
nobody is told and nothing is said. So the records prove clean, and 200,000 take a minute or two.

    fill(office, 200_000, until=clock.now())
"""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import bindparam, update

from core.commands import Acknowledge, ComplaintCommand, Confirm, Part, Solve
from core.complaints import Complaint, register
from core.complaints.decide import decide
from core.complaints.rules import OfficeRules
from core.directory import Directory
from core.office import Office
from core.people import Actor, Door, Role, Via
from core.petitions import Kind, Petition
from core.store.haste import write_in_haste
from core.store.queries.petitions import keep_petition
from core.store.tables import DepartmentRow, table_of
from core.store.unit import UnitOfWork
from core.store.work import Work

PAST = timedelta(days=730)
IN_A_TRANSACTION = 500
STILL_OPEN, UNCONFIRMED = 0.05, 0.03
"""Shares of the complaints that the department still has, and that nobody has confirmed; the others are closed."""

_DEPARTMENT = table_of(DepartmentRow)
_SKIP_SERIALS = (
    update(_DEPARTMENT)
    .where(_DEPARTMENT.c.id == bindparam("of"))
    .values(next_serial=_DEPARTMENT.c.next_serial + bindparam("used", type_=_DEPARTMENT.c.next_serial.type))
)
_WORDS = (
    "नाली टूटने से गंदा पानी हैंडपंप के पास भर गया है, बच्चे बीमार पड़ रहे हैं",
    "राशन कार्ड में बहू का नाम नहीं जुड़ा, तीन महीने से कोटेदार लौटा देता है",
    "Transformer of the village burnt a week ago, wheat cannot be watered",
    "वृद्धावस्था पेंशन की किस्त चार महीने से खाते में नहीं आई है",
)
_SOLUTIONS = ("टीम ने मौके पर जाकर मरम्मत करा दी", "Repaired on the spot, the complainant has seen it")


class _Fill:
    def __init__(self, office: Office, until: datetime, seed: int) -> None:
        self._until = until
        self._chance = random.Random(seed)
        with office.store.reading() as reader:
            self._directory: Directory = office.store.directory(reader)
            self._rules: OfficeRules = office.rules(reader)
        self._departments = [each.code for each in self._directory.departments.values()]
        self._serials = dict.fromkeys(self._directory.departments, 1001)
        self._heads = {id: self._somebody_of(id) for id in self._directory.departments}
        operators = self._directory.with_role(Role.OPERATOR)
        self._operator = self._directory.actor(operators[0].id, Via(Door.DESK))

    def stage(self, unit: UnitOfWork, numbers: Sequence[int], of: int) -> None:
        """The complaints of these numbers, with what happened to each."""
        used = dict.fromkeys(self._serials, 0)
        for number in numbers:
            complaint = self._register(unit, number, self._until - PAST * ((of - number) / of))
            used[complaint.department] += 1
            for at, command, by in self._life(complaint, number / of):
                for happened in decide(complaint, command, by, at, self._rules, self._directory):
                    complaint = unit.append(complaint, happened, by.via).complaint
        for department, count in used.items():
            unit.write(_SKIP_SERIALS, {"of": department, "used": count})

    def _register(self, unit: UnitOfWork, number: int, at: datetime) -> Complaint:
        code = self._departments[number % len(self._departments)]
        petition = self._petition(unit.new_id("petition"), number, at)
        keep_petition(unit, petition)
        part = Part(code, self._chance.choice("BBBCC"))
        department = register.department_of(part, self._directory).id
        serial = self._serials[department]
        self._serials[department] += 1
        id = unit.new_id("complaint")
        happened = register.registered(petition, part, id, serial, at, self._directory, self._rules)
        return unit.append(None, happened, self._operator.via).complaint

    def _petition(self, id: int, number: int, at: datetime) -> Petition:
        return Petition(
            id=id,
            name=f"सावित्री देवी {number}",
            phone=str(5_550_000_001 + number * 37),
            village=f"बसही {number % 900}",
            words=self._chance.choice(_WORDS),
            kind=Kind.COMPLAINT,
            confidential=False,
            waiting=False,
            about=None,
            heard_by=None,
            direction=None,
            papers=(),
            registered_at=at,
            registered_by=self._operator.person,
            language=None,
        )

    def _life(self, complaint: Complaint, age: float) -> Iterator[tuple[datetime, ComplaintCommand, Actor]]:
        """What its department and its complainant do, and when; `age` is 1 for the latest complaint."""
        # The open ones are the latest, but for one in ten of them.
        end = self._chance.random() if self._chance.random() < 0.1 else 1 - age
        officer = self._heads[complaint.department]
        at = complaint.registered_at + timedelta(hours=self._chance.uniform(0.2, 5))
        open, unconfirmed = end < STILL_OPEN, end < STILL_OPEN + UNCONFIRMED
        if not open or self._chance.random() < 0.5:
            yield at, Acknowledge(complaint.code), officer
        if not open:
            at += timedelta(hours=self._chance.uniform(3, 120))
            yield at, Solve(complaint.code, self._chance.choice(_SOLUTIONS)), officer
        if not unconfirmed:
            at += timedelta(hours=self._chance.uniform(1, 60))
            complainant = Actor(None, Via(Door.CHAT), petition=complaint.petition)
            yield at, Confirm(complaint.code, complainant=True), complainant

    def _somebody_of(self, department: int) -> Actor:
        members = self._directory.members(department)
        return self._directory.actor(members[0].id, Via(Door.CHAT))


def fill(office: Office, complaints: int, until: datetime, seed: int = 1) -> None:
    """Register so many complaints over the two years before `until`, and let most of them be solved and closed.

    The office must have departments with members, and an operator; its departments have no complaint yet.
    """
    write_in_haste(office.store.database)
    filling = _Fill(office, until, seed)
    for begin in range(1, complaints + 1, IN_A_TRANSACTION):
        numbers = range(begin, min(begin + IN_A_TRANSACTION, complaints + 1))
        office.store.do_now(Work(partial(filling.stage, numbers=numbers, of=complaints)))
