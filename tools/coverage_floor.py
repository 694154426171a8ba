"""Fails when the tests cover too little: 85% of all lines and branches, 90% of the rules in core.

Reads the data that `pytest --cov` left in the current folder.

    python tools/coverage_floor.py
"""

import subprocess
import sys

FLOORS = {"core/*": 90, "*": 85}


def main() -> int:
    """Print a report for each floor; returns 1 when one is missed, else 0."""
    missed = 0
    for files, percent in FLOORS.items():
        print(f"Coverage of {files}, at least {percent}%:", flush=True)
        report = [sys.executable, "-m", "coverage", "report", "--skip-covered", "--show-missing"]
        missed |= subprocess.run([*report, f"--include={files}", f"--fail-under={percent}"], check=False).returncode
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
