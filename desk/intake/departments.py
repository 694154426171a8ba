"""Finding the department that somebody types: by its letters, its name, or what people call it."""

from collections.abc import Iterable
from pathlib import Path

import yaml

from core.departments import Department
from core.text import fold

SHOWN = 8
#: Between a department's letters and its name, in suggestions.
BETWEEN = " · "
_MATTERS: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("matters.yaml").read_text(encoding="utf-8"))


def suggestions(typed: str, departments: Iterable[Department], most: int = SHOWN) -> tuple[Department, ...]:
    """The departments that `typed` may mean, the likeliest first; all of them, in order, for nothing typed."""
    wanted = fold(typed).strip()
    known = tuple(departments)
    ranked = [(rank, place) for place, each in enumerate(known) if (rank := _rank(wanted, each)) is not None]
    return tuple(known[place] for _, place in sorted(ranked))[:most]


def meant(typed: str, departments: Iterable[Department]) -> Department | None:
    """The one department that `typed` means: written in full, or nothing else fits. None when that is not sure."""
    letters = typed.partition(BETWEEN)[0].strip()
    known = tuple(departments)
    wanted = fold(typed).strip()
    exact = [each for each in known if fold(letters) == fold(each.code) or wanted in _names(each)]
    exact = exact or [each for each in known if wanted in _matters(each)]
    if exact:
        return exact[0] if len(exact) == 1 else None
    fitting = suggestions(typed, known, most=2) if typed.strip() else ()
    return fitting[0] if len(fitting) == 1 else None


def _rank(wanted: str, department: Department) -> int | None:
    """How well it fits, 0 best; None for not at all."""
    if not wanted:
        return 0
    code, names = fold(department.code), _names(department)
    if wanted == code or wanted in names:
        return 0
    if code.startswith(wanted):
        return 1
    if any(name.startswith(wanted) for name in (*names, *_matters(department))):
        return 2
    if any(f" {wanted}" in name for name in (*names, *_matters(department))):
        return 3
    return 4 if any(wanted in name for name in names) else None


def _names(department: Department) -> tuple[str, ...]:
    return tuple(map(fold, (*department.aliases, department.name_hi, department.name_en)))


def _matters(department: Department) -> tuple[str, ...]:
    return tuple(map(fold, _MATTERS.get(department.code, ())))
