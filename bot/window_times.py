"""The moments of a presence window at which something is done: each roll-call, ten minutes after it, the end of the
grace, and the end.

A department with a window of its own has its own moments (docs/rules.md P8). Pure.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.messages import OutgoingFile
from core.directory import Directory
from core.presence import DayWindow, Windows

REMINDED_AFTER = timedelta(minutes=10)
"""So long after a roll-call those who are missing are reminded (docs/design.md §4, Presence)."""


class Moment(StrEnum):
    """When in a window something is done."""

    ROLL_CALL = "roll_call"
    REMINDER = "reminder"
    GRACE = "grace"
    END = "end"


@dataclass(frozen=True)
class Sitting:
    """A window on one day, and the departments that keep it (ids). `letters`: "" for the office's own window."""

    letters: str
    window: DayWindow
    departments: tuple[int, ...]

    def moments(self) -> Iterator["Coming"]:
        """All its moments, in order of the roll-calls; then the end of the grace, and the end."""
        for number, at in enumerate(self.window.calls):
            yield Coming(Moment.ROLL_CALL, number, at, self)
            if at + REMINDED_AFTER < self.window.end:
                yield Coming(Moment.REMINDER, number, at + REMINDED_AFTER, self)
        yield Coming(Moment.GRACE, 0, self.window.grace_ends, self)
        yield Coming(Moment.END, 0, self.window.end, self)


@dataclass(frozen=True)
class Coming:
    """One moment of a sitting. `number`: of the roll-call, from 0.

    pictures: of the morning, by language, at the end.
    """

    moment: Moment
    number: int
    at: datetime
    sitting: Sitting
    pictures: Mapping[str, OutgoingFile] = field(default_factory=dict)

    def occasion(self, name: str) -> str:
        """As which it is written down that `name` was done at this moment."""
        return " ".join(filter(None, (name, str(self.number + 1), self.sitting.letters)))


def sittings(windows: Windows, directory: Directory, day: date) -> tuple[Sitting, ...]:
    """The windows of a day, the office's first; none on a closed day."""
    own = windows.settings.departments
    common = tuple(each.id for each in directory.departments.values() if each.code not in own)
    kept_by = {"": common} | {each.code: (each.id,) for each in directory.departments.values() if each.code in own}
    found = ((letters, windows.on(day, letters), departments) for letters, departments in kept_by.items())
    return tuple(Sitting(letters, window, ids) for letters, window, ids in found if window is not None)
