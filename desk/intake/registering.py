"""Registering once, however often the form is sent; and stopping where the same phone has a complaint open."""

from dataclasses import dataclass

from core.commands import RegisterPetition
from core.office import Office
from core.people import Actor
from core.petitions import Petition
from core.refusals import Refusal
from core.store.queries.complaint_page import SamePhone, open_complaints_with_phone
from core.store.store import Store
from core.store.unit import UnitOfWork
from desk.once import done_once, need_kept


@dataclass(eq=False)
class OpenFromThisPhone(Refusal):
    """Complaints from the same number are open; the operator decides whether this is one of them."""

    complaints: tuple[SamePhone, ...]


async def register(
    office: Office, store: Store, command: RegisterPetition, by: Actor, key: str | None, anyway: bool
) -> int:
    """Register the petition and return its id; for a `key` that was done before, the id of then.

    Raises OpenFromThisPhone unless `anyway`; any Refusal of the office.
    """

    def run(unit: UnitOfWork) -> int:
        need_kept(unit, command.papers)
        if command.phone and not anyway:
            unit.flush()  # the other form may be of this very batch
            same = open_complaints_with_phone(unit.connection, command.phone)
            if same:
                raise OpenFromThisPhone(same)
        petition = office.perform(unit, command, by).value
        assert isinstance(petition, Petition)
        return petition.id

    result = await done_once(store, run, key)
    if result.repeated:
        return int(result.remembered)
    assert result.value is not None
    return result.value
