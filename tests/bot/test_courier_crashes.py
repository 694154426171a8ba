"""Killed at any point the courier loses nothing, and says nothing twice but what is named."""

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot import outbox
from bot.adapters.base import Limits
from bot.store.outbox import doubtful_messages
from bot.testing import FakePlatform
from core.clock import SystemClock
from core.store.store import Store
from core.store.work import Work
from tests.bot.outgoing import Speech, stop, until

FAST = Limits(text=200, per_second=10_000.0, per_chat_minute=100_000.0)
MARK = "This message may have reached you before."
POINTS = ("before it is begun", "before it arrives", "before the answer", "before the answer is written down")
LONG = " ".join(f"word{number}" for number in range(60))


@pytest.fixture
def here(database_url: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Speech]:
    """Something to say on a platform that knows idempotency keys if the test's parameter says so."""
    speech = Speech(database_url, tmp_path, FakePlatform(FAST, idempotent=getattr(request, "param", False)))
    yield speech
    speech.close()


async def killed(here: Speech, point: str) -> None:
    """Run the courier until `point` and kill it there; the store is closed and opened again."""
    stopped = here.new_courier(grace_s=0.0)
    if point != "before it is begun":
        await _killed_while_running(here, stopped, point)
    here.platform.delay_s = here.platform.answer_delay_s = lambda: 0.0
    here.store.close()
    here.store = Store.open(here.store.database.url, SystemClock())
    here.courier = here.new_courier()


async def _killed_while_running(here: Speech, courier: Any, point: str) -> None:
    arrived, requests = here.platform.arrived, here.platform.requests
    release = threading.Event()
    if point == "before it arrives":
        here.platform.delay_s = lambda: 3600.0
    elif point == "before the answer":
        here.platform.answer_delay_s = lambda: 3600.0
    else:
        here.platform.answer_delay_s = lambda: _block_the_writer(here, release)
    task = asyncio.create_task(courier.run())
    if point == "before it arrives":
        await here.platform.until(lambda: here.platform.requests > requests)
    else:
        await here.platform.until(lambda: here.platform.arrived > arrived)
    await stop(task)
    release.set()


def _block_the_writer(here: Speech, release: threading.Event) -> float:
    """From now on nothing is written until `release`; what is asked meanwhile and cancelled never is."""
    blocked = threading.Event()

    def block(_unit: object) -> None:
        blocked.set()
        release.wait(30)

    here.store.submit(Work(block))
    blocked.wait(30)
    return 0.0


async def finish(here: Speech) -> list[str]:
    """Run the new courier until nothing waits; returns what stands in the chat."""
    async with here.running():
        await here.settled()
    return here.platform.texts("sadar")


@pytest.mark.parametrize("point", POINTS)
async def test_an_answer_arrives_once_or_is_named_doubtful(here: Speech, point: str) -> None:
    row = await here.say("sadar", "It is recorded")
    await here.say("sadar", "after it")
    await killed(here, point)
    texts = await finish(here)
    doubtful = [each.id for each in here.query(doubtful_messages)]
    assert doubtful == ([] if point == POINTS[0] else [row])
    assert texts == (["after it"] if point == POINTS[1] else ["It is recorded", "after it"])


@pytest.mark.parametrize("point", POINTS)
async def test_what_must_arrive_arrives_and_a_repeat_says_so(here: Speech, point: str) -> None:
    await here.say("sadar", "Overdue", repeat_if_doubtful=True)
    await here.say("sadar", "after it")
    await killed(here, point)
    again = f"{MARK}\nOverdue"
    expected = {POINTS[0]: ["Overdue"], POINTS[1]: [again]}.get(point, ["Overdue", again])
    assert await finish(here) == [*expected, "after it"]
    assert not here.query(doubtful_messages)


@pytest.mark.parametrize("point", POINTS)
async def test_an_edit_is_done_again(here: Speech, point: str) -> None:
    await here.show("sadar", 1, "open")
    async with here.running():
        await here.settled()
    await here.show("sadar", 1, "solved")
    await killed(here, point)
    assert await finish(here) == ["<b>DPRO-1001-22</b> solved"]


@pytest.mark.parametrize("point", POINTS)
async def test_a_card_shows_the_last_state(here: Speech, point: str) -> None:
    await here.show("sadar", 1, "open")
    await killed(here, point)
    await here.show("sadar", 1, "solved")
    texts = await finish(here)
    assert texts[-1] == "<b>DPRO-1001-22</b> solved"
    assert len(texts) == (1 if point in POINTS[:2] else 2)


@pytest.mark.parametrize("here", [True], indirect=True)
@pytest.mark.parametrize("point", POINTS)
async def test_with_idempotency_keys_everything_arrives_exactly_once(here: Speech, point: str) -> None:
    await here.say("sadar", "It is recorded")
    await here.say("sadar", LONG)
    await here.show("sadar", 1, "open")
    for _ in range(3):
        await killed(here, point)
    first, *parts, card = await finish(here)
    assert (first, " ".join(parts), card) == ("It is recorded", LONG, "<b>DPRO-1001-22</b> open")
    assert not here.query(doubtful_messages)


async def test_of_a_long_text_only_the_part_in_doubt_is_repeated(here: Speech) -> None:
    words = LONG[:260]
    await here.say("sadar", words, repeat_if_doubtful=True)
    stopped = here.new_courier(grace_s=0.0)
    here.platform.answer_delay_s = lambda: 3600.0 if here.platform.arrived > 1 else 0.0
    task = asyncio.create_task(stopped.run())
    await here.platform.until(lambda: here.platform.arrived == 2)
    await stop(task)
    await killed(here, "before it is begun")
    one, two, again = await finish(here)
    assert f"{one} {two}" == words
    assert again == f"{MARK}\n{two}"


async def test_a_store_that_is_away_loses_nothing(here: Speech) -> None:
    await here.say("sadar", "first")
    release = threading.Event()
    here.platform.answer_delay_s = lambda: _block_the_writer(here, release) if not release.is_set() else 0.0
    async with here.running():
        await here.platform.until(lambda: bool(here.platform.messages()))
        release.set()
        await here.settled()
        await here.do(lambda unit: outbox.say(unit, here.at("sadar"), "line", {"words": "second"}))
        await until(here.all_settled)
    assert here.platform.texts("sadar") == ["first", "second"]
