"""`janmilan simulate`: a whole district at play, and what came of it, told to people or to programs."""

import json
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.cli.failing import FOUND, Wrong
from bot.cli.place import read_place
from bot.cli.saying import bar, say
from bot.settings import DATABASES, EXAMPLES, SQLITE, Configuration
from bot.simulation import CannotSimulate, Files, Play, Summary, Troubles, simulate
from core.clock import SystemClock
from core.store.migrate import prepare
from core.store.queries.happenings import is_unused
from core.store.store import Store

WORDS = "words"
TOLD = {
    "registered": "complaints registered",
    "carded": "with their card in the right group",
    "acknowledged": "acknowledged",
    "solved": "solved",
    "closed": "closed",
    "satisfied": "closed by the complainant's own word",
    "unconfirmed": "closed without a confirmation",
    "reopened": "reopened",
    "overdue": "overdue at the end",
    "said": "messages said",
    "edited": "messages changed in their place",
    "refused": "requests refused",
    "failures": "failures",
    "unsaid": "messages that could not be said",
    "stuck": "stuck: open, and in nobody's group or forgotten by the clock",
    "breached": "due times that passed",
    "rungs": "reminders and escalations",
    "missed": "of them recorded with a higher one",
    "twice": "said twice",
    "in_quiet": "said in quiet hours",
    "present": "mornings of officers: present",
    "late": "late",
    "partial": "missed a roll-call",
    "seen_only": "only read",
    "absent": "absent",
    "not_known": "not known, since we were not receiving",
    "off_duty": "off duty",
    "on_leave": "on leave",
    "closed_day": "on a day declared a holiday afterwards",
    "amended": "changed after the report",
    "roll_calls": "roll-calls said in groups",
    "reminders": "private reminders of them",
    "verify": "the records",
}


@dataclass(frozen=True)
class Asked:
    """What was typed. None: the demo district's, a new configuration, a database that is thrown away, as
    many troubles as so many days usually bring."""

    departments: Path | None
    people: Path | None
    complaints: Path | None
    days: int
    seed: int
    each_morning: int | None
    config: Path | None
    database: str | None
    outages: int | None = None
    restarts: int | None = None
    holidays: int | None = None

    @property
    def troubles(self) -> Troubles:
        """What was asked for; else what so many days usually bring."""
        usual = Troubles.usual(self.days)
        return Troubles(
            outages=usual.outages if self.outages is None else self.outages,
            restarts=usual.restarts if self.restarts is None else self.restarts,
            holidays=usual.holidays if self.holidays is None else self.holidays,
        )


def run_simulation(asked: Asked, as_json: bool) -> None:
    """Play it and tell; ends the process with 1 where something was lost, stuck, failed or changed."""
    begun = time.monotonic()
    with _place_for(asked) as (settings, folder):
        play = Play(settings, folder, _files(asked), asked.days, asked.seed, asked.each_morning, asked.troubles)
        try:
            with bar("Simulating, hours") as progress:
                summary = simulate(play, progress)
        except CannotSimulate as cannot:
            raise Wrong(str(cannot)) from None
    facts = {**asdict(summary), "seconds": round(time.monotonic() - begun, 1)}
    if as_json:
        say(json.dumps(facts, ensure_ascii=False, indent=2))
    else:
        _tell(summary, facts)
    if not summary.good:
        raise SystemExit(FOUND)


@contextmanager
def _place_for(asked: Asked) -> Iterator[tuple[Configuration, Path]]:
    """The configuration, on a database with tables and nothing in it, and a folder; both gone afterwards."""
    place = read_place(asked.config) if asked.config else None
    settings = place.settings if place else Configuration()
    with tempfile.TemporaryDirectory(prefix="janmilan-simulation-") as name:
        folder = Path(name)
        if place is not None and (place.folder / WORDS).is_dir():
            shutil.copytree(place.folder / WORDS, folder / WORDS)
        url = asked.database or f"{SQLITE}{folder / 'simulation.db'}"
        if not url.startswith(DATABASES):
            raise Wrong(f"--database: this is no database that can be used; write {' or '.join(EXAMPLES)}")
        prepare(url)
        _need_unused(url)
        yield settings.model_copy(update={"database": url}), folder


def _need_unused(url: str) -> None:
    store = Store.open(url, SystemClock())
    try:
        if not store.read_now(is_unused):
            raise Wrong("--database: it holds an office already, and a simulation would mix with it; name a new one.")
    finally:
        store.close()


def _files(asked: Asked) -> Files:
    demo = Files()
    return Files(
        departments=asked.departments or demo.departments,
        people=asked.people or demo.people,
        complaints=asked.complaints or demo.complaints,
    )


def _tell(summary: Summary, facts: Mapping[str, object]) -> None:
    from rich.console import Console
    from rich.table import Table

    whole = Table(show_header=False, box=None, pad_edge=False)
    whole.add_column()
    whole.add_column(justify="right")
    for name, words in TOLD.items():
        whole.add_row(words, str(facts[name]))
    categories = Table("category", "registered", "solved", "in time", "overdue", box=None, pad_edge=False)
    for letter, each in summary.by_category.items():
        categories.add_row(letter, *map(str, (each.registered, each.solved, each.in_time, each.overdue)))
    console = Console()
    console.print(whole, "", categories, "", sep="\n")
    console.print(f"{facts['seconds']} seconds.")
