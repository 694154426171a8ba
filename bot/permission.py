"""Who is answered early: a role at a handler hides and refuses; the rule in core decides (docs/voice.md 4.1).

"Up" is member < head < senior < administrator; operator, nodal officer and auditor only where they are named. What is
not "up" names everybody who may: then `/help` shows nobody what a rule would refuse them (docs/rights.md).
"""

from core.complaints import Complaint
from core.complaints.rights import need_department
from core.people import DISTRICT_ROLES, Actor, Role
from core.refusals import NotAllowed

_ENOUGH = {
    Role.SENIOR: (Role.SENIOR, Role.ADMINISTRATOR),
    Role.OPERATOR: (Role.OPERATOR, Role.SENIOR, Role.ADMINISTRATOR),
    Role.NODAL_OFFICER: (Role.NODAL_OFFICER, Role.SENIOR, Role.ADMINISTRATOR),
    Role.ADMINISTRATOR: (Role.ADMINISTRATOR,),
    Role.AUDITOR: (Role.AUDITOR, Role.ADMINISTRATOR),
}


Needed = Role | tuple[Role, ...] | None
"""A role or one above it; or one of exactly these, the first of them named where none is there; None: nobody needs any.
"""


def may(actor: Actor, role: Needed) -> bool:
    """Whether the actor has the role or one above it, or one of exactly those named; of whichever department."""
    if role is None:
        return True
    if isinstance(role, tuple):
        return any(_is(actor, each) for each in role)
    if role is Role.MEMBER:
        return actor.person is not None
    if role is Role.HEAD:
        return bool(actor.head_of) or actor.has(Role.SENIOR, Role.ADMINISTRATOR)
    return actor.has(*_ENOUGH[role])


def need(actor: Actor, role: Needed) -> None:
    """Raises NotAllowed where `may` says no."""
    if role is not None and not may(actor, role):
        raise NotAllowed(role[0] if isinstance(role, tuple) else role)


def need_about(actor: Actor, role: Needed, complaint: Complaint) -> None:
    """The same for an action on a complaint: a member's, and a head's, is one of the department that holds it."""
    named = role if isinstance(role, tuple) else (role,)
    if Role.MEMBER in named:
        need_department(complaint, actor, *(each for each in named if each in DISTRICT_ROLES))
    else:
        need(actor, role)


def _is(actor: Actor, role: Role) -> bool:
    if role is Role.MEMBER:
        return bool(actor.member_of or actor.head_of)
    return bool(actor.head_of) if role is Role.HEAD else actor.has(role)
