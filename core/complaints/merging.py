"""The same matter is another complaint already: a senior joins the two, or parts them again. Pure.

Source: docs/design.md §4, Life of a complaint; docs/rules.md L4, M1 to M4.
"""

from collections.abc import Callable
from datetime import datetime

from core.complaints.about import need_unconcerned
from core.complaints.complaint import Complaint, State
from core.complaints.decisions import Merged, Unmerged
from core.complaints.happened import Happened
from core.complaints.rights import need_open, need_role
from core.people import Actor, Role
from core.refusals import Invalid, MergedAround, NotMerged


def merge(complaint: Complaint, into: Complaint, by: Actor, at: datetime) -> tuple[Happened, ...]:
    """It is the same matter as `into`, which goes on for both; into whichever open complaint of any department (M1).

    A second press changes nothing. Raises NotAllowed, AboutOwnOffice, AlreadySolved, -Closed, -Rejected or -Merged, and
    MergedAround where `into` is the complaint itself, or is joined to another or no longer open; Invalid where one of
    the two is confidential, as the other's words would tell of it.
    """
    need_role(complaint, by, Role.SENIOR)
    need_unconcerned(complaint, by)
    need_unconcerned(into, by)
    if complaint.state is State.MERGED and complaint.merged_into == into.id:
        return ()
    need_open(complaint)
    if into.id == complaint.id or not into.is_open:
        raise MergedAround(complaint.code, into.code, into.merged_code)
    if into.confidential != complaint.confidential:
        raise Invalid("into", "confidential", into.code)
    return (Merged(at=at, by=by.person, into=into.id, into_code=into.code),)


def unmerge(complaint: Complaint, by: Actor, at: datetime) -> tuple[Happened, ...]:
    """It is a matter of its own after all: back to the state and the due time that it had (docs/rules.md L4, M4).

    Raises NotAllowed, AboutOwnOffice or NotMerged.
    """
    need_role(complaint, by, Role.SENIOR)
    need_unconcerned(complaint, by)
    if complaint.state is not State.MERGED:
        raise NotMerged(complaint.code)
    return (Unmerged(at=at, by=by.person),)


def goes_on_as(complaint: Complaint, by_id: Callable[[int], Complaint]) -> Complaint:
    """The complaint that goes on for this one: itself, or what it was joined to, and that in turn.

    Nothing is ever joined to what is joined already, so this comes to an end.
    """
    while complaint.merged_into is not None:
        complaint = by_id(complaint.merged_into)
    return complaint
