"""A morning that is played in an office that is served: its players, its clock, and whoever looks on by HTTP."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime

import uvicorn

from bot.app import Running
from bot.players import Played, Stage
from core.clock import FastClock


@dataclass
class Morning:
    """It goes on by itself. told: each line with its time.   over: set at its end; failed: what went wrong then."""

    address: str
    running: Running
    stage: Stage
    told: list[tuple[datetime, str]]
    over: threading.Event = field(default_factory=threading.Event)
    failed: list[BaseException] = field(default_factory=list)

    def to_its_end(self, seconds: float) -> Played:
        """What the players did, once they have done it. Raises what went wrong, and AssertionError after so long."""
        assert self.over.wait(seconds), f"it is still {self.told[-1:]}"
        for wrong in self.failed:
            raise wrong
        return self.stage.played

    def until(self, at: datetime, clock: FastClock) -> None:
        """Wait until the clock has come to `at`, or all is over. Raises what went wrong."""
        while clock.now() < at and not self.over.wait(clock.machine_seconds((at - clock.now()).total_seconds())):
            pass
        for wrong in self.failed:
            raise wrong


@contextmanager
def played_morning(running: Running, clock: FastClock, every: int = 1) -> Iterator[Morning]:
    """Serve the office on a free port and play the morning at which `clock` stands; both end with the block.

    every: each such petition alone is brought.
    """
    told: list[tuple[datetime, str]] = []
    stage = Stage(running, clock, lambda at, line: told.append((at, line)))
    stage.script = replace(stage.script, petitions=stage.script.petitions[::every])
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(running.app, log_level="warning", lifespan="on", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    morning = Morning(f"http://127.0.0.1:{listener.getsockname()[1]}", running, stage, told)
    thread = threading.Thread(target=lambda: asyncio.run(_serve(server, listener, morning)), daemon=True)
    thread.start()
    try:
        yield morning
    finally:
        server.should_exit = True
        thread.join()
        listener.close()
        running.store.close()


async def _serve(server: uvicorn.Server, listener: socket.socket, morning: Morning) -> None:
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    playing = asyncio.create_task(_play(morning))
    await serving
    playing.cancel()
    with suppress(asyncio.CancelledError):
        await playing


async def _play(morning: Morning) -> None:
    try:
        await morning.stage.play()
    except BaseException as wrong:
        morning.failed.append(wrong)
        raise
    finally:
        morning.over.set()
