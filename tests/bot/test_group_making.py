"""On a platform where the bot makes groups, each department has one, and is told once what it is for."""

from pathlib import Path

import pytest

from bot.app import put_together
from bot.events import Address
from bot.group_making import missing_groups
from bot.settings import Configuration
from bot.store.outbox import waiting_counts
from core.clock import SetClock
from core.store.store import Store
from core.store.work import Work
from tests.district import DEPARTMENTS, WEDNESDAY_10, fill

pytestmark = pytest.mark.asyncio


async def test_every_department_gets_its_group_once(sqlite_database: str, tmp_path: Path) -> None:
    clock = SetClock(WEDNESDAY_10)
    Store.create(sqlite_database, clock).close()
    running = put_together(Configuration.model_validate({"database": sqlite_database}), clock, tmp_path)
    try:
        await running.groups.look()
        assert running.store.read_now(waiting_counts) == {}, "an office without departments has no groups"
        await running.store.do(Work(fill))
        for _ in range(2):
            await running.groups.look()
        directory = running.store.read_now(running.store.directory)
        assert missing_groups(directory, {"web": None}) == ()
        groups = {Address(each.account, each.chat) for each in directory.groups}
        assert {str(each) for each in groups} == {
            "web/group:administration",
            *(f"web/group:{code.lower()}" for code in DEPARTMENTS),
        }
        (waiting,) = running.store.read_now(waiting_counts).values()
        assert waiting[0] == 2 * len(groups), "what it is for, and what is kept"
    finally:
        running.store.close()
