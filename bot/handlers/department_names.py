"""Which department somebody means: by its letters, its name, or what people call it."""

from bot.context import Context
from core.complaints import Complaint
from core.departments import Department
from core.directory import Directory
from core.text import fold

MOST = 5


def departments_named(directory: Directory, typed: str) -> tuple[Department, ...]:
    """The department that is called exactly so; else those whose names hold the words, five at most."""
    wanted = fold(typed).strip()
    if not wanted:
        return ()
    exact = [each for each in directory.departments.values() if wanted in _names(each)]
    if exact:
        return tuple(exact[:MOST])
    near = [each for each in directory.departments.values() if any(wanted in name for name in _names(each))]
    return tuple(near[:MOST])


def suggested_departments(ctx: Context, complaint: Complaint) -> tuple[Department, ...]:
    """The departments that the petition's words speak of, as buttons to begin with; may be none."""
    if complaint.confidential:
        return ()
    words = fold(ctx.petition(complaint).words)
    spoken_of = [
        each
        for each in ctx.directory.departments.values()
        if each.id != complaint.department and any(fold(alias).strip() in words for alias in each.aliases)
    ]
    return tuple(spoken_of[:MOST])


def _names(department: Department) -> tuple[str, ...]:
    names = (department.code, department.name_hi, department.name_en, *department.aliases)
    return tuple(fold(name).strip() for name in names)
