"""Updates a second, each durable, beside the peers: the courier drains meanwhile, and the outbox is empty at the end.

    make bench B=updates

Ours goes through the composition root and the adapter as shipped, cut at the network (bench/measuring/bot_api.py); the
peers each through their own polling and dispatcher, writing the same rows in one transaction an update (bench/peers).
All are fed the same updates (bench/measuring/mix.py), in turns, each run in a fresh process on a fresh copy of the
database.

Chosen for the peers, as the fastest of what was tried: transactions in the event loop and not in a thread of their own
(the change of threads costs more than the waiting), for aiogram uvloop, as its extra `fast` brings it, and at most
eight updates at a time (its default is no limit, which fills the memory and is slower), for python-telegram-bot one
update after the other, its default.
"""

import argparse
import json
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from bench.measuring.databases import Kind, postgresql, sqlite
from bench.measuring.disk import disk_commits
from bench.measuring.district import make_district
from bench.measuring.figures import Figure, figure, tell
from bench.measuring.mix import SHARES, bodies, complaints_for, kind_of
from bench.measuring.peers import PEERS, NoPeer, Peer, peer
from bench.measuring.places import scratch
from bench.measuring.processes import measured

PEER_OPTIONS = {"aiogram": (), "python_telegram_bot": ("--plain-loop",)}


@dataclass
class Runs:
    """What the runs came to, in the order of the rounds: by database, by peer, and of the disk."""

    ours: dict[str, list[dict[str, Any]]]
    theirs: dict[str, list[dict[str, Any]]]
    disk: list[float]


def measure(count: int, rounds: int, databases: Sequence[str], peers: Sequence[Peer]) -> Runs:
    """`count` updates in each of `rounds`, on these kinds of database and by these peers."""
    runs = Runs({name: [] for name in databases}, {each.name: [] for each in peers}, [])
    with ExitStack() as stack:
        folder = stack.enter_context(scratch())
        kinds = [sqlite(folder) if name == "sqlite" else stack.enter_context(postgresql()) for name in databases]
        for kind in kinds:
            standing = make_district(kind.url, folder, complaints_for(count))
        file, complaints = folder / "bodies", folder / "standing"
        updates = list(bodies(standing, count))
        file.write_bytes(b"\n".join(updates))
        complaints.write_text(json.dumps([[each.id, each.code, each.department] for each in standing]))
        for number in range(1, rounds + 1):
            runs.disk.append(disk_commits(folder))
            for ours, each in _in_turns(kinds, peers):
                if ours is not None:
                    run = measured("bench.measuring.feeding", ours.copied(), str(folder), str(file))
                    runs.ours[ours.name].append(run)
                if each is not None:
                    given = (str(folder), str(file), str(complaints), *PEER_OPTIONS[each.name])
                    run = measured(each.module, *given, python=each.python)
                    runs.theirs[each.name].append(run)
                _check(run, updates)
                _tell_run(number, ours.name if ours is not None else each.name if each else "", run)
    return runs


def figures_of(runs: Runs) -> list[Figure]:
    """All figures; a ratio is taken within a round, so that the machine's slow minutes hit both sides of it."""
    figures = [figure(f"updates_{name}", "updates/s", _each(ours, "rate")) for name, ours in runs.ours.items()]
    first = next(iter(runs.ours.values()))
    figures.append(figure("cpu_us_per_update", "us", _each(first, "cpu_us")))
    for name, theirs in runs.theirs.items():
        ratios = [ours / other for ours, other in zip(_each(first, "rate"), _each(theirs, "rate"), strict=True)]
        figures.append(figure(f"updates_{name}", "updates/s", _each(theirs, "rate")))
        figures.append(figure(f"ratio_{name}", "times", ratios))
        figures.append(figure(f"cpu_us_per_update_{name}", "us", _each(theirs, "cpu_us")))
    return [*figures, figure("disk_commits", "commits/s", runs.disk)]


def _in_turns(kinds: Sequence[Kind], peers: Sequence[Peer]) -> Sequence[tuple[Kind | None, Peer | None]]:
    """Ours, a peer, ours on the other database, the other peer."""
    longest = max(len(kinds), len(peers))
    ours, theirs = [*kinds, *[None] * longest][:longest], [*peers, *[None] * longest][:longest]
    turns: list[tuple[Kind | None, Peer | None]] = []
    for kind, each in zip(ours, theirs, strict=True):
        turns += [(kind, None)] if kind else []
        turns += [(None, each)] if each else []
    return turns


def _check(run: dict[str, Any], updates: Sequence[bytes]) -> None:
    """Every solution and every "I'm on it" must have taken effect, or the run did less than it should."""
    kinds = [kind_of(body) for body in updates]
    wanted = {"solved": kinds.count("solution"), "acknowledged": kinds.count("acknowledge")}
    there = {name: run[name] for name in wanted}
    if there != wanted or run.get("failures") or run.get("refused"):
        raise RuntimeError(f"{wanted} were fed, {there} took effect, {run.get('refused', 0)} were refused")


def _tell_run(number: int, name: str, run: dict[str, Any]) -> None:
    sent = f"{run['said']} said, {run['edited']} edited, {run['toasted']} presses answered"
    print(
        f"round {number} {name}: {run['rate']:.0f} updates/s, {run['cpu_us']:.0f} us of CPU each, {sent}, "
        f"at most {run['peak_mb']:.0f} MB",
        flush=True,
    )


def _each(runs: Sequence[dict[str, Any]], name: str) -> list[float]:
    return [float(run[name]) for run in runs]


def _peers(names: Sequence[str], install: bool) -> list[Peer]:
    there = []
    for name in names:
        try:
            there.append(peer(name, install))
        except NoPeer as none:
            print(none)
    return there


def main() -> None:
    """The command line."""
    shares = ", ".join(f"{share} of {kind}" for kind, share in SHARES.items())
    parser = argparse.ArgumentParser(
        description=f"Updates a second, durable, beside the peers. In a hundred: {shares}."
    )
    parser.add_argument("--count", type=int, default=4000, help="updates in a round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--databases", nargs="*", default=["sqlite", "postgresql"])
    parser.add_argument("--peers", nargs="*", default=list(PEERS))
    parser.add_argument("--no-install", action="store_true", help="leave out the peers that are not installed yet")
    asked = parser.parse_args()
    tell(figures_of(measure(asked.count, asked.rounds, asked.databases, _peers(asked.peers, not asked.no_install))))


if __name__ == "__main__":
    main()
