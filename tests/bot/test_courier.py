"""The courier says what waits: in order, once, by priority, and no message stops another."""

import asyncio
import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select

from bot import outbox
from bot.adapters.base import Limits, Rejected, RetryLater, WindowClosed
from bot.fallbacks import read_choices
from bot.outbox import ButtonSpec, Priority
from bot.store.outbox import dead_letters, waiting_counts
from bot.store.posted import choices_of, offers_in, posted_about
from bot.testing import FakePlatform
from core.store.tables import FailureRow, table_of
from core.store.unit import UnitOfWork
from core.store.work import Work
from tests.bot.outgoing import Speech

FAST = Limits(per_second=10_000.0, per_chat_minute=100_000.0)


@pytest.fixture
def speech(database_url: str, tmp_path: Path) -> Iterator[Callable[..., Speech]]:
    """`speech(limits, edit=False, …)`: what is said on a platform like that."""
    made: list[Speech] = []

    def make(limits: Limits = FAST, platform: dict[str, Any] | None = None, **options: Any) -> Speech:
        made.append(Speech(database_url, tmp_path, FakePlatform(limits, **(platform or {})), **options))
        return made[-1]

    yield make
    for each in made:
        each.close()


async def test_what_is_said_arrives_and_is_known(speech: Callable[..., Speech]) -> None:
    here = speech()
    async with here.running():
        row = await here.say("sadar", "The drain is cleared", about=("thing", 7))
        await here.settled()
    (message,) = here.platform.messages("sadar")
    assert message.text == "The drain is cleared"
    settled = here.row(row)
    assert (settled.outcome, settled.message, settled.attempts) == ("sent", message.id, 0)
    assert settled.attempted_at is not None
    assert settled.sent_at >= settled.attempted_at
    about = await here.do(lambda unit: posted_about(unit, here.at("sadar"), message.id))
    assert about == ("thing", 7)


async def test_each_chat_in_order_whatever_the_delays(speech: Callable[..., Speech]) -> None:
    chance = random.Random(7)
    here = speech(platform={"delay_s": lambda: chance.random() / 200, "answer_delay_s": lambda: chance.random() / 200})
    async with here.running():
        for number in range(10):
            await asyncio.gather(*(here.say(f"chat {chat}", f"{chat}/{number}") for chat in range(20)))
        await here.settled()
    for chat in range(20):
        assert here.platform.texts(f"chat {chat}") == [f"{chat}/{number}" for number in range(10)]
    assert here.platform.requests == 200
    assert 1 < here.platform.most_at_once <= 8


async def test_the_more_urgent_goes_first(speech: Callable[..., Speech]) -> None:
    here = speech()
    for priority in reversed(Priority):
        await here.say("one", f"{priority.name} 1", priority=priority)
        await here.say("one", f"{priority.name} 2", priority=priority)
    async with here.running():
        await here.settled()
    assert here.platform.texts("one") == [f"{priority.name} {number}" for priority in Priority for number in (1, 2)]


async def test_the_more_urgent_chat_goes_first(speech: Callable[..., Speech]) -> None:
    here = speech(Limits(per_second=1.0, per_chat_minute=1000.0))
    await here.say("calm", "a digest", priority=Priority.DIGEST)
    await here.say("busy", "a digest", priority=Priority.DIGEST)
    await here.say("busy", "overdue", priority=Priority.ESCALATION)
    async with here.running():
        await here.platform.until(lambda: bool(here.platform.messages()))
    assert [message.text for message in here.platform.messages()] == ["overdue"]


async def test_a_chat_that_must_wait_hides_no_other(speech: Callable[..., Speech]) -> None:
    here = speech()
    for chat in range(12):
        here.platform.fail_next(f"slow {chat}", RetryLater(timedelta(hours=1)))
        for number in range(3):
            await here.say(f"slow {chat}", f"{number}", priority=Priority.ESCALATION)
    async with here.running():
        await here.platform.until(lambda: here.platform.requests == 12)
        await here.say("quick", "at once", priority=Priority.DIGEST)
        await here.platform.until(lambda: here.platform.texts("quick") == ["at once"])
    assert here.platform.requests == 13
    assert len(here.platform.messages()) == 1


async def test_no_faster_than_the_platform_allows(speech: Callable[..., Speech]) -> None:
    chance = random.Random(3)
    here = speech(Limits(per_second=20.0, per_chat_minute=4.0), {"delay_s": lambda: chance.random() / 50})
    async with here.running():
        for number in range(6):
            await asyncio.gather(*(here.say(f"chat {chat}", str(number)) for chat in range(10)))
        await here.platform.until(lambda: len(here.platform.messages()) == 40)
    counts = here.query(waiting_counts)
    assert here.platform.too_fast == 0
    assert {len(here.platform.messages(f"chat {chat}")) for chat in range(10)} == {4}
    assert counts["bot"][0] == 20


