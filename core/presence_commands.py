"""What somebody can ask for about leave, duty and verdicts: imperatives, frozen, as in core/commands.py."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class EnterLeave:
    """A person is on leave from the day `first` to the day `last`, both included; one day where they are the same."""

    person: int
    first: date
    last: date
    reason: str = ""


@dataclass(frozen=True)
class CancelLeave:
    """The leave (its id) is not taken, or not from today on."""

    leave: int


@dataclass(frozen=True)
class TakeOffline:
    """A person is off duty from now on, until the day `until` (the first day back) or until restored."""

    person: int
    reason: str
    until: date | None = None


@dataclass(frozen=True)
class RestoreOfficer:
    """A person who was taken offline is on duty again."""

    person: int


@dataclass(frozen=True)
class CorrectVerdict:
    """A senior knows better what a day's verdict is, and says why. `verdict`: a name of core.presence.Verdict."""

    person: int
    day: date
    verdict: str
    reason: str


PresenceCommand = EnterLeave | CancelLeave | TakeOffline | RestoreOfficer | CorrectVerdict
