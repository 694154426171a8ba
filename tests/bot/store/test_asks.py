"""Which question a message answers."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.events import Address
from bot.store.asks import Ask, close_ask, find_ask, open_ask, open_asks, tries_since
from bot.testing import FakePlatform
from core.clock import SetClock
from core.store.unit import UnitOfWork
from tests.bot.outgoing import Speech

NINE = datetime(2026, 11, 25, 3, 30, tzinfo=UTC)
TEN_MINUTES = timedelta(minutes=10)


class Asking:
    """Questions put in the chat `sadar`, each with a prompt that stands there."""

    def __init__(self, speech: Speech, clock: SetClock) -> None:
        self.speech = speech
        self.clock = clock

    async def ask(self, user: str, question: str, words: str = "What was done?") -> str:
        """Ask; returns the prompt's message."""
        row = await self.speech.say("sadar", words)

        def ask(unit: UnitOfWork) -> None:
            open_ask(unit, self.here, user, question, {"complaint": 7}, unit.now + TEN_MINUTES, row)

        await self.speech.do(ask)
        async with self.speech.running():
            await self.speech.settled()
        return str(self.speech.row(row).message)

    async def answered(self, user: str, reply_to: str | None = None, chat: str = "sadar") -> Ask | None:
        """What this user's message now would answer."""
        return await self.speech.do(lambda unit: find_ask(unit, self.speech.at(chat), user, reply_to))

    @property
    def here(self) -> Address:
        """The chat."""
        return self.speech.at("sadar")


@pytest.fixture
def asking(database_url: str, tmp_path: Path) -> Iterator[Asking]:
    """Nothing is asked yet."""
    clock = SetClock(NINE)
    speech = Speech(database_url, tmp_path, FakePlatform(), clock)
    yield Asking(speech, clock)
    speech.close()


async def test_the_next_message_of_whoever_was_asked_answers(asking: Asking) -> None:
    await asking.ask("ravi", "solution")
    found = await asking.answered("ravi")
    assert found is not None
    assert (found.question, found.data) == ("solution", {"complaint": 7})
    assert await asking.answered("asha") is None
    assert await asking.answered("ravi", chat="naini") is None


async def test_after_ten_minutes_only_a_reply_answers(asking: Asking) -> None:
    prompt = await asking.ask("ravi", "solution")
    asking.clock.advance(TEN_MINUTES)
    assert await asking.answered("ravi") is not None
    asking.clock.advance(timedelta(microseconds=1))
    assert await asking.answered("ravi") is None
    assert await asking.answered("ravi", reply_to=prompt) is not None
    assert await asking.answered("asha", reply_to=prompt) is None


async def test_of_two_open_questions_only_a_reply_says_which(asking: Asking) -> None:
    first = await asking.ask("ravi", "solution")
    second = await asking.ask("ravi", "reason")
    assert await asking.answered("ravi") is None
    for prompt, question in ((first, "solution"), (second, "reason")):
        found = await asking.answered("ravi", reply_to=prompt)
        assert found is not None
        assert found.question == question


async def test_any_part_of_a_long_prompt_can_be_replied_to(asking: Asking) -> None:
    await asking.ask("ravi", "solution", "word " * 2000)
    parts = asking.speech.platform.messages("sadar")
    assert len(parts) > 1
    for part in parts:
        assert await asking.answered("ravi", reply_to=part.id) is not None


async def test_an_answered_question_is_closed(asking: Asking) -> None:
    prompt = await asking.ask("ravi", "solution")
    found = await asking.answered("ravi")
    assert found is not None
    await asking.speech.do(lambda unit: close_ask(unit, found))
    assert await asking.answered("ravi") is None
    assert await asking.answered("ravi", reply_to=prompt) is None


async def test_open_questions_and_tries(asking: Asking) -> None:
    for _ in range(3):
        await asking.ask("ravi", "last_four")
        asking.clock.advance(timedelta(minutes=1))
    await asking.ask("ravi", "solution")

    def look(unit: UnitOfWork) -> tuple[list[str], int, int]:
        opened = [ask.question for ask in open_asks(unit, asking.here, "ravi")]
        since = NINE + timedelta(minutes=1)
        tried = tries_since(unit, asking.here, "ravi", "last_four", since)
        return opened, len(open_asks(unit, asking.here, "ravi", "last_four")), tried

    assert await asking.speech.do(look) == (["solution", "last_four", "last_four", "last_four"], 3, 2)
