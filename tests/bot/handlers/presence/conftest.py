"""A conversation in the small district on a morning on which nobody was seen yet."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.bot.handlers.conversations import Talk, conversation


@pytest_asyncio.fixture
async def talk(sqlite_database: str, tmp_path: Path) -> AsyncIterator[Talk]:
    """People who write and press, and an office that answers, in Hindi; nobody has done anything today."""
    async with conversation(sqlite_database, tmp_path, seen=False) as made:
        yield made
