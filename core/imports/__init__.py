"""Lists that an office brings along: departments, people, complaints, as CSV files from a spreadsheet."""

from core.imports.complaints import import_complaints
from core.imports.departments import import_departments
from core.imports.people import import_people
from core.imports.report import BadFile, BadRow, Imported
from core.imports.sheet import Sheet, read_sheet

__all__ = [
    "BadFile",
    "BadRow",
    "Imported",
    "Sheet",
    "import_complaints",
    "import_departments",
    "import_people",
    "read_sheet",
]
