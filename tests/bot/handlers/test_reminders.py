"""The ladder in the chat: who is told what and when, what can be pressed there, and several at once as one message."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest
import pytest_asyncio

from bot.testing import FakeMessage
from tests.bot.handlers.conversations import ADMINISTRATION, Talk, conversation, direct
from tests.core.calendars import ist

pytestmark = pytest.mark.asyncio

WORDS = "Drain repaired, the water has gone"


@pytest_asyncio.fixture
async def talk(sqlite_database: str, tmp_path: Path) -> AsyncIterator[Talk]:
    """The small district in English, on Wednesday 25 November 2026, 10:00."""
    async with conversation(sqlite_database, tmp_path, office={"language": "en"}) as talk:
        yield talk


async def clock(talk: Talk, when: str) -> None:
    """It is then, and the clocks are looked at."""
    talk.clock.set(ist(f"2026-11-{when}"))
    await talk.talk.looks_at_the_clock()


def told(talk: Talk, chat: str, since: datetime) -> list[FakeMessage]:
    """What the bot has said there since then."""
    return [each for each in talk.talk.platform.messages(chat) if each.at >= since]


async def test_each_rung_tells_its_own_in_their_words(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO A")  # due today 18:00
    await talk.presses("sunita", talk.card(complaint, "group:DPRO"), "acknowledge")
    await clock(talk, "25 13:59")
    before = talk.clock.now()
    await clock(talk, "25 14:00")
    (reminder,) = [each for each in told(talk, direct("sunita"), before) if "⏰" in each.text]
    assert reminder.text.startswith(f"⏰ <b>{complaint.code}</b>: 4 h left")
    assert "Due: today 6:00 pm · with Sunita Verma" in reminder.text
    assert {each.data.split(":")[0] for row in reminder.buttons for each in row} == {"solve", "more_time"}
    await clock(talk, "25 18:00")
    overdue = talk.last(direct("ashok"))
    assert overdue.text.startswith(f"🔴 Ashok Yadav, <b>{complaint.code}</b> is past its due time (today 6:00 pm).")
    assert "Reply here with the time it will be done." in overdue.text
    await clock(talk, "25 22:00")
    assert "🔴" not in talk.last(ADMINISTRATION).text if talk.talk.platform.messages(ADMINISTRATION) else True
    await clock(talk, "26 09:59")
    assert not talk.talk.platform.messages(ADMINISTRATION)
    await clock(talk, "26 10:00")
    (administration,) = talk.talk.platform.messages(ADMINISTRATION)
    assert administration.text.startswith(f"🔴 <b>{complaint.code}</b> · 16 h late")
    assert "Ashok Yadav was told: Wed 25 Nov, 6:00 pm. The answer is still to come." in administration.text
    await clock(talk, "26 18:00")
    for senior in ("senior", "other senior"):
        decision = talk.last(direct(senior))
        assert f"<b>{complaint.code}</b> needs your decision: 24 h late." in decision.text
        decision.button("give_time_unasked")
        decision.button("change_department")
    before = talk.clock.now()
    for when in ("26 18:01", "27 10:00", "30 12:00"):
        await clock(talk, when)
    everybody = [each for each in talk.talk.platform.messages() if each.at > before and "🔴" in each.texts[0]]
    assert everybody == [], "the ladder is at its end"
