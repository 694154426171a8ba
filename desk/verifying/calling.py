"""What came of a call to a complainant, put down at once: all of it, or nothing (docs/design.md §4, calls to make)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.commands import Confirm, Reopen, TellNotReached, TellPoliteness
from core.complaints.complaint import Complaint
from core.office import Office
from core.people import Actor
from core.refusals import Invalid
from core.store.store import Store
from core.store.unit import UnitOfWork
from desk.complaint.doing import DONE
from desk.once import done_once


class Outcome(StrEnum):
    """What they said, or that nobody answered."""

    YES = "yes"
    NO = "no"
    NOT_REACHED = "not_reached"


@dataclass(frozen=True)
class Called:
    """What the operator chose. left: code of the complaint whose work is not done.   polite: "yes", "no" or ""."""

    outcome: Outcome
    left: str = ""
    words: str = ""
    polite: str = ""


def read_outcome(typed: str) -> Outcome:
    """The outcome of a form. Raises Invalid for none."""
    if typed not in set(Outcome):
        raise Invalid("outcome", "unknown", typed[:40])
    return Outcome(typed)


async def put_down(
    office: Office, store: Store, complaints: Sequence[Complaint], called: Called, by: Actor, key: str
) -> None:
    """Put down what came of a call about these complaints of one petition; the same key does nothing more.

    A yes closes all of them. A no opens the one again whose work is left, and the others wait. Raises the Refusal of
    the rule.
    """

    def run(unit: UnitOfWork) -> None:
        _answer(unit)
        if called.polite and called.outcome is not Outcome.NOT_REACHED:
            for each in complaints:
                office.perform(unit, TellPoliteness(each.code, called.polite == "yes"), by)
        unit.remember(DONE)

    def _answer(unit: UnitOfWork) -> None:
        match called.outcome:
            case Outcome.YES:
                for each in complaints:
                    office.perform(unit, Confirm(each.code, complainant=True), by)
            case Outcome.NO:
                code = called.left if len(complaints) > 1 else complaints[0].code
                if code not in {each.code for each in complaints}:
                    raise Invalid("left", "empty")
                office.perform(unit, Reopen(code, called.words, complainant=True), by)
            case Outcome.NOT_REACHED:
                office.perform(unit, TellNotReached(complaints[0].code), by)

    await done_once(store, run, key)
