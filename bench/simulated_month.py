"""How long `janmilan simulate` takes for a month of a hundred complaints a morning.

make bench B=simulated_month
"""

import argparse
import json
import os
import subprocess
import time

from bench.measuring.figures import figure, tell
from bench.measuring.places import ROOT
from bench.measuring.serving import COMMAND, ENVIRONMENT


def simulated(days: int, each_morning: int, seed: int) -> tuple[float, dict[str, object]]:
    """Seconds that it took, and what it summed up. Raises CalledProcessError where it found something wrong."""
    words = ["simulate", "--days", days, "--each-morning", each_morning, "--seed", seed, "--json"]
    begun = time.perf_counter()
    done = subprocess.run(
        [*COMMAND, *map(str, words)],
        cwd=ROOT,
        env={**os.environ, **ENVIRONMENT},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=True,
    )
    return time.perf_counter() - begun, json.loads(done.stdout)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="How long `janmilan simulate` takes for a month of full mornings.")
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--each-morning", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=1)
    asked = parser.parse_args()
    took = []
    for seed in range(1, asked.rounds + 1):
        seconds, summary = simulated(asked.days, asked.each_morning, seed)
        took.append(seconds)
        print(f"seed {seed}: {summary['registered']} registered, {summary['said']} said, {seconds:.1f} s", flush=True)
    tell([figure("simulate_month_s", "s", took)])


if __name__ == "__main__":
    main()
