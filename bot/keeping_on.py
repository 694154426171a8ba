"""Parts of the engine that run as long as the office does: a bug in one neither ends it nor stops the others."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

AGAIN_AFTER_S = 1.0

_log = logging.getLogger(__name__)


async def keep_running(run: Callable[[], Awaitable[None]], name: str, again_after_s: float = AGAIN_AFTER_S) -> None:
    """Run a part until it ends by itself or is cancelled; after an exception it begins again in a while.

    What a part has to do stands in the database, so it goes on where it was. Only the type of the exception is logged:
    its words may be somebody's.
    """
    while True:
        try:
            await run()
            return
        except Exception as bug:
            _log.error("%s stopped by %s; it begins again", name, type(bug).__name__)
            await asyncio.sleep(again_after_s)
