"""Lets the clock do what has come due: the complaints whose `next_at` is over, round by round.

    await sweep(office)

Source: docs/design.md §4, Reminders (`next_at` is the earliest of a complaint's clocks). Whoever runs and however often
it restarts, nothing is done twice: a round takes what is still due under a lock and does only what is due then. A
complaint that raises leaves no trace, is kept as a failure and tried again on the next day; the others go on.
"""

import logging
from collections.abc import Sequence

from sqlalchemy import Connection

from core.office import Office
from core.store.failures import is_of_the_database, keep_failure
from core.store.queries.clocks import clock_name, complaints_due, lock_due
from core.store.queries.occasions import keep_occasion
from core.store.unit import UnitOfWork
from core.store.work import Result, Work, WorkFailed

MOST = 128
"""Complaints of a round, which is one transaction."""

LEAST = 8
"""So many of them are done before a round gives way to whoever presses a button meanwhile."""

_log = logging.getLogger(__name__)


async def sweep(office: Office) -> int:
    """Do all that is due, round by round; returns how many complaints it was. Raises StoreUnavailable."""
    done = 0
    while ids := await office.store.read(lambda connection: _due(office, connection)):
        try:
            taken = _taken(await office.store.do(_round(office, ids)))
        except WorkFailed:
            taken = 0
            for id in ids:  # The database refused something of one of them: each by itself.
                taken += _counted(id, await _or_failure(office, id))
        if not taken:
            break  # Another process is at them.
        done += taken
    return done


def sweep_now(office: Office) -> int:
    """The same from a thread or the command line."""
    done = 0
    while ids := office.store.read_now(lambda connection: _due(office, connection)):
        try:
            taken = _taken(office.store.do_now(_round(office, ids)))
        except WorkFailed:
            taken = 0
            for id in ids:
                taken += _counted(id, office.store.submit(_alone(office, id)).exception())
        if not taken:
            break
        done += taken
    return done


def _due(office: Office, connection: Connection) -> tuple[int, ...]:
    now = office.clock.now()
    return complaints_due(connection, now, office.rules(connection).calendar.day_of(now), MOST)


def _round(office: Office, ids: Sequence[int]) -> Work[int]:
    """A work that does what is due of these; its value is how many of them it found due and free, and dealt with.

    It ends early when others wait: the next round goes on, and they come between.
    """

    def run(unit: UnitOfWork) -> int:
        due = lock_due(unit, ids, office.clock.now())
        unit.take(due)
        for number, each in enumerate(due):
            if number >= LEAST and unit.others_wait():
                return number
            try:
                with unit.overlay():
                    office.let_time_pass(unit, each.id)
            except Exception as bug:
                if is_of_the_database(bug):
                    raise
                _log.error("the clock of complaint %d: %s", each.id, type(bug).__name__)
                keep_failure(unit, bug, clock_name(each.id))
                _not_again_today(office, unit, each.id)
        return len(due)

    return Work(run, raw="a round of the clocks")


def _alone(office: Office, id: int) -> Work[None]:
    def run(unit: UnitOfWork) -> None:
        office.let_time_pass(unit, id)

    return Work(run, raw=clock_name(id), failed=lambda unit, _reference: _not_again_today(office, unit, id))


def _not_again_today(office: Office, unit: UnitOfWork, id: int) -> None:
    keep_occasion(unit, clock_name(id), office.rules_in(unit).calendar.day_of(office.clock.now()))


async def _or_failure(office: Office, id: int) -> BaseException | None:
    try:
        await office.store.do(_alone(office, id))
    except Exception as error:
        return error
    return None


def _counted(id: int, error: BaseException | None) -> int:
    """One that was done or kept as a failure. Raises what means that the records are away: so would the rest."""
    if isinstance(error, WorkFailed):
        _log.error("the clock of complaint %d: %s", id, error)
    elif error is not None:
        raise error
    return 1


def _taken(result: Result[int]) -> int:
    return result.value or 0
