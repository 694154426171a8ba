"""A few minutes of `make soak` in half a minute: the real `serve`, killed and troubled under load, loses nothing."""

import random
from pathlib import Path

import pytest

from bench.soaking.databases import database
from bench.soaking.findings import Findings
from bench.soaking.kills import come_to_rest, kill_again_and_again
from bench.soaking.misfortunes import BY_DATABASE, Measure, suffer
from bench.soaking.scene import scene

KILLS = 3
BRIEF = Measure(busy_s=0.3, away_s=0.2, locked_s=0.5, times=1)


@pytest.mark.unmeasured
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_killed_stopped_and_without_its_database_the_office_loses_nothing(kind: str, tmp_path: Path) -> None:
    findings = Findings()
    with database(kind, tmp_path) as records:
        async with scene(records, tmp_path, seed=1) as everybody:
            named = await kill_again_and_again(everybody, KILLS, random.Random(1), findings)
            await suffer(everybody, BY_DATABASE[kind].values(), findings, BRIEF)
            await come_to_rest(everybody, named, findings)
    assert findings.lines() == []
    assert min(findings.counts[each] for each in ("updates", "messages", "desk_requests", "complaints")) > 5
