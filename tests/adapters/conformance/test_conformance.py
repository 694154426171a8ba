"""Every adapter does what every adapter must: one suite over all of them."""

import inspect
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from bot.adapters import terminal
from bot.app import put_together
from bot.settings import Configuration
from bot.testing import CHECKS, Check, Stage
from core.clock import SystemClock
from core.store.store import Store
from tests.adapters.conformance.stages import fake_stage, telegram_stage, terminal_stage, web_stage


def telegram(library: str, receive: str) -> Callable[[Path], AbstractAsyncContextManager[Stage]]:
    """Telegram's, by a library and a way in."""

    def stage(_: Path) -> AbstractAsyncContextManager[Stage]:
        return telegram_stage(library, receive)

    return stage


STAGES: dict[str, Callable[[Path], AbstractAsyncContextManager[Stage]]] = {
    "web": web_stage,
    "terminal": lambda _: terminal_stage(),
    "fake": lambda _: fake_stage(),
    "python-telegram-bot, polling": telegram("python-telegram-bot", "polling"),
    "python-telegram-bot, webhook": telegram("python-telegram-bot", "webhook"),
    "aiogram, polling": telegram("aiogram", "polling"),
    "aiogram, webhook": telegram("aiogram", "webhook"),
}


@pytest.mark.parametrize("name", STAGES)
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
async def test_it_does_what_every_adapter_must(name: str, check: Check, tmp_path: Path) -> None:
    async with STAGES[name](tmp_path) as stage:
        await check(stage)


def test_the_tutorials_adapter_stays_small_and_is_found_by_its_entry_point(
    sqlite_database: str, tmp_path: Path
) -> None:
    written = inspect.getsource(terminal)
    assert len(written.splitlines()) < 120
    Store.create(sqlite_database, SystemClock()).close()
    accounts = {"keyboard": {"platform": "terminal"}}
    settings = Configuration.model_validate({"database": sqlite_database, "accounts": accounts})
    running = put_together(settings, SystemClock(), tmp_path)
    try:
        assert isinstance(running.adapters["keyboard"], terminal.TerminalAdapter)
    finally:
        running.store.close()
    with pytest.raises(ValueError, match="colour: unknown key"):
        terminal.make_adapter("keyboard", {"platform": "terminal", "colour": "green"})
