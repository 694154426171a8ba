"""Telling the `on.happened` handlers what happened, whoever caused it, in the same transaction."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TypeVar

from bot.events import Address
from bot.routing import LossHandler, Routes
from bot.speaking import Speaking, Surroundings
from core.presence.happened import PresenceHappened
from core.store.failures import is_of_the_database, keep_failure
from core.store.unit import UnitOfWork
from core.timeline import Entry

T = TypeVar("T")


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
                self._tell_one(handler, unit, entry, _of(entry), self.around)
        for kind, handlers in self._routes.told_together.items():
            of_kind = [entry for entry in entries if isinstance(entry.happened, kind)]
            for together in handlers if of_kind else ():
                self._tell_one(together, unit, of_kind, _of(of_kind[0]), self.around)

    def tell_presence(self, unit: UnitOfWork, happened: Sequence[PresenceHappened]) -> None:
        """Tell each handler what happened to people and days, in an overlay of its own."""
        assert self.around is not None, "the herald was asked before the office was put together"
        for each in happened:
            for handler in self._routes.told_presence.get(type(each), ()):
                self._tell_one(handler, unit, each, type(each).__name__, self.around)

    def tell_that_it_is_lost(self, unit: UnitOfWork, address: Address) -> None:
        """Tell each handler that the bot cannot write in a chat any longer, in an overlay of its own."""
        assert self.around is not None, "the herald was asked before the office was put together"
        for handler in self._routes.losses:
            lost = partial(_lost, handler, address, unit.now)
            self._tell_one(lost, unit, address, f"{_name(handler)}, of a chat that is lost", self.around)

    def _tell_one(
        self, handler: Callable[[Speaking, T], None], unit: UnitOfWork, told: T, about: str, around: Surroundings
    ) -> None:
        try:
            with unit.overlay():
                handler(Speaking(unit, around), told)
        except Exception as error:
            if is_of_the_database(error):
                raise
            keep_failure(unit, error, raw=f"{_name(handler)} of {about}")


def _lost(handler: LossHandler, address: Address, at: datetime, speaking: Speaking, _told: object) -> None:
    handler(speaking, address, at)


def _name(handler: Callable[..., None]) -> str:
    told = handler.func if isinstance(handler, partial) else handler
    return f"{told.__module__}.{told.__name__}"


def _of(entry: Entry) -> str:
    return f"{entry.complaint.code} #{entry.complaint.version}"
