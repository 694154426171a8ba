"""What the clock makes happen to a complaint by itself, when its `next_at` has come. Pure.

Source: docs/design.md §4, Due times 6 (a pause ends); docs/rules.md D10.
"""

from datetime import datetime

from core.complaints.complaint import Complaint, State
from core.complaints.happened import Happened
from core.complaints.resuming import resumed
from core.complaints.rules import OfficeRules


def what_is_due(complaint: Complaint, now: datetime, rules: OfficeRules) -> tuple[Happened, ...]:
    """What has come due by `now`, in order, each at its own instant and by nobody; empty when nothing has."""
    return pause_over(complaint, now, rules)


def pause_over(complaint: Complaint, now: datetime, rules: OfficeRules) -> tuple[Happened, ...]:
    """A pause ends when the office opens on its last date, however late somebody looks (docs/rules.md D10)."""
    pause = complaint.pause
    if pause is None or complaint.state is not State.PAUSED or now < pause.until:
        return ()
    return (resumed(complaint, pause.until, None, rules.calendar, rules.settings),)
