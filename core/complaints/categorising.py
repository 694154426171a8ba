"""Another category: up makes it due earlier, down may make it due later. Pure.

Source: docs/design.md §4, Due times 4; docs/rules.md D4, D6.
"""

from datetime import datetime

from core.complaints.complaint import Complaint
from core.complaints.decisions import Recategorised
from core.complaints.happened import Happened
from core.complaints.resuming import is_up, recategorised
from core.complaints.rights import need_open, need_role
from core.complaints.rules import OfficeRules
from core.people import Actor, Role
from core.refusals import DueOver, Invalid, SameCategory
from core.settings import LETTERS
from core.sla import has_come


def recategorise(
    complaint: Complaint, by: Actor, category: str, reason: str, at: datetime, rules: OfficeRules
) -> tuple[Happened, ...]:
    """Another category, by a senior or operator; down needs a reason, and is refused once the due time has come.

    A paused complaint is due as before; its new category counts when the pause ends, and its due time can't have come
    unless it had when the pause began.
    """
    need_role(complaint, by, Role.SENIOR, Role.OPERATOR)
    if category not in LETTERS:
        raise Invalid("category", "unknown", category, ", ".join(LETTERS))
    need_open(complaint)
    if category == complaint.category:
        raise SameCategory(complaint.code, category)
    if not is_up(complaint.category, category):
        need_lowering_in_time(complaint, at)
        if not reason.strip():
            raise Invalid("reason", "empty")
    due = complaint.due
    if complaint.pause is None:
        due = recategorised(due, complaint.category, category, at, rules.calendar, rules.settings)
    return (Recategorised(at=at, by=by.person, category=category, due=due, reason=reason.strip()),)


def need_lowering_in_time(complaint: Complaint, at: datetime) -> None:
    """Raises DueOver once the due time has come: from then on no slower category heals anything."""
    if has_come(complaint.due, complaint.pause.since if complaint.pause else at):
        raise DueOver(complaint.code, complaint.due.at)
