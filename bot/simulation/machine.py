"""The office's own machine: it runs, it is started anew, and its line to the chat is up or down.

Everything that plays asks it for the office as it runs now, since a restart puts another one together over the same
records. The chat goes on whatever happens to the machine.
"""

import asyncio
from contextlib import suppress
from functools import partial
from pathlib import Path

from bot.app import Running, put_together
from bot.settings import Configuration
from bot.simulation.chats import ACCOUNT, Chats
from core.clock import SetClock
from core.store.haste import write_in_haste


class Machine:
    """`running`: the office as it is put together now.   is_on: it has power.   hears: its line is up."""

    def __init__(self, settings: Configuration, clock: SetClock, folder: Path, chats: Chats) -> None:
        self.clock = clock
        self.is_on = True
        self._settings = settings.model_copy(update={"accounts": {}})
        self._folder = folder
        self._chats = chats
        self._line: asyncio.Future[None] | None = None
        self.running = self._put_together()

    @property
    def hears(self) -> bool:
        """Whether what people do in the chat reaches the office now."""
        return self.is_on and self._line is not None

    async def connect(self) -> None:
        """The line is up: from now on the office is receiving."""
        receiving = self.running.receiving
        run = receiving.watched(ACCOUNT, partial(self._chats.run, self.running.dispatcher.receive))
        self._line = asyncio.ensure_future(run())
        await asyncio.sleep(0)
        # Only what is receiving at two notes is written down as steady.
        await receiving.note()
        await receiving.note()

    async def disconnect(self) -> None:
        """The line is down; until when the office was receiving is on record."""
        if self._line is None:
            return
        await self.running.receiving.note()
        self._line.cancel()
        with suppress(asyncio.CancelledError):
            await self._line
        self._line = None

    async def power_off(self) -> None:
        """Nothing runs."""
        await self.disconnect()
        self.running.store.close()
        self.is_on = False

    async def power_on(self) -> None:
        """The office is put together anew over its records."""
        self.running = self._put_together()
        self.is_on = True
        await self.connect()

    async def look(self, restarts: bool = False) -> None:
        """Look at the clock, as an office that runs does all the time.

        restarts: the machine is started anew before anybody has been told what came of it.
        """
        await self.running.receiving.note()
        await self.running.clockwork.look()
        if restarts:
            await self.power_off()
            await self.power_on()

    def _put_together(self) -> Running:
        running = put_together(self._settings, self.clock, self._folder, others={ACCOUNT: self._chats})
        write_in_haste(running.store.database)
        return running
