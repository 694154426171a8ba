"""What is seen of the morning as a whole: roll-calls, who has come, the report; and what a senior does then.

It is seen in the chats and by the API, so a machine that falls behind is found out by what arrives late.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.players.people import Message, NotThere, Officer
from core.directory import Directory

REPORT = "presence_by:"
"""The button that stands under the report of a morning alone."""

AGAIN_S = 0.2
TRIES, OF_A_ROLL_CALL = 300, 50
"""A minute: a machine that is behind reports late, but it does. What is not sent soon of a roll-call is never sent."""

LATE, NEVER_LATER = timedelta(minutes=2), timedelta(minutes=30)
Tell = Callable[[str], None]


class Ending:
    """A senior in the administration group."""

    def __init__(self, senior: Officer, directory: Directory, tell: Tell) -> None:
        self._senior = senior
        self._directory = directory
        self._tell = tell

    async def tell_roll_call(self, at: datetime, member: Officer) -> None:
        """A roll-call has come; `member` has it in their group."""
        try:
            message = await _arrived(member, member.group, "present:", (at, at + NEVER_LATER), OF_A_ROLL_CALL)
        except NotThere:
            self._tell("the roll-call was not sent: this machine cannot keep up; a lower --speed suits it")
            return
        groups = sum(len(self._directory.groups_of(each)) for each in self._directory.departments)
        self._tell(f"roll-call: a message with one button in {groups} groups")
        self._tell_if_late("roll-call", message, at)

    async def tell_who_is_here(self) -> None:
        """How many have come, as the morning page has it."""
        today = await self._senior.door.get("/api/presence/today", show="missing")
        self._tell(f"roll-call: {today['came']} of {today['expected']} present")

    async def tell_the_report(self, end: datetime) -> None:
        """The message that the administration gets at the window's end. Raises NotThere if it does not come."""
        message = await self._answered(REPORT)
        self._tell_if_late("report", message, end)
        self._tell("the administration group reads:")
        for line in filter(None, map(str.strip, message["text"].splitlines())):
            self._tell(f"   {line}")

    async def take_one_offline(self) -> int | None:
        """One of the absent, for the reason that has a button; returns who. None where nobody was absent."""
        group = self._senior.group
        await self._answered(REPORT)
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

    def _tell_if_late(self, what: str, message: Message, meant: datetime) -> None:
        late = datetime.fromisoformat(message["at"]) - meant
        if late > LATE:
            minutes = round(late / timedelta(minutes=1))
            self._tell(f"the {what} came {minutes} minutes late: a lower --speed suits this machine")

    async def _answered(self, action: str) -> Message:
        return await _arrived(self._senior, self._senior.group, action)

    async def _soon(self, action: str) -> None:
        await self._answered(action)
        await self._senior.press(self._senior.group, action)


async def _arrived(
    reader: Officer, chat: str, action: str, between: tuple[datetime, datetime] | None = None, tries: int = TRIES
) -> Message:
    """The newest message with such a button, as soon as it is there. Raises NotThere if it does not come."""
    for _ in range(tries):
        try:
            message = await reader.message(chat, action)
            if between is None or between[0] <= datetime.fromisoformat(message["at"]) < between[1]:
                return message
        except NotThere:
            pass
        await asyncio.sleep(AGAIN_S)
    raise NotThere(action)


def _person(data: str) -> int:
    return int(data.rpartition(":")[2])