async def test_a_restart_remembers_the_last_minute(speech: Callable[..., Speech]) -> None:
    here = speech(Limits(per_second=1000.0, per_chat_minute=3.0))
    for number in range(5):
        await here.say("sadar", str(number))
    async with here.running():
        await here.platform.until(lambda: len(here.platform.messages()) == 3)
    here.courier = here.new_courier()
    async with here.running():
        await here.say("other", "now")
        await here.platform.until(lambda: here.platform.texts("other") == ["now"])
    assert here.platform.texts("sadar") == ["0", "1", "2"]
    assert here.platform.too_fast == 0


async def test_a_row_that_cannot_be_rendered_stops_no_other(speech: Callable[..., Speech]) -> None:
    here = speech()
    bad = await here.say("sadar", "", template="broken")
    await here.show("sadar", 1, "broken")
    good = await here.say("sadar", "all the same")
    async with here.running():
        await here.settled()
    assert here.platform.texts("sadar") == ["all the same"]
    assert here.row(good).outcome == "sent"
    failures = here.query(lambda c: {f"F-{row.id}": row for row in c.execute(select(table_of(FailureRow)))})
    dead = here.query(dead_letters)
    assert [row.reason for row in dead] == list(failures)
    assert dead[0].id == bad
    assert failures[dead[0].reason].raw == f'{{"outbox": {bad}}}'


@pytest.mark.parametrize("error", [Rejected("bad entity"), WindowClosed("24 hours")])
async def test_what_the_platform_never_takes_is_dead(speech: Callable[..., Speech], error: Exception) -> None:
    here = speech()
    here.platform.fail_next("sadar", error)  # type: ignore[arg-type]
    await here.say("sadar", "first")
    await here.say("sadar", "second")
    async with here.running():
        await here.settled()
    assert here.platform.texts("sadar") == ["second"]
    (dead,) = here.query(dead_letters)
    assert dead.reason == f"{type(error).__name__}: {error}"


async def test_a_row_of_another_process_is_found(speech: Callable[..., Speech]) -> None:
    here = speech()
    async with here.running():
        await here.store.do(Work(lambda unit: outbox.say(unit, here.at("sadar"), "line", {"words": "from afar"})))
        await here.platform.until(lambda: here.platform.texts("sadar") == ["from afar"], timeout_s=30)


async def test_idle_costs_nothing(speech: Callable[..., Speech]) -> None:
    here = speech()
    asked: list[str] = []
    database = here.store.database
    async with here.running():
        await here.say("sadar", "something")
        await here.settled()
        for engine in (database.writer, database.reader):
            event.listen(engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
        loop = asyncio.get_running_loop()
        began = loop.time()
        await _at(loop, began + 1.2)
        waited = loop.time() - began
    # It looks every half second for what other processes have written; a busy machine lets all of it wait.
    assert 1 <= len([each for each in asked if each.startswith("SELECT")]) <= 5 * waited / 1.2


async def _at(loop: asyncio.AbstractEventLoop, when: float) -> None:
    reached = asyncio.Event()
    loop.call_at(when, reached.set)
    await reached.wait()


async def test_a_long_text_goes_out_in_parts_each_about_the_same(speech: Callable[..., Speech]) -> None:
    here = speech(Limits(text=200, per_second=10_000.0, per_chat_minute=100_000.0))
    words = " ".join(f"word{number}" for number in range(100))
    async with here.running():
        await here.say("sadar", words, about=("thing", 3), buttons=[[ButtonSpec("solve", "solve:thing:3")]])
        await here.say("sadar", "after it")
        await here.settled()
    *parts, last = here.platform.texts("sadar")
    assert last == "after it"
    assert len(parts) > 3
    assert " ".join(parts) == words
    posted = [row for row in here.posted() if row.about == 3]
    assert sorted(row.part for row in posted) == list(range(1, len(parts) + 1))
    assert [bool(message.buttons) for message in here.platform.messages("sadar")] == [False] * (len(parts) - 1) + [
        True,
        False,
    ]


async def test_nothing_comes_between_the_parts_of_a_text(speech: Callable[..., Speech]) -> None:
    here = speech(Limits(text=200, per_second=10_000.0, per_chat_minute=100_000.0))
    words = " ".join(f"word{number}" for number in range(60))
    here.platform.answer_delay_s = lambda: 0.05
    async with here.running():
        await here.say("sadar", words)
        await here.platform.until(lambda: here.platform.arrived == 1)
        await here.say("sadar", "urgent", priority=Priority.ESCALATION)
        await here.settled()
    *parts, last = here.platform.texts("sadar")
    assert last == "urgent"
    assert " ".join(parts) == words


async def test_choices_of_a_platform_without_buttons_are_kept(speech: Callable[..., Speech]) -> None:
    here = speech(buttons=False)
    async with here.running():
        await here.show("sadar", 1, "open")
        await here.settled()
    (message,) = here.platform.messages("sadar")
    assert not message.buttons

    def kept(unit: UnitOfWork) -> tuple[str | None, list[str]]:
        return choices_of(unit, here.at("sadar"), message.id), list(offers_in(unit, here.at("sadar")))

    of_message, offered = await here.do(kept)
    assert of_message is not None
    assert offered == [of_message]
    assert [choice.data for choice in read_choices(of_message)] == ["solve:thing:1", "acknowledge:thing:1"]
