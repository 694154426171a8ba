"""The courier ends when it is told to, also at the very moment when something wakes it."""

import asyncio
from pathlib import Path

import pytest

from bot.testing import FakePlatform
from tests.bot.outgoing import Speech

pytestmark = pytest.mark.asyncio


async def test_a_stop_that_comes_with_a_wake_is_a_stop(sqlite_database: str, tmp_path: Path) -> None:
    speech = Speech(sqlite_database, tmp_path, FakePlatform())
    try:
        for _ in range(60):
            courier = speech.new_courier()
            task = asyncio.create_task(courier.run())
            await speech.store.read(lambda _connection: None)
            courier.wake()
            await asyncio.sleep(0)
            task.cancel()
            async with asyncio.timeout(30):
                with pytest.raises(asyncio.CancelledError):
                    await task
    finally:
        speech.close()
