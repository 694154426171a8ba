"""A complaint about an office never goes to that office alone. Pure.

The administration group has its card from the first moment; what is decided about it is decided by somebody of another
office; and where the office complained about does the work itself, only a senior's word closes it.

Source: docs/design.md §4, Life of a complaint; docs/rules.md O1 to O3.
"""

from core.complaints.complaint import Complaint
from core.people import Actor, Role
from core.refusals import AboutOwnOffice, NotAllowed


def needs_a_senior(complaint: Complaint) -> bool:
    """Whether the office complained about holds the complaint, so that only a senior closes it (O3)."""
    return complaint.about is not None and complaint.about == complaint.department


def need_unconcerned(complaint: Complaint, by: Actor) -> None:
    """Raises AboutOwnOffice for whoever belongs to the office that is complained about, whatever else they are (O2)."""
    if complaint.about is not None and by.belongs_to(complaint.about):
        raise AboutOwnOffice(complaint.code)


def need_a_senior_if_about_itself(complaint: Complaint, by: Actor) -> None:
    """Raises NotAllowed where only a senior closes and `by` is none: the complainant may be under that office (O3)."""
    if needs_a_senior(complaint) and not by.has(Role.SENIOR):
        raise NotAllowed(Role.SENIOR, complaint.code)
