"""Declaring a holiday, and taking one back, once for each key, from a page or a program."""

from datetime import date

from core.holiday_commands import DeclareHoliday, UndeclareHoliday
from core.store.unit import UnitOfWork
from desk.desk import Desk
from desk.once import done_once
from desk.visitor import Visitor

DONE = "done"


async def declare_once(desk: Desk, visitor: Visitor, command: DeclareHoliday, key: str | None) -> tuple[str, ...]:
    """Declare it; returns the codes of the complaints that it moved, none where the `key` had been done before.

    Raises the Refusal of core.holidays.
    """

    def run(unit: UnitOfWork) -> tuple[str, ...]:
        done = desk.office.perform(unit, command, visitor.actor)
        unit.remember(DONE)
        return tuple(entry.complaint.code for entry in done.entries)

    result = await done_once(desk.store, run, key)
    return result.value or ()


async def take_back_once(desk: Desk, visitor: Visitor, day: date, key: str | None) -> None:
    """Open the office on it again; nothing where the `key` had been done before. Raises a Refusal."""

    def run(unit: UnitOfWork) -> None:
        desk.office.perform(unit, UndeclareHoliday(day), visitor.actor)
        unit.remember(DONE)

    await done_once(desk.store, run, key)
