"""How soon the desk's board opens, over years of complaints: whole pages over HTTP, on both databases.

    make bench B=board

The pages are those that people open: all departments, one department, each state, the closed ones, a category, a span
of days, a later page. One reader at a time, so what is measured is the page and not the waiting for another.
"""

import argparse
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median

import httpx

from bench.measuring.databases import postgresql
from bench.measuring.figures import figure, percentile, tell
from bench.measuring.filled import SQLITE, copy_to_postgresql, filled_sqlite
from bench.measuring.places import scratch
from bench.measuring.serving import Invited, invite, serving, sign_in
from core.clock import SystemClock


def pages(invited: Invited) -> list[str]:
    """The addresses of the pages."""
    now = SystemClock().now()
    week, month, year = (f"{now - timedelta(days=days):%d-%m-%Y}" for days in (7, 30, 365))
    one = next(iter(invited.directory.departments.values())).code
    return [
        "/",
        f"/?department={one}",
        *(f"/?state={state}" for state in ("registered", "acknowledged", "overdue", "solved", "closed")),
        f"/?state=closed&department={one}",
        "/?category=B",
        f"/?since={week}",
        f"/?since={month}&state=closed",
        f"/?since={year}&until={month}&state=closed",
        "/?page=3",
        f"/?state=overdue&department={one}",
    ]


def measure(url: str, folder: Path, seconds: float, rounds: int) -> list[dict[str, list[float]]]:
    """Milliseconds of every page that was opened, by its address, round by round."""
    invited = invite(url, officers=0, visitors=1)
    addresses = pages(invited)
    with serving(url, folder) as served:
        cookies = sign_in(served, invited.desk[0])
        with httpx.Client(base_url=served.address, cookies=cookies, timeout=60) as client:
            _opened(client, addresses, 0.0)  # the templates, and what the database holds in memory, come first
            return [_opened(client, addresses, seconds) for _ in range(rounds)]


def _opened(client: httpx.Client, addresses: Sequence[str], seconds: float) -> dict[str, list[float]]:
    """Open all of them, over and over; at least once each."""
    took: dict[str, list[float]] = {each: [] for each in addresses}
    end = time.monotonic() + seconds
    while not took[addresses[-1]] or time.monotonic() < end:
        for each in addresses:
            begun = time.perf_counter()
            client.get(each).raise_for_status()
            took[each].append((time.perf_counter() - begun) * 1000)
    return took


def _tell_pages(name: str, rounds: Sequence[dict[str, list[float]]]) -> None:
    print(f"{name}: milliseconds of each page, median and slowest twentieth")
    for each in rounds[0]:
        times = [taken for one in rounds for taken in one[each]]
        print(f"  {percentile(times, 0.5):7.1f} {percentile(times, 0.95):7.1f}  {each}", flush=True)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="How soon the desk's board opens, over years of complaints.")
    parser.add_argument("--complaints", type=int, default=200_000)
    parser.add_argument("--seconds", type=float, default=8.0, help="of a round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--databases", nargs="*", default=["sqlite", "postgresql"])
    asked = parser.parse_args()
    filled = filled_sqlite(asked.complaints)
    found: dict[str, list[float]] = {}
    with scratch() as folder:
        for name in asked.databases:
            with _database(name, filled, folder) as url:
                rounds = measure(url, folder, asked.seconds, asked.rounds)
            _tell_pages(name, rounds)
            found[name] = [percentile([ms for times in one.values() for ms in times], 0.95) for one in rounds]
    worse = max(found.values(), key=median)
    figures = [figure(f"board_p95_ms_{name}", "ms", each) for name, each in found.items()]
    tell([*figures, figure("board_p95_ms", "ms", worse)])


@contextmanager
def _database(name: str, filled: Path, folder: Path) -> Iterator[str]:
    """A copy of the filled database."""
    if name == "sqlite":
        copy = folder / "board.db"
        shutil.copyfile(filled, copy)
        yield f"{SQLITE}{copy}"
        return
    with postgresql() as kind:
        print("Copying the complaints to PostgreSQL ...", flush=True)
        copy_to_postgresql(filled, kind.url)
        yield kind.url


if __name__ == "__main__":
    main()
