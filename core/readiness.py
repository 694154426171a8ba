"""What an office still lacks before every complaint reaches somebody (docs/design.md §4, Who may do what). Pure."""

from dataclasses import dataclass

from core.departments import Department
from core.directory import Directory
from core.settings import OfficeSettings
from core.settings.nearest import nearest


@dataclass(frozen=True)
class Missing:
    """Departments without a group, without a head, without anybody whom a chat knows; and the administration's group.

    unreachable: nobody of the department could be told anything privately.   administration: it has a group.
    """

    without_group: tuple[Department, ...]
    without_head: tuple[Department, ...]
    unreachable: tuple[Department, ...]
    administration: bool

    @property
    def nothing(self) -> bool:
        """Whether nothing is missing."""
        return self.administration and not (self.without_group or self.without_head or self.unreachable)


def missing(directory: Directory) -> Missing:
    """What is missing now, departments in the order of their letters."""
    known = {each.person for each in directory.identities_ if each.lost_at is None}
    departments = sorted(directory.departments.values(), key=lambda each: each.code)
    return Missing(
        without_group=tuple(each for each in departments if not directory.groups_of(each.id)),
        without_head=tuple(each for each in departments if directory.head(each.id) is None),
        unreachable=tuple(
            each for each in departments if not any(person.id in known for person in directory.members(each.id))
        ),
        administration=bool(directory.administration()),
    )


def unknown_letters(settings: OfficeSettings, directory: Directory) -> tuple[str, ...]:
    """Each key of config.yaml that names a department by letters which none has, with the cure; nothing while there are
    no departments yet. A mistyped one would change nothing and say nothing."""
    letters = {each.code for each in directory.departments.values()}
    named = {
        "presence.departments": list(settings.presence.departments),
        "closing.department_evidence": list(settings.closing.department_evidence),
    }
    return tuple(
        f"config.yaml: {section}.{each}: no department has these letters; write those of one, or leave it out"
        f"{nearest(each, letters)}"
        for section, keys in named.items()
        for each in keys
        if letters and each not in letters
    )
