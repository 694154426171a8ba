"""Says what waits in the outbox: order per chat, rate limits, retries, fallbacks, dead letters (docs/design.md §3).

    courier = Courier(store, {adapter.account: adapter}, renderer, cards, clock, language_of)
    await courier.run()

It is at-least-once, and exactly-once where the platform allows: an adapter with `idempotent = True` says that the same
`Say.key` twice is one message. `bot.lane` decides when something goes out, `bot.bookkeeping` what follows from the
platform's answer, `bot.composing` which words.
"""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta

from bot.adapters.base import Adapter
from bot.bookkeeping import Books, Lost
from bot.composing import CardRenderer, Composer, LanguageOf
from bot.lane import GRACE_S, Lane
from bot.render import Renderer
from core.clock import Clock
from core.store.store import Store


class Courier:
    """One lane for each account.

    adapters: by the account that the outbox rows name.   cards: who renders a kind of card, from the state at send.
    language_of: the language that a chat reads.   first_wait: how long a chat, and the account, wait after a message
    that nobody answered; doubled each time.   grace_s: how long a stop waits for answers.
    lost: told of a chat in which the bot cannot write any longer, inside the work that writes it down.
    """

    def __init__(
        self,
        store: Store,
        adapters: Mapping[str, Adapter],
        renderer: Renderer,
        cards: Mapping[str, CardRenderer],
        clock: Clock,
        language_of: LanguageOf,
        first_wait: timedelta = timedelta(seconds=1),
        grace_s: float = GRACE_S,
        lost: Lost = lambda unit, address: None,
    ) -> None:
        composer = Composer(renderer, cards, language_of)
        self._lanes = {
            account: Lane(store, adapter, Books(adapter, composer, first_wait, lost), clock, first_wait, grace_s)
            for account, adapter in adapters.items()
        }
        self._loop: asyncio.AbstractEventLoop | None = None
        self._waking = False

    async def run(self) -> None:
        """Say what waits until cancelled; a stop waits a moment for the answers to what is on its way."""
        self._loop, self._waking = asyncio.get_running_loop(), False
        try:
            async with asyncio.TaskGroup() as lanes:
                for lane in self._lanes.values():
                    lanes.create_task(lane.run())
        finally:
            self._loop = None

    async def say_all(self) -> None:
        """Say all that may go now, instead of `run`: for days played on a clock that stands still meanwhile."""
        for lane in self._lanes.values():
            await lane.say_all()

    def wake(self) -> None:
        """There is something new to say; from any thread, so that a work can name it with `unit.after_commit`."""
        loop = self._loop
        if loop is not None and not self._waking:
            self._waking = True  # one call for all that a batch says
            with suppress(RuntimeError):  # the loop has just been closed: the next start looks by itself
                loop.call_soon_threadsafe(self._wake_lanes)

    @property
    def trouble(self) -> Mapping[str, str]:
        """Why nothing goes out, for each account of which that is so."""
        return {account: lane.trouble for account, lane in self._lanes.items() if lane.trouble is not None}

    def _wake_lanes(self) -> None:
        self._waking = False
        for lane in self._lanes.values():
            lane.wake()
