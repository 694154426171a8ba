"""Updates that no adapter could read: kept as failures with their reason, and the next goes on."""

import logging

from core.store.store import Store
from core.store.unit import UnitOfWork
from core.store.work import Work, WorkFailed

_log = logging.getLogger(__name__)


class NotRead(Exception):
    """The reason why an update could not be read; it names the field, never what stood in it."""


class Unread:
    """Keeps what an account's platform sent and nobody understood."""

    def __init__(self, store: Store, account: str) -> None:
        self._store = store
        self._account = account

    async def keep(self, key: str, raw: str, reason: str) -> None:
        """Keep it once, however often it comes. Raises StoreUnavailable: then nothing was kept."""

        def fail(unit: UnitOfWork) -> None:
            raise NotRead(reason)

        try:
            await self._store.do(Work(fail, key=f"{self._account}:{key}", raw=raw))
        except WorkFailed as kept:
            _log.error("an update of account %s cannot be read: %s", self._account, kept)
