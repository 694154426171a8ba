"""A store, a fake platform and a courier between them, with a few templates of the tests' own."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from bot import outbox
from bot.cards import CardView
from bot.composing import CardRenderer
from bot.courier import Courier
from bot.events import Address
from bot.outbox import ButtonSpec
from bot.render import Renderer
from bot.store.tables import OUTBOX, POSTED
from bot.testing import FakeAdapter, FakePlatform
from core.clock import Clock, SystemClock
from core.store.unit import UnitOfWork
from core.store.work import Work
from tests.made_once import new_store

T = TypeVar("T")

TEMPLATES = {
    "line": "{{ words }}",
    "board": "<b>{{ code }}</b> {{ words }}",
    "broken": "{{ there_is_no_such_thing }}",
}
SHORTEST = timedelta(milliseconds=10)


class Speech:
    """What is said through one account of a fake platform. `shown`: what a card's state is now, by its id."""

    def __init__(self, url: str, folder: Path, platform: FakePlatform, clock: Clock | None = None, **abilities: Any):
        self.clock = clock or SystemClock()
        self.store = new_store(url, self.clock)
        self.platform = platform
        self.adapter = FakeAdapter(platform, **abilities)
        self.renderer = Renderer(ZoneInfo("Asia/Kolkata"), _templates(folder))
        self.shown: dict[int, str] = {}
        self.cards: Mapping[str, CardRenderer] = {"thing": self._thing}
        self.courier = self.new_courier()

    def new_courier(self, **options: Any) -> Courier:
        """A courier as after a restart."""
        adapters = {self.adapter.account: self.adapter}
        options = {"first_wait": SHORTEST, "grace_s": 5.0, **options}
        return Courier(self.store, adapters, self.renderer, self.cards, self.clock, lambda *_: "en", **options)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """The courier runs."""
        task = asyncio.create_task(self.courier.run())
        try:
            yield
        finally:
            await stop(task)

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    def at(self, chat: str) -> Address:
        """A chat of this account."""
        return Address(self.adapter.account, chat)

    async def do(self, run: Callable[[UnitOfWork], T]) -> T:
        """Have it written, and the courier woken, as the dispatcher does."""

        def work(unit: UnitOfWork) -> T:
            unit.after_commit(self.courier.wake)
            return run(unit)

        result = await self.store.do(Work(work))
        assert result.value is not None or not result.repeated
        return result.value  # type: ignore[return-value]

    async def say(self, chat: str, words: str, template: str = "line", **options: Any) -> int:
        """Say a line."""
        return await self.do(lambda unit: outbox.say(unit, self.at(chat), template, {"words": words}, **options))

    async def show(self, chat: str, card: int, state: str) -> None:
        """The card's state has changed, and it is shown."""

        def change(unit: UnitOfWork) -> None:
            self.shown[card] = state
            outbox.show(unit, "thing", card, self.at(chat))

        await self.do(change)

    def rows(self, *where: Any) -> list[Any]:
        """The outbox, by id."""
        return self.query(lambda c: list(c.execute(select(OUTBOX).where(*where).order_by(OUTBOX.c.id)).all()))

    def row(self, id: int) -> Any:
        """One row of the outbox."""
        (found,) = self.rows(OUTBOX.c.id == id)
        return found

    def posted(self) -> list[Any]:
        """What is known to stand in the chats."""
        return self.query(lambda c: list(c.execute(select(POSTED).order_by(POSTED.c.posted_at)).all()))

    def query(self, query: Callable[[Connection], T]) -> T:
        """What a reader sees."""
        return self.store.read_now(query)

    def all_settled(self) -> bool:
        """Whether nothing waits."""
        return not self.rows(OUTBOX.c.outcome.is_(None))

    async def settled(self, timeout_s: float = 60.0) -> None:
        """Return when nothing waits any more."""
        await until(self.all_settled, timeout_s)

    def _thing(self, unit: UnitOfWork, id: int, address: Address) -> CardView:
        state = self.shown[id]
        if state == "broken":
            raise LookupError("there is no such card")
        buttons = [[ButtonSpec("solve", f"solve:thing:{id}"), ButtonSpec("acknowledge", f"acknowledge:thing:{id}")]]
        return CardView("board", {"code": f"DPRO-100{id}-22", "words": state}, buttons)


async def stop(task: "asyncio.Task[None]") -> None:
    """Cancel it, and wait until it has ended."""
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def until(condition: Callable[[], bool], timeout_s: float = 60.0) -> None:
    """Return when the condition holds; it is asked in a thread, again and again. Raises TimeoutError."""
    async with asyncio.timeout(timeout_s):
        while not await asyncio.to_thread(condition):
            await asyncio.sleep(0.005)


def wait_until(condition: Callable[[], bool], timeout_s: float = 60.0) -> None:
    """The same for a test without a loop."""
    end = time.monotonic() + timeout_s
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.002)


def _templates(folder: Path) -> Path:
    (folder / "templates").mkdir(parents=True, exist_ok=True)
    for name, text in TEMPLATES.items():
        (folder / "templates" / f"{name}.j2").write_text(text, encoding="utf-8")
    return folder
