"""Presence of a large office after a year: today's absentees, a department's month, a mark written in its batch.

    make bench B=presence

100,000 officers in 300 departments, and a year of office days, of which each has a verdict for everybody: 29 million
rows of marks and as many verdicts, on both databases. `--days 30` fills a month and is enough to see the same times.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median

from bench.measuring.databases import SQLITE, postgresql
from bench.measuring.figures import Figure, figure, tell
from bench.measuring.mornings import NOON, filled_office
from bench.measuring.places import scratch
from core.clock import SetClock
from core.marking import mark
from core.office import Office
from core.presence import Mark
from core.standing import unseen
from core.store.queries.day_reports import absentees
from core.store.unit import UnitOfWork
from core.store.work import Work
from core.watching import month_of, sheet

BATCH, AGAIN = 64, 100
"""Marks of a batch: as many as the writer puts into one transaction. How often those that say nothing new come."""


def measure(office: Office, departments: int, rounds: int, batches: int) -> dict[str, list[float]]:
    """What each takes, by the figure's name."""
    first, last = month_of(NOON.date())
    names = ("absentees_ms", "unseen_ms", "presence_month_ms", "mark_us", "mark_again_us")
    found: dict[str, list[float]] = {each: [] for each in names}
    with office.store.reading() as connection:
        watch = office.watch(connection)  # people and windows are kept in memory
        for number in range(rounds + 1):
            department = number % departments + 1
            times = {
                "absentees_ms": _ms("absentees_ms", lambda: absentees(watch.run, watch.today)),
                "unseen_ms": _ms("unseen_ms", lambda: unseen(watch)),
                "presence_month_ms": _ms(
                    "presence_month_ms",
                    lambda department=department: sheet(watch, department, first, last),  # type: ignore[misc]
                ),
            }
            for name, taken in times.items() if number else ():  # the first of each warms what the database holds
                found[name].append(taken)
    people = len(watch.attending)
    for number in range(rounds):
        found["mark_us"].append(_marks(office, people, number, batches))
        found["mark_again_us"].append(_marks_again(office, number))
    return found


def _ms(name: str, call: Callable[[], object]) -> float:
    """Milliseconds until it is there; printed beside them is what our own thread computed of it."""
    begun, worked = time.perf_counter(), time.thread_time()
    call()
    took, work = (time.perf_counter() - begun) * 1000, (time.thread_time() - worked) * 1000
    print(f"  {name}: {took:.1f}, {work:.1f} of them CPU of ours", flush=True)
    return took


def _marks(office: Office, people: int, number: int, batches: int) -> float:
    """Microseconds of CPU a mark with its share of the batch and its commit."""
    assert isinstance(office.clock, SetClock)
    office.clock.set(NOON - timedelta(hours=2))
    marks = [
        Mark((number * 7919 + each * 104729) % people + 1, NOON - timedelta(hours=2, seconds=each % 900))
        for each in range(batches * BATCH)
    ]

    def keep(begin: int) -> Work[None]:
        def run(unit: UnitOfWork) -> None:
            for each in marks[begin : begin + BATCH]:
                mark(office, unit, each)

        return Work(run)

    begun = time.process_time()
    for batch in range(batches):
        office.store.do_now(keep(batch * BATCH))
    spent = time.process_time() - begun
    office.clock.set(NOON)
    return spent * 1_000_000 / len(marks)


def _marks_again(office: Office, number: int) -> float:
    """Microseconds of CPU of a mark that says nothing new: the same people once more in that minute."""
    assert isinstance(office.clock, SetClock)
    office.clock.set(NOON - timedelta(hours=2))
    begun = NOON - timedelta(hours=2, minutes=-number)
    marks = [Mark(person + 1, begun + timedelta(milliseconds=person)) for person in range(BATCH)]
    spent = []

    def keep(unit: UnitOfWork) -> None:
        begun = time.thread_time()
        for _ in range(AGAIN):
            for each in marks:
                mark(office, unit, each)
        spent.append(time.thread_time() - begun)

    office.store.do_now(Work(lambda unit: [mark(office, unit, each) for each in marks]))
    office.store.do_now(Work(keep))
    office.clock.set(NOON)
    return spent[0] * 1_000_000 / len(marks) / AGAIN


@contextmanager
def _database(name: str, folder: Path) -> Iterator[str]:
    if name == "sqlite":
        yield f"{SQLITE}{folder / 'mornings.db'}"
        return
    with postgresql() as kind:
        yield kind.url


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Presence of a large office after a year of mornings.")
    parser.add_argument("--officers", type=int, default=100_000)
    parser.add_argument("--departments", type=int, default=300)
    parser.add_argument("--days", type=int, default=290, help="office days that are filled")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--batches", type=int, default=200, help="of marks, in a round")
    parser.add_argument("--databases", nargs="*", default=["sqlite", "postgresql"])
    asked = parser.parse_args()
    found: dict[str, dict[str, list[float]]] = {}
    for name in asked.databases:
        with scratch() as folder, _database(name, folder) as url:
            print(f"{name}: filling {asked.days} days of {asked.officers} officers ...", flush=True)
            begun = time.monotonic()
            office = filled_office(url, asked.officers, asked.departments, asked.days)
            print(f"{name}: filled in {time.monotonic() - begun:.0f} s", flush=True)
            found[name] = measure(office, asked.departments, asked.rounds, asked.batches)
            office.store.close()
    tell(_figures(found))


def _figures(found: dict[str, dict[str, list[float]]]) -> list[Figure]:
    """Those of each database, and of the slower one under the name alone."""
    by_database = [
        figure(f"{each}_{name}", each.rpartition("_")[2], runs)
        for name, of in found.items()
        for each, runs in of.items()
    ]
    names = next(iter(found.values()))
    worse = [
        figure(each, each.rpartition("_")[2], max((of[each] for of in found.values()), key=median)) for each in names
    ]
    return [*by_database, *worse]


if __name__ == "__main__":
    main()
