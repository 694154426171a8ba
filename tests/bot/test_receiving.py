"""Until when an account was receiving is written down; the gap after which it is again is an outage."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import pytest

from bot.receiving import Receiving
from bot.testing import FakeAdapter, FakePlatform
from core.clock import SetClock
from core.presence import Span
from core.store.queries.receiving import outages_between, receiving
from core.store.store import Store
from tests.core.presence.office_mornings import at
from tests.made_once import new_store

pytestmark = pytest.mark.asyncio


class Connected(FakeAdapter):
    """An adapter that knows whether its connection is up."""

    receiving = True


@pytest.fixture
def clock() -> SetClock:
    return SetClock(at("08:00:00"))


@pytest.fixture
def store(database_url: str, clock: SetClock) -> Iterator[Store]:
    made = new_store(database_url, clock)
    yield made
    made.close()


def heard(store: Store, account: str = "bot") -> Span | None:
    return store.read_now(lambda connection: receiving(connection.execute)).get(account)


def outages(store: Store) -> dict[str, list[Span]]:
    return store.read_now(lambda connection: outages_between(connection.execute, at("00:00:00"), at("23:59:59")))


@asynccontextmanager
async def adapter_running(parts: Receiving, name: str = "bot", fails: bool = False) -> AsyncIterator[None]:
    """An adapter's run, watched, which has begun; one that `fails` has ended again."""
    begun = asyncio.Event()

    async def run() -> None:
        begun.set()
        if fails:
            raise ConnectionError
        await asyncio.Event().wait()

    async def watched() -> None:
        await parts.watched(name, run)()

    task = asyncio.create_task(watched())
    await begun.wait()
    yield
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def note(parts: Receiving, clock: SetClock, wall: str) -> None:
    clock.set(at(wall))
    await parts.note()


async def test_what_lies_between_two_runs_is_an_outage(store: Store, clock: SetClock) -> None:
    first = Receiving(store, {"bot": FakeAdapter(FakePlatform(), "bot")})
    async with adapter_running(first):
        for wall in ("08:00:00", "08:00:30", "08:50:00"):
            await note(first, clock, wall)
    assert heard(store) == (at("08:00:00"), at("08:50:00"))
    clock.set(at("09:25:00"))
    second = Receiving(store, {"bot": FakeAdapter(FakePlatform(), "bot")})
    async with adapter_running(second):
        await note(second, clock, "09:25:10")
        await note(second, clock, "09:25:40")
    assert outages(store) == {"bot": [(at("08:50:00"), at("09:25:00"))]}
    assert heard(store) == (at("08:00:00"), at("09:25:40"))


async def test_a_short_restart_is_none_nor_is_a_clock_that_jumps_ahead(store: Store, clock: SetClock) -> None:
    for begins in ("08:00:00", "08:02:00"):
        clock.set(at(begins))
        parts = Receiving(store, {"bot": FakeAdapter(FakePlatform(), "bot")})
        async with adapter_running(parts):
            await parts.note()
            clock.advance(timedelta(minutes=1))
            await parts.note()
            await note(parts, clock, "09:00:00" if begins == "08:02:00" else "08:01:30")
    assert outages(store) == {}
    assert heard(store) == (at("08:00:00"), at("09:00:00"))


async def test_a_clock_that_is_turned_back_takes_nothing_back(store: Store, clock: SetClock) -> None:
    parts = Receiving(store, {"bot": FakeAdapter(FakePlatform(), "bot")})
    async with adapter_running(parts):
        for wall in ("08:00:00", "08:30:00", "08:10:00"):
            await note(parts, clock, wall)
    assert heard(store) == (at("08:00:00"), at("08:30:00"))


async def test_an_adapter_that_says_it_hears_nothing_is_taken_at_its_word(store: Store, clock: SetClock) -> None:
    adapter = Connected(FakePlatform(), "bot")
    parts = Receiving(store, {"bot": adapter})
    async with adapter_running(parts):
        await note(parts, clock, "08:00:00")
        await note(parts, clock, "08:00:30")
        adapter.receiving = False
        for wall in ("08:01:00", "08:05:00", "08:10:00"):
            await note(parts, clock, wall)
        assert heard(store) == (at("08:00:00"), at("08:00:30"))
        adapter.receiving = True
        await note(parts, clock, "08:10:30")
        await note(parts, clock, "08:11:00")
    assert outages(store) == {"bot": [(at("08:00:30"), at("08:10:00"))]}


async def test_one_that_only_begins_and_fails_is_not_receiving(store: Store, clock: SetClock) -> None:
    parts = Receiving(store, {"bot": FakeAdapter(FakePlatform(), "bot")})
    for wall in ("08:00:00", "08:00:30", "08:01:00"):
        async with adapter_running(parts, fails=True):
            await note(parts, clock, wall)
    assert heard(store) is None


async def test_each_account_has_its_own_time(store: Store, clock: SetClock) -> None:
    adapters = {"bot": Connected(FakePlatform(), "bot"), "web": Connected(FakePlatform(), "web")}
    parts = Receiving(store, adapters)
    async with adapter_running(parts), adapter_running(parts, "web"):
        await note(parts, clock, "08:00:00")
        await note(parts, clock, "08:01:00")
        adapters["web"].receiving = False
        await note(parts, clock, "08:30:00")
    last: dict[str, datetime] = {name: (heard(store, name) or (at("08:00:00"),) * 2)[1] for name in adapters}
    assert last == {"bot": at("08:30:00"), "web": at("08:01:00")}
