"""One office for all attempts: everybody of docs/rights.yaml, by every door, and complaints in every state.

Everything is real but the chat's platform: an attempt is an update of a chat, a form or a program's request.
"""

import asyncio
from collections.abc import Coroutine, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import httpx
from sqlalchemy import select

from bot.app import Running, put_together
from bot.conversation import ACCOUNT
from bot.events import Address, FileReference, Message, Pressed, Sender
from bot.settings import Configuration
from bot.store.tables import OUTBOX
from bot.testing import FakeAdapter, FakePlatform
from core.clock import SetClock
from core.commands import (
    Acknowledge,
    AskMoreTime,
    AskOfficer,
    BindGroup,
    Command,
    Confirm,
    LinkComplainant,
    LinkIdentity,
    Merge,
    Part,
    PauseComplaint,
    RegisterPetition,
    Reject,
    Solve,
    Transfer,
)
from core.complaints import Complaint, State
from core.groups import Purpose
from core.pauses import PauseFor
from core.people import Actor, Door, Role, Via
from core.people_commands import AddPerson, GiveRole
from core.store.queries.complaint_page import timeline_of
from core.store.queries.failures import failures
from core.store.unit import UnitOfWork
from core.store.work import Work
from core.timeline import Entry
from desk.desk import COOKIE
from tests.district import DEPARTMENT_IDS, PEOPLE, WEDNESDAY_10, make_district
from tests.made_once import make_in

T = TypeVar("T")
AT_ONCE = 16
SYSTEM = Actor(None, Via(Door.COMMAND), system=True)
GROUP = Address(ACCOUNT, "group:DPRO")
WORK, LATER = "नाली की मरम्मत कराई, पानी निकल गया", date(2026, 12, 14)
OF_THE_DISTRICT = {
    "member": "sunita",
    "head": "ashok",
    "head_elsewhere": "ramesh",
    "operator": "operator",
    "operator_who_solved": "operator",
    "nodal_officer": "nodal",
    "senior": "senior",
    "administrator": "administrator",
    "auditor": "auditor",
}
ADDED: dict[str, tuple[str | None, Role | None]] = {
    "colleague": ("DPRO", None),
    "who has it": ("DPRO", None),
    "member_elsewhere": ("BDO", None),
    "senior_here": ("DPRO", Role.SENIOR),
    "operator_here": ("DPRO", Role.OPERATOR),
    "senior_elsewhere": ("BDO", Role.SENIOR),
}
"""Whom the small district does not have: their department's letters and their role."""

CASES: dict[str | None, dict[str, object]] = {
    None: {},
    "confidential": {"confidential": True},
    "about_itself": {"about": DEPARTMENT_IDS["DPRO"]},
    "of_the_department": {},
    "complained_about": {"about": DEPARTMENT_IDS["BDO"]},
    "own_solution": {},
}
"""What a complaint of each case is registered with."""

STORED_AS = {"asked": State.REGISTERED, "questioned": State.REGISTERED}


