"""Mornings in the small district: the clock at a time of its first office day, and people to be absent."""

from datetime import timedelta

from bot.conversation import ACCOUNT
from core.store.people_tables import IdentityRow, MembershipRow, PersonRow
from core.store.tables import table_of
from core.store.unit import UnitOfWork
from core.store.work import Work
from tests.bot.handlers.conversations import Talk
from tests.district import DEPARTMENT_IDS, WEDNESDAY_10

MIDNIGHT = WEDNESDAY_10 - timedelta(hours=10)


async def at(talk: Talk, hour: int, minute: int = 0, days: int = 0, second: int = 0) -> None:
    """The clock shows that time, so many days after the Wednesday, and is looked at."""
    talk.clock.set(MIDNIGHT + timedelta(days=days, hours=hour, minutes=minute, seconds=second))
    await talk.talk.looks_at_the_clock()


def add_members(talk: Talk, number: int) -> None:
    """So many more people, in the three departments in turn, each known on the fake platform."""

    def add(unit: UnitOfWork) -> None:
        for count in range(number):
            id = unit.new_id("person")
            row = {"id": id, "name_hi": f"कर्मचारी {count}", "name_en": f"Officer {count}"}
            empty = {"designation_hi": "", "designation_en": "", "staff": False, "phone": "", "language": None}
            unit.insert(table_of(PersonRow), {**row, **empty})
            identity = {"account": ACCOUNT, "user": f"user-{id}", "person": id, "since": None}
            unit.insert(table_of(IdentityRow), identity)
            department = list(DEPARTMENT_IDS.values())[count % len(DEPARTMENT_IDS)]
            membership = {"person": id, "department": department, "head": False, "since": None}
            unit.insert(table_of(MembershipRow), membership)
        unit.changed_directory()

    talk.talk.running.store.do_now(Work(add))
