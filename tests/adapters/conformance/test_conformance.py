"""Every adapter does what every adapter must: one suite over all of them."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from bot.testing import CHECKS, Check, Stage
from tests.adapters.conformance.stages import fake_stage, telegram_stage, terminal_stage, web_stage

STAGES: dict[str, Callable[[Path], AbstractAsyncContextManager[Stage]]] = {
    "web": web_stage,
    "terminal": lambda _: terminal_stage(),
    "fake": lambda _: fake_stage(),
    **{
        f"{library}, {receive}": lambda _, library=library, receive=receive: telegram_stage(library, receive)
        for library in ("python-telegram-bot", "aiogram")
        for receive in ("polling", "webhook")
    },
}


@pytest.mark.parametrize("name", STAGES)
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
async def test_it_does_what_every_adapter_must(name: str, check: Check, tmp_path: Path) -> None:
    async with STAGES[name](tmp_path) as stage:
        await check(stage)
