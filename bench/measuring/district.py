"""The district that updates are fed to: eight departments with a group each, 200 members, and complaints with cards.

It is made once, and each run gets a copy of its database: the same rows, nothing warmed up by the run before.
"""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from bench.measuring.bot_api import ACCOUNT, Telegram
from bench.measuring.mix import ADMINISTRATION, DEPARTMENTS, MEMBERS, MORNING, Standing, chat_of, user_of
from bot.app import Running, put_together
from bot.settings import Configuration
from core.clock import Clock, SetClock
from core.commands import BindGroup, Part, RegisterPetition
from core.groups import Purpose
from core.office import Done
from core.people import Actor, Door, Role, Via
from core.store.migrate import upgrade
from core.store.people_tables import DepartmentRow, IdentityRow, MembershipRow, PersonRow, RoleRow
from core.store.tables import table_of
from core.store.unit import UnitOfWork
from core.store.work import Work

REGISTERED = MORNING - timedelta(days=1)
"""What is solved on a morning was seldom registered on it: solved within minutes, each would be flagged for it."""

OPERATOR = MEMBERS + 1
WORDS = "नाली टूटने से गंदा पानी हैंडपंप के पास भर गया है, बच्चे बीमार पड़ रहे हैं"


def office_on(url: str, folder: Path, platform: Telegram, clock: Clock) -> Running:
    """The office as shipped, on a database that has its tables, with one account, on this platform."""
    settings = Configuration(database=url, accounts={})
    return put_together(settings, clock, folder, others={ACCOUNT: platform.adapter})


def make_district(url: str, folder: Path, complaints: int) -> Sequence[Standing]:
    """Make the district in the new database at `url`; returns its complaints, each with its card in its group."""
    upgrade(url)
    clock = SetClock(REGISTERED)
    platform = Telegram(clock)
    running = office_on(url, folder, platform, clock)
    try:
        running.store.do_now(Work(_fill))
        running.store.do_now(Work(lambda unit: _bind(unit, running)))
        done = asyncio.run(_register(running, complaints))
        standing = [entry.complaint for each in done for entry in each.entries]
        return [Standing(each.id, each.code, each.department - 1, platform.cards[each.id]) for each in standing]
    finally:
        running.store.close()


def _fill(unit: UnitOfWork) -> None:
    for number, code in enumerate(DEPARTMENTS, start=1):
        name = f"{code} विभाग"
        row = {"id": number, "code": code, "name_hi": name, "name_en": code, "category": None, "next_serial": 1001}
        unit.insert(table_of(DepartmentRow), row)
    for member in range(MEMBERS):
        _person(unit, member + 1, f"अधिकारी {member}")
        unit.insert(table_of(IdentityRow), {"account": ACCOUNT, "user": str(user_of(member)), "person": member + 1})
        row = {"person": member + 1, "department": member % len(DEPARTMENTS) + 1, "head": member < len(DEPARTMENTS)}
        unit.insert(table_of(MembershipRow), row)
    _person(unit, OPERATOR, "नम्रता पाल")
    unit.insert(table_of(RoleRow), {"person": OPERATOR, "role": Role.OPERATOR.value})
    unit.changed_directory()


def _person(unit: UnitOfWork, id: int, name: str) -> None:
    row = {"id": id, "name_hi": name, "name_en": f"Officer {id}", "designation_hi": "", "designation_en": ""}
    unit.insert(table_of(PersonRow), {**row, "staff": False, "phone": "", "language": None})


def _bind(unit: UnitOfWork, running: Running) -> None:
    system = Actor(None, Via(Door.COMMAND), system=True)
    for number, code in enumerate(DEPARTMENTS):
        running.office.perform(unit, BindGroup(ACCOUNT, str(chat_of(number)), Purpose.DEPARTMENT, code), system)
    running.office.perform(unit, BindGroup(ACCOUNT, str(ADMINISTRATION), Purpose.ADMINISTRATION), system)


async def _register(running: Running, complaints: int) -> Sequence[Done]:
    operator = running.store.read_now(running.store.directory).actor(OPERATOR, Via(Door.DESK))
    done = await asyncio.gather(*(running.office.do(_petition(number), operator) for number in range(complaints)))
    await running.courier.say_all()
    return done


def _petition(number: int) -> RegisterPetition:
    return RegisterPetition(
        name=f"सावित्री देवी {number}",
        phone=str(5_550_000_001 + number * 37),
        village=f"बसही {number % 90}",
        words=WORDS,
        parts=(Part(DEPARTMENTS[number % len(DEPARTMENTS)], "BC"[number % 2]),),
    )