@dataclass
class Office:
    """The office, and by which names it knows people. `target`: open complaints that others are joined to."""

    running: Running
    runner: asyncio.Runner
    people: dict[str, int]
    client: httpx.AsyncClient
    tokens: dict[str, str] = field(default_factory=dict)
    sessions: dict[str, tuple[str, str]] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    targets: dict[bool, tuple[Complaint, Complaint]] = field(default_factory=dict)
    paper: str = ""

    # People

    def actor(self, name: str, door: Door = Door.DESK) -> Actor:
        """Somebody of the office."""
        store = self.running.store
        return store.read_now(store.directory).actor(self.people[name], Via(door))

    def user(self, name: str, complaint: Complaint) -> str:
        """By which id the chat knows somebody; each petition has a complainant of its own."""
        return f"complainant of {complaint.petition}" if name == "complainant" else name

    # Complaints

    def prepare(self, state: str, case: str | None, number: int = 1) -> list[Complaint]:
        """Complaints of a case in a state, all in one work."""

        def run(unit: UnitOfWork) -> list[Complaint]:
            return [unit.complaint(code) for code in [self._made(unit, state, case) for _ in range(number)]]

        made = self.running.store.do_now(Work(run)).value
        assert made is not None
        for each in made:
            assert each.state is STORED_AS.get(state, State(state) if state in set(State) else None)
        return made

    def _made(self, unit: UnitOfWork, state: str, case: str | None) -> str:
        values: dict[str, Any] = {"name": "सावित्री", "phone": "9812345610", "village": "बसही", "words": "नाली टूटी है"}
        parts = (Part("BDO" if state == "transferred" else "DPRO", "B"),)
        registered = self._do(unit, RegisterPetition(**values, parts=parts, **CASES[case]), "operator")  # type: ignore[arg-type]
        complaint = registered[0].complaint
        code: str = complaint.code
        petition = complaint.petition
        user = self.user("complainant", complaint)
        self.running.office.perform(unit, LinkComplainant(ACCOUNT, user, f"direct:{user}", petition), SYSTEM)
        into = self.targets.get(complaint.confidential)
        solver = "operator" if case == "own_solution" else "member"
        steps: dict[str, list[tuple[Command, str]]] = {
            "acknowledged": [(Acknowledge(code), "who has it")],
            "transferred": [(Transfer(code, "DPRO"), "head_elsewhere")],
            "reopened": [(Solve(code, WORK), solver)],
            "asked": [(AskMoreTime(code, LATER, WORK), "member")],
            "questioned": [(AskOfficer(code, "कहाँ?"), "other senior")],
            "paused": [(PauseComplaint(code, LATER, PauseFor.COURT, WORK), "senior")],
            "rejected": [(Reject(code, "already_decided"), "senior")],
            "merged": [(Merge(code, into[1].code), "senior")] if into else [],
            "closed": [(Solve(code, WORK), solver), (Confirm(code), "senior")],
        }
        for command, who in steps.get(state, []):
            self._do(unit, command, who)
        if state == "solved":
            self._solve(unit, code, solver)
        if state == "reopened":
            self._press(unit, code, f"not_solved:complaint:{complaint.id}", user)
        return code

    def _do(self, unit: UnitOfWork, command: Command, who: str) -> tuple[Entry, ...]:
        actor = unit.directory.actor(self.people[who], Via(Door.DESK))
        return self.running.office.perform(unit, command, actor).entries

    def _solve(self, unit: UnitOfWork, code: str, solver: str) -> None:
        """As plain words in the solver's own chat, so that it can be taken back, changed, and given photos."""
        if solver != "member":
            self._do(unit, Solve(code, WORK), solver)
            return
        event = self._message(solver, own_chat(code), f"{code} निस्तारित, {WORK}", message=f"said/{code}")
        self.running.dispatcher.handle(unit, event)

    def _press(self, unit: UnitOfWork, code: str, data: str, user: str) -> None:
        self.running.dispatcher.handle(unit, self._pressed(user, own_chat(code), data))

    def now(self, code: str) -> Complaint:
        """The complaint as it stands."""
        found = self.running.store.do_now(Work(lambda unit: unit.complaint(code))).value
        assert found is not None
        return found

    def happened_since(self, before: Complaint) -> set[str]:
        """The kinds of what happened to a complaint since it stood so."""
        steps = self.running.store.read_now(lambda connection: timeline_of(connection, before.id))
        return {type(step.happened).__name__ for step in steps if step.number > before.version}

    def who_did_since(self, before: Complaint) -> list[tuple[str, str]]:
        """Who did what to a complaint since it stood so, by their names here."""
        names = {id: name for name, id in self.people.items()}
        steps = self.running.store.read_now(lambda connection: timeline_of(connection, before.id))
        since = [step.happened for step in steps if step.number > before.version]
        return [(names.get(each.by or 0, "nobody of the office"), type(each).__name__) for each in since]

    # The chat

    async def writes(self, user: str, chat: Address, text: str, **how: Any) -> None:
        """Somebody writes."""
        await self.running.dispatcher.receive(self._message(user, chat, text, **how))

    async def presses(self, user: str, chat: Address, data: str) -> str:
        """Somebody presses a button with any data; returns the toasts."""
        answer = await self.running.dispatcher.receive(self._pressed(user, chat, data))
        return "\n".join(toast.text for toast in answer.toasts)

    def spoken_in(self) -> set[str]:
        """The chats in which something was said, sent or not."""
        return self.running.store.read_now(lambda c: set(c.execute(select(OUTBOX.c.chat).distinct()).scalars()))

    def _message(self, user: str, chat: Address, text: str, message: str = "", **how: Any) -> Message:
        number = next(self.numbers)
        photos = tuple(FileReference(id=each, sha256=each, media_type="image/jpeg") for each in how.pop("photos", ()))
        return Message(
            key=f"update/{number}",
            address=chat,
            sender=Sender(ACCOUNT, user),
            at=WEDNESDAY_10,
            direct=chat != GROUP,
            message=message or f"theirs/{number}",
            text=text,
            attachments=photos,
            **how,
        )

    def _pressed(self, user: str, chat: Address, data: str) -> Pressed:
        number = next(self.numbers)
        return Pressed(
            key=f"update/{number}",
            address=chat,
            sender=Sender(ACCOUNT, user),
            at=WEDNESDAY_10,
            direct=chat != GROUP,
            data=data,
            message="any",
        )

    # The desk and programs

    async def post(self, who: str, path: str, fields: Mapping[str, object]) -> httpx.Response:
        """Somebody sends a form of the desk."""
        cookie, csrf = self.sessions[who]
        data = {"csrf": csrf, "key": f"form {next(self.numbers)}", **fields}
        return await self.client.post(path, data=data, headers={"cookie": f"{COOKIE}={cookie}"})

    async def program(self, who: str, path: str, body: Mapping[str, object]) -> httpx.Response:
        """A program asks for something in somebody's name."""
        return await self.client.post(path, json=body, headers={"Authorization": f"Bearer {self.tokens[who]}"})

    async def let_in(self) -> None:
        """Everybody comes to the desk, and has a token."""
        for name, person in self.people.items():
            entered = await self.running.access.enter_as(person, "desk")
            self.sessions[name] = (entered.cookie, entered.session.csrf)
            self.tokens[name] = await self.running.access.issue_link(person, "chat", once=False, ttl=None)

    def together(self, attempts: Sequence[Coroutine[Any, Any, T]]) -> list[T]:
        """Have all of it tried, some at the same time: they share the writer's commits."""

        async def run() -> list[T]:
            turns = asyncio.Semaphore(AT_ONCE)

            async def in_turn(attempt: Coroutine[Any, Any, T]) -> T:
                async with turns:
                    return await attempt

            return await asyncio.gather(*map(in_turn, attempts))

        return self.runner.run(run())


