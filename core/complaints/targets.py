"""The two targets of a complaint beside its due time: taken on soon, and solved while the hearing lasts. Pure.

They are shown and reported, and never a breach. Source: docs/design.md §4, Due times 8; docs/rules.md D9.
"""

from dataclasses import dataclass
from datetime import datetime

from core.complaints.complaint import Complaint, State
from core.complaints.rules import OfficeRules
from core.sla import acknowledge_by, hearing_target


@dataclass(frozen=True)
class Target:
    """Until when something should be done, and when it was (None: not yet)."""

    by: datetime
    met_at: datetime | None

    def is_missed(self, now: datetime) -> bool:
        """Whether it was done too late, or is not done by `now` and should be; at the very instant it is in time."""
        return (self.met_at or now) > self.by


def acknowledging(complaint: Complaint, rules: OfficeRules) -> Target | None:
    """Until when somebody should say that they are on it; a solution says so too.

    Counted from when the department could begin: registered, opened again, or sent on. None for what was rejected or
    joined to another.
    """
    if complaint.state in (State.REJECTED, State.MERGED):
        return None
    since = max(complaint.due.counted_from, complaint.holds[-1].since)
    solved = complaint.solution.at if complaint.solution is not None else None
    done = complaint.acknowledged_at or solved
    return Target(acknowledge_by(since, rules.calendar, rules.settings), done)


def hearing(complaint: Complaint, rules: OfficeRules) -> Target | None:
    """Until when it would be solved in the hearing in which it was registered; None for what came outside one."""
    by = hearing_target(complaint.registered_at, rules.calendar)
    if by is None:
        return None
    first = complaint.first_solution or complaint.solution
    return Target(by, first.at if first is not None else None)
