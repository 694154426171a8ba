"""How soon an officer sees the answer to a press: from the press to the changed card on their own live page.

    make bench B=press

`janmilan serve` with the web chat over years of complaints; 100 updates a second come in over HTTP, a fifth of them
presses of "I'm on it"; 24 officers have their chat open and three seniors the board. A press counts from the moment at
which it was due, so a client that is late counts too.
"""

import argparse
import asyncio
import shutil
from collections import defaultdict
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import httpx
from sqlalchemy import select

from bench.measuring.figures import figure, percentile, tell
from bench.measuring.filled import SQLITE, filled_sqlite
from bench.measuring.officers import Morning, Officer, watching
from bench.measuring.places import scratch
from bench.measuring.serving import Invited, Served, invite, serving, sign_in
from core.clock import SystemClock
from core.store.records import COMPLAINT
from core.store.store import Store

OFFICERS = 24
BOARDS = 3
RATE = 100.0
_WARM_UP_S = 3.0


async def measure(
    served: Served, invited: Invited, new: dict[str, list[tuple[int, str]]], rate: float, rounds: Sequence[float]
) -> list[list[float]]:
    """Seconds of every press, round by round, each of so many seconds; the first few seconds of all are left out."""
    boards = [sign_in(served, token) for token in invited.desk]
    officers = [Officer(token, invited.department(person)) for person, token in invited.officers.items()]
    found = []
    async with (
        httpx.AsyncClient(base_url=served.address, timeout=60) as client,
        watching(served.address, officers, boards) as seen,
    ):
        await Morning("first", client, officers, new).go_on(seen, rate, min(_WARM_UP_S, rounds[0]))
        for number, seconds in enumerate(rounds):
            morning = Morning(f"round{number}", client, officers, new)
            before = served.cpu_s
            await morning.go_on(seen, rate, seconds)
            _tell_round(morning, (served.cpu_s - before) / seconds)
            found.append(morning.presses)
    return found


def _tell_round(morning: Morning, share: float) -> None:
    ms = [each * 1000 for each in morning.presses]
    print(
        f"{morning.updates} updates, {len(ms)} presses: {percentile(ms, 0.5):.0f} ms at the median, "
        f"{percentile(ms, 0.9):.0f} at 90%, {percentile(ms, 0.99):.0f} at 99%, {max(ms):.0f} at most; "
        f"the office took {share * 100:.0f}% of a core",
        flush=True,
    )


def new_complaints(url: str) -> dict[str, list[tuple[int, str]]]:
    """Id and code of the complaints that nobody has yet, by the letters of their department."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    with closing(Store.open(url, SystemClock())) as store, store.reading() as reader:
        directory = store.directory(reader)
        query = select(COMPLAINT.c.id, COMPLAINT.c.code, COMPLAINT.c.department).where(
            COMPLAINT.c.state == "registered"
        )
        for id, code, department in reader.execute(query):
            found[directory.departments[department].code].append((id, code))
    return found


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="How soon an officer sees the answer to a press, with 100 updates/s.")
    parser.add_argument("--complaints", type=int, default=200_000)
    parser.add_argument("--seconds", type=float, default=20.0, help="of a round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rate", type=float, default=RATE, help="updates a second")
    asked = parser.parse_args()
    filled = filled_sqlite(asked.complaints)
    with scratch() as folder:
        found = asyncio.run(_measured(filled, folder, asked.rate, [asked.seconds] * asked.rounds))
    p99 = [percentile(each, 0.99) * 1000 for each in found]
    p50 = [percentile(each, 0.5) * 1000 for each in found]
    tell([figure("press_p50_ms", "ms", p50), figure("press_p99_ms", "ms", p99)])


async def _measured(filled: Path, folder: Path, rate: float, rounds: Sequence[float]) -> list[list[float]]:
    url = f"{SQLITE}{folder / 'press.db'}"
    shutil.copyfile(filled, folder / "press.db")
    invited = invite(url, OFFICERS, BOARDS)
    new = new_complaints(url)
    with serving(url, folder) as served:
        return await measure(served, invited, new, rate, rounds)


if __name__ == "__main__":
    main()
