"""One writer, one queue: whatever waits becomes one transaction, and only its commit resolves anything.

See docs/design.md §2, The store: One writer per process, and When it goes wrong.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from sqlalchemy import bindparam, select

from core.clock import Clock
from core.directory import Directory
from core.refusals import Refusal
from core.store.asked import AnyAsked, resolve_all
from core.store.database import Database
from core.store.failures import is_of_the_database, keep_failure
from core.store.generation import read_generation
from core.store.identifiers import Identifiers
from core.store.outages import is_conflict, is_unavailable, reason_of
from core.store.queries.directory import read_directory
from core.store.tables import WorkKeyRow, table_of
from core.store.unit import UnitOfWork
from core.store.work import Result, StoreUnavailable, Work, WorkFailed

BATCH = 64
RERUNS = 3
LONGEST_WAIT_S = 2.0

_KEY = table_of(WorkKeyRow)
_PLACES = tuple(f"key{place}" for place in range(BATCH))
_KEPT = select(_KEY.c.key, _KEY.c.answer).where(_KEY.c.key.in_([bindparam(place) for place in _PLACES]))
"""As many places as a batch has works: so it is one statement, compiled once."""

_log = logging.getLogger(__name__)


class _StatementFailed(Exception):
    """The database refused a statement of one work, whatever else was in its batch: the work is wrong."""


class Writer:
    """The thread that writes. `trouble` says why nothing can be written now, or is None."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._identifiers = Identifiers()
        self._directory: Directory | None = None
        self._queue: queue.SimpleQueue[AnyAsked | None] = queue.SimpleQueue()
        self._door = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._write_until_closed, name="writer", daemon=True)
        self._thread.start()
        self.trouble: str | None = None

    def submit(self, asked: AnyAsked) -> None:
        """Queue a work. Its answer comes after the commit, or is Refusal, WorkFailed or StoreUnavailable."""
        with self._door:
            if not self._closed:
                self._queue.put(asked)
                return
        asked.outcome = StoreUnavailable("closed")
        resolve_all([asked])

    def close(self) -> None:
        """Write what waits, then stop; what is submitted from now on is not taken."""
        with self._door:
            self._closed = True
            self._queue.put(None)
        self._thread.join()

    @property
    def directory(self) -> Directory | None:
        """Who is who as of the last batch."""
        return self._directory

    def _write_until_closed(self) -> None:
        wait_s = 0.0
        while (first := self._queue.get()) is not None:
            batch, last = self._collect(first)
            self._write(batch)
            wait_s = min(max(0.1, wait_s * 2), LONGEST_WAIT_S) if self.trouble else 0.0
            if last:
                return
            if wait_s:
                time.sleep(wait_s)

    def _collect(self, first: AnyAsked) -> tuple[list[AnyAsked], bool]:
        batch = [first]
        while len(batch) < BATCH:
            try:
                waiting = self._queue.get_nowait()
            except queue.Empty:
                return batch, False
            if waiting is None:
                return batch, True
            batch.append(waiting)
        return batch, False

    def _write(self, batch: Sequence[AnyAsked]) -> None:
        """Write a batch in one transaction; if that fails, each work in one of its own."""
        batch = [each for each in batch if each.begin()]
        if not batch:
            return
        try:
            self._transact(batch)
        except Exception as error:  # Whatever it was, the writer goes on.
            if is_unavailable(error):
                self._refuse(batch, error)
            else:
                for each in batch:
                    self._write_alone(each)

    def _write_alone(self, waiting: AnyAsked) -> None:
        for tries in range(1, RERUNS + 1):
            try:
                self._transact([waiting])
                return
            except Exception as error:
                if is_unavailable(error) or (is_conflict(error) and tries == RERUNS):
                    self._refuse([waiting], error)
                    return
                if not is_conflict(error):
                    self._keep_as_failure(waiting, error)
                    return

    def _refuse(self, batch: Sequence[AnyAsked], error: Exception) -> None:
        self.trouble = reason_of(error)
        for each in batch:
            each.outcome = StoreUnavailable(self.trouble)
        resolve_all(batch)

    def _keep_as_failure(self, waiting: AnyAsked, error: Exception) -> None:
        def raise_again(_unit: UnitOfWork) -> None:
            raise _StatementFailed(type(error).__name__).with_traceback(error.__traceback__)

        waiting.work = replace(waiting.work, run=raise_again)
        try:
            self._transact([waiting])
        except Exception as second:
            self._refuse([waiting], second)

    def _transact(self, batch: Sequence[AnyAsked]) -> None:
        try:
            with self._database.writer.begin() as connection:
                self._refresh_directory(connection)
                assert self._directory is not None
                others_wait = partial(self._others_wait, batch)
                unit = UnitOfWork(connection, self._directory, self._identifiers, self._clock.now(), others_wait)
                self._run_all(batch, unit)
                calls = unit.finish()
                directory = unit.known_directory
        except BaseException:
            self._identifiers.rolled_back()
            raise
        self._identifiers.committed()
        self._directory = directory or self._directory
        self.trouble = None
        _run_calls(calls)
        resolve_all(batch)

    def _others_wait(self, batch: Sequence[AnyAsked]) -> bool:
        """Whether somebody else waits for what a work of this batch does, or behind it."""
        return len(batch) > 1 or not self._queue.empty()

    def _refresh_directory(self, connection: Any) -> None:
        if self._directory is None or self._directory.generation != read_generation(connection):
            self._directory = read_directory(connection)

    def _run_all(self, batch: Sequence[AnyAsked], unit: UnitOfWork) -> None:
        done = _answers_kept(unit, [each.work.key for each in batch if each.work.key])
        for waiting in batch:
            key = waiting.work.key
            if key is not None and key in done:
                waiting.outcome = Result(None, repeated=True, remembered=done[key])
                continue
            answer = self._run_one(waiting, unit)
            if key is not None:
                done[key] = answer
                unit.insert(_KEY, {"key": key, "at": unit.now, "answer": answer})

    def _run_one(self, waiting: AnyAsked, unit: UnitOfWork) -> str:
        try:
            with unit.overlay() as overlay:
                waiting.outcome = Result(waiting.work.run(unit))
            return overlay.answer or ""
        except Refusal as refusal:
            waiting.outcome = refusal
        except Exception as error:
            if is_of_the_database(error):
                raise
            waiting.outcome = WorkFailed(_stage_failure(unit, waiting.work, error))
        return ""


def _answers_kept(unit: UnitOfWork, keys: Sequence[str]) -> dict[str, str]:
    if not keys:
        return {}
    padded = [*keys, *[keys[-1]] * (len(_PLACES) - len(keys))]
    return {row.key: row.answer for row in unit.read(_KEPT, dict(zip(_PLACES, padded, strict=True)))}


def _stage_failure(unit: UnitOfWork, work: Work[Any], error: Exception) -> int:
    raw = work.raw if isinstance(work.raw, str) else work.raw()
    id = keep_failure(unit, error, raw, work.key)
    if work.failed is not None:
        try:
            with unit.overlay():
                work.failed(unit, id)
        except Exception as second:  # The failure is kept; only the word about it is lost.
            if is_of_the_database(second):
                raise
    return id


def _run_calls(calls: Sequence[Callable[[], None]]) -> None:
    """What follows the commit. It is durable by now: no bug here may have it written again, or leave it unanswered."""
    for call in calls:
        try:
            call()
        except Exception as bug:
            _log.error("what follows a commit failed: %s", type(bug).__name__)
