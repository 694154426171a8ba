"""Cards follow their state: edited in place where that can be, posted anew where not, and never more than needed."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import outbox
from bot.adapters.base import Limits, RetryLater
from bot.store.posted import is_shown, live_card, posted_about
from bot.testing import FakePlatform
from core.clock import SetClock
from tests.bot.outgoing import Speech

FAST = Limits(per_second=10_000.0, per_chat_minute=100_000.0)
SOLVED = {"words": "It is solved."}
NINE = datetime(2026, 11, 25, 3, 30, tzinfo=UTC)


@pytest.fixture
def speech(database_url: str, tmp_path: Path) -> Iterator[Callable[..., Speech]]:
    """`speech(limits, edit=False, …)`: what is said on a platform like that."""
    made: list[Speech] = []

    def make(limits: Limits = FAST, clock: SetClock | None = None, **abilities: bool) -> Speech:
        platform = FakePlatform(limits, clock) if clock else FakePlatform(limits)
        made.append(Speech(database_url, tmp_path, platform, clock, **abilities))
        return made[-1]

    yield make
    for each in made:
        each.close()


async def shown(here: Speech, chat: str, card: int, state: str) -> None:
    """The card's state has changed, and the chat has seen it."""
    await here.show(chat, card, state)
    await here.settled()


async def live(here: Speech, chat: str, card: int) -> Any:
    """The id of the message that shows the card."""
    found = await here.do(lambda unit: live_card(unit, here.at(chat), "thing", card))
    return found.message if found else None


async def test_a_card_is_edited_in_place(speech: Callable[..., Speech]) -> None:
    here = speech()
    async with here.running():
        for state in ("open", "taken", "solved"):
            await shown(here, "sadar", 1, state)
        await shown(here, "naini", 1, "solved")
    (card,) = here.platform.messages("sadar")
    assert [text.split()[-1] for text in card.texts] == ["open", "taken", "solved"]
    assert card.button("solve").label == "Solved"
    assert len(here.platform.messages("naini")) == 1


async def test_many_changes_become_few_edits_and_the_last_state_shows(speech: Callable[..., Speech]) -> None:
    here = speech()
    here.platform.delay_s = lambda: 0.02
    async with here.running():
        await shown(here, "sadar", 1, "0")
        for change in range(1, 101):
            await here.show("sadar", 1, str(change))
        await here.settled()
    (card,) = here.platform.messages("sadar")
    assert card.text.endswith(" 100")
    assert len(card.texts) < 60
    assert len(here.rows()) < 60


async def test_changes_before_the_courier_runs_are_one_message(speech: Callable[..., Speech]) -> None:
    here = speech()
    for change in range(100):
        await here.show("sadar", 1, str(change))
    assert len(here.rows()) == 1
    async with here.running():
        await here.settled()
    assert [card.texts for card in here.platform.messages()] == [("<b>DPRO-1001-22</b> 99",)]


async def test_a_card_that_looks_the_same_is_not_sent(speech: Callable[..., Speech]) -> None:
    here = speech()
    async with here.running():
        await shown(here, "sadar", 1, "open")
        await shown(here, "sadar", 1, "open")
    assert here.platform.requests == 1
    assert [row.outcome for row in here.rows()] == ["sent", "sent"]


async def test_an_urgent_card_hurries_the_one_that_waits(speech: Callable[..., Speech]) -> None:
    here = speech()
    await here.show("sadar", 1, "open")
    await here.do(lambda unit: outbox.show(unit, "thing", 1, here.at("sadar"), outbox.Priority.ESCALATION))
    await here.show("sadar", 1, "open")
    (row,) = here.rows()
    assert row.priority == outbox.Priority.ESCALATION


async def test_a_deleted_card_is_posted_anew(speech: Callable[..., Speech]) -> None:
    here = speech()
    async with here.running():
        await shown(here, "sadar", 1, "open")
        (old,) = here.platform.messages("sadar")
        here.platform.delete(old.id)
        await shown(here, "sadar", 1, "solved")
        await shown(here, "sadar", 1, "closed")
    (new,) = here.platform.messages("sadar")
    assert [text.split()[-1] for text in new.texts] == ["solved", "closed"]
    assert await live(here, "sadar", 1) == new.id
    assert await here.do(lambda unit: posted_about(unit, here.at("sadar"), old.id)) == ("thing", 1)


