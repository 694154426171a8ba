"""Doing what a page or a program asks: once for each key, and only on the complaint as its asker saw it."""

from dataclasses import dataclass

from core.commands import ComplaintCommand
from core.office import Office
from core.people import Actor
from core.refusals import Refusal
from core.store.store import Store
from core.store.unit import UnitOfWork
from desk.once import done_once, need_kept

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
        need_kept(unit, getattr(command, "evidence", ()))
        office.perform(unit, command, by)
        unit.remember(DONE)

    await done_once(store, run, key)
