"""What came of an import, and what was wrong with its rows."""

from collections.abc import Callable
from dataclasses import dataclass, field

Progress = Callable[[int, int], None]
"""Called with how many rows are done, of how many."""


class BadFile(Exception):
    """The file cannot be read as a table at all; `problems`: a sentence each, with its cure."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, order=True)
class BadRow:
    """A row that was not taken. `line`: where it begins in the file, from 1.   `reason`: what to correct."""

    line: int
    reason: str


class RowRefused(Exception):
    """A row's value is wrong; its words are the reason."""


@dataclass
class Imported:
    """Counts of rows, and the bad ones.

    written: whether anything was kept; with bad rows only on request.   notes: sentences about what was done to rows
    beside what they say.
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    bad: list[BadRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    written: bool = True

    @property
    def rows(self) -> int:
        """How many rows the file has."""
        return self.added + self.changed + self.unchanged + len(self.bad)


class TakenBack(Exception):
    """Raised inside a work's overlay to drop what was staged, since a row is bad and all or nothing was asked for."""
