"""When each rung of the ladder speaks, told from a due time: quiet hours, closed days, the order of the rungs. Pure.

Source: docs/design.md §4, Reminders and escalation; docs/rules.md L1 to L3. Whose rungs they are is no matter here:
what a complaint has of them is in `core/complaints/climbing.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from core.office_days import ONE_DAY, OfficeCalendar
from core.settings import Rung
from core.settings.office import Quiet
from core.sla import Due


@dataclass(frozen=True)
class RungAt:
    """A rung and the instant (UTC) from which it may speak."""

    rung: Rung
    at: datetime


def is_quiet(at: datetime, calendar: OfficeCalendar, quiet: Quiet) -> bool:
    """Whether nothing is sent at `at`: on a closed day, or in [from, to) of the night; office hours never are (L1)."""
    local = at.astimezone(calendar.zone)
    wall = local.time()
    if not calendar.is_open(local.date()):
        return True
    if calendar.opening <= wall <= calendar.closing:
        return False
    if quiet.begin < quiet.end:
        return quiet.begin <= wall < quiet.end
    return wall >= quiet.begin or wall < quiet.end


def when_it_may_speak(at: datetime, calendar: OfficeCalendar, quiet: Quiet) -> datetime:
    """`at` itself, or the next opening of the office where it is quiet then (docs/rules.md L1)."""
    return calendar.first_opening_at_or_after(at) if is_quiet(at, calendar, quiet) else at


def moved_rungs(due_at: datetime, ladder: Iterable[Rung], calendar: OfficeCalendar, quiet: Quiet) -> tuple[RungAt, ...]:
    """Each rung with its instant moved out of the quiet: back before the due time, forward from then on (L1)."""
    moved = []
    for rung in ladder:
        at = rung.when.at(due_at, calendar.zone)
        if at < due_at:
            at = last_close_before(at, calendar) if is_quiet(at, calendar, quiet) else at
        else:
            at = when_it_may_speak(at, calendar, quiet)
        moved.append(RungAt(rung, at))
    return tuple(moved)


def in_order(moved: Iterable[RungAt], due: Due) -> tuple[RungAt, ...]:
    """The rungs of a version of a due time: none before a lower one, none that was over when the version began.

    moved: of `due.at`, from the lowest to the highest (docs/rules.md L2, L3).
    """
    began = version_began(due)
    rungs: list[RungAt] = []
    for each in moved:
        if each.at > began:
            at = max(each.at, rungs[-1].at) if rungs else each.at
            rungs.append(RungAt(each.rung, at))
    return tuple(rungs)


def version_began(due: Due) -> datetime:
    """When this version of the due time began: its clock, or what moved it last (docs/rules.md L3)."""
    return due.moved[-1].at if due.moved else due.counted_from


def last_close_before(at: datetime, calendar: OfficeCalendar) -> datetime:
    """The latest close of an office day that is not after `at`: the last moment of office hours before a quiet one."""
    day = calendar.day_of(at)
    while not calendar.is_open(day) or calendar.closes(day) > at:
        day -= ONE_DAY
    return calendar.closes(day)
