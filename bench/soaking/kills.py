"""Kill the office again and again, at moments that nobody chose, and see that nothing was lost and nothing done twice.

It is frozen first (SIGSTOP), so that what is open at that very moment can be looked at from outside, and then killed
(SIGKILL) without having run again.
"""

import asyncio
import random
import statistics
from collections.abc import Callable

from bench.soaking.findings import Findings
from bench.soaking.judge import judge, prove
from bench.soaking.laws_out import Doubt, judge_doubts
from bench.soaking.scene import NeverQuiet, Scene

ALIVE_S = (0.1, 1.5)
"""How long the office is at work before it is killed; now and then it is killed while it starts."""

DURING_THE_START_CHANCE = 0.05
IN_DOUBT = "SELECT account, chat, id FROM outbox WHERE outcome IS NULL AND attempted_at IS NOT NULL"
STUCK = "after everybody stopped, all is taken, answered and said"
STOPS = "SIGTERM ends the office with 0, and leaves nothing in doubt"

Told = Callable[[int], None]


async def kill_again_and_again(
    scene: Scene, kills: int, chance: random.Random, findings: Findings, told: Told = lambda _: None
) -> set[int]:
    """So many kills; returns the outbox rows that were in doubt at one. told: called with the number of kills done."""
    named = set[int]()
    for number in range(1, kills + 1):
        doubts = await _one_life(scene, chance, findings)
        judge_doubts(number, doubts, findings)
        named.update(row for _, _, row in doubts)
        findings.counts["in_doubt"] += len(doubts)
        findings.counts["kills"] = number
        told(number)
    return named


async def come_to_rest(scene: Scene, named: set[int], findings: Findings) -> None:
    """Start the office once more, let everything be done, judge, and stop it as one should."""
    if scene.served is None:
        await scene.start()
    try:
        await scene.quiet()
    except NeverQuiet as stuck:
        findings.need(False, STUCK, str(stuck))
    await judge(scene, named, findings)
    await stop_properly(scene, findings)
    await prove(scene, findings)


async def stop_properly(scene: Scene, findings: Findings) -> None:
    """SIGTERM."""
    code = await scene.stop()
    doubts = scene.database.rows_of_the_dead(IN_DOUBT)
    findings.need(code == 0 and not doubts, STOPS, f"exit {code}, in doubt {doubts}")


def median_start_s(scene: Scene) -> float:
    """Seconds from the start of the process until it can be reached."""
    return statistics.median(scene.starts)


async def _one_life(scene: Scene, chance: random.Random, findings: Findings) -> list[Doubt]:
    """From a start to a kill; returns what is in doubt then."""
    served = await scene.start()
    await asyncio.sleep(0.0 if chance.random() < DURING_THE_START_CHANCE else chance.uniform(*ALIVE_S))
    await served.freeze()
    findings.counts["kills_batch_open"] += await asyncio.to_thread(scene.database.batch_open)
    findings.counts["kills_sending"] += scene.platform.sending > 0
    await scene.kill()
    rows = await asyncio.to_thread(scene.database.rows_of_the_dead, IN_DOUBT)
    return [(str(account), str(chat), int(id)) for account, chat, id in rows]
