"""Who may see what of a complaint (docs/design.md §4, Privacy). Pure: an actor and a complaint in, yes or no out."""

from core.complaints.complaint import Complaint
from core.complaints.rights import is_asked_to_look
from core.people import DISTRICT_ROLES, Actor, Role

#: Who is in charge of everything; of a department's complaints its own people are too.
_IN_CHARGE = (Role.OPERATOR, Role.NODAL_OFFICER, Role.SENIOR, Role.ADMINISTRATOR)


def sees(actor: Actor, complaint: Complaint) -> bool:
    """Whether the complaint is the actor's business: a district-wide role, of a department that holds or held it, or
    asked to look at it as a sample, for as long as they are asked."""
    held = any(actor.belongs_to(hold.department) for hold in complaint.holds)
    return held or actor.has(*DISTRICT_ROLES) or is_asked_to_look(complaint, actor)


def sees_words(actor: Actor, complaint: Complaint) -> bool:
    """Whether the actor may read who complains, where, and in what words.

    Of a confidential complaint only the head of the department that holds it, seniors and operators.
    """
    if not complaint.confidential:
        return sees(actor, complaint)
    return actor.has(Role.OPERATOR, Role.SENIOR) or complaint.department in actor.head_of


def sees_phone(actor: Actor, complaint: Complaint) -> bool:
    """Whether the actor may see the phone in full: those in charge. Each look is put on record."""
    in_charge = actor.has(*_IN_CHARGE) or actor.belongs_to(complaint.department)
    return in_charge and sees_words(actor, complaint)
