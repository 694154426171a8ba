"""An office killed while it sweeps: `python -m tests.bot.simulation.killed_sweep URL FOLDER INSTANT DEATHS SEED`.

Each life is a process of its own that puts the office together over its records, says how many complaints its clock
still has to look at, and sweeps; once a round is done it is killed (SIGKILL) just before one of its next statements,
drawn by the seed. The last life goes on to its end.
"""

import asyncio
import os
import random
import signal
import sys
from datetime import datetime
from itertools import count
from pathlib import Path

from sqlalchemy import Connection, event

from bot.app import put_together
from bot.settings import Configuration
from bot.simulation.chats import ACCOUNT, Chats
from core.clock import SetClock
from core.store.queries.clocks import complaints_due

EVERY_ONE = 1_000_000
LATEST_STATEMENT = 4


def live(url: str, folder: Path, at: datetime, dies_at: int | None) -> None:
    """One life. dies_at: before the how many-th statement of the writer after its first commit; None: never."""
    running = put_together(Configuration(database=url, accounts={}), SetClock(at), folder, others={ACCOUNT: Chats()})
    left = running.store.read_now(lambda reader: complaints_due(reader, at, at.date(), EVERY_ONE))
    sys.stdout.write(f"{len(left)}\n")
    sys.stdout.flush()
    writer, numbers = running.store.database.writer, count(1)

    def may_die(*_anything: object) -> None:
        if next(numbers) == dies_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def a_round_is_done(_connection: Connection) -> None:
        event.listen(writer, "before_cursor_execute", may_die)

    event.listen(writer, "commit", a_round_is_done, once=True)
    asyncio.run(running.clockwork.look())
    running.store.close()


def main(url: str, folder: Path, at: datetime, deaths: int, seed: int) -> None:
    """Life after life; ends with the status of the last, or with 3 where one was not killed that should have been."""
    chance = random.Random(seed)
    for dies_at in (*(chance.randint(1, LATEST_STATEMENT) for _ in range(deaths)), None):
        child = os.fork()
        if child == 0:
            live(url, folder, at, dies_at)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status) is not (dies_at is not None):
            sys.exit(3)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), datetime.fromisoformat(sys.argv[3]), *map(int, sys.argv[4:6]))
