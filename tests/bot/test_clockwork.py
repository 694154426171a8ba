"""What a window's end is for is done once, also if it fails first; whatever else fails waits for its next day."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.clockwork import Clockwork, Pictures
from bot.routing import Routes
from bot.speaking import Speaking
from bot.window_times import Coming, Moment, Sitting
from core.store.queries.failures import failures
from core.store.queries.occasions import keep_occasion
from tests.bot.handlers.conversations import Talk, conversation
from tests.bot.handlers.mornings import MIDNIGHT
from tests.district import WEDNESDAY_10

pytestmark = pytest.mark.asyncio


class Flaky:
    """Something of a window that fails so often, and leaves a trace when it does not."""

    def __init__(self, moment: Moment, fails: int) -> None:
        self.tries = 0
        self.done = 0
        self.routes = Routes()

        @self.routes.window("flaky", moment)
        def act(speaking: Speaking, _coming: Coming) -> None:
            self.tries += 1
            keep_occasion(speaking.unit, f"done {self.tries}", WEDNESDAY_10.date())
            if self.tries <= fails:
                raise ValueError("not yet")
            self.done += 1


async def looks(talk: Talk, flaky: Flaky, *walls: str) -> list[int]:
    """How often it was tried by each of these times; each time two processes look."""

    async def draw(_sitting: Sitting) -> Pictures:
        return {}

    running, tried = talk.talk.running, []
    for wall in walls:
        hour, minute = map(int, wall.split(":"))
        talk.clock.set(MIDNIGHT + timedelta(hours=hour, minutes=minute))
        for _ in range(2):
            await Clockwork(running.store, running.around, flaky.routes, draw).look()
        tried.append(flaky.tries)
    return tried


async def test_the_end_is_tried_again_until_it_is_done_once(sqlite_database: str, tmp_path: Path) -> None:
    flaky = Flaky(Moment.END, fails=2)
    async with conversation(sqlite_database, tmp_path) as talk:
        tried = await looks(talk, flaky, "10:59", "11:00", "11:01", "11:04", "11:05", "11:06", "13:00")
        kept = talk.talk.running.store.read_now(failures)
    assert tried == [0, 1, 2, 2, 3, 3, 3]
    assert (flaky.done, len(kept)) == (1, 2)


async def test_what_never_works_is_given_up(sqlite_database: str, tmp_path: Path) -> None:
    flaky = Flaky(Moment.END, fails=99)
    async with conversation(sqlite_database, tmp_path) as talk:
        assert await looks(talk, flaky, "11:00", "11:01", "11:30", "12:00", "13:00") == [1, 2, 4, 5, 5]


async def test_a_roll_call_that_failed_is_not_sent_later(sqlite_database: str, tmp_path: Path) -> None:
    flaky = Flaky(Moment.ROLL_CALL, fails=1)
    async with conversation(sqlite_database, tmp_path) as talk:
        assert await looks(talk, flaky, "09:00", "09:01", "09:04") == [1, 1, 1]
