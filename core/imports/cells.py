"""Reading single cells: what is allowed in each, and what is said when it is something else."""

from pathlib import Path
from typing import Any

import yaml

from core.imports.report import RowRefused
from core.imports.sheet import Line
from core.petitions import read_phone
from core.refusals import Invalid
from core.settings.nearest import nearest
from core.text import fold

WORDS: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text(encoding="utf-8"))


def needed(line: Line, column: str, longest: int = 300) -> str:
    """The cell, which must not be empty. Raises RowRefused."""
    if not line[column]:
        raise RowRefused(f"{column} is empty")
    return short(line, column, longest)


def short(line: Line, column: str, longest: int = 300) -> str:
    """The cell, of at most `longest` letters. Raises RowRefused."""
    if len(line[column]) > longest:
        raise RowRefused(f"{column} has {len(line[column])} letters, at most {longest} are allowed")
    return line[column]


def one_of(line: Line, column: str, allowed: tuple[str, ...], otherwise: str) -> str:
    """The cell, one of `allowed` in small letters; `otherwise` where it is empty. Raises RowRefused."""
    given = "_".join(line[column].lower().split()) or otherwise
    if given not in allowed:
        raise RowRefused(f"{column} is {line[column]!r}; write one of {', '.join(allowed)}{nearest(given, allowed)}")
    return given


def yes_or_no(line: Line, column: str) -> bool:
    """The cell as yes or no; an empty one is no. Raises RowRefused."""
    given = fold(line[column]).strip()
    for answer, words in ((True, WORDS["yes"]), (False, ["", *WORDS["no"]])):
        if given in {fold(str(word)) for word in words}:
            return answer
    raise RowRefused(f"{column} is {line[column]!r}; write yes or no")


def phone(line: Line, column: str = "phone") -> str:
    """The cell as ten digits, "" where it is empty. Raises RowRefused."""
    try:
        return read_phone(line[column])
    except Invalid as error:
        raise RowRefused(f"{column} has {error.limit} digits; a mobile number has 10") from None


def category(line: Line, column: str = "category") -> str | None:
    """A, B or C; None where the cell is empty. Raises RowRefused."""
    given = line[column].upper()
    if given not in ("", "A", "B", "C"):
        raise RowRefused(f"{column} is {line[column]!r}; write A, B or C")
    return given or None
