"""What a senior sees of the morning, and does when its window is over."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.players.people import Message, NotThere, Officer
from core.directory import Directory

REPORT = "presence_by:"
"""The button that stands under the report of a morning alone."""

TRIES, AGAIN_S = 300, 0.2
"""A minute: a machine that is behind reports late, but it does."""

LATE = timedelta(minutes=2)
Tell = Callable[[str], None]


class Ending:
    """A senior in the administration group."""

    def __init__(self, senior: Officer, directory: Directory, tell: Tell) -> None:
        self._senior = senior
        self._directory = directory
        self._tell = tell

    async def tell_roll_call(self, at: datetime) -> None:
        """A roll-call begins."""
        groups = sum(len(self._directory.groups_of(each)) for each in self._directory.departments)
        self._tell(f"roll-call: a message with one button in {groups} groups")

    async def tell_who_is_here(self) -> None:
        """How many have come, as the morning page has it."""
        today = await self._senior.door.get("/api/presence/today", show="missing")
        self._tell(f"roll-call: {today['came']} of {today['expected']} present")

    async def tell_the_report(self, end: datetime) -> None:
        """The message that the administration gets at the window's end. Raises NotThere if it does not come."""
        message = await self._report()
        at = datetime.fromisoformat(message["at"])
        if at - end > LATE:
            self._tell(
                f"the report came {round((at - end) / timedelta(minutes=1))} minutes late: too fast for this machine"
            )
        self._tell("the administration group reads:")
        for line in filter(None, map(str.strip, message["text"].splitlines())):
            self._tell(f"   {line}")

    async def take_one_offline(self) -> int | None:
        """One of the absent, for the reason that has a button; returns who. None where nobody was absent."""
        group = self._senior.group
        try:
            await self._senior.press(group, "absent:")
            await self._soon("offline:")
        except NotThere:
            await self._senior.press(group, "offline:")
        question = await self._answered("offline_why:")
        person = next(_person(button["data"]) for row in question["buttons"] for button in row)
        await self._senior.press(group, "offline_why:")
        self._tell(f"{self._senior.name} takes {self._directory.people[person].name('en')} offline")
        return person

    async def _report(self) -> Message:
        return await self._answered(REPORT)

    async def _answered(self, action: str) -> Message:
        for _ in range(TRIES):
            try:
                return await self._senior.message(self._senior.group, action)
            except NotThere:
                await asyncio.sleep(AGAIN_S)
        raise NotThere(action)

    async def _soon(self, action: str) -> None:
        await self._answered(action)
        await self._senior.press(self._senior.group, action)


def _person(data: str) -> int:
    return int(data.rpartition(":")[2])
