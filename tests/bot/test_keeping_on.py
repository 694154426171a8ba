"""A part of the engine with a bug: it goes on, and so do the others."""

import asyncio
import logging

import pytest

from bot.keeping_on import keep_running


async def test_a_part_that_raises_begins_again_and_says_no_words(caplog: pytest.LogCaptureFixture) -> None:
    begun: list[int] = []

    async def run() -> None:
        begun.append(len(begun))
        if len(begun) < 3:
            raise ValueError("सावित्री देवी")

    with caplog.at_level(logging.ERROR):
        await asyncio.wait_for(keep_running(run, "the part", 0), timeout=30)
    assert begun == [0, 1, 2]
    assert [record.getMessage() for record in caplog.records] == ["the part stopped by ValueError; it begins again"] * 2


async def test_a_part_that_is_stopped_stays_so() -> None:
    begun = asyncio.Event()

    async def run() -> None:
        begun.set()
        await asyncio.Event().wait()

    task = asyncio.create_task(keep_running(run, "the part"))
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
