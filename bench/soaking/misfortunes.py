"""Everything but kill -9: the office is stopped under load, its disk is full or slow or locked, PostgreSQL goes away,
the clock jumps. It says so, keeps nothing that it did not acknowledge, and goes on by itself; then everything is judged.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

from bench.soaking.databases import Postgresql, Sqlite
from bench.soaking.findings import Findings
from bench.soaking.kills import come_to_rest, stop_properly
from bench.soaking.scene import Scene
from bench.soaking.weather import PLACE, Sky

BUSY_S = 1.5
"""How long everybody is at work before, between and after."""

AWAY_S = 1.5
TELLS_WITHIN_S = 20.0
STOPS = 3
LOCKED_S = 6.0
"""Longer than SQLite waits for a lock (core.store.database.BUSY_MS)."""

SLOW_S = 0.4
HOUR_S = 3600.0

TELLS = "while the database takes nothing, /readyz says 503 and why"
GOES_ON = "afterwards the office goes on by itself"
QUICK = "SIGTERM ends the office within seconds"
QUICK_S = 15.0

_FULL = """
CREATE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$;
CREATE TRIGGER disk_full BEFORE INSERT OR UPDATE ON work_key EXECUTE FUNCTION disk_full();
CREATE TRIGGER disk_full BEFORE INSERT OR UPDATE ON outbox EXECUTE FUNCTION disk_full()
"""
_FREED = "DROP FUNCTION disk_full CASCADE"

Misfortune = Callable[[Scene, Findings], Awaitable[None]]


async def suffer(scene: Scene, misfortune: Misfortune) -> Findings:
    """Start the office, let it suffer, let everybody finish, and judge: without a kill nothing may be in doubt."""
    findings = Findings()
    await misfortune(scene, findings)
    await asyncio.sleep(BUSY_S)
    await come_to_rest(scene, set(), findings)
    return findings


async def stopped_under_load(scene: Scene, findings: Findings) -> None:
    """SIGTERM, again and again, with people pressing and messages on their way."""
    loop = asyncio.get_running_loop()
    for _ in range(STOPS):
        await scene.start()
        await asyncio.sleep(BUSY_S)
        begun = loop.time()
        await stop_properly(scene, findings)
        findings.need(loop.time() - begun < QUICK_S, QUICK, f"it took {loop.time() - begun:.1f} s")
    await scene.start()


async def no_file_may_grow(scene: Scene, findings: Findings) -> None:
    """The kernel refuses every write beyond where the files end (RLIMIT_FSIZE), to the office as it is shipped."""
    served = await scene.start()
    async with _away(scene, findings):
        served.limit_files(4096)
        try:
            await _told_unready(scene, findings)
        finally:
            served.limit_files(None)


async def disk_full(scene: Scene, findings: Findings) -> None:
    """The database itself says that the disk is full: SQLITE_FULL, or PostgreSQL's 53100."""
    database = scene.database
    if isinstance(database, Postgresql):
        await scene.start()
        async with _away(scene, findings):
            database.execute(_FULL)
            await _told_unready(scene, findings)
            database.execute(_FREED)
        return
    sky = await _start_in_weather(scene)
    async with _away(scene, findings):
        sky.turn(full=True)
        await _told_unready(scene, findings)
        sky.turn(full=False)


async def locked(scene: Scene, findings: Findings) -> None:
    """Somebody else holds the lock, a short while and then longer than a batch waits for it."""
    await scene.start()
    await asyncio.sleep(BUSY_S)
    with scene.database.locked():
        await asyncio.sleep(AWAY_S)
    if isinstance(scene.database, Sqlite):  # PostgreSQL waits for a lock as long as it takes
        async with _away(scene, findings):
            with scene.database.locked():
                await asyncio.sleep(LOCKED_S)
                await _told_unready(scene, findings)
    await scene.until_ready_is(200, TELLS_WITHIN_S)


async def slow_disk(scene: Scene, findings: Findings) -> None:
    """Every commit waits for the disk, much longer than people and platforms are used to."""
    sky = await _start_in_weather(scene)
    await asyncio.sleep(BUSY_S)
    sky.turn(commit_s=SLOW_S)
    await asyncio.sleep(4 * BUSY_S)
    sky.turn(commit_s=0.0)


async def postgresql_stopped(scene: Scene, findings: Findings) -> None:
    """PostgreSQL is stopped at once, and started again; twice."""
    database = scene.database
    assert isinstance(database, Postgresql)
    await scene.start()
    for _ in range(2):
        async with _away(scene, findings):
            await asyncio.to_thread(database.stop_at_once)
            await _told_unready(scene, findings)
            await asyncio.to_thread(database.start)


async def clock_jumps(scene: Scene, findings: Findings) -> None:
    """An hour forward, back to the right time, and an hour back."""
    sky = await _start_in_weather(scene)
    for ahead_s in (HOUR_S, 0.0, -HOUR_S):
        await asyncio.sleep(BUSY_S)
        sky.turn(ahead_s=ahead_s)


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
    "server_stopped": postgresql_stopped,
}
BY_DATABASE = {"sqlite": ON_SQLITE, "postgresql": ON_POSTGRESQL}


@asynccontextmanager
async def _away(scene: Scene, findings: Findings) -> AsyncIterator[None]:
    """People are at work before; then the database takes nothing; at the end the office must be ready again."""
    await asyncio.sleep(BUSY_S)
    yield
    try:
        await scene.until_ready_is(200, TELLS_WITHIN_S)
    except TimeoutError:
        findings.need(False, GOES_ON, f"/readyz still says {await scene.readiness()}")
    await asyncio.sleep(BUSY_S)


async def _told_unready(scene: Scene, findings: Findings) -> None:
    """/readyz comes to say so with a reason; then it stays so for a while, with everybody still at it."""
    try:
        words = await scene.until_ready_is(503, TELLS_WITHIN_S)
        findings.need('"database":"ok"' not in words, TELLS, words)
    except TimeoutError:
        findings.need(False, TELLS, f"it says {await scene.readiness()}")
    await asyncio.sleep(AWAY_S)


async def _start_in_weather(scene: Scene) -> Sky:
    sky = Sky(scene.district.folder / "weather.json")
    await scene.start("bench.soaking.weather", {PLACE: str(sky.path)})
    return sky
