"""The first sweep after a weekend without power: ten thousand open complaints, all of them overdue, on both databases.

    make bench B=sweep

They were registered on a Thursday and due on the Friday; nobody ran until Monday noon. One sweep records every breach,
lets the highest rung of each speak, and tells each chat once. Counted is the wall's time until all of it is durable.
"""

import argparse
import asyncio
import gc
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from datetime import time as wall
from functools import partial
from pathlib import Path

from bench.measuring.databases import Kind, postgresql, sqlite
from bench.measuring.figures import figure, tell
from bench.measuring.places import scratch
from bot.app import Running, put_together
from bot.settings import Configuration
from bot.simulation.chats import ACCOUNT, Chats
from bot.simulation.district import FIRST_DAY, Files, make_district
from bot.store.answers import waiting_by_kind
from core.clock import SetClock
from core.commands import Part, RegisterPetition
from core.people import Actor, Door, Role, Via
from core.proof import verify
from core.store.migrate import upgrade
from core.store.unit import UnitOfWork
from core.store.work import Work

MOST_AT_ONCE = 64
WORDS = "नाली टूटने से गंदा पानी हैंडपंप के पास भर गया है"


@contextmanager
def office(url: str, folder: Path, at: datetime) -> Iterator[tuple[Running, SetClock]]:
    """The demo district on the database at `url`, at that moment."""
    settings = Configuration(database=url, accounts={})
    clock = SetClock(at)
    running = put_together(settings, clock, folder, others={ACCOUNT: Chats()})
    try:
        yield running, clock
    finally:
        running.store.close()


def fill(url: str, folder: Path, count: int) -> None:
    """So many complaints of category A on the first Thursday, in all departments; all of their cards said."""
    upgrade(url)
    with office(url, folder, thursday()) as (running, _clock):
        directory = make_district(running.office, Files())
        operator = directory.with_role(Role.OPERATOR)[0]
        by = directory.actor(operator.id, Via(Door.DESK))
        letters = sorted(each.code for each in directory.departments.values())
        commands = [
            RegisterPetition(
                name="सावित्री देवी",
                phone=str(9_000_000_000 + number),
                village="बसही",
                words=WORDS,
                parts=(Part(letters[number % len(letters)], "A"),),
            )
            for number in range(count)
        ]
        for begin in range(0, count, MOST_AT_ONCE):
            some = commands[begin : begin + MOST_AT_ONCE]
            running.store.do_now(Work(partial(_register_all, running, some, by)))
        asyncio.run(running.courier.say_all())


def _register_all(running: Running, commands: Sequence[RegisterPetition], by: Actor, unit: UnitOfWork) -> None:
    for each in commands:
        running.office.perform(unit, each, by)


def thursday() -> datetime:
    """Noon of the first Thursday that the demo district has."""
    zone = Configuration().office.zone
    day = FIRST_DAY
    while day.weekday() != 3:
        day += timedelta(days=1)
    return datetime.combine(day, wall(15), zone)


def swept(kind: Kind, folder: Path, count: int) -> float:
    """Seconds of the first sweep on a fresh copy. Raises AssertionError where it did anything twice, or not at all."""
    with office(kind.copied(), folder, thursday() + timedelta(days=3, hours=21)) as (running, _clock):
        gc.collect()
        gc.freeze()  # as a running office does with what it has imported (bot/cli/commands.py)
        begun, worked = time.perf_counter(), time.process_time()
        done = asyncio.run(running.clockwork.look_at_complaints())
        took, work = time.perf_counter() - begun, time.process_time() - worked
        again = asyncio.run(running.clockwork.look_at_complaints())
        assert (done, again) == (count, 0), f"{done} of {count} were done, then {again}"
        assert running.store.read_now(verify).clean
        _need_one_message_for_each(running)
        print(f"  {kind.name}: {took:.1f} s, {work:.1f} s of them CPU of ours", flush=True)
    return took


def _need_one_message_for_each(running: Running) -> None:
    """Raises AssertionError where a chat would be told twice; prints how many are told, and how many cards follow."""
    said, chats, cards = running.store.read_now(waiting_by_kind)
    assert said == chats > 0, f"{said} messages for {chats} chats"
    print(f"  {said} messages, one for each chat that is told; {cards} cards follow", flush=True)


def measure(kinds: Sequence[Kind], count: int, rounds: int) -> None:
    """The figures of each kind of database."""
    figures = []
    for kind in kinds:
        with scratch() as folder:
            fill(kind.url, folder, count)
            took = [swept(kind, folder, count) for _ in range(rounds)]
        figures.append(figure(f"sweep_10000_s_{kind.name}", "s", took))
    tell(figures)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="The first sweep over complaints that are all overdue.")
    parser.add_argument("--complaints", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with scratch() as folder, postgresql() as server:
        measure([sqlite(folder), server], asked.complaints, asked.rounds)


if __name__ == "__main__":
    main()
