"""A courier in a process of its own, that is killed: `python -m tests.bot.killed_courier URL FOLDER`.

Its platform is a file: what arrives is a line there, durable before the answer. It ends when nothing waits.
"""

import asyncio
import os
import random
import sys
from pathlib import Path

from bot.adapters.base import Limits
from bot.messages import Edit, Say
from bot.testing import FakePlatform
from tests.bot.outgoing import Speech

FAST = Limits(per_second=10_000.0, per_chat_minute=100_000.0)
ARRIVED = "arrived.txt"


class OnDisk(FakePlatform):
    """A platform that outlives its callers."""

    def __init__(self, path: Path) -> None:
        super().__init__(FAST)
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        self._chance = random.Random()

    async def take_say(self, say: Say) -> str:
        """A line with the chat and the words."""
        return await self._arrive(f"{say.address.chat}\t{say.text!r}")

    async def take_edit(self, edit: Edit) -> None:
        """The same."""
        await self._arrive(f"{edit.address.chat}\t{edit.text!r}")

    async def _arrive(self, line: str) -> str:
        await asyncio.sleep(self._chance.random() / 100)
        os.write(self._file, f"{line}\n".encode())
        await asyncio.sleep(self._chance.random() / 100)
        return f"{os.getpid()}-{self._chance.random()}"


async def main(url: str, folder: Path) -> None:
    """Say all that waits."""
    speech = Speech(url, folder, OnDisk(folder / ARRIVED))
    speech.shown = dict.fromkeys(range(10), "open")
    async with speech.running():
        await speech.settled()
    speech.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2])))
