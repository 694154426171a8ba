"""What every rule asks first: whether the actor may, and whether the complaint stands so that it can be done.

Rights come before the state, so that a forged press learns nothing.
"""

from core.complaints.about import need_unconcerned
from core.complaints.complaint import Complaint, Solution, State
from core.complaints.verifying import Asked
from core.people import Actor, Role
from core.refusals import (
    AlreadyClosed,
    AlreadyMerged,
    AlreadyRejected,
    AlreadySolved,
    NotAllowed,
    NotSolved,
    OwnSolution,
    WrongDepartment,
)


def need_department(complaint: Complaint, by: Actor, *or_roles: Role) -> None:
    """Raises WrongDepartment or NotAllowed for who neither belongs to the department nor has one of the roles."""
    if by.belongs_to(complaint.department) or by.has(*or_roles):
        return
    if by.member_of or by.head_of:
        raise WrongDepartment(complaint.code, complaint.department)
    raise NotAllowed(Role.MEMBER, complaint.code)


def need_role(complaint: Complaint, by: Actor, *roles: Role) -> None:
    """Raises NotAllowed for whoever has none of the district-wide roles; the first of them is named."""
    if not by.has(*roles):
        raise NotAllowed(roles[0], complaint.code)


def need_head(complaint: Complaint, by: Actor, *or_roles: Role) -> None:
    """Raises NotAllowed for whoever neither heads the department that holds it nor has one of the roles."""
    if complaint.department not in by.head_of and not by.has(*or_roles):
        raise NotAllowed(Role.HEAD, complaint.code)


def need_open(complaint: Complaint) -> None:
    """Raises AlreadySolved, -Closed, -Rejected or -Merged: the department has no more work with it."""
    need_neither_closed_nor_merged(complaint)
    if complaint.state is State.SOLVED:
        assert complaint.solution is not None
        solution = complaint.solution
        # What was done about a confidential matter is not told where it is refused: that may be in a group.
        words = "" if complaint.confidential else solution.words
        raise AlreadySolved(complaint.code, words, solution.by, solution.at)


def need_solution(complaint: Complaint) -> Solution:
    """The solution that nobody has confirmed. Raises AlreadyClosed, AlreadyRejected, AlreadyMerged or NotSolved."""
    need_neither_closed_nor_merged(complaint)
    if complaint.state is not State.SOLVED or complaint.solution is None:
        raise NotSolved(complaint.code)
    return complaint.solution


def need_outside_view(complaint: Complaint, by: Actor) -> None:
    """Raises OwnSolution or NotAllowed for whoever may not say in the office's name that it is really solved."""
    need_nothing_to_do_with_it(complaint, by)
    if not by.has(Role.SENIOR, Role.OPERATOR) and not is_asked_to_look(complaint, by):
        raise NotAllowed(Role.SENIOR, complaint.code)


def need_nothing_to_do_with_it(complaint: Complaint, by: Actor) -> None:
    """Raises OwnSolution for whoever solved it and everybody of the department that did, AboutOwnOffice for everybody
    of the office that it complains about."""
    solved_it = complaint.solution is not None and by.person is not None and complaint.solution.by == by.person
    if solved_it or by.belongs_to(complaint.department):
        raise OwnSolution(complaint.code)
    need_unconcerned(complaint, by)


def is_asked_to_look(complaint: Complaint, by: Actor) -> bool:
    """Whether the actor heads the department that looks at this very complaint as a sample, just now."""
    asked = complaint.confirmation
    return asked is not None and asked.asked is Asked.OTHER_HEAD and asked.department in by.head_of


def need_neither_closed_nor_merged(complaint: Complaint) -> None:
    """Raises AlreadyClosed, AlreadyRejected or AlreadyMerged: nothing is waited for any more."""
    if complaint.state is State.CLOSED:
        assert complaint.closed_at is not None
        raise AlreadyClosed(complaint.code, complaint.closed_at)
    if complaint.state is State.REJECTED:
        assert complaint.closed_at is not None
        raise AlreadyRejected(complaint.code, complaint.rejected_for, complaint.closed_at)
    if complaint.state is State.MERGED:
        raise AlreadyMerged(complaint.code, complaint.merged_code)
