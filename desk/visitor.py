"""Who is at the desk: a person of the office, what they may do, and in which language they read."""

from dataclasses import dataclass

from core.access import Session
from core.complaints import Flagged, FlagsLookedAt
from core.directory import Directory
from core.people import DISTRICT_ROLES, Actor, Person, Role
from core.readiness import missing
from core.store.queries.complaint_page import Step

REGISTER = (Role.OPERATOR, Role.NODAL_OFFICER, Role.SENIOR, Role.ADMINISTRATOR)
GIVE_LINKS = (Role.NODAL_OFFICER, Role.ADMINISTRATOR)


@dataclass(frozen=True)
class Visitor:
    """Somebody at the desk. What is asked here only hides and answers early; the rules in core decide."""

    session: Session
    person: Person
    actor: Actor
    directory: Directory
    language: str

    @property
    def registers(self) -> bool:
        """Whether the intake form is theirs to use."""
        return self.actor.has(*REGISTER)

    @property
    def closes_the_office(self) -> bool:
        """Whether they declare holidays."""
        return self.actor.has(Role.ADMINISTRATOR)

    @property
    def calls(self) -> bool:
        """Whether the list of calls to make is theirs."""
        return self.actor.has(Role.OPERATOR, Role.SENIOR)

    @property
    def decides(self) -> bool:
        """Whether what waits for a senior, and what is flagged, is theirs."""
        return self.actor.has(Role.SENIOR, Role.ADMINISTRATOR)

    @property
    def gives_links(self) -> bool:
        """Whether they hand out personal links."""
        return self.actor.has(*GIVE_LINKS)

    def gives_links_of(self, person: Person) -> bool:
        """A nodal officer gives no links of those who may do more: a link in their hands would be a way up."""
        above = {Role.ADMINISTRATOR, Role.SENIOR} & person.roles and person.id != self.person.id
        return self.gives_links and (not above or self.actor.has(Role.ADMINISTRATOR))

    @property
    def sets_up(self) -> bool:
        """Whether what the office still lacks is theirs to mend."""
        return self.actor.has(*GIVE_LINKS)

    @property
    def lacks_something(self) -> bool:
        """Whether there is something to mend for them."""
        return self.sets_up and not missing(self.directory).nothing

    @property
    def sees_all(self) -> bool:
        """Whether every department is their business."""
        return self.actor.has(*DISTRICT_ROLES)

    @property
    def departments(self) -> tuple[int, ...]:
        """The departments whose complaints they see, in the office's order."""
        return tuple(each for each in self.directory.departments if self.sees_all or self.actor.belongs_to(each))

    def name_of(self, person: int | None) -> str:
        """A person's name in the reader's language; "" for nobody, or somebody who is no longer known."""
        found = self.directory.people.get(person) if person is not None else None
        return found.name(self.language) if found else ""

    def department_name(self, department: int | None) -> str:
        """A department's full name in the reader's language; "" for none."""
        found = self.directory.departments.get(department) if department is not None else None
        return found.name(self.language) if found else ""

    def department_code(self, department: int) -> str:
        """A department's letters; "" when it is unknown."""
        found = self.directory.departments.get(department)
        return found.code if found else ""


def steps_for(visitor: Visitor, steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The history as the visitor may read it: flags are for the administration, not for those who were flagged."""
    return tuple(each for each in steps if visitor.sees_all or not isinstance(each.happened, Flagged | FlagsLookedAt))
