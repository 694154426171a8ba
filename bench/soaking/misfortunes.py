"""Everything but kill -9: the office is stopped under load, its disk is full or slow, its database locked or away, and
the clock jumps. It says so, acknowledges nothing that it cannot keep, and goes on by itself; then all is judged.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bench.soaking.databases import Postgresql, Sqlite
from bench.soaking.findings import Findings
from bench.soaking.kills import stop_properly
from bench.soaking.scene import Scene
from bench.soaking.weather import PLACE, Sky
from core.store.database import BUSY_MS

TELLS_WITHIN_S = 30.0
QUICK_S = 15.0
SLOW_S = 0.4
HOUR_S = 3600.0

TELLS = "while the database takes nothing, /readyz says 503 and why"
GOES_ON = "afterwards the office goes on by itself"
QUICK = "SIGTERM ends the office within seconds"

# Each statement is a transaction of its own and locks one table: with two, it and the office could wait for each other.
_FULL = (
    "CREATE OR REPLACE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$",
    "CREATE OR REPLACE TRIGGER disk_full BEFORE INSERT OR UPDATE ON work_key EXECUTE FUNCTION disk_full()",
    "CREATE OR REPLACE TRIGGER disk_full BEFORE INSERT OR UPDATE ON outbox EXECUTE FUNCTION disk_full()",
)
_FREED = ("DROP TRIGGER disk_full ON work_key", "DROP TRIGGER disk_full ON outbox")


@dataclass(frozen=True)
class Measure:
    """How long people are at work around each misfortune, how long it lasts, and how often it comes.

    locked_s: how long somebody else holds the lock; SQLite waits 5 s for one.
    """

    busy_s: float = 1.5
    away_s: float = 1.5
    locked_s: float = BUSY_MS / 1000 + 1
    times: int = 2


Misfortune = Callable[[Scene, Findings, Measure], Awaitable[None]]


async def suffer(scene: Scene, misfortunes: Collection[Misfortune], findings: Findings, measure: Measure) -> None:
    """Let the running office suffer one after the other; who calls this judges afterwards."""
    for misfortune in misfortunes:
        if scene.served is None:
            await _start(scene)
        await asyncio.sleep(measure.busy_s)
        await misfortune(scene, findings, measure)
    if scene.served is None:
        await _start(scene)
    await asyncio.sleep(measure.busy_s)


async def stopped_under_load(scene: Scene, findings: Findings, measure: Measure) -> None:
    """SIGTERM, with people pressing and messages on their way."""
    loop = asyncio.get_running_loop()
    for number in range(measure.times):
        if number:
            await _start(scene)
            await asyncio.sleep(measure.busy_s)
        begun = loop.time()
        await stop_properly(scene, findings)
        findings.need(loop.time() - begun < QUICK_S, QUICK, f"it took {loop.time() - begun:.1f} s")


async def no_file_may_grow(scene: Scene, findings: Findings, measure: Measure) -> None:
    """The kernel refuses every write beyond 4 KB of a file (RLIMIT_FSIZE), so that commits fail half way."""
    served = scene.served
    assert served is not None
    async with _away(scene, findings, measure):
        served.limit_files(4096)
        try:
            await _told_unready(scene, findings, measure)
        finally:
            served.limit_files(None)


async def disk_full(scene: Scene, findings: Findings, measure: Measure) -> None:
    """The database itself says that the disk is full: SQLITE_FULL, or PostgreSQL's 53100."""
    database = scene.database
    async with _away(scene, findings, measure):
        if isinstance(database, Postgresql):
            database.execute(*_FULL)
        else:
            _sky(scene).turn(full=True)
        await _told_unready(scene, findings, measure)
        if isinstance(database, Postgresql):
            database.execute(*_FREED)
        else:
            _sky(scene).turn(full=False)


async def locked(scene: Scene, findings: Findings, measure: Measure) -> None:
    """Somebody else holds the lock; on SQLite the office gives up after a while and says so, PostgreSQL waits."""
    async with _away(scene, findings, measure):
        with scene.database.locked():
            await asyncio.sleep(measure.locked_s)
            if isinstance(scene.database, Sqlite) and measure.locked_s * 1000 > BUSY_MS:
                await _told_unready(scene, findings, measure)


async def slow_disk(scene: Scene, _findings: Findings, measure: Measure) -> None:
    """Every commit waits for the disk, much longer than people and platforms are used to."""
    _sky(scene).turn(commit_s=SLOW_S)
    await asyncio.sleep(4 * measure.busy_s)
    _sky(scene).turn(commit_s=0.0)


async def server_stopped(scene: Scene, findings: Findings, measure: Measure) -> None:
    """PostgreSQL is stopped at once, and started again."""
    database = scene.database
    assert isinstance(database, Postgresql)
    for _ in range(measure.times):
        async with _away(scene, findings, measure):
            await asyncio.to_thread(database.stop_at_once)
            await _told_unready(scene, findings, measure)
            await asyncio.to_thread(database.start)


async def clock_jumps(scene: Scene, _findings: Findings, measure: Measure) -> None:
    """An hour forward, back to the right time, and an hour back."""
    for ahead_s in (HOUR_S, 0.0, -HOUR_S):
        await asyncio.sleep(measure.busy_s)
        _sky(scene).turn(ahead_s=ahead_s)


ON_SQLITE: Mapping[str, Misfortune] = {
    "stopped": stopped_under_load,
    "no_growth": no_file_may_grow,
    "full": disk_full,
    "locked": locked,
    "slow": slow_disk,
    "clock": clock_jumps,
}
ON_POSTGRESQL: Mapping[str, Misfortune] = {
    "stopped": stopped_under_load,
    "full": disk_full,
    "locked": locked,
    "slow": slow_disk,
    "clock": clock_jumps,
    "server_stopped": server_stopped,
}
BY_DATABASE = {"sqlite": ON_SQLITE, "postgresql": ON_POSTGRESQL}


@asynccontextmanager
async def _away(scene: Scene, findings: Findings, measure: Measure) -> AsyncIterator[None]:
    """At the end the office must be ready again by itself."""
    yield
    try:
        await scene.until_ready_is(200, TELLS_WITHIN_S)
    except TimeoutError:
        findings.need(False, GOES_ON, f"/readyz still says {await scene.readiness()}")
    await asyncio.sleep(measure.busy_s)


async def _told_unready(scene: Scene, findings: Findings, measure: Measure) -> None:
    """/readyz comes to say so with a reason; then it stays so for a while, with everybody still at it."""
    try:
        words = await scene.until_ready_is(503, TELLS_WITHIN_S)
        findings.need('"database":"ok"' not in words, TELLS, words)
    except TimeoutError:
        findings.need(False, TELLS, f"it says {await scene.readiness()}")
    await asyncio.sleep(measure.away_s)


def _sky(scene: Scene) -> Sky:
    return Sky(scene.district.folder / "weather.json")


async def _start(scene: Scene) -> None:
    await scene.start("bench.soaking.weather", {PLACE: str(_sky(scene).path)})
