"""Telling the `on.happened` handlers what happened, whoever caused it, in the same transaction."""

from collections.abc import Sequence

from bot.routing import HappenedHandler, Routes
from bot.speaking import Speaking, Surroundings
from core.store.failures import is_of_the_database, keep_failure
from core.store.unit import UnitOfWork
from core.timeline import Entry


class Herald:
    """The teller of a running office. `around` is given once the office is there, which itself needs a teller."""

    def __init__(self, routes: Routes) -> None:
        self._routes = routes
        self.around: Surroundings | None = None

    def tell(self, unit: UnitOfWork, entries: Sequence[Entry]) -> None:
        """Tell each handler, in an overlay of its own; one that raises is kept as a failure, what happened stays."""
        assert self.around is not None, "the herald was asked before the office was put together"
        for entry in entries:
            for handler in self._routes.told.get(type(entry.happened), ()):
                self._tell_one(handler, unit, entry, self.around)

    def _tell_one(self, handler: HappenedHandler, unit: UnitOfWork, entry: Entry, around: Surroundings) -> None:
        try:
            with unit.overlay():
                handler(Speaking(unit, around), entry)
        except Exception as error:
            if is_of_the_database(error):
                raise
            told = f"{handler.__module__}.{handler.__name__} of {entry.complaint.code} #{entry.complaint.version}"
            keep_failure(unit, error, raw=told)
