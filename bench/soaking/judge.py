"""Compares what the platform and the clients know with what stands in the records, once all has come to rest."""

import asyncio

from bench.soaking import laws_in, laws_out
from bench.soaking.findings import Findings
from bench.soaking.records import read_records
from bench.soaking.scene import Scene
from core.proof import Proof, verify
from core.store.database import open_database

KEPT = "nothing is kept as a failure"
PROVES = "`janmilan verify` finds the records clean"
ODD = "a client is told 503 or nothing while the office cannot, never another 5xx"
HEARD_WITHIN_S = 5.0


async def judge(scene: Scene, named: set[int], findings: Findings) -> None:
    """Every law, on an office at rest. `named`: outbox rows that were in doubt at some kill."""
    await _until_the_streams_have_told(scene)
    records = await asyncio.to_thread(read_records, scene.database)
    journal = scene.platform.journal
    laws_in.judge_updates(journal, records, findings)
    laws_in.judge_desk(scene.desk.asked, records, findings)
    laws_in.judge_web(scene.web, records, findings)
    laws_out.judge_messages(journal, records, named, findings)
    laws_out.judge_web_messages(records, findings)
    laws_out.judge_cards(journal, records, findings)
    findings.need(records.failures == 0, KEPT, f"{records.failures} failures; see: janmilan failures list")
    for line in scene.lines:
        findings.counts["lost_answers"] += line.lost
        findings.counts["unavailable"] += line.unavailable
        for odd in line.odd:
            findings.need(False, ODD, odd)
    for status, count in scene.platform.trouble.items():
        findings.need(not status.isdigit() or status in ("200", "503"), ODD, f"{count} webhook calls answered {status}")


async def prove(scene: Scene, findings: Findings) -> None:
    """What `janmilan verify` does, on an office that was stopped."""
    proof = await asyncio.to_thread(_verified, scene.database.url)
    findings.counts["entries"] = proof.entries
    for fault in proof.faults:
        findings.need(False, PROVES, f"{proof.codes.get(fault.complaint)}, entry {fault.number}: {fault.what}")


def _verified(url: str) -> Proof:
    database = open_database(url)
    try:
        with database.reader.begin() as connection:
            return verify(connection)
    finally:
        database.close()


async def _until_the_streams_have_told(scene: Scene) -> None:
    """The last events are on their way when the office comes to rest."""
    end = asyncio.get_running_loop().time() + HEARD_WITHIN_S
    while asyncio.get_running_loop().time() < end:
        rows = await asyncio.to_thread(scene.database.rows, "SELECT chat, max(changed) FROM web_message GROUP BY chat")
        newest = dict(rows)
        wanted = [max((newest.get(chat, 0) for chat in each.chats), default=0) for each in scene.web]
        if all(want <= (each.heard[-1][0] if each.heard else 0) for each, want in zip(scene.web, wanted, strict=True)):
            return
        await asyncio.sleep(0.05)
