"""What the clock makes happen to a complaint by itself, when its `next_at` has come. Pure.

Source: docs/design.md §4, Due times 6 (a pause ends), Life of a complaint (nobody has confirmed); docs/rules.md D10, C1
to C4.
"""

from datetime import datetime

from core.complaints.complaint import Complaint, State
from core.complaints.happened import Happened
from core.complaints.resuming import resumed
from core.complaints.rules import OfficeRules
from core.complaints.stages import Lot, next_stage


def what_is_due(complaint: Complaint, now: datetime, rules: OfficeRules, lot: Lot) -> tuple[Happened, ...]:
    """What has come due by `now`, in order, by nobody; empty when nothing has.

    A pause ends at its own instant; of the stages of a confirmation one begins at a time (docs/rules.md C4).
    """
    return pause_over(complaint, now, rules) or next_stage(complaint, now, rules, lot)


def pause_over(complaint: Complaint, now: datetime, rules: OfficeRules) -> tuple[Happened, ...]:
    """A pause ends when the office opens on its last date, however late somebody looks (docs/rules.md D10)."""
    pause = complaint.pause
    if pause is None or complaint.state is not State.PAUSED or now < pause.until:
        return ()
    return (resumed(complaint, pause.until, None, rules.calendar, rules.settings),)
