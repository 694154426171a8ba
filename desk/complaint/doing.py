"""Doing what a page or a program asks: once for each key, and only on the complaint as its asker saw it."""

from dataclasses import dataclass

from core.commands import ComplaintCommand
from core.office import Office
from core.people import Actor
from core.refusals import Refusal
from core.store.store import Store
from core.store.unit import UnitOfWork
from core.store.work import Work

DONE = "done"


@dataclass(eq=False)
class ChangedMeanwhile(Refusal):
    """Somebody changed the complaint after the page was made."""

    code: str


async def do_once(
    office: Office, store: Store, command: ComplaintCommand, by: Actor, key: str | None, version: int | None = None
) -> None:
    """Do it; a `key` that was done before does nothing more.

    version: the version that the asker saw, None where any will do.   Raises ChangedMeanwhile, and any Refusal.
    """

    def run(unit: UnitOfWork) -> None:
        if version is not None and unit.complaint(command.code).version != version:
            raise ChangedMeanwhile(command.code)
        office.perform(unit, command, by)
        unit.remember(DONE)

    result = await store.do(Work(run, key))
    if result.repeated and result.remembered != DONE:
        # What was refused before is asked again: the reason may be gone by now.
        await store.do(Work(run, f"{key}/again"))
