"""Who is expected in the window: everybody enrolled in a bound group, once, whatever departments they are in. Pure.

Source: docs/design.md §4, Presence; docs/rules.md P8.
"""

from dataclasses import dataclass
from datetime import datetime

from core.directory import Directory
from core.presence.windows import DayWindow


@dataclass(frozen=True)
class Attending:
    """A person who has a verdict each day.

    department: id of the one enrolled in first; its window counts.   accounts: the chat accounts that they are on.
    since: from when on they are enrolled or waited for it; None: always.
    """

    person: int
    department: int
    accounts: frozenset[str]
    since: datetime | None = None

    def is_expected(self, window: DayWindow) -> bool:
        """Whether they have a verdict that day: not whoever came after the window had opened (P8)."""
        return self.since is None or self.since <= window.begin


def attending(directory: Directory) -> tuple[Attending, ...]:
    """Everybody who is expected, by department and person."""
    found = (attending_of(directory, person) for person in directory.people)
    return tuple(sorted((each for each in found if each is not None), key=lambda each: (each.department, each.person)))


def attending_of(directory: Directory, person: int) -> Attending | None:
    """The same of one person; None for whoever is on no chat, or in no department that has a group."""
    home, identities = directory.home_of(person), directory.identities(person)
    if home is None or not identities:
        return None
    known_since = [each.since for each in identities]
    since = [at for at in (home.since, None if None in known_since else min(filter(None, known_since))) if at]
    return Attending(person, home.department, frozenset(each.account for each in identities), max(since, default=None))
