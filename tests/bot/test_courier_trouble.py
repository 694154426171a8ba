"""What the platform answers when something is wrong, and what the courier makes of it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import outbox
from bot.adapters.base import Limits, RetryLater, Unreachable
from bot.outbox import Priority
from bot.store.asks import find_ask, open_ask
from bot.store.outbox import MOST_AT_ONCE, dead_letters, doubtful_messages, in_doubt
from bot.testing import FakePlatform
from core.clock import SetClock
from core.groups import Group, Purpose
from core.store.queries.enrolment import bind_group
from core.store.store import Store
from core.store.unit import UnitOfWork
from tests.bot.outgoing import Speech, until

FAST = Limits(per_second=10_000.0, per_chat_minute=100_000.0)
NINE = datetime(2026, 11, 25, 3, 30, tzinfo=UTC)
MARK = "This message may have reached you before."


@pytest.fixture
def speech(database_url: str, tmp_path: Path) -> Iterator[Callable[..., Speech]]:
    """`speech(clock, idempotent=True)`: what is said on a platform like that."""
    made: list[Speech] = []

    def make(clock: SetClock | None = None, idempotent: bool = False, **abilities: bool) -> Speech:
        platform = FakePlatform(FAST, idempotent=idempotent)
        made.append(Speech(database_url, tmp_path, platform, clock, **abilities))
        return made[-1]

    yield make
    for each in made:
        each.close()


# Asked to wait


async def test_a_clock_that_is_turned_back_keeps_nobody_waiting_for_an_hour(speech: Callable[..., Speech]) -> None:
    clock = SetClock(NINE)
    here = speech(clock)
    here.platform.fail_next("sadar", RetryLater(timedelta(seconds=5)))
    await here.say("sadar", "first")
    async with here.running():
        await here.platform.until(lambda: here.platform.requests == 1)
        await until(lambda: not here.query(lambda connection: in_doubt(connection, "bot")))
        clock.set(NINE - timedelta(hours=1))
        await here.platform.until(lambda: here.platform.texts("sadar") == ["first"])


async def test_who_is_asked_to_wait_waits_also_after_a_restart(speech: Callable[..., Speech]) -> None:
    clock = SetClock(NINE)
    here = speech(clock)
    here.platform.fail_next("sadar", RetryLater(timedelta(minutes=5)))
    await here.say("sadar", "first")
    await here.say("sadar", "second")
    async with here.running():
        await here.platform.until(lambda: here.platform.requests == 1)
    here.store.close()
    here.store = Store.open(here.store.database.url, clock)
    here.courier = here.new_courier()
    async with here.running():
        clock.advance(timedelta(minutes=5) - timedelta(microseconds=1))
        await here.say("naini", "meanwhile")
        await here.platform.until(lambda: here.platform.texts("naini") == ["meanwhile"])
        assert here.platform.texts("sadar") == []
        clock.advance(timedelta(microseconds=1))
        await here.settled()
    assert here.platform.texts("sadar") == ["first", "second"]
    assert [row.attempts for row in here.rows()] == [0, 0, 0]


# Moved and gone


async def test_a_group_that_moved_is_followed(speech: Callable[..., Speech]) -> None:
    here = speech()

    def bind(unit: UnitOfWork) -> None:
        bind_group(unit, Group(5, "bot", "sadar", Purpose.DEPARTMENT, department=3, language="hi"))
        open_ask(unit, here.at("sadar"), "ravi", "solution", {}, unit.now + timedelta(minutes=10), 4711)

    await here.do(bind)
    async with here.running():
        await here.show("sadar", 1, "open")
        await here.settled()
        here.platform.move("sadar", "sadar-super")
        await here.show("sadar", 1, "taken")
        await here.say("sadar", "a note")
        await here.settled()
        asked = here.platform.requests
        await here.show("sadar-super", 1, "solved")
        await here.settled()
    assert sorted(here.platform.texts("sadar-super")) == ["<b>DPRO-1001-22</b> solved", "a note"]
    assert here.platform.requests == asked + 1
    groups = await here.do(lambda unit: unit.directory.groups)
    assert groups == (Group(5, "bot", "sadar-super", Purpose.DEPARTMENT, department=3, language="hi"),)
    assert await here.do(lambda unit: find_ask(unit, here.at("sadar-super"), "ravi", None)) is not None


async def test_cards_that_wait_in_both_chats_become_one(speech: Callable[..., Speech]) -> None:
    here = speech()
    await here.show("sadar", 1, "open")
    await here.show("sadar-super", 1, "open")
    await here.do(lambda unit: outbox.move(unit, here.at("sadar"), "sadar-super"))
    async with here.running():
        await here.settled()
    assert [message.chat for message in here.platform.messages()] == ["sadar-super"]
    assert sorted(row.outcome for row in here.rows()) == ["replaced", "sent"]


async def test_what_waits_for_a_chat_that_is_gone_is_dead(speech: Callable[..., Speech]) -> None:
    here = speech()
    here.platform.remove_bot("sadar")
    for number in range(3):
        await here.say("sadar", f"{number}")
    await here.say("naini", "still here")
    async with here.running():
        await here.settled()
    assert here.platform.texts("naini") == ["still here"]
    assert {row.reason for row in here.query(dead_letters)} == {"Gone: the bot was removed"}
    assert here.platform.requests == 2


# No answer


async def lost(here: Speech, say: Callable[[], Any]) -> None:
    """Say it; the first answer is lost on the way back."""
    async with here.running():
        here.platform.lose_answers("sadar")
        await say()
        await here.settled()


async def test_an_answer_that_nobody_knows_of_is_doubtful_and_not_repeated(speech: Callable[..., Speech]) -> None:
    here = speech()
    await lost(here, lambda: here.say("sadar", "It is recorded"))
    assert here.platform.texts("sadar") == ["It is recorded"]
    (row,) = here.query(doubtful_messages)
    assert row.reason == "Unreachable: the answer was lost"


@pytest.mark.parametrize("options", [{"repeat_if_doubtful": True}, {"priority": Priority.ESCALATION}])
async def test_what_must_arrive_is_repeated_with_a_mark(speech: Callable[..., Speech], options: dict[str, Any]) -> None:
    here = speech()
    await lost(here, lambda: here.say("sadar", "Overdue", **options))
    first, second = here.platform.messages("sadar")
    assert first.text == "Overdue"
    assert second.text == f"{MARK}\nOverdue"
    assert first.key != second.key
    assert not here.query(doubtful_messages)


async def test_the_mark_is_set_once(speech: Callable[..., Speech]) -> None:
    here = speech()
    here.platform.lose_answers("sadar", 3)
    async with here.running():
        await here.say("sadar", "Overdue", repeat_if_doubtful=True)
        await here.settled()
    assert here.platform.texts("sadar") == ["Overdue", *[f"{MARK}\nOverdue"] * 3]


async def test_a_repeat_that_has_to_wait_is_still_marked(speech: Callable[..., Speech]) -> None:
    here = speech()
    here.platform.fail_next("sadar", Unreachable("no answer"), RetryLater(timedelta(0)))
    async with here.running():
        await here.say("sadar", "Overdue", repeat_if_doubtful=True)
        await here.settled()
    assert here.platform.texts("sadar") == [f"{MARK}\nOverdue"]


async def test_a_new_card_is_repeated_and_an_edit_is_simply_sent_again(speech: Callable[..., Speech]) -> None:
    here = speech()
    await lost(here, lambda: here.show("sadar", 1, "open"))
    _, card = here.platform.messages("sadar")
    await lost(here, lambda: here.show("sadar", 1, "solved"))
    _, edited = here.platform.messages("sadar")
    assert edited.id == card.id
    assert edited.texts == (f"{MARK}\n<b>DPRO-1001-22</b> open", *["<b>DPRO-1001-22</b> solved"] * 2)


async def test_where_keys_are_known_a_repeat_is_the_same_message(speech: Callable[..., Speech]) -> None:
    here = speech(idempotent=True)
    await lost(here, lambda: here.say("sadar", "It is recorded"))
    assert here.platform.texts("sadar") == ["It is recorded"]
    assert here.platform.requests == 2
    (row,) = here.rows()
    assert (row.outcome, row.attempts) == ("sent", 1)


async def test_an_outage_leaves_few_in_doubt_and_then_all_goes_on(speech: Callable[..., Speech]) -> None:
    here = speech()
    here.platform.outage = True
    for chat in range(30):
        await here.say(f"chat {chat}", "hello")
    async with here.running():
        await here.platform.until(lambda: here.platform.requests >= 11)
        assert here.platform.requests == 11, "after the first eight, one at a time"
        assert "no answer" in here.courier.trouble["bot"]
        here.platform.outage = False
        await here.settled()
        assert not here.courier.trouble
    doubtful = here.query(doubtful_messages)
    assert 10 <= len(doubtful) <= 11
    assert len(here.platform.messages()) == 30 - len(doubtful)


async def test_answers_lost_at_the_same_time_are_one_short_outage(speech: Callable[..., Speech]) -> None:
    here = speech(idempotent=True)
    here.courier = here.new_courier(first_wait=timedelta(seconds=0.3))
    for chat in range(MOST_AT_ONCE):
        here.platform.lose_answers(f"chat {chat}")
        await here.say(f"chat {chat}", "hello")
    async with here.running():
        await here.settled()  # within 20 s; doubled for each of the eight, the wait would be 38 s
    assert here.platform.requests == 2 * MOST_AT_ONCE
    assert not here.courier.trouble


async def test_a_bug_of_the_adapter_leaves_its_message_in_doubt_and_stops_no_other(
    speech: Callable[..., Speech],
) -> None:
    here = speech()
    here.platform.fail_next("sadar", KeyError("a secret"))  # type: ignore[arg-type]
    async with here.running():
        await here.say("sadar", "first")
        await here.say("sadar", "second")
        await here.settled()
    assert here.platform.texts("sadar") == ["second"]
    assert [row.reason for row in here.query(doubtful_messages)] == ["the adapter failed: KeyError"]


async def test_a_message_to_which_nobody_ever_answers_is_given_up(speech: Callable[..., Speech]) -> None:
    clock = SetClock(NINE)
    here = speech(clock)
    here.platform.lose_answers("sadar", 100)
    here.courier = here.new_courier(first_wait=timedelta(microseconds=1))

    def settled_by_then() -> bool:
        clock.advance(timedelta(minutes=10))
        return here.all_settled()

    async with here.running():
        await here.say("sadar", "Overdue", repeat_if_doubtful=True)
        await until(settled_by_then)
    assert here.platform.requests == 21
    assert len(here.query(doubtful_messages)) == 1
