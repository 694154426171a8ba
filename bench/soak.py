"""`make soak`: the office is killed again and again, and everything that was acknowledged must still be there.

    python -m bench.soak --kills 200 --database sqlite --seed 1

Ends with a line for each figure, and with 1 if a law broke, saying for which update or message (docs/reliability.md).
"""

import argparse
import asyncio
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

from bench.soaking import laws_in, laws_out
from bench.soaking.databases import database
from bench.soaking.findings import Findings
from bench.soaking.kills import STUCK, come_to_rest, kill_again_and_again, median_start_s
from bench.soaking.misfortunes import BY_DATABASE, Measure, suffer
from bench.soaking.scene import scene

FIGURES = {
    "kills": "kills",
    "kills_batch_open": "kills",
    "kills_sending": "kills",
    "updates": "updates",
    "redelivered": "updates",
    "desk_requests": "requests",
    "lost_answers": "requests",
    "complaints": "complaints",
    "messages": "messages",
    "in_doubt": "messages",
    "most_in_doubt": "messages",
    "doubtful": "messages",
    "doubtful_arrived": "messages",
    "repeated": "messages",
    "repeated_edits": "messages",
}
LAWS = {
    "lost": (laws_in.LOST, laws_out.LOST),
    "twice": (laws_in.TWICE, laws_out.TWICE),
    "out_of_order": (laws_out.ORDER,),
    "stuck": (laws_in.WAITS, laws_out.STUCK, STUCK),
}


def main() -> int:
    """Read the command line and run; returns the exit code."""
    options = _options()
    folder = Path(tempfile.mkdtemp(prefix="janmilan-soak-"))
    findings, start_s, seconds = asyncio.run(_run(options, folder))
    for name, unit in FIGURES.items():
        print(f"figure soak_{name} {findings.counts[name]} {unit}")
    for name, laws in LAWS.items():
        print(f"figure soak_{name} {findings.count(*laws)} times")
    print(f"figure soak_broken {len(findings.broken)} times")
    print(f"figure soak_start_s {start_s:.2f} s")
    print(f"figure soak_seconds {seconds:.0f} s")
    if findings.clean:
        shutil.rmtree(folder, ignore_errors=True)
        return 0
    print("\n".join(findings.lines()))
    print(f"The office and its log are kept in {folder}")
    return 1


async def _run(options: argparse.Namespace, folder: Path) -> tuple[Findings, float, float]:
    begun = time.monotonic()
    with database(options.database, folder) as records:
        async with scene(records, folder, options.seed) as everybody:
            chance, findings = random.Random(options.seed), Findings()
            named = await kill_again_and_again(
                everybody, options.kills, chance, findings, lambda done: _progress(done, options.kills, begun)
            )
            if options.misfortunes:
                await suffer(everybody, BY_DATABASE[options.database].values(), findings, Measure())
            await come_to_rest(everybody, named, findings)
            return findings, median_start_s(everybody), time.monotonic() - begun


def _progress(done: int, kills: int, begun: float) -> None:
    seconds = time.monotonic() - begun
    end = "\n" if done == kills or (not sys.stderr.isatty() and done % 10 == 0) else "\r"
    if sys.stderr.isatty() or end == "\n":
        print(f"{done} of {kills} kills, {seconds:.0f} s", end=end, file=sys.stderr, flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Kill the office again and again, and see that nothing is lost.")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--misfortunes", action="store_true", help="then everything else that can go wrong")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
