"""Days on which the office is closed, as requests: declared, and taken back. Frozen, and imperatives."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class DeclareHoliday:
    """The office is closed on a day: open deadlines on it move (docs/design.md §4, rule 3)."""

    day: date
    name_hi: str
    name_en: str = ""


@dataclass(frozen=True)
class UndeclareHoliday:
    """The office is open on a day that was declared closed; what moved stays moved (docs/rules.md D15)."""

    day: date


HolidayCommand = DeclareHoliday | UndeclareHoliday
