"""The past of the demo district as data: which sample was registered when, and what was then done with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from core.demo.district import DATA
from core.imports.complaints import complaint_sheet
from core.office_days import OfficeCalendar

STORY: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("lives.yaml").read_text(encoding="utf-8"))
NOT_OPTIONS = ("after", "do", "by", "part", "category")
FIRST_PHONE = 5_550_000_001


@dataclass(frozen=True)
class Step:
    """Something that is done with a complaint at an instant. `part`: with which of the petition's, None: each."""

    at: datetime
    number: int
    do: str
    by: str
    part: int | None = None
    options: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True)
class Life:
    """A petition of the demo district. `number` counts from 1; `departments` are letters."""

    number: int
    at: datetime
    departments: tuple[str, ...]
    category: str
    words: str
    village: str
    name: str
    phone: str
    waiting: bool
    confidential: bool
    about: str | None
    steps: tuple[Step, ...]


def lives_until(now: datetime, calendar: OfficeCalendar) -> tuple[Life, ...]:
    """The petitions that were registered before `now`, each with the steps that lie before it, in order of time."""
    samples = complaint_sheet(DATA / "sample_complaints.csv").lines
    departments = [line["department_code"] for line in samples]
    days = _office_days_before(now, calendar, 1 + max(life["days_ago"] for life in STORY["lives"]))
    lives = []
    for number, line in enumerate(samples, start=1):
        told = STORY["lives"][(number - 1) % len(STORY["lives"])]
        special = STORY["special"].get(number, {})
        at = _in_the_hearing(days[told["days_ago"]], number, calendar)
        lives.append(
            Life(
                number=number,
                at=at,
                departments=_departments(departments, number, bool(told.get("with_next"))),
                category=line["category"],
                words=line["text_hi"],
                village=line["village"],
                name=special.get("name") or _name(number),
                phone=str(FIRST_PHONE + number * 37) if number % 9 else "",
                waiting=told["days_ago"] == 0 and number % 2 == 0,
                confidential=bool(special.get("confidential")),
                about=special.get("about"),
                steps=_steps(told["steps"], line["category"], at, now, calendar),
            )
        )
    return tuple(sorted(lives, key=lambda life: life.at))


def another_department(departments: Sequence[str], number: int) -> str:
    """A department that the sample `number` could be sent to: that of the next sample which belongs to another."""
    after = [*departments[number:], *departments]
    return next(each for each in after if each != departments[number - 1])


def sentence(kind: str, number: int) -> str:
    """A sentence of the story, another for each petition."""
    sentences: list[str] = STORY[kind]
    return sentences[number % len(sentences)]


def _departments(departments: Sequence[str], number: int, with_next: bool) -> tuple[str, ...]:
    own = departments[number - 1]
    return (own, another_department(departments, number)) if with_next else (own,)


def _name(number: int) -> str:
    first, family = STORY["first_names"], STORY["family_names"]
    return f"{first[number % len(first)]} {family[number % len(family)]}"


def _office_days_before(now: datetime, calendar: OfficeCalendar, count: int) -> list[date]:
    """The last office days whose hearing was over at `now`, the latest first."""
    days: list[date] = []
    day = calendar.day_of(now)
    while len(days) < count:
        window = calendar.window_on(day)
        if window is not None and window[1] <= now:
            days.append(day)
        day -= timedelta(days=1)
    return days


def _in_the_hearing(day: date, number: int, calendar: OfficeCalendar) -> datetime:
    window = calendar.window_on(day)
    assert window is not None, "only days with a hearing are asked for"
    begin, end = window
    return begin + (end - begin) * (number * 7 % 113) / 120 + timedelta(seconds=number % 60)


def _steps(
    told: Sequence[Mapping[str, Any]], category: str, registered: datetime, now: datetime, calendar: OfficeCalendar
) -> tuple[Step, ...]:
    steps = []
    for number, each in enumerate(told, start=1):
        at = calendar.add_office_time(registered, timedelta(hours=each["after"]), with_window=True)
        options = {name: value for name, value in each.items() if name not in NOT_OPTIONS}
        if at <= now and each.get("category") in (None, category):
            steps.append(Step(at, number, each["do"], each["by"], each.get("part"), options))
    return tuple(steps)
