"""What comes next in a play: kinds of things on the agenda."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.simulation.cases import Act, Case, Course, Do, Played
from bot.simulation.district import Arrival
from core.complaints import State


@dataclass(frozen=True)
class Look:
    """The clock is looked at. restarts: and the machine is started anew before anybody is told what came of it."""

    restarts: bool = False


@dataclass(frozen=True)
class Dawn:
    """A day begins: people make up their minds about its morning."""

    day: date


@dataclass(frozen=True)
class Noon:
    """The morning is over: seniors look at who was not there."""

    day: date


@dataclass(frozen=True)
class Down:
    """The line to the chat is down until then; or the power is, and everything with it."""

    until: datetime
    power: bool


@dataclass(frozen=True)
class Up:
    """It is back."""

    since: datetime
    power: bool


@dataclass(frozen=True)
class Restart:
    """The machine is started anew."""


@dataclass(frozen=True)
class Attend:
    """Somebody shows that they are there, at `made`; it may be delivered later.

    press: the data of a button in the chat, `read`: or they have read what it stands under; else they write `text`.
    """

    user: str
    chat: str
    made: datetime
    text: str = ""
    press: str = ""
    read: bool = False


@dataclass(frozen=True)
class Begin:
    """Somebody has something in mind for a complaint that stands in `state`; None: however it stands."""

    case: Case
    course: Played
    state: State | None


@dataclass(frozen=True)
class Walk:
    """The acts of somebody that come now, and the course that they belong to, if any."""

    acts: tuple[Act, ...]
    begun: Begin | None = None
    course: Course | None = None


Thing = Look | Dawn | Noon | Down | Up | Restart | Arrival | Attend | Begin | Walk


def ends_a_step(thing: Thing) -> bool:
    """Whether it is the last of its step, and so of its instant."""
    return isinstance(thing, Look | Dawn | Noon | Down | Up | Restart)


def waits_for_power(thing: Thing) -> bool:
    """Whether it cannot be while the office's machine is off; what is done in a chat can."""
    return isinstance(thing, Dawn | Noon | Arrival | Begin | Walk)


def who_is_in(thing: Thing) -> set[object]:
    """Users, and the id of the petition, that nothing else in the same step may have to do with."""
    if isinstance(thing, Attend):
        return {thing.user}
    if not isinstance(thing, Walk):
        return set()
    users: set[object] = {each.user for each in thing.acts if not isinstance(each, Do)}
    return users | ({thing.begun.case.petition} if thing.begun else set())
