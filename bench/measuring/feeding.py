"""One run of our own: updates in, the courier draining beside, until nothing waits; in a fresh process each.

    python -m bench.measuring.feeding URL FOLDER BODIES [--profile | --functions]

prints one line of JSON.
"""

import argparse
import asyncio
import json
import resource
import time
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

from bench.measuring.bot_api import Telegram
from bench.measuring.district import office_on
from bench.measuring.functions import Functions
from bench.measuring.layers import Layers
from bench.measuring.mix import MORNING
from bot.app import Running
from bot.store.answers import refusals
from bot.store.outbox import waiting_counts
from core.clock import SetClock
from core.store.queries.happenings import complaints_by_happening, failures_kept

AT_ONCE = 100
"""Updates on their way to us at the same time: what Telegram's webhook opens at most (`max_connections`)."""

WARM_UP = 0.05
"""The share of the updates that is not measured: imports, caches and templates come first."""

_AN_UPDATE = timedelta(seconds=1)
"""The morning goes on with the updates, as their dates do."""

_LOOK_AGAIN_S = 0.005


@dataclass(frozen=True)
class Fed:
    """What one run came to. rate: updates a second, from the first update in to the last message out.

    cpu_us: of this process, for each update.   accepted_s, drained_s: when the last update was kept, and the last
    message out.   layers, missing, functions: what a profile found (bench.measuring.layers, .functions).
    """

    rate: float
    cpu_us: float
    accepted_s: float
    drained_s: float
    said: int
    edited: int
    toasted: int
    solved: int
    acknowledged: int
    refused: int
    failures: int
    peak_mb: float
    count: int
    layers: dict[str, tuple[float, float, int]]
    missing: list[str]
    functions: str


def feed(url: str, folder: Path, bodies: list[bytes], watch: Layers | Functions | None = None) -> Fed:
    """Feed all of them to the office on the database at `url`."""
    return asyncio.run(_feed(url, folder, bodies, watch))


async def _feed(url: str, folder: Path, bodies: list[bytes], watch: Layers | Functions | None) -> Fed:
    clock = SetClock(MORNING)
    platform = Telegram(clock)
    running = office_on(url, folder, platform, clock)
    first = int(len(bodies) * WARM_UP)
    try:
        async with running.app.router.lifespan_context(running.app):
            await _take(running, platform, clock, bodies[:first])
            before = (platform.said, platform.edited, platform.toasted)
            with watch.watching(running) if watch else nullcontext():
                cpu, begun = time.process_time(), time.perf_counter()
                accepted_s = await _take(running, platform, clock, bodies[first:])
                drained_s, cpu = time.perf_counter() - begun, time.process_time() - cpu
        with running.store.reading() as reader:
            happened, refused, failures = complaints_by_happening(reader), refusals(reader), failures_kept(reader)
    finally:
        running.store.close()
    count = len(bodies) - first
    return Fed(
        rate=count / drained_s,
        cpu_us=cpu / count * 1e6,
        accepted_s=accepted_s,
        drained_s=drained_s,
        said=platform.said - before[0],
        edited=platform.edited - before[1],
        toasted=platform.toasted - before[2],
        solved=happened.get("solved", 0),
        acknowledged=happened.get("acknowledged", 0),
        refused=refused,
        failures=failures,
        peak_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        count=count,
        layers=watch.charged if isinstance(watch, Layers) else {},
        missing=watch.missing if isinstance(watch, Layers) else [],
        functions=watch.table if isinstance(watch, Functions) else "",
    )


async def _take(running: Running, platform: Telegram, clock: SetClock, bodies: list[bytes]) -> float:
    """All of them kept, and all that they caused said; returns after how many seconds the last was kept."""
    begun = time.perf_counter()
    waiting = iter(bodies)
    async with asyncio.TaskGroup() as connections:
        for _ in range(AT_ONCE):
            connections.create_task(_connection(running, platform, clock, waiting))
    accepted_s = time.perf_counter() - begun
    while await running.store.read(waiting_counts):
        await asyncio.sleep(_LOOK_AGAIN_S)
    return accepted_s


async def _connection(running: Running, platform: Telegram, clock: SetClock, waiting: Iterator[bytes]) -> None:
    for body in waiting:
        clock.advance(_AN_UPDATE)
        await platform.take(body, running.dispatcher.receive)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("folder", type=Path)
    parser.add_argument("bodies", type=Path, help="a file with an update a line")
    parser.add_argument("--profile", action="store_true", help="watch the layers")
    parser.add_argument("--functions", action="store_true", help="watch every function")
    asked = parser.parse_args()
    bodies = asked.bodies.read_bytes().splitlines()
    watch = Layers() if asked.profile else Functions() if asked.functions else None
    print(json.dumps(asdict(feed(asked.url, asked.folder, bodies, watch))))


if __name__ == "__main__":
    main()
