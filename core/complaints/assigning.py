"""The head gives a complaint to an officer of the department. Pure.

Source: docs/design.md §4, Life of a complaint; docs/rules.md A1.
"""

from datetime import datetime

from core.complaints.complaint import Complaint
from core.complaints.happened import Assigned, Happened
from core.complaints.rights import need_head, need_open
from core.people import Actor, Role


def assign(complaint: Complaint, by: Actor, officer: int, at: datetime) -> tuple[Happened, ...]:
    """By the head, or an operator who passes the head's word on; to whoever has it already it changes nothing.

    officer: id of somebody of the department (whoever calls this has looked). They have it from now on; that they are
    on it is theirs to say. Raises NotAllowed, AlreadySolved, -Closed, -Rejected or -Merged.
    """
    need_head(complaint, by, Role.OPERATOR)
    need_open(complaint)
    if complaint.assignee == officer:
        return ()
    return (Assigned(at=at, by=by.person, officer=officer),)
