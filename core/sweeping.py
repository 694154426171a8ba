"""Lets the clock do what has come due: each complaint whose `next_at` is over, a work of its own.

    await sweep(office)

Source: docs/design.md §4, Reminders (`next_at` is the earliest of a complaint's clocks). Whoever runs and however often
it restarts, nothing is done twice: a work looks at the complaint again and does only what is due then. One that raises
is kept as a failure and tried again on the next day; the others go on.
"""

import asyncio
import logging
from collections.abc import Sequence

from sqlalchemy import Connection

from core.office import Office
from core.store.queries.occasions import keep_occasion
from core.store.queries.solutions import clock_name, complaints_due
from core.store.unit import UnitOfWork
from core.store.work import Work, WorkFailed

MOST = 64
"""Complaints of a round: as many as the writer puts into one transaction."""

_log = logging.getLogger(__name__)


async def sweep(office: Office) -> int:
    """Do all that is due, round by round; returns how many complaints it was. Raises StoreUnavailable."""
    done = 0
    while ids := await office.store.read(lambda connection: _due(office, connection)):
        outcomes = await asyncio.gather(*(office.store.do(_work(office, id)) for id in ids), return_exceptions=True)
        _tell(ids, outcomes)
        done += len(ids)
    return done


def sweep_now(office: Office) -> int:
    """The same from a thread or the command line."""
    done = 0
    while ids := office.store.read_now(lambda connection: _due(office, connection)):
        futures = [office.store.submit(_work(office, id)) for id in ids]
        _tell(ids, [future.exception() for future in futures])
        done += len(ids)
    return done


def _due(office: Office, connection: Connection) -> tuple[int, ...]:
    now = office.clock.now()
    return complaints_due(connection, now, office.rules(connection).calendar.day_of(now), MOST)


def _work(office: Office, id: int) -> Work[None]:
    def run(unit: UnitOfWork) -> None:
        office.let_time_pass(unit, id)

    def failed(unit: UnitOfWork, _reference: int) -> None:
        now = office.clock.now()
        keep_occasion(unit, clock_name(id), office.rules_in(unit).calendar.day_of(now))

    return Work(run, raw=clock_name(id), failed=failed)


def _tell(ids: Sequence[int], outcomes: Sequence[object]) -> None:
    """Log what failed; raise what means that the records are away, since the rest would fail alike."""
    for id, outcome in zip(ids, outcomes, strict=True):
        if isinstance(outcome, WorkFailed):
            _log.error("the clock of complaint %d: %s", id, outcome)
        elif isinstance(outcome, BaseException):
            raise outcome
