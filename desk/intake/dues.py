"""When each category would be due if the petition were registered now: shown before saving."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from core.complaints.rules import OfficeRules
from core.settings import LETTERS
from core.sla import Due, due_at_registration


@dataclass(frozen=True)
class WouldBeDue:
    """A category's letter, its due time, and the office's date of registration."""

    letter: str
    due: Due
    day: date


def dues_now(rules: OfficeRules, now: datetime) -> Iterator[WouldBeDue]:
    """A, B and C, each as if registered at `now`."""
    for letter in LETTERS:
        category = rules.settings.categories.rule(letter)
        due = due_at_registration(now, category, rules.calendar, rules.settings)
        yield WouldBeDue(letter, due, rules.calendar.day_of(now))
