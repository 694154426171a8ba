"""Updates a second, every one durable: through the office as shipped, its courier draining beside, the outbox empty at
the end.

    make bench B=updates

What is fed is `bench/measuring/mix.py`; where it is cut off the network, `bench/measuring/bot_api.py`.
"""

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.measuring.databases import Kind, postgresql, sqlite
from bench.measuring.disk import disk_commits
from bench.measuring.district import make_district
from bench.measuring.feeding import Fed
from bench.measuring.figures import Figure, figure, tell
from bench.measuring.mix import bodies, complaints_for
from bench.measuring.processes import measured

SCRATCH = Path(__file__).parents[1] / ".bench"


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder on the disk that is measured, gone afterwards."""
    SCRATCH.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=SCRATCH) as folder:
        yield Path(folder)


def measure(count: int, rounds: int, names: tuple[str, ...]) -> list[Figure]:
    """The figures of `count` updates in each of `rounds`, on these kinds of database."""
    with ExitStack() as stack:
        folder = stack.enter_context(scratch())
        kinds = [sqlite(folder) if name == "sqlite" else stack.enter_context(postgresql()) for name in names]
        for kind in kinds:
            standing = make_district(kind.url, folder, complaints_for(count))
        file = folder / "bodies"
        file.write_bytes(b"\n".join(bodies(standing, count)))
        fed: dict[str, list[Fed]] = {kind.name: [] for kind in kinds}
        disk = []
        for number in range(rounds):
            disk.append(disk_commits(folder))
            for kind in kinds:
                fed[kind.name].append(_run(kind, folder, file))
                _tell_run(number, kind.name, fed[kind.name][-1])
    figures = [figure(f"updates_{name}", "updates/s", [each.rate for each in runs]) for name, runs in fed.items()]
    figures += [figure("cpu_us_per_update", "us", [each.cpu_us for each in next(iter(fed.values()))])]
    return [*figures, figure("disk_commits", "commits/s", disk)]


def _run(kind: Kind, folder: Path, file: Path) -> Fed:
    return Fed(**measured("bench.measuring.feeding", kind.copied(), str(folder), str(file)))


def _tell_run(number: int, name: str, fed: Fed) -> None:
    print(
        f"round {number + 1} {name}: {fed.rate:.0f} updates/s, {fed.cpu_us:.0f} us of CPU each, "
        f"{fed.said} said, {fed.edited} edited, {fed.toasted} toasts, {fed.solved} solved, {fed.refused} refused",
        flush=True,
    )


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=3000, help="updates in a round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--databases", nargs="*", default=["sqlite", "postgresql"])
    asked = parser.parse_args()
    tell(measure(asked.count, asked.rounds, tuple(asked.databases)))


if __name__ == "__main__":
    main()
