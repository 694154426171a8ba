"""Who is who, and who brings what on which morning; from an office's own files, or the demo district's."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from bot.simulation.chats import ACCOUNT
from bot.simulation.habits import Habits
from core.commands import BindGroup, Part, RegisterPetition
from core.directory import Directory
from core.groups import Purpose
from core.imports.complaints import complaint_sheet, petition_of
from core.imports.departments import alias_sheet, department_sheet, import_departments
from core.imports.people import import_people, people_sheet
from core.imports.report import Imported, RowRefused
from core.office import Office
from core.office_days import OfficeCalendar
from core.people import Actor, Door, Role, Via
from core.store.queries.holidays import freeze_years
from core.store.work import Work

ADMINISTRATION = "group:administration"
FIRST_DAY = date(2026, 6, 1)
"""The Monday on which every simulation begins."""

FIRST_PHONE = 5_550_000_001
_DEMO = Path(__file__).parents[2] / "core" / "data" / "demo"
_MOST_TOLD = 10


class CannotSimulate(Exception):
    """The files or the configuration make no district that could be played; the words say what to correct."""


@dataclass(frozen=True)
class Files:
    """The district's lists, as `janmilan import` takes them."""

    departments: Path = _DEMO / "departments.csv"
    people: Path = _DEMO / "people.csv"
    complaints: Path = _DEMO / "sample_complaints.csv"
    aliases: Path | None = None


@dataclass(frozen=True)
class Arrival:
    """Somebody at the desk. `number` counts from 1.   in_chat: they will also look for the bot."""

    number: int
    at: datetime
    petition: RegisterPetition
    operator: Actor
    in_chat: bool
    chance: random.Random


def make_district(office: Office, files: Files) -> Directory:
    """Bring in departments and people, freeze the holidays, bind a group for each department and the administration's.

    Raises CannotSimulate and BadFile.
    """
    store, settings = office.store, office.settings
    store.do_now(Work(lambda unit: freeze_years(unit, settings, FIRST_DAY)))
    aliases = files.aliases
    if aliases is None and files.departments == Files().departments:
        aliases = _DEMO / "department_aliases.csv"
    sheet = department_sheet(files.departments)
    _need_good(files.departments, import_departments(store, sheet, alias_sheet(aliases) if aliases else None))
    _need_good(files.people, import_people(store, people_sheet(files.people), account=ACCOUNT))
    system = Actor(None, Via(Door.COMMAND), system=True)
    departments = store.read_now(store.directory).departments.values()
    bound = [BindGroup(ACCOUNT, f"group:{each.code}", Purpose.DEPARTMENT, each.code) for each in departments]
    bound.append(BindGroup(ACCOUNT, ADMINISTRATION, Purpose.ADMINISTRATION))
    store.do_now(Work(lambda unit: [office.perform(unit, each, system) for each in bound]))
    directory = store.read_now(store.directory)
    if not directory.with_role(Role.OPERATOR):
        raise CannotSimulate(f"{files.people}: nobody is an operator; give one person the role operator")
    return directory


def arrivals(
    office: Office,
    directory: Directory,
    files: Files,
    habits: Habits,
    days: Sequence[date],
    calendar: OfficeCalendar,
    seed: int,
    each_morning: int | None,
) -> Iterator[Arrival]:
    """Who comes to the hearings of `days`, in order of time: the file once, or `each_morning` so many of its rows, over
    and over. Raises CannotSimulate and BadFile."""
    petitions = _petitions(office, directory, files.complaints)
    mornings = [window for day in days if (window := calendar.window_on(day)) is not None]
    if not mornings:
        raise CannotSimulate("there is no hearing on any of these days; take more days, or open one in config.yaml")
    in_all = each_morning * len(mornings) if each_morning else len(petitions)
    for index, (begin, end) in enumerate(mornings):
        first, last = in_all * index // len(mornings), in_all * (index + 1) // len(mornings)
        for number in range(first + 1, last + 1):
            chance = random.Random(f"{seed}/{number}")
            at = begin + (end - begin) * (number - first - chance.random()) / (last - first)
            petition = petitions[(number - 1) % len(petitions)]
            yield _arrival(number, at.replace(microsecond=0), petition, directory, habits, chance)


def _arrival(
    number: int,
    at: datetime,
    petition: RegisterPetition,
    directory: Directory,
    habits: Habits,
    chance: random.Random,
) -> Arrival:
    happens = {name: chance.random() < share for name, share in habits.petitions.items()}
    phone = petition.phone or ("" if happens["without_phone"] else str(FIRST_PHONE + number * 37))
    seniors, codes = directory.with_role(Role.SENIOR), sorted(each.code for each in directory.departments.values())
    parts = petition.parts
    if happens["two_departments"] and len(parts) == 1 and len(codes) > 1:
        parts += (Part(chance.choice([each for each in codes if each != parts[0].department]), parts[0].category),)
    first, family = habits.sentences["first_names"], habits.sentences["family_names"]
    filled = replace(
        petition,
        name=f"{chance.choice(first)} {chance.choice(family)}",
        phone=phone,
        parts=parts,
        waiting=happens["waiting"],
        confidential=petition.confidential or happens["confidential"],
        about=petition.about or (min(directory.departments) if happens["about_an_office"] else None),
        heard_by=chance.choice(seniors).id if seniors else None,
    )
    operator = chance.choice(directory.with_role(Role.OPERATOR))
    by = directory.actor(operator.id, Via(Door.DESK))
    return Arrival(number, at, filled, by, bool(phone) and happens["in_the_chat"], chance)


def _petitions(office: Office, directory: Directory, file: Path) -> Sequence[RegisterPetition]:
    petitions, wrong = [], []
    for line in complaint_sheet(file).lines:
        try:
            petitions.append(petition_of(line, directory, office.settings.office.language))
        except RowRefused as refused:
            wrong.append(f"{file}:{line.number}: {refused}")
    if wrong or not petitions:
        raise CannotSimulate("\n".join(wrong[:_MOST_TOLD]) or f"{file}: there is no complaint in it")
    return petitions


def _need_good(file: Path, done: Imported) -> None:
    if not done.written:
        raise CannotSimulate("\n".join(f"{file}:{bad.line}: {bad.reason}" for bad in done.bad[:_MOST_TOLD]))


def days_from(first: date, days: int) -> Sequence[date]:
    """So many days, one after the other."""
    return [first + timedelta(days=number) for number in range(days)]
