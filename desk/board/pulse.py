"""Noticing that something happened, whoever did it and in whichever process: one cheap question for all open boards."""

import asyncio

from core.store.queries.board import latest_entry
from core.store.store import Store

ASKED_EVERY_S = 0.4


class Pulse:
    """The number of the latest timeline entry, asked for at most every 0.4 seconds however many boards are open."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = asyncio.Lock()
        self._latest = 0
        self._asked_at = float("-inf")

    async def latest(self) -> int:
        """The number now; another number than before means that something happened."""
        async with self._lock:
            time = asyncio.get_running_loop().time()
            if time - self._asked_at >= ASKED_EVERY_S:
                self._latest = await self._store.read(latest_entry)
                self._asked_at = time
            return self._latest

    async def changed(self, seen: int, within_s: float) -> int:
        """The number as soon as it is not `seen` any more; after `within_s` seconds whatever it is."""
        loop = asyncio.get_running_loop()
        end = loop.time() + within_s
        while (latest := await self.latest()) == seen and loop.time() < end:
            await asyncio.sleep(ASKED_EVERY_S)
        return latest