def own_chat(code: str) -> Address:
    """A direct chat for one complaint alone, so that no attempt meets the questions of another."""
    return Address(ACCOUNT, f"direct:{code}")


def new_office(folder: Path) -> Iterator[Office]:
    """The office on a fresh SQLite database, at 10:00 of an office day."""
    url = f"sqlite:///{folder / 'janmilan.db'}"
    make_in(url, make_district)
    config = Configuration.model_validate({"database": url, "accounts": {}})
    clock = SetClock(WEDNESDAY_10)
    adapter = FakeAdapter(FakePlatform(clock=clock), ACCOUNT)
    running = put_together(config, clock, folder, others={ACCOUNT: adapter})
    transport = httpx.ASGITransport(app=running.app)
    with asyncio.Runner() as runner:
        office = Office(running, runner, {}, httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1"))
        running.store.do_now(Work(lambda unit: enrol(office, unit)))
        runner.run(office.let_in())
        office.paper = running.files.keep(b"%PDF-1.4 an order", "a.pdf", "application/pdf").sha256
        for confidential in (False, True):
            case = "confidential" if confidential else None
            office.targets[confidential] = tuple(office.prepare("registered", case, 2))  # type: ignore[assignment]
        yield office
        runner.run(office.client.aclose())
    assert list(running.store.read_now(failures)) == []
    running.store.close()


def enrol(office: Office, unit: UnitOfWork) -> None:
    """Write down who is who, in the chat too."""
    do, by = (
        office.running.office.perform,
        Actor(PEOPLE["administrator"], Via(Door.DESK), frozenset({Role.ADMINISTRATOR})),
    )
    office.people.update({name: PEOPLE[known] for name, known in OF_THE_DISTRICT.items()})
    office.people["other senior"] = PEOPLE["other senior"]
    for name, (letters, role) in ADDED.items():
        person: Any = do(unit, AddPerson(name, department=letters), by).value
        office.people[name] = person.id
        if role is not None:
            do(unit, GiveRole(person.id, role), by)
    do(unit, BindGroup(ACCOUNT, GROUP.chat, Purpose.DEPARTMENT, "DPRO"), SYSTEM)
    for name, id in office.people.items():
        do(unit, LinkIdentity(ACCOUNT, name, id), SYSTEM)
