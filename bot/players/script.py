"""Who does what at which minute of the morning: drawn from script.yaml by the day, so that a day is always the same."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.simulation.district import FIRST_PHONE
from core.demo.district import DATA
from core.demo.lives import STORY
from core.directory import Directory
from core.imports.complaints import complaint_sheet
from core.presence import Attending

OWN_PHONES = 50_000
"""Numbers that nobody of the demo's past has."""

ANOTHER_SAMPLE = 37
"""From one petition to the next in the list of samples: another part of the district each time, none twice."""


@dataclass(frozen=True)
class Attends:
    """Somebody answers a roll-call. `first`: for the first time.   reads: they only read; leave: they are on leave."""

    at: datetime
    person: int
    first: bool
    habit: str
    reads: bool
    leave: bool


@dataclass(frozen=True)
class Petition:
    """What is registered at the desk, as POST /api/petitions takes it, and what the department then does."""

    at: datetime
    number: int
    department: str
    body: Mapping[str, Any]
    course: "Course"


@dataclass(frozen=True)
class Course:
    """What a department does with a complaint. `begin`, `end`: how long after the card, and how long after that."""

    name: str
    begin: timedelta
    end: timedelta
    photo: int


@dataclass(frozen=True)
class Script:
    """The whole morning. `until`: nobody begins anything later; then a senior looks at who was absent, at `senior`.

    sentences: what people write, by kind.
    """

    begin: datetime
    attends: tuple[Attends, ...]
    petitions: tuple[Petition, ...]
    until: datetime
    senior: datetime
    sentences: Mapping[str, Sequence[str]]


def draw(begin: datetime, day: date, directory: Directory, attending: Sequence[Attending]) -> Script:
    """The morning of a day whose window begins at `begin`, for everybody who is expected in it."""
    told = _told()
    attends = [each for person in attending for each in _attends(begin, day, person.person, told)]
    return Script(
        begin=begin,
        attends=tuple(sorted(attends, key=lambda each: each.at)),
        petitions=tuple(_petitions(begin, day, directory, told)),
        until=begin + timedelta(minutes=told["until"]),
        senior=begin + timedelta(minutes=told["senior"]),
        sentences=told["sentences"],
    )


def _attends(begin: datetime, day: date, person: int, told: Any) -> Iterator[Attends]:
    chance = random.Random(f"{day}/attends/{person}")
    (habit,) = chance.choices(told["attendance"], [each["weight"] for each in told["attendance"]])
    # Most press soon after the message, some take their time.
    later = told["spread"] * chance.random() ** 2
    for number, minute in enumerate(habit["does"]):
        at = begin + timedelta(minutes=minute + later)
        reads, leave = bool(habit.get("reads")), bool(habit.get("leave"))
        yield Attends(at, person, number == 0, habit["name"], reads, leave)


def _petitions(begin: datetime, day: date, directory: Directory, told: Any) -> Iterator[Petition]:
    letters = {each.code for each in directory.departments.values()}
    samples = [
        line for line in complaint_sheet(DATA / "sample_complaints.csv").lines if line["department_code"] in letters
    ]
    first, last, in_all = (told["petitions"][name] for name in ("first", "last", "number"))
    for number in range(in_all if samples else 0):
        chance = random.Random(f"{day}/petition/{number}")
        line = samples[(day.toordinal() + number * ANOTHER_SAMPLE) % len(samples)]
        minute = first + (last - first) * (number + chance.random() * 0.8) / in_all
        body = {
            "name": f"{chance.choice(STORY['first_names'])} {chance.choice(STORY['family_names'])}",
            "phone": str(FIRST_PHONE + OWN_PHONES + number * ANOTHER_SAMPLE),
            "village": line["village"],
            "words": line["text_hi"],
            "parts": [{"department": line["department_code"], "category": line["category"]}],
            "waiting": chance.random() < 0.3,
        }
        at = begin + timedelta(minutes=minute)
        yield Petition(at, number, line["department_code"], body, _course(chance, number, told))


def _course(chance: random.Random, number: int, told: Any) -> Course:
    (drawn,) = chance.choices(told["courses"], [each["weight"] for each in told["courses"]])
    begin, end = (timedelta(minutes=chance.uniform(*drawn[name])) for name in ("begin", "end"))
    return Course(drawn["name"], begin, end, photo=OWN_PHONES + number)


@cache
def _told() -> Any:
    return yaml.safe_load(Path(__file__).with_name("script.yaml").read_text(encoding="utf-8"))
