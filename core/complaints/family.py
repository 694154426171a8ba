"""What follows for a petition's complaints when one of them is solved, or open again. Pure.

The complainant is asked once, when the last of them is done (docs/design.md §4, Petition, complaint, direction); the
question waits as long as a department still has work (docs/rules.md C1).
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from core.complaints.about import needs_a_senior
from core.complaints.complaint import Complaint, State
from core.complaints.happened import Happened
from core.complaints.rules import OfficeRules
from core.complaints.stages import office_days_from
from core.complaints.verifying import Asked, ConfirmationAsked, ConfirmationHeld


def may_follow(before: Complaint, after: Complaint) -> bool:
    """Whether anything can follow for the family from what happened to one of it: spares looking at the others."""
    in_or_out = before.state is not after.state and State.SOLVED in (before.state, after.state)
    return in_or_out or before.is_open is not after.is_open


def what_follows(
    family: Sequence[Complaint], reachable: bool, now: datetime, rules: OfficeRules
) -> Iterator[tuple[Complaint, Happened]]:
    """What happens to whom of the family, in order; nothing where everything stands as it should.

    reachable: whether the complainant has a phone or a linked chat.
    """
    solved = [each for each in family if each.state is State.SOLVED]
    if any(each.is_open for each in family):
        for each in solved:
            if each.confirmation is not None:
                yield each, ConfirmationHeld(at=now, by=None)
        return
    for each in solved:
        if each.confirmation is None:
            yield each, first_question(reachable and not needs_a_senior(each), now, rules)


def first_question(reachable: bool, now: datetime, rules: OfficeRules) -> ConfirmationAsked:
    """Who is asked first: the complainant, or the seniors at once where that cannot be (docs/rules.md C1, C2, O3)."""
    closing = rules.settings.closing
    if reachable and closing.ask == "complainant":
        until = closing.confirm_within.after(now, rules.calendar.zone)
        return ConfirmationAsked(at=now, by=None, asked=Asked.COMPLAINANT, until=until)
    return ConfirmationAsked(at=now, by=None, asked=Asked.SENIORS, until=office_days_from(now, rules.calendar))
