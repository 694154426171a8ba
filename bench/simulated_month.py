"""A month of a whole district, played and then checked another way: 74 departments, 600 officers, a hundred complaints
a morning, leave, holidays, outages and a restart; how long it takes, and whether anything of it is wrong.

    make bench B=simulated_month

Every verdict, roll-call, reminder, rung and breach is worked out again, slowly, from what was seen of the play
(tests/bot/simulation); only the play is in the figure.
"""

import argparse
import csv
import time
from pathlib import Path

from bench.measuring.figures import figure, tell
from bench.measuring.places import scratch
from bot.settings import Configuration
from bot.simulation import Files, Play, Summary, Troubles, simulate
from bot.simulation.witness import Seen
from core.store.migrate import prepare
from tests.bot.simulation.checking import checked
from tests.bot.simulation.raw import Raw

MOST_TOLD = 20


def officers_of_the_demo(folder: Path, number: int) -> Files:
    """The demo district's lists, with so many people in its departments: of the demo, and further members."""
    demo = Files()
    with demo.people.open(encoding="utf-8", newline="") as file:
        people = list(csv.DictReader(file))
    codes = sorted({each["department_code"] for each in people} - {""})
    further = number - sum(each["department_code"] != "" for each in people)
    for count in range(further):
        row = dict.fromkeys(people[0], "")
        names = {"name_hi": f"कर्मचारी {count + 1}", "name_en": f"Officer {count + 1}"}
        people.append({**row, **names, "department_code": codes[count % len(codes)], "role": "member", "staff": "no"})
    file_of_people = folder / "people.csv"
    with file_of_people.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(people[0]))
        writer.writeheader()
        writer.writerows(people)
    return Files(people=file_of_people)


def played(days: int, each_morning: int, officers: int, seed: int) -> tuple[float, Summary, Raw, list[str]]:
    """Seconds that it took, what it summed up, what it left behind, and what is wrong with that."""
    with scratch() as folder:
        url = f"sqlite:///{folder / 'simulation.db'}"
        settings, seen = Configuration(database=url), list[Seen]()
        files = officers_of_the_demo(folder, officers)
        begun, worked = time.perf_counter(), time.process_time()
        prepare(url)
        play = Play(settings, folder, files, days, seed, each_morning, Troubles.usual(days), seen.append)
        summary = simulate(play)
        took, work = time.perf_counter() - begun, time.process_time() - worked
        print(f"seed {seed}: {took:.1f} s, {work:.1f} s of them CPU", flush=True)
        return took, summary, *checked(url, settings, days, seen)


def show(summary: Summary, raw: Raw, wrong: list[str]) -> None:
    """What was played and checked. Raises SystemExit where anything is wrong."""
    print(f"  {summary.registered} complaints, {summary.said} messages said, {summary.edited} changed")
    print(f"  {len(raw.members)} officers, {len(raw.verdicts)} verdicts, {summary.amended} of them amended")
    print(f"  {summary.roll_calls} roll-calls, {summary.reminders} reminders, {summary.rungs} rungs", end="")
    print(f", {summary.breached} due times that passed")
    print(f"  {len(raw.deaf)} outages, {len(raw.declared)} declared holidays; the records: {summary.verify}")
    print(f"  worked out again from what was seen: {len(wrong)} of it wrong", flush=True)
    for each in wrong[:MOST_TOLD]:
        print(f"    {each}")
    if wrong or not summary.good:
        raise SystemExit(f"something is wrong: {summary}")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="How long a month of full mornings takes, and whether all is right.")
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--each-morning", type=int, default=100)
    parser.add_argument("--officers", type=int, default=600)
    parser.add_argument("--rounds", type=int, default=1)
    asked = parser.parse_args()
    took = []
    for seed in range(1, asked.rounds + 1):
        seconds, summary, raw, wrong = played(asked.days, asked.each_morning, asked.officers, seed)
        took.append(seconds)
        show(summary, raw, wrong)
    tell([figure("simulate_month_s", "s", took)])


if __name__ == "__main__":
    main()
