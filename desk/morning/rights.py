"""What somebody may do about a person's presence. It only hides forms; the rules in core decide."""

from dataclasses import dataclass

from core.people import Role
from desk.visitor import Visitor


@dataclass(frozen=True)
class May:
    """duty: take offline and restore.   correct: a verdict by hand.   leave: record and cancel it."""

    duty: bool
    correct: bool
    leave: bool


def may_do(visitor: Visitor, person: int) -> May:
    """What the visitor may do about a person (core/off_duty.py, core/correcting.py, core/leave.py)."""
    own = visitor.person.id == person
    senior = visitor.actor.has(Role.SENIOR)
    of = {each.department for each in visitor.directory.memberships_of(person)}
    heads = bool(of & visitor.actor.head_of)
    return May(
        duty=senior and not own, correct=senior and not own, leave=(own and bool(of)) or (not own and (senior or heads))
    )
