"""Where the time goes, layer by layer: each layer's own CPU and waiting, without that of the layers it calls.

The doors of each layer are wrapped while it is watched; a door takes a microsecond more then, so the layers' shares are
to be believed and their sum is not. What no door covers (the event loop, futures, the change of threads) is the rest.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import sqlalchemy

import bot.adapters.telegram.taking
import bot.bookkeeping
import bot.composing
import bot.dispatcher
import bot.handlers.group_messages
import bot.outbox
import bot.store.outbox
import bot.telling
import core.codes.finder
import core.office
import core.store.entries
import core.store.prepared
import core.store.records
import core.store.unit
import core.store.writer
from bot.app import Running

DOORS: tuple[tuple[str, Any, str], ...] = (
    ("translate", bot.adapters.telegram.taking, "translate"),
    ("dispatch and handlers", bot.dispatcher.Dispatcher, "handle"),
    ("dispatch and handlers", bot.telling.Herald, "tell"),
    ("events as JSON", bot.dispatcher, "to_json"),
    ("events as JSON", bot.dispatcher, "storable"),
    ("words read", bot.handlers.group_messages, "read"),
    ("words read", core.codes.finder.Finder, "find"),
    ("words read", core.codes.finder.Finder, "cut"),
    ("parameters as JSON", bot.outbox, "freeze"),
    ("complaints from JSON", core.store.records, "complaint_of"),
    ("rules", core.office.Office, "perform"),
    ("rules", core.store.entries, "chained"),
    ("staging", core.store.unit.UnitOfWork, "insert"),
    ("staging", core.store.unit.UnitOfWork, "write"),
    ("staging", core.store.unit.UnitOfWork, "overlay"),
    ("queries", core.store.unit.UnitOfWork, "read"),
    ("queries", core.store.unit.UnitOfWork, "complaint_by_id"),
    ("queries", core.store.unit.UnitOfWork, "complaint"),
    ("driver", core.store.prepared, "_run"),
    ("flush", core.store.unit.UnitOfWork, "flush"),
    ("render", bot.composing.Composer, "compose"),
    ("courier's books", bot.bookkeeping.Books, "turn"),
    ("courier looks", bot.store.outbox, "waiting"),
    ("writer", core.store.writer.Writer, "_write"),
)


class Layers:
    """Counts while it watches. `charged`: by layer, seconds of CPU, seconds of it and of waiting, and calls."""

    def __init__(self) -> None:
        self.charged: dict[str, tuple[float, float, int]] = {}
        self.missing: list[str] = []
        self._here = threading.local()
        self._lock = threading.Lock()

    @contextmanager
    def watching(self, running: Running) -> Iterator[None]:
        """Charge what happens inside."""
        dialect = running.store.database.writer.dialect
        doors = [*DOORS, ("commit", dialect, "do_commit"), ("begin", sqlalchemy.Connection, "_begin_impl")]
        kept: list[tuple[Any, str, Any]] = []
        for layer, owner, name in doors:
            if not hasattr(owner, name):
                self.missing.append(f"{layer}: {name}")
                continue
            kept.append((owner, name, owner.__dict__.get(name)))
            setattr(owner, name, self._door(layer, getattr(owner, name)))
        try:
            yield
        finally:
            for owner, name, original in kept:
                if original is None:
                    delattr(owner, name)
                else:
                    setattr(owner, name, original)

    def _door(self, layer: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def charged(*args: Any, **options: Any) -> Any:
            self._change(layer, 1)
            try:
                return function(*args, **options)
            finally:
                self._change(None, 0)

        return charged

    def _change(self, layer: str | None, calls: int) -> None:
        """Charge what has passed to the layer that this thread was in; into `layer`, or back out of one."""
        here = self._here
        cpu, wall = time.thread_time(), time.perf_counter()
        stack: list[str] = here.__dict__.setdefault("stack", [])
        if stack:
            self._charge(stack[-1], cpu - here.cpu, wall - here.wall, 0)
        if layer is None:
            stack.pop()
        else:
            stack.append(layer)
            self._charge(layer, 0.0, 0.0, calls)
        here.cpu, here.wall = cpu, wall

    def _charge(self, layer: str, cpu: float, wall: float, calls: int) -> None:
        with self._lock:
            had = self.charged.get(layer, (0.0, 0.0, 0))
            self.charged[layer] = (had[0] + cpu, had[1] + wall, had[2] + calls)
