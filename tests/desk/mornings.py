"""A morning of the small district at the desk: groups bound, people seen, days reported."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

from core.commands import BindGroup
from core.day_reports import report
from core.groups import Purpose
from core.marking import mark
from core.people import Actor, Door, Via
from core.presence import Mark, Strength
from core.receiving import note_receiving
from core.store.work import Work
from tests.desk.serving import Served, serving
from tests.district import DEPARTMENT_IDS, PEOPLE, WEDNESDAY_10, District

WEDNESDAY = date(2026, 11, 25)
NINE = WEDNESDAY_10 - timedelta(hours=1)
SYSTEM = Actor(None, Via(Door.COMMAND), system=True)


def at(hour: int, minute: int = 0, day: date = WEDNESDAY) -> datetime:
    """An instant of the office's day."""
    return NINE + timedelta(days=(day - WEDNESDAY).days, hours=hour - 9, minutes=minute)


def see(district: District, name: str, when: datetime, strength: Strength = Strength.STRONG) -> None:
    """Somebody writes or reads in the chat."""
    district.store.do_now(Work(lambda unit: mark(district.office, unit, Mark(PEOPLE[name], when, strength))))


def receive_on(district: District) -> None:
    """The account has been receiving all the time."""
    since = at(0) - timedelta(days=60)
    district.store.do_now(Work(lambda unit: note_receiving(unit, {"web": since})))


def report_day(district: District, day: date = WEDNESDAY) -> None:
    """Report a day of all departments; its window is over."""
    receive_on(district)
    ids = tuple(DEPARTMENT_IDS.values())
    district.store.do_now(Work(lambda unit: report(district.office, unit, day, ids)))


def bind_groups(district: District) -> None:
    """Every department has a group, and the account has been receiving all the time."""
    for code in DEPARTMENT_IDS:
        district.do(BindGroup("web", f"group:{code.lower()}", Purpose.DEPARTMENT, code), SYSTEM)
    receive_on(district)


@contextmanager
def morning_desk(url: str, folder: Path) -> Iterator[Served]:
    """The desk at 10:00: Sunita is here since 9:02, Ashok came at 9:31, Vimla has only read; Ramesh is missing."""

    def fill(district: District) -> None:
        bind_groups(district)
        see(district, "sunita", at(9, 2))
        see(district, "sunita", at(9, 45))
        see(district, "ashok", at(9, 31))
        see(district, "vimla", at(9, 5), Strength.WEAK)

    with serving(url, folder, fill=fill) as desk:
        yield desk
