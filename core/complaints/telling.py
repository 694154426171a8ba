"""What is told about a solution beside yes and no: other words, politeness, a call in vain, flags looked at. Pure.

Rights come before the state, as in core/complaints/rules.py (docs/design.md §4, Life of a complaint).
"""

from datetime import datetime

from core.complaints.complaint import Complaint
from core.complaints.happened import Happened, SolutionReworded
from core.complaints.rights import need_department, need_nothing_to_do_with_it, need_role, need_solution
from core.complaints.rules import OfficeRules
from core.complaints.verifying import FlagsLookedAt, NotReached, PolitenessTold
from core.people import Actor, Role
from core.reading import has_words_of_its_own
from core.refusals import NotAllowed, NotSolved, TooShort


def reword_solution(
    complaint: Complaint, by: Actor, words: str, at: datetime, rules: OfficeRules
) -> tuple[Happened, ...]:
    """Whoever gave the solution writes it anew, as long as nobody has confirmed it; nobody else may."""
    need_department(complaint, by, Role.OPERATOR)
    solution = need_solution(complaint)
    if solution.by != by.person:
        raise NotAllowed(Role.MEMBER, complaint.code)
    words = words.strip()
    if not has_words_of_its_own(words, rules.words):
        raise TooShort(complaint.code, words)
    return (SolutionReworded(at=at, by=by.person, words=words),) if words != solution.words else ()


def tell_politeness(complaint: Complaint, by: Actor, polite: bool, at: datetime) -> tuple[Happened, ...]:
    """Whether the complainant was treated politely: once, by themselves or passed on by the desk or a senior.

    Never by whoever is of the department, nor before there was anything to be asked about.
    """
    if by.petition != complaint.petition:
        need_nothing_to_do_with_it(complaint, by)
        need_role(complaint, by, Role.OPERATOR, Role.SENIOR)
    if complaint.solution is None and complaint.first_solution is None:
        raise NotSolved(complaint.code)
    return (PolitenessTold(at=at, by=by.person, polite=polite),) if complaint.polite is None else ()


def tell_not_reached(complaint: Complaint, by: Actor, at: datetime) -> tuple[Happened, ...]:
    """The desk has called the complainant about a solution, and nobody answered."""
    need_nothing_to_do_with_it(complaint, by)
    need_role(complaint, by, Role.OPERATOR, Role.SENIOR)
    need_solution(complaint)
    return (NotReached(at=at, by=by.person),)


def look_at_flags(complaint: Complaint, by: Actor, at: datetime) -> tuple[Happened, ...]:
    """A senior or administrator has looked at what was flagged; nobody of the department, and not the solver."""
    need_nothing_to_do_with_it(complaint, by)
    need_role(complaint, by, Role.SENIOR, Role.ADMINISTRATOR)
    return (FlagsLookedAt(at=at, by=by.person),) if complaint.flags else ()
