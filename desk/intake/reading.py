"""From what was typed to a petition, or to everything that is wrong with it at once.

The office checks again when it registers; here all fields are looked at together, so that nobody mends one after the
other (docs/voice.md 3.4).
"""

from collections.abc import Iterator

from core.commands import Part, RegisterPetition
from core.complaints.register import LONGEST
from core.directory import Directory
from core.petitions import Direction, Kind, read_phone
from core.refusals import Invalid
from core.settings import LETTERS
from desk.forms import whole_number
from desk.intake.departments import meant, suggestions
from desk.intake.typed import Problem, Row, Typed


def read(typed: Typed, directory: Directory) -> RegisterPetition | tuple[Problem, ...]:
    """The petition to register, or the problems, in the order of the form."""
    problems = (
        *_of_text("name", typed.name),
        *_of_phone(typed),
        *_of_text("village", typed.village),
        *_of_text("words", typed.words),
        *_of_rows(typed.rows, directory),
        *_of_choices(typed, directory),
    )
    if problems:
        return problems
    return RegisterPetition(
        name=typed.name,
        phone="" if typed.no_phone else read_phone(typed.phone),
        village=typed.village,
        words=typed.words,
        parts=tuple(_part(row, directory) for row in typed.rows),
        kind=Kind(typed.kind),
        confidential=typed.confidential,
        waiting=typed.waiting,
        about=directory.department_id(typed.about) if typed.about else None,
        heard_by=whole_number(typed.heard_by),
        direction=Direction(typed.direction) if typed.direction else None,
        papers=tuple(each.sha256 for each in typed.papers),
        language=typed.language or None,
    )


def _of_text(field: str, text: str) -> Iterator[Problem]:
    if not text:
        yield Problem(field, "empty")
    elif len(text) > LONGEST[field]:
        yield Problem(field, "too_long", {"n": len(text), "m": LONGEST[field]})


def _of_phone(typed: Typed) -> Iterator[Problem]:
    if typed.no_phone:
        return
    if not typed.phone:
        yield Problem("phone", "empty")
        return
    try:
        read_phone(typed.phone)
    except Invalid as refusal:
        yield Problem("phone", "length", {"n": int(refusal.limit)})


def _of_rows(rows: tuple[Row, ...], directory: Directory) -> Iterator[Problem]:
    known = tuple(directory.departments.values())
    seen: set[str] = set()
    for number, row in enumerate(rows):
        found = meant(row.department, known)
        if found is None:
            offered = suggestions(row.department, known, most=5) if row.department else ()
            yield Problem(f"department_{number}", "unknown" if row.department else "empty", {"offered": offered})
        elif found.code in seen:
            yield Problem(f"department_{number}", "twice", {"department": found})
        else:
            seen.add(found.code)
        if row.category not in LETTERS and (found is None or found.category not in LETTERS):
            yield Problem(f"category_{number}", "empty")


def _of_choices(typed: Typed, directory: Directory) -> Iterator[Problem]:
    """Values that only a tampered form can have: the page offers no others."""
    if typed.kind not in set(Kind):
        yield Problem("kind", "unknown")
    if typed.direction and typed.direction not in set(Direction):
        yield Problem("direction", "unknown")
    if typed.heard_by and whole_number(typed.heard_by) not in directory.people:
        yield Problem("heard_by", "unknown")
    if typed.about and directory.department(typed.about) is None:
        yield Problem("about", "unknown")


def _part(row: Row, directory: Directory) -> Part:
    department = meant(row.department, directory.departments.values())
    assert department is not None, "only rows without a problem get here"
    return Part(department.code, row.category or department.category or "")