async def test_without_edits_the_new_card_answers_the_old(speech: Callable[..., Speech]) -> None:
    here = speech(edit=False)
    async with here.running():
        for state in ("open", "taken", "solved"):
            await shown(here, "sadar", 1, state)
    first, second, third = here.platform.messages("sadar")
    assert [first.reply_to, second.reply_to, third.reply_to] == [None, first.id, second.id]
    assert await live(here, "sadar", 1) == third.id


async def test_a_card_too_old_to_be_edited_is_answered(speech: Callable[..., Speech]) -> None:
    clock = SetClock(NINE)
    here = speech(Limits(per_second=1e4, per_chat_minute=1e5, edit_within=timedelta(hours=48)), clock)
    async with here.running():
        await shown(here, "sadar", 1, "open")
        clock.advance(timedelta(hours=48))
        await shown(here, "sadar", 1, "taken")
        clock.advance(timedelta(microseconds=1))
        await shown(here, "sadar", 1, "solved")
    old, new = here.platform.messages("sadar")
    assert old.text.endswith("taken")
    assert (new.text.split()[-1], new.reply_to) == ("solved", old.id)
    assert here.platform.requests == 3


async def test_a_card_never_splits(speech: Callable[..., Speech]) -> None:
    here = speech(Limits(text=300, per_second=1e4, per_chat_minute=1e5), buttons=False)
    async with here.running():
        await shown(here, "sadar", 1, "very " * 200)
        await shown(here, "sadar", 1, "long " * 200)
    (card,) = here.platform.messages("sadar")
    assert "long long…" in card.text
    assert "Solved" in card.text


async def test_a_card_that_had_to_wait_shows_the_state_then(speech: Callable[..., Speech]) -> None:
    clock = SetClock(NINE)
    here = speech(clock=clock)
    async with here.running():
        here.platform.fail_next("sadar", RetryLater(timedelta(seconds=30)))
        await here.show("sadar", 1, "open")
        await here.platform.until(lambda: here.platform.requests == 1)
        await here.show("sadar", 1, "solved")
        clock.advance(timedelta(seconds=31))
        await here.settled()
    assert [card.texts for card in here.platform.messages()] == [("<b>DPRO-1001-22</b> solved",)]
    assert [row.outcome for row in here.rows()] == ["replaced", "sent"]


async def test_whether_a_card_is_shown(speech: Callable[..., Speech]) -> None:
    here = speech()
    assert not await here.do(lambda unit: is_shown(unit, "thing", 1, here.at("sadar")))
    await here.show("sadar", 1, "open")
    assert await here.do(lambda unit: is_shown(unit, "thing", 1, here.at("sadar")))
    async with here.running():
        await here.settled()
    assert await here.do(lambda unit: is_shown(unit, "thing", 1, here.at("sadar")))
    assert not await here.do(lambda unit: is_shown(unit, "thing", 1, here.at("naini")))
    assert not await here.do(lambda unit: is_shown(unit, "thing", 2, here.at("sadar")))


async def test_an_earlier_message_gets_another_text(speech: Callable[..., Speech]) -> None:
    here = speech()
    async with here.running():
        await here.say("sadar", "Is it solved?", about=("thing", 1))
        await here.settled()
        (asked,) = here.platform.messages("sadar")
        for _ in range(2):
            await here.do(lambda unit: outbox.edit(unit, here.at("sadar"), asked.id, "line", SOLVED))
            await here.settled()
    (message,) = here.platform.messages("sadar")
    assert message.texts == ("Is it solved?", "It is solved.")
    assert here.platform.requests == 2


async def test_an_edit_that_is_refused_is_said_as_a_message(speech: Callable[..., Speech]) -> None:
    here = speech()
    async with here.running():
        await here.say("sadar", "Is it solved?", about=("thing", 1))
        await here.settled()
        (asked,) = here.platform.messages("sadar")
        here.platform.delete(asked.id)
        await here.do(lambda unit: outbox.edit(unit, here.at("sadar"), asked.id, "line", SOLVED))
        await here.settled()
    (message,) = here.platform.messages("sadar")
    assert message.text == "It is solved."
    assert await here.do(lambda unit: posted_about(unit, here.at("sadar"), message.id)) == ("thing", 1)
