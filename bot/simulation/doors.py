"""The doors by which everything comes in: the desk's commands, and the events of the chat.

While the machine does not hear, the chat keeps what is written for it and hands it over later, each with its own time;
a press, which a platform answers at once or never, is lost.
"""

import asyncio
from datetime import datetime
from itertools import count
from typing import Any

from bot.events import Address, Event, FileReference, Message, Pressed, Receipt, Sender
from bot.simulation.cases import Act, Do, Press, Read, Write
from bot.simulation.chats import ACCOUNT, Chats
from bot.simulation.district import Arrival
from bot.simulation.machine import Machine
from bot.simulation.witness import Came, DoneAtDesk, Witness
from core.office import Done


class Doors:
    """Hands in what people do; each update of the chat has a key of its own."""

    def __init__(self, machine: Machine, chats: Chats, witness: Witness) -> None:
        self._machine = machine
        self._chats = chats
        self._witness = witness
        self._updates = count(1)
        self._held: list[Event] = []

    async def register(self, arrival: Arrival) -> Done:
        """An operator registers a petition at the desk. Raises the Refusal, and WorkFailed."""
        office = self._machine.running.office
        return await office.do(arrival.petition, arrival.operator, key=f"desk:{arrival.number}")

    async def hand_in(self, at: datetime, act: Act) -> None:
        """Somebody does something. Raises the Refusal of a command, and WorkFailed; a chat answers in its own words."""
        if isinstance(act, Do):
            await self._machine.running.office.do(act.command, act.by)
            self._witness(DoneAtDesk(act.command, act.by, self._machine.clock.now()))
            return
        event = self._event(at, act)
        if self._machine.hears:
            await self._deliver(event)
        elif not isinstance(event, Pressed):
            self._held.append(event)

    async def hand_over(self) -> None:
        """The line is up again: what the chat has kept comes now."""
        held, self._held = self._held, []
        await asyncio.gather(*(self._deliver(each) for each in held))

    async def _deliver(self, event: Event) -> None:
        self._witness(Came(event, self._machine.clock.now()))
        await self._machine.running.dispatcher.receive(event)

    def _event(self, at: datetime, act: Press | Write | Read) -> Event:
        number = next(self._updates)
        of: dict[str, Any] = {
            "key": str(number),
            "address": Address(ACCOUNT, act.chat),
            "sender": Sender(ACCOUNT, act.user),
            "at": at,
            "direct": act.chat == self._chats.direct_chat(act.user),
        }
        match act:
            case Press():
                return Pressed(**of, data=act.data, message=act.message)
            case Read():
                return Receipt(**of, message=act.message, read=True)
            case Write():
                photos = tuple(_photo(sha256) for sha256 in act.photos)
                return Message(**of, message=f"theirs/{number}", text=act.text, reply_to=act.under, attachments=photos)


def _photo(sha256: str) -> FileReference:
    return FileReference(sha256, "photo.jpg", "image/jpeg", sha256=sha256)
