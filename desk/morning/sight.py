"""Who may see what of the morning: names, figures, or one's own record alone (docs/design.md §4, Who may do what).

Source: docs/voice.md 4.1, /presence: a member sees themselves and their department's figure, a head who is missing in
it, the administration everything. An operator at the desk sees every department's figure, and nobody's name.
"""

from dataclasses import dataclass

from core.people import Role
from desk.visitor import Visitor

SEE_EVERYBODY = (Role.SENIOR, Role.ADMINISTRATOR, Role.NODAL_OFFICER, Role.AUDITOR)


@dataclass(frozen=True)
class Sight:
    """What somebody may see. person: id of themselves.   names, figures: ids of departments.

    everybody: every person's record.   whole: the figures are those of the whole district.
    """

    person: int
    names: frozenset[int]
    figures: frozenset[int]
    everybody: bool
    whole: bool

    def sees_person(self, visitor: Visitor, person: int) -> bool:
        """Whether a person's record is theirs to read: their own, or that of somebody in a department of theirs."""
        of = visitor.directory.memberships_of(person)
        return self.everybody or person == self.person or any(each.department in self.names for each in of)


def sight(visitor: Visitor) -> Sight:
    """What the visitor may see now."""
    every = frozenset(visitor.directory.departments)
    actor = visitor.actor
    everybody = actor.has(*SEE_EVERYBODY)
    whole = everybody or actor.has(Role.OPERATOR)
    return Sight(
        person=visitor.person.id,
        names=every if everybody else actor.head_of,
        figures=every if whole else actor.member_of | actor.head_of,
        everybody=everybody,
        whole=whole,
    )
