"""What was seen of a play as it was played, for whoever checks it another way than by the records."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.events import Event
from core.commands import Command
from core.people import Actor


@dataclass(frozen=True)
class Came:
    """An event of the chat reached the office at `at`; when it was made, it says itself."""

    event: Event
    at: datetime


@dataclass(frozen=True)
class DoneAtDesk:
    """A command was done, and not refused."""

    command: Command
    by: Actor
    at: datetime


@dataclass(frozen=True)
class Looked:
    """The clock was looked at, and all that was due is done."""

    at: datetime


@dataclass(frozen=True)
class Deaf:
    """Nothing of the chat reached the office, from `begin` to `end`. `power`: and its machine was off."""

    begin: datetime
    end: datetime
    power: bool


Seen = Came | DoneAtDesk | Looked | Deaf
Witness = Callable[[Seen], None]


def nobody(_seen: Seen) -> None:
    """Nobody looks on."""
