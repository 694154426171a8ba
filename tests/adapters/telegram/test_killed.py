"""kill -9 while updates come: none is lost, none is done twice; an answer that may have arrived is named, not repeated.

TELEGRAM_KILLS=100 kills as often, over 500 updates; `make soak` does.
"""

import asyncio
import os
import random
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.store.tables import OutboxRow
from core.clock import SystemClock
from core.store.store import Store
from core.store.tables import table_of
from tests.fakes.telegram.server import BotApi
from tests.fakes.telegram.world import TOKEN

ROOT = Path(__file__).parents[3]
COMMAND = [sys.executable, "-c", "from bot.cli import main; main()", "serve"]
KILLS = int(os.environ.get("TELEGRAM_KILLS") or 2)
PEOPLE = max(60, 5 * KILLS)
PATIENCE_S = 120.0
_OUTBOX = table_of(OutboxRow)


def config(folder: Path, api: BotApi, receive: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    (folder / "config.yaml").write_text(
        f"database: sqlite:///{folder / 'janmilan.db'}\n"
        f"server: {{host: 127.0.0.1, port: {port}, public_url: 'https://127.0.0.1:{port}'}}\n"
        f"accounts:\n  telegram: {{platform: telegram, token: '{TOKEN}', api_url: '{api.url}', receive: {receive}}}\n",
        encoding="utf-8",
    )


def start(folder: Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(COMMAND, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)


@pytest.mark.unmeasured
@pytest.mark.parametrize("receive", ["polling", "webhook"])
async def test_nothing_is_lost_or_done_twice(tmp_path: Path, receive: str) -> None:
    chance = random.Random(7)
    async with BotApi() as api:
        world = api.world
        config(tmp_path, api, receive)
        people = [world.person(6_000_000_000 + number, f"citizen {number}") for number in range(PEOPLE)]
        process = start(tmp_path)
        try:
            for kill in range(KILLS):
                # As many steps as there are: some are killed as the first is taken, some as the last is answered.
                some = people[kill * PEOPLE // KILLS : (kill + 1) * PEOPLE // KILLS]
                moment = _steps(api, people) + chance.randrange(2 * len(some))
                for person in some:
                    await world.writes(person, person, "/start")
                await world.until(lambda moment=moment: _steps(api, people) > moment, PATIENCE_S)
                process.kill()
                await asyncio.to_thread(process.wait)
                process = start(tmp_path)
            await world.until(lambda: not world.updates, PATIENCE_S)
            with closing(Store.open(f"sqlite:///{tmp_path / 'janmilan.db'}", SystemClock())) as store:
                await world.until(lambda: _unsettled(store) == 0, PATIENCE_S)
                outcomes = {row.chat: row for row in store.read_now(lambda c: list(c.execute(select(_OUTBOX))))}
                rows = store.read_now(lambda c: len(c.execute(select(_OUTBOX.c.id)).all()))
        finally:
            process.kill()
            await asyncio.to_thread(process.wait)
    doubtful = sum(row.outcome == "doubtful" for row in outcomes.values())
    answers = sum(len(world.of_bot(person)) for person in people)
    # For `make soak`, whose other rounds tell what they saw too.
    print(f"{receive}: {KILLS} kills, {PEOPLE} updates, {rows} done, {answers} answers, {doubtful} named as doubtful")  # noqa: T201
    assert rows == PEOPLE, "each update was done once"
    for person in people:
        said = len(world.of_bot(person))
        assert said <= 1, "no answer is said twice"
        assert said == 1 or outcomes[str(person)].outcome == "doubtful"
    assert TOKEN.partition(":")[2].encode() not in (tmp_path / "log").read_bytes()


def _steps(api: BotApi, people: list[int]) -> int:
    """How many updates were confirmed, and how many answers came."""
    return api.confirmed + sum(bool(api.world.of_bot(person)) for person in people)


def _unsettled(store: Store) -> int:
    return len(store.read_now(lambda c: c.execute(select(_OUTBOX.c.id).where(_OUTBOX.c.outcome.is_(None))).all()))
