"""One run of a peer: its updates by long polling, its handlers, until the last answer has gone into the stub.

Both peers are fed as their own manuals begin: long polling, their own dispatcher, a handler each for what can arrive.
Runs in the peer's environment:

    python -m bench.peers.aiogram.feed FOLDER BODIES STANDING
"""

import argparse
import asyncio
import json
import resource
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.peers.records import Answers, Records, Update
from bench.peers.telegram_stub import TelegramStub

WARM_UP = 0.05
Handle = Callable[[Update], Answers]


class Job:
    """What the handlers share: the records, and the count of what is done."""

    def __init__(self, records: Records, threaded: bool) -> None:
        self.records = records
        self.handled = 0
        self._awaited = 0
        self._reached = asyncio.Event()
        self.is_threaded = threaded
        self._thread = ThreadPoolExecutor(1) if threaded else None

    async def work(self, handle: Handle, update: Update) -> Answers:
        """The handler's transaction; in a thread of its own, if that is how this peer is run."""
        if self._thread is None:
            return handle(update)
        return await asyncio.get_running_loop().run_in_executor(self._thread, handle, update)

    def done(self) -> None:
        """An update is handled, and its answers are sent."""
        self.handled += 1
        if self.handled == self._awaited:
            self._reached.set()

    async def until(self, handled: int) -> None:
        """Return when so many are done."""
        self._awaited = handled
        if self.handled < handled:
            self._reached.clear()
            await self._reached.wait()


Start = Callable[[Job, TelegramStub], Awaitable[Callable[[], Awaitable[None]]]]
"""Begins the polling; returns how to stop it."""


async def measure(
    start: Start, folder: Path, bodies: list[bytes], records: Records, threaded: bool
) -> dict[str, float]:
    """Feed all of them; the first are for warming up."""
    first = int(len(bodies) * WARM_UP)
    job, stub = Job(records, threaded), TelegramStub(bodies, first)
    stop = await start(job, stub)
    await job.until(first)
    before = (stub.said, stub.edited, stub.toasted)
    cpu, begun = time.process_time(), time.perf_counter()
    stub.go.set()
    await job.until(len(bodies))
    wall, cpu = time.perf_counter() - begun, time.process_time() - cpu
    stub.over.set()
    await stop()
    count = len(bodies) - first
    return {
        "rate": count / wall,
        "cpu_us": cpu / count * 1e6,
        "said": stub.said - before[0],
        "edited": stub.edited - before[1],
        "toasted": stub.toasted - before[2],
        "solved": records.solved,
        "acknowledged": records.acknowledged,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def main(start: Start) -> None:
    """The command line of a peer's module."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path, help="where its database is made")
    parser.add_argument("bodies", type=Path, help="a file with an update a line")
    parser.add_argument("standing", type=Path, help="the complaints: [id, code, department] of each")
    parser.add_argument("--threaded", action="store_true", help="transactions in a thread of their own")
    parser.add_argument("--plain-loop", action="store_true", help="asyncio's own loop instead of uvloop")
    asked = parser.parse_args()
    bodies = asked.bodies.read_bytes().splitlines()
    path = asked.folder / "peer.db"
    for each in asked.folder.glob(f"{path.name}*"):
        each.unlink()
    records = Records(path, json.loads(asked.standing.read_text(encoding="utf-8")))
    if asked.plain_loop:
        runner = asyncio.Runner()
    else:
        import uvloop

        runner = asyncio.Runner(loop_factory=uvloop.new_event_loop)
    with runner:
        print(json.dumps(runner.run(measure(start, asked.folder, bodies, records, asked.threaded))))
