"""Why something is refused. The rule raises it with the facts; the sentence and its cure are a template.

Refusal
├── NotAllowed            the actor lacks the role, or is of another department
├── NotFound              no such complaint, department, person, group
├── AlreadySolved         a solution stands; to add something, reply to the card
├── AlreadyClosed         closed; a senior or the complainant can reopen it
├── AlreadyRejected       rejected; a senior can reopen it
├── AlreadyMerged         joined to another complaint; go on there
├── AlreadyAcknowledged   somebody has it
├── AlreadyPaused         its clock stands still already
├── NotPaused             there is no pause to end
├── AlreadyAsked          more time has been asked for, and a senior will decide
├── NothingAsked          somebody has decided already, or nothing was asked
├── TooManyPauses         its clock has stood still twice
├── DueOver               the due time has come, so its category is not lowered any more
├── LastAdministrator     somebody must stay who can give roles
├── NothingWaits          somebody else has decided who may join
├── TimeLeft              the time asked for ends no later than what is left anyway
├── ClosedAlready         the office is closed on that day already
├── SameCategory          it is of this category already
├── MergedAround          it cannot be joined to itself, nor to one that is joined or closed
├── NotMerged             it is joined to nothing
├── NoQuestion            nobody waits for an answer about it
├── AboutOwnOffice        it complains about the office of whoever would decide
├── NotSolved             nothing to confirm, undo or add to
├── TooShort              the words do not tell what was done
├── PhotoMissing          category or department asks for evidence
├── PhotoUsed             the same picture came with another complaint
├── WrongDepartment       another department holds it
├── OwnSolution           whoever gave the solution cannot confirm it
├── UndoOver              the ten minutes are over, or somebody has confirmed
├── ReopenOver            the window from closing is over
├── SameDepartment        sent on to the department that holds it
├── TooManyTransfers      the administration group decides now
├── Invalid               a field is wrong; `field` and `reason` say which and how
├── LeaveOverlaps         they are on leave on one of these days already
├── NoLeave               it is cancelled already, or over
├── OffDuty               whoever would get it is off duty
├── AlreadyOffDuty        somebody has taken them offline already
├── NotOffDuty            they are on duty
├── OwnDuty               nobody takes themselves offline, restores or corrects themselves
├── NotReported           that day has no report in which they stand
└── Forged                a button's data or a link that the office never gave
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime

from core.people import Role


@dataclass(eq=False)
class Refusal(Exception):
    """Nothing was changed. `name` is the name of its template.

    Not frozen, as an exception must take its traceback; nothing ever writes its facts.
    """

    @property
    def name(self) -> str:
        """The class's name in snake_case: already_solved."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", type(self).__name__).lower()

    def facts(self) -> Mapping[str, object]:
        """The values that the template may show."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


@dataclass(eq=False)
class NotAllowed(Refusal):
    """`role` is what would be needed."""

    role: Role
    code: str | None = None


@dataclass(eq=False)
class NotFound(Refusal):
    """`what` is complaint, department, person or group; `typed` what was asked for."""

    what: str
    typed: str


@dataclass(eq=False)
class AlreadySolved(Refusal):
    """`words`, `by` and `at` are of the solution that stands."""

    code: str
    words: str
    by: int | None
    at: datetime


@dataclass(eq=False)
class AlreadyClosed(Refusal):
    """`at` is when it was closed."""

    code: str
    at: datetime


@dataclass(eq=False)
class AlreadyRejected(Refusal):
    """`ground` is the configured reason; `at` is when."""

    code: str
    ground: str
    at: datetime


@dataclass(eq=False)
class AlreadyMerged(Refusal):
    """It was joined to the complaint `into`."""

    code: str
    into: str


@dataclass(eq=False)
class AlreadyPaused(Refusal):
    """It is paused until `until`."""

    code: str
    until: datetime


@dataclass(eq=False)
class NotPaused(Refusal):
    """Its clock runs."""

    code: str


@dataclass(eq=False)
class AlreadyAsked(Refusal):
    """`by` asked for time until `until`; a senior decides."""

    code: str
    by: int | None
    until: date


@dataclass(eq=False)
class NothingAsked(Refusal):
    """No request is waiting: it was decided by `by` at `at`, or fell with a transfer or a solution (`at` is None).

    until: until when time was given; None: no time was given.
    """

    code: str
    by: int | None = None
    at: datetime | None = None
    until: datetime | None = None


@dataclass(eq=False)
class LastAdministrator(Refusal):
    """Nobody else is an administrator."""


@dataclass(eq=False)
class NothingWaits(Refusal):
    """Nobody waits to join any more."""


@dataclass(eq=False)
class TooManyPauses(Refusal):
    """It was paused `pauses` times in its life."""

    code: str
    pauses: int


@dataclass(eq=False)
class DueOver(Refusal):
    """It was due at `due`, and that is over."""

    code: str
    due: datetime


@dataclass(eq=False)
class TimeLeft(Refusal):
    """Time was asked for until `until`, but it is due no earlier: at `due`."""

    code: str
    until: date
    due: datetime


@dataclass(eq=False)
class ClosedAlready(Refusal):
    """The office is closed on `day`; `why` and the names as in core.office_days.Closed."""

    day: date
    why: str
    name_hi: str = ""
    name_en: str = ""


@dataclass(eq=False)
class SameCategory(Refusal):
    """It is of `category` already."""

    code: str
    category: str


@dataclass(eq=False)
class MergedAround(Refusal):
    """`into` cannot take it: it is the complaint itself, or is not open; `goes_on`: what it was joined to, or ""."""

    code: str
    into: str
    goes_on: str = ""


@dataclass(eq=False)
class NotMerged(Refusal):
    """It is joined to no other complaint."""

    code: str


@dataclass(eq=False)
class NoQuestion(Refusal):
    """No question about it waits: it was answered, or fell with a transfer."""

    code: str


@dataclass(eq=False)
class AboutOwnOffice(Refusal):
    """It complains about the office that the actor belongs to: somebody else decides."""

    code: str


@dataclass(eq=False)
class AlreadyAcknowledged(Refusal):
    """`officer` has it since `at`."""

    code: str
    officer: int | None
    at: datetime


@dataclass(eq=False)
class NotSolved(Refusal):
    """There is no solution that could be confirmed, undone or added to."""

    code: str


@dataclass(eq=False)
class TooShort(Refusal):
    """`short` does not tell what was done."""

    code: str
    short: str


@dataclass(eq=False)
class PhotoMissing(Refusal):
    """The words are fine; `kind` of evidence is needed: photo, paper, or place (a photo whose camera tells it)."""

    code: str
    words: str
    kind: str = "photo"


@dataclass(eq=False)
class PhotoUsed(Refusal):
    """The words are fine; but the same picture came with the complaint `used_in` already."""

    code: str
    words: str
    used_in: str


@dataclass(eq=False)
class WrongDepartment(Refusal):
    """`department` holds the complaint now."""

    code: str
    department: int


@dataclass(eq=False)
class OwnSolution(Refusal):
    """An officer never verifies their own solution."""

    code: str


@dataclass(eq=False)
class UndoOver(Refusal):
    """It could be taken back until `until`."""

    code: str
    until: datetime | None


@dataclass(eq=False)
class ReopenOver(Refusal):
    """It could be reopened until `until`; after it, a new complaint."""

    code: str
    until: datetime


@dataclass(eq=False)
class SameDepartment(Refusal):
    """The receiver holds it already."""

    code: str
    department: int


@dataclass(eq=False)
class TooManyTransfers(Refusal):
    """It has moved `moves` times."""

    code: str
    moves: int


@dataclass(eq=False)
class Invalid(Refusal):
    """`field` is wrong for `reason`; `value` and `limit` where they help."""

    field: str
    reason: str
    value: str = ""
    limit: str = ""


@dataclass(eq=False)
class LeaveOverlaps(Refusal):
    """`officer` is on leave from `first` to `last` already."""

    officer: int
    first: date
    last: date


@dataclass(eq=False)
class NoLeave(Refusal):
    """There is no leave that could be cancelled: it is cancelled or over."""


@dataclass(eq=False)
class OffDuty(Refusal):
    """`officer` is off duty, until the day `until` (the first day back) or until a senior restores them."""

    officer: int
    until: date | None = None


@dataclass(eq=False)
class AlreadyOffDuty(Refusal):
    """`officer` is off duty since `at`, by `by`; `until` as in OffDuty."""

    officer: int
    at: datetime
    by: int | None
    until: date | None = None


@dataclass(eq=False)
class NotOffDuty(Refusal):
    """`officer` is on duty."""

    officer: int


@dataclass(eq=False)
class OwnDuty(Refusal):
    """Nobody takes themselves offline, restores themselves, or corrects their own verdict."""


@dataclass(eq=False)
class NotReported(Refusal):
    """`officer` is in no report of `day`."""

    officer: int
    day: date


@dataclass(eq=False)
class Forged(Refusal):
    """Something that only the office could have given, and did not."""

    what: str
