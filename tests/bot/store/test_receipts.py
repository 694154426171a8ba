"""Who has seen it: the earliest that is known, in whatever order it is told."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.store.receipts import Seen, note_seen, seen_about
from bot.testing import FakePlatform
from core.clock import SetClock
from tests.bot.outgoing import Speech

NINE = datetime(2026, 11, 25, 3, 30, tzinfo=UTC)


@pytest.fixture
def here(database_url: str, tmp_path: Path) -> Iterator[Speech]:
    """A chat."""
    speech = Speech(database_url, tmp_path, FakePlatform(), SetClock(NINE))
    yield speech
    speech.close()


def minutes(count: int | None) -> datetime | None:
    """So many minutes after nine."""
    return None if count is None else NINE + timedelta(minutes=count)


@pytest.mark.parametrize("seed", range(5))
async def test_the_earliest_wins(here: Speech, seed: int) -> None:
    async with here.running():
        await here.say("sadar", "Look", about=("thing", 7))
        await here.show("sadar", 7, "open")
        await here.settled()
    said, card = (message.id for message in here.platform.messages("sadar"))
    told: list[tuple[str, int, int | None, int | None]] = [
        (said, 1, 3, None),
        (said, 1, 2, None),
        (said, 1, None, 9),
        (card, 1, None, 6),
        (card, 1, 5, 8),
        (card, 2, 4, None),
        ("unknown", 3, 1, 1),
    ]
    random.Random(seed).shuffle(told)
    for message, person, delivered, read in told * 2:
        at, times = here.at("sadar"), (minutes(delivered), minutes(read))
        note = partial(note_seen, address=at, message=message, person=person, delivered_at=times[0], read_at=times[1])
        await here.do(note)
    assert here.query(lambda c: seen_about(c, "thing", 7)) == (
        Seen(1, minutes(2), minutes(6)),
        Seen(2, minutes(4), None),
    )
