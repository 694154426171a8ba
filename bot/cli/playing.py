"""Plays the demo district's past, and lets the courier say at each moment what was said then.

So the groups' messages stand at the times at which they would have been written, in the order in which they would have.
"""

import asyncio
import threading
import time

from bot.app import Running
from bot.cli.saying import Progress
from bot.handlers.days import show_the_time_left
from bot.speaking import Speaking
from bot.store.outbox import waiting_counts
from core.clock import SetClock
from core.demo import play
from core.store.work import Work

MOST_S = 2.0
"""How long a moment waits for its messages; what is late then is said later."""

_LOOK_EVERY_S = 0.003


class Stopped(Exception):
    """The playing was stopped in the middle; the next start goes on from there."""


def play_and_say(playing: Running, clock: SetClock, progress: Progress) -> None:
    """Play the whole past; `playing` was put together on `clock`. Ctrl-C stops it after the moment it is at."""
    asyncio.run(_play(playing, clock, progress))


async def _play(playing: Running, clock: SetClock, progress: Progress) -> None:
    stopped = threading.Event()

    def after_each_moment(done: int, of: int) -> None:
        if stopped.is_set():
            raise Stopped
        _wait_until_said(playing)
        progress(done, of)

    courier = asyncio.create_task(playing.courier.run())
    try:
        await asyncio.to_thread(play, playing.office, clock, playing.files, after_each_moment)
        # The past was played without its mornings: the cards tell the time of their day.
        await playing.store.do(Work(lambda unit: show_the_time_left(Speaking(unit, playing.around))))
        await asyncio.to_thread(_wait_until_said, playing)
    finally:
        stopped.set()
        courier.cancel()
        await asyncio.wait([courier])


def _wait_until_said(playing: Running) -> None:
    until = time.monotonic() + MOST_S
    while playing.store.read_now(waiting_counts) and time.monotonic() < until:
        time.sleep(_LOOK_EVERY_S)
