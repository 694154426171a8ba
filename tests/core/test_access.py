"""Links let the right person in, the right number of times, for the right while; the database never knows a token."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Table, select

from core.access import LASTS, Access, NewAdministrator
from core.clock import SetClock
from core.people import Role
from core.store.access import LINK, SESSION
from core.store.people_tables import PersonRow
from core.store.store import Store
from core.store.tables import PetitionRow, table_of
from core.store.unit import UnitOfWork
from core.store.work import Work
from tests.made_once import new_store

MORNING = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
SUNITA = 7


@dataclass
class Office:
    """What the tests work on: a store with one person and one petition, and who lets people in."""

    store: Store
    clock: SetClock
    access: Access

    def rows(self, table: Table) -> list[tuple[object, ...]]:
        return self.store.read_now(lambda connection: [tuple(row) for row in connection.execute(select(table))])


@pytest.fixture
def office(database_url: str) -> Iterator[Office]:
    clock = SetClock(MORNING)
    store = new_store(database_url, clock)
    person = {"designation_hi": "", "designation_en": "", "staff": False, "phone": "", "language": "en"}
    petition = {
        "id": 1,
        "name": "सावित्री देवी",
        "phone": "9812345610",
        "village": "बसही",
        "words": "नाली टूटी है",
        "kind": "complaint",
        "confidential": False,
        "waiting": False,
        "folded": "",
        "papers": "[]",
        "registered_at": MORNING,
        "language": "hi",
    }

    def fill(uow: UnitOfWork) -> None:
        uow.insert(table_of(PersonRow), {"id": SUNITA, "name_hi": "सुनीता वर्मा", "name_en": "Sunita Verma", **person})
        uow.insert(
            table_of(PetitionRow),
            {"about": None, "heard_by": None, "direction": None, "registered_by": None, **petition},
        )
        uow.changed_directory()

    store.do_now(Work(fill))
    yield Office(store, clock, Access(store, clock))
    store.close()


async def test_a_personal_link_lets_its_person_in_until_the_session_ends(office: Office) -> None:
    token = await office.access.issue_link(SUNITA, "chat", once=False, ttl=None)
    entered = await office.access.enter(token, "chat")
    assert entered is not None
    session = await office.access.session(entered.cookie)
    assert session == entered.session
    assert (session.person, session.guest, session.language) == (SUNITA, None, "en")

    office.clock.advance(LASTS["chat"])
    assert await office.access.session(entered.cookie) is None


async def test_a_once_link_dies_when_followed_also_by_two_at_the_same_time(office: Office) -> None:
    token = await office.access.issue_link(SUNITA, "desk", once=True, ttl=timedelta(hours=1))
    came = await asyncio.gather(*(office.access.enter(token, "desk") for _ in range(5)))
    assert sum(each is not None for each in came) == 1
    assert await office.access.enter(token, "desk") is None


async def test_a_link_is_dead_at_its_last_minute_and_for_every_other_purpose(office: Office) -> None:
    token = await office.access.issue_link(SUNITA, "desk", once=False, ttl=timedelta(hours=1))
    assert await office.access.enter(token, "chat") is None
    assert await office.access.enter(token, "claim") is None
    assert await office.access.enter(token + "x", "desk") is None
    assert await office.access.enter(token, "desk") is not None
    office.clock.advance(timedelta(hours=1))
    assert await office.access.enter(token, "desk") is None


async def test_a_claim_makes_an_administrator_once(office: Office) -> None:
    token = await office.access.issue_link(None, "claim", once=True, ttl=timedelta(hours=1))
    assert await office.access.claimable(token)
    entered = await office.access.enter(token, "claim", claimed_by=NewAdministrator("मीरा सिंह", "Meera Singh"))
    assert entered is not None
    assert not await office.access.claimable(token)
    directory = await office.store.read(office.store.directory)
    assert entered.session.person is not None
    made = directory.people[entered.session.person]
    assert (made.name_hi, made.roles) == ("मीरा सिंह", frozenset({Role.ADMINISTRATOR}))
    assert await office.access.enter(token, "claim", claimed_by=NewAdministrator("कोई और")) is None


async def test_a_complainant_is_the_same_guest_by_every_link_and_reads_their_own_language(office: Office) -> None:
    first = await office.access.issue_link(None, "chat", once=False, ttl=None, petition=1)
    second = await office.access.issue_link(None, "chat", once=False, ttl=None, petition=1)
    came = [await office.access.enter(token, "chat") for token in (first, second)]
    guests = {(each.session.guest, each.session.petition, each.session.language) for each in came if each}
    assert guests == {("petition-1", 1, "hi")}


async def test_signing_in_ends_the_session_before_and_signing_out_the_present_one(office: Office) -> None:
    token = await office.access.issue_link(SUNITA, "chat", once=False, ttl=None)
    first = await office.access.enter(token, "chat")
    assert first is not None
    second = await office.access.enter(token, "chat", replacing=first.cookie)
    assert second is not None
    assert second.cookie != first.cookie
    assert second.session.csrf != first.session.csrf
    assert await office.access.session(first.cookie) is None
    await office.access.speak(second.cookie, "hi")
    spoken = await office.access.session(second.cookie)
    assert spoken is not None
    assert spoken.language == "hi"
    await office.access.end(second.cookie)
    assert await office.access.session(second.cookie) is None


async def test_a_program_is_let_in_by_a_lasting_chat_link_alone(office: Office) -> None:
    lasting = await office.access.issue_link(SUNITA, "chat", once=False, ttl=timedelta(days=1))
    once = await office.access.issue_link(SUNITA, "chat", once=True, ttl=None)
    desk = await office.access.issue_link(SUNITA, "desk", once=False, ttl=None)
    session = await office.access.bearer(lasting)
    assert session is not None
    assert session.person == SUNITA
    assert await office.access.bearer(once) is None
    assert await office.access.bearer(desk) is None
    assert await office.access.bearer("") is None
    office.clock.advance(timedelta(days=1))
    assert await office.access.bearer(lasting) is None


async def test_the_database_holds_no_token_and_no_cookie(office: Office) -> None:
    token = office.access.issue_link_now(SUNITA, "desk", once=True, ttl=None)
    entered = await office.access.enter(token, "desk")
    assert entered is not None
    stored = repr(office.rows(LINK)) + repr(office.rows(SESSION))
    assert stored.count("desk") == 1
    for secret in (token, entered.cookie, entered.session.csrf):
        assert secret not in stored
