"""Which functions take most, by cProfile, in the event loop and in the writer."""

import cProfile
import io
import pstats
from collections.abc import Iterator
from contextlib import contextmanager

from bot.app import Running
from core.store.work import Work

_SHOWN = 60


class Functions:
    """Watches while it is asked to. `table`: what was found, the functions by their own time."""

    def __init__(self) -> None:
        self.table = ""

    @contextmanager
    def watching(self, running: Running) -> Iterator[None]:
        """Watch this thread and the writer's. A profile belongs to the thread that starts it, so a work starts it."""
        here, writer = cProfile.Profile(), cProfile.Profile()
        running.store.do_now(Work(lambda unit: writer.enable()))
        here.enable()
        try:
            yield
        finally:
            here.disable()
            running.store.do_now(Work(lambda unit: writer.disable()))
            self.table = f"the event loop\n{_table(here)}\nthe writer\n{_table(writer)}"


def _table(profile: cProfile.Profile) -> str:
    out = io.StringIO()
    pstats.Stats(profile, stream=out).strip_dirs().sort_stats("tottime").print_stats(_SHOWN)
    return out.getvalue()
