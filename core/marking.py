"""Marks are kept as they come, in the batch of the message, press or receipt that they are made of.

A mark counts when it was made, by the platform's own time: one that is delivered after its day was reported amends that
day (docs/design.md §4, Presence; docs/rules.md P1, P2, P8). Outside the window nothing is kept.
"""

from datetime import datetime
from functools import partial

from core.day_reports import Why, amend
from core.people import Door, Via
from core.presence import Mark, Strength, marks_of
from core.store.queries.day_reports import Amendment
from core.store.queries.marks import keep_marks, keep_waiting_mark, take_waiting_marks
from core.store.unit import UnitOfWork
from core.watching import Watcher


def mark(office: Watcher, unit: UnitOfWork, made: Mark, why: Why = Why.LATE_DELIVERY) -> Amendment | None:
    """Keep a mark of somebody of the office; returns the amendment if its day was reported before and changes.

    Nothing for whoever is in no department that has a group. The same mark twice is one.
    """
    if office.just_kept.holds(made):
        return None
    directory = unit.directory
    home = directory.home_of(made.person)
    if home is None:
        return None
    window = office.windows_in(unit).around(made.at, directory.departments[home.department].code)
    if window is None:
        return None
    keep_marks(unit, window.day, made.person, marks_of(made.at, made.strength, window))
    unit.after_commit(partial(office.just_kept.learn, made))
    if unit.now < window.end:
        return None
    amendment = amend(office, unit, window.day, made.person, why)
    if amendment is not None:
        office.tell_presence(unit, [amendment.happened(Via(Door.CLOCK))])
    return amendment


def mark_of_stranger(
    office: Watcher, unit: UnitOfWork, account: str, user: str, department: int, at: datetime, strength: Strength
) -> None:
    """Keep a mark of somebody unknown in the group of a department (its id): it counts once they are enrolled."""
    letters = unit.directory.departments[department].code
    if office.windows_in(unit).around(at, letters) is not None:
        keep_waiting_mark(unit, account, user, at, strength)


def count_waiting_marks(office: Watcher, unit: UnitOfWork, account: str, user: str, person: int) -> None:
    """The marks that somebody made while they waited are theirs from now on, on the days on which they made them."""
    for at, strength in take_waiting_marks(unit, account, user):
        mark(office, unit, Mark(person, at, strength), Why.ENROLLED)
