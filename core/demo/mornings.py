"""Who was there in the demo's past mornings: most in time, some late, some for a part of it, a few not at all."""

from datetime import date, datetime, timedelta
from functools import partial
from hashlib import sha256

from core.day_reports import report, reports_due
from core.marking import mark
from core.office import Office
from core.presence import Mark
from core.store.unit import UnitOfWork
from core.store.work import Work

IN_TIME, LATE, PARTLY, ABSENT = (2, 42, 85), (24, 43, 86), (4, 46), ()
HABITS: tuple[tuple[int, ...], ...] = (*[IN_TIME] * 16, *[LATE] * 2, PARTLY, ABSENT)
"""Minutes after the window's begin at which somebody writes or presses; each morning one of these falls to each."""

SPREAD = 6
"""Minutes over which people come, so that they do not all come at once."""


def play_morning(office: Office, day: date, until: datetime) -> None:
    """Keep what everybody did in the window of a day, as far as that is not after `until`; of a closed day nothing."""
    office.store.do_now(Work(lambda unit: _attend(office, unit, day, until)))


def close_mornings(office: Office) -> None:
    """Report the mornings that are over."""
    for day, departments in office.store.read_now(lambda connection: reports_due(office.watch(connection))):
        office.store.do_now(Work(partial(report, office, day=day, departments=departments)))


def _attend(office: Office, unit: UnitOfWork, day: date, until: datetime) -> None:
    watch = office.watch_in(unit)
    for each in watch.attending.values():
        window = watch.window(day, each.department)
        lot = sha256(f"{each.person} {day}".encode()).digest()
        for minutes in HABITS[lot[0] % len(HABITS)] if window is not None else ():
            assert window is not None
            at = window.begin + timedelta(minutes=minutes + lot[1] % SPREAD)
            if at <= until:
                mark(office, unit, Mark(each.person, at))
