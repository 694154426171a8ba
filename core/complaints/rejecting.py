"""A senior rejects what nothing can be done about here, for one of the office's reasons and no other. Pure.

Source: docs/design.md §4, Life of a complaint; docs/rules.md R1.
"""

from datetime import datetime

from core.complaints.about import need_unconcerned
from core.complaints.complaint import Complaint, State
from core.complaints.decisions import Rejected
from core.complaints.happened import Happened
from core.complaints.resuming import end_of_pause
from core.complaints.rights import need_open, need_role
from core.complaints.rules import OfficeRules
from core.people import Actor, Role
from core.refusals import Invalid


def reject(
    complaint: Complaint, by: Actor, ground: str, words: str, at: datetime, rules: OfficeRules
) -> tuple[Happened, ...]:
    """Nothing can be done about it here. `ground`: one of `rejection.reasons`; `words` may say more.

    The same senior's second press changes nothing. What is solved is not rejected: it is confirmed or reopened first.
    Raises NotAllowed, AboutOwnOffice, Invalid for another ground, and AlreadySolved, -Closed, -Rejected or -Merged.
    """
    need_role(complaint, by, Role.SENIOR)
    need_unconcerned(complaint, by)
    grounds = rules.settings.rejection.reasons
    if ground not in grounds:
        raise Invalid("ground", "empty" if not ground else "unknown", ground, ", ".join(grounds))
    if complaint.state is State.REJECTED and complaint.rejected_for == ground and complaint.rejected_by == by.person:
        return ()
    need_open(complaint)
    ended = end_of_pause(complaint, by.person, at, rules.calendar, rules.settings)
    return (*ended, Rejected(at=at, by=by.person, ground=ground, words=words.strip()))
