"""The roll-call: sent once to each group, answered by a press, and the missing reminded where nobody else reads it."""

from datetime import timedelta

import pytest

from tests.bot.handlers.conversations import ADMINISTRATION, Talk, direct

DPRO, BDO = "group:DPRO", "group:BDO"

pytestmark = pytest.mark.asyncio


async def test_a_morning(talk: Talk) -> None:
    await at(talk, 9)
    for chat in (DPRO, BDO, ADMINISTRATION):
        print(chat, talk.talk.platform.messages(chat))
    print(await talk.presses("ashok", talk.last(DPRO), "present"))
    await at(talk, 9, 10)
    print(talk.last(DPRO).text)
    print(talk.talk.platform.messages(direct("sunita")), talk.talk.platform.messages(direct("ashok")))
    await at(talk, 9, 40)
    print(talk.last(DPRO))
    await at(talk, 11)
    print(talk.last(DPRO))
    print(talk.last(BDO))
    m = talk.last(ADMINISTRATION)
    print(m)
    print(await talk.presses("senior", m, "offline:3"))
    print(talk.last(ADMINISTRATION))
    print(await talk.presses("senior", talk.last(ADMINISTRATION), "offline_why"))
    for x in talk.talk.platform.messages():
        print("==", x.chat, x.text, [b.label for r in x.buttons for b in r])
    assert 0


async def at(talk: Talk, hour: int, minute: int = 0) -> None:
    """The clock shows that time of the first office day, and is looked at."""
    midnight = (
        talk.clock.now()
        .astimezone(talk.talk.running.office.settings.office.zone)
        .replace(hour=0, minute=0, second=0, microsecond=0)
    )
    talk.clock.set(midnight + timedelta(hours=hour, minutes=minute))
    await talk.talk.looks_at_the_clock()
