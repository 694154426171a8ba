"""How soon the command answers: `janmilan --help`, and `serve` until /readyz says yes, over the demo's records.

make bench B=start
"""

import argparse
import os
import subprocess
import time
from pathlib import Path

from bench.measuring.demo import demo_database
from bench.measuring.figures import figure, tell
from bench.measuring.places import scratch
from bench.measuring.serving import COMMAND, ENVIRONMENT, serving


def help_s() -> float:
    """Seconds that `janmilan --help` takes."""
    begun = time.perf_counter()
    subprocess.run(
        [*COMMAND, "--help"], env={**os.environ, **ENVIRONMENT}, stdout=subprocess.DEVNULL, check=True, text=True
    )
    return time.perf_counter() - begun


def ready_s(url: str, folder: Path) -> float:
    """Seconds from the start of `janmilan serve` to the first /readyz that says yes."""
    with serving(url, folder) as served:
        return served.ready_s


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="How soon the command answers: --help, and serve until it is ready.")
    parser.add_argument("--rounds", type=int, default=7)
    asked = parser.parse_args()
    with scratch() as folder:
        url = demo_database(folder)
        ready_s(url, folder)  # the day's things are done by the first start
        helps, readies = [], []
        for _ in range(asked.rounds):
            helps.append(help_s())
            readies.append(ready_s(url, folder))
    tell([figure("help_s", "s", helps), figure("ready_s", "s", readies)])


if __name__ == "__main__":
    main()
