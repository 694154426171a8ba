"""What can happen to somebody's presence: frozen, in the past tense. The chat and the desk are told, whoever caused it.

A complaint's own facts stand in core/complaints/happened.py; these belong to people and days.
"""

from dataclasses import dataclass
from datetime import date

from core.people import Via
from core.presence.absences import Leave, OffDuty


@dataclass(frozen=True, kw_only=True)
class PresenceHappened:
    """What each knows: who caused it (id of a person; None: the clock or a late delivery), and from where."""

    by: int | None
    via: Via


@dataclass(frozen=True, kw_only=True)
class LeaveEntered(PresenceHappened):
    """A leave was written down."""

    leave: Leave


@dataclass(frozen=True, kw_only=True)
class LeaveCancelled(PresenceHappened):
    """A leave was cancelled."""

    leave: Leave


@dataclass(frozen=True, kw_only=True)
class TakenOffline(PresenceHappened):
    """Somebody is off duty; `complaints`: codes of those that the head has now, or nobody."""

    off_duty: OffDuty
    complaints: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Restored(PresenceHappened):
    """Somebody is on duty again; `off_duty`: how they had been taken offline."""

    off_duty: OffDuty


@dataclass(frozen=True, kw_only=True)
class DayReported(PresenceHappened):
    """The windows of these departments (ids) are over, and the day's verdicts of their people stand."""

    day: date
    departments: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class VerdictAmended(PresenceHappened):
    """A verdict changed after its day was reported; `amendment`: its id in core.store.queries.day_reports."""

    amendment: int
    day: date
    person: int


@dataclass(frozen=True, kw_only=True)
class HolidayTakenBack(PresenceHappened):
    """The office is open on a day that had been declared closed.

    name_hi, name_en: what it had been called.   complaints: codes of the open ones that it had moved; they stay so.
    """

    day: date
    name_hi: str
    name_en: str
    complaints: tuple[str, ...]
