"""What a form of the morning asks for, as a command of core: the same commands as in the chat."""

from collections.abc import Callable, Mapping
from datetime import date

from core.presence import Verdict
from core.presence_commands import (
    CancelLeave,
    CorrectVerdict,
    EnterLeave,
    PresenceCommand,
    RestoreOfficer,
    TakeOffline,
)
from core.reading import read_day
from core.refusals import Invalid, NotFound
from core.store.unit import UnitOfWork
from desk.desk import Desk
from desk.forms import whole_number
from desk.once import done_once
from desk.visitor import Visitor

DONE = "done"
LONGEST_TYPED = 40

Typed = Mapping[str, str]


def offline(person: int, typed: Typed, today: date) -> PresenceCommand:
    """Take somebody offline, until a day or until restored."""
    until = typed.get("until", "").strip()
    return TakeOffline(person, typed.get("reason", ""), _day(until, "until", today) if until else None)


def restore(person: int, typed: Typed, today: date) -> PresenceCommand:
    """On duty again."""
    return RestoreOfficer(person)


def leave(person: int, typed: Typed, today: date) -> PresenceCommand:
    """Leave; one day where no last one is typed."""
    first = _day(typed.get("first", ""), "day", today)
    last = typed.get("last", "").strip()
    return EnterLeave(person, first, _day(last, "day", today) if last else first, typed.get("reason", ""))


def cancel_leave(person: int, typed: Typed, today: date) -> PresenceCommand:
    """A leave is not taken."""
    id = whole_number(typed.get("leave", ""))
    if id is None:
        raise NotFound("leave", typed.get("leave", "")[:LONGEST_TYPED])
    return CancelLeave(id)


def correct(person: int, typed: Typed, today: date) -> PresenceCommand:
    """A senior knows better."""
    verdict = typed.get("verdict", "")
    if verdict not in [each.value for each in Verdict]:
        raise Invalid("verdict", "unknown", verdict[:LONGEST_TYPED])
    return CorrectVerdict(person, _day(typed.get("day", ""), "day", today), verdict, typed.get("reason", ""))


ACTIONS: Mapping[str, Callable[[int, Typed, date], PresenceCommand]] = {
    "offline": offline,
    "restore": restore,
    "leave": leave,
    "cancel-leave": cancel_leave,
    "correct": correct,
}
FIELDS = ("reason", "until", "first", "last", "leave", "day", "verdict")


async def do_once(desk: Desk, visitor: Visitor, command: PresenceCommand, key: str | None) -> None:
    """Do it; a `key` that was done before does nothing more. Raises the Refusal of the rule."""

    def run(unit: UnitOfWork) -> None:
        desk.office.perform(unit, command, visitor.actor)
        unit.remember(DONE)

    await done_once(desk.store, run, key)


def _day(typed: str, field: str, today: date) -> date:
    days = read_day(typed, today).days
    if len(days) != 1:
        raise Invalid(field, "unclear" if days else "unknown", typed[:LONGEST_TYPED])
    return days[0]
