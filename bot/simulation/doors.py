"""The doors by which everything comes in: the desk's commands, and the events of the chat."""

from datetime import datetime
from itertools import count

from bot.app import Running
from bot.events import Address, FileReference, Message, Pressed, Sender
from bot.simulation.cases import Act, Do, Press, Write
from bot.simulation.chats import ACCOUNT
from bot.simulation.district import Arrival
from core.office import Done


class Doors:
    """Hands in what people do; each update of the chat has a key of its own."""

    def __init__(self, running: Running) -> None:
        self._running = running
        self._chats = running.adapters[ACCOUNT]
        self._updates = count(1)

    async def register(self, arrival: Arrival) -> Done:
        """An operator registers a petition at the desk. Raises the Refusal, and WorkFailed."""
        return await self._running.office.do(arrival.petition, arrival.operator, key=f"desk:{arrival.number}")

    async def hand_in(self, at: datetime, act: Act) -> None:
        """Somebody does something. Raises the Refusal of a command, and WorkFailed; a chat answers in its own words."""
        if isinstance(act, Do):
            await self._running.office.do(act.command, act.by)
        elif isinstance(act, Press):
            await self._running.dispatcher.receive(self._pressed(at, act))
        else:
            await self._running.dispatcher.receive(self._written(at, act))

    def _pressed(self, at: datetime, act: Press) -> Pressed:
        return Pressed(
            key=str(next(self._updates)),
            address=Address(ACCOUNT, act.chat),
            sender=Sender(ACCOUNT, act.user),
            at=at,
            direct=act.chat == self._chats.direct_chat(act.user),
            data=act.data,
            message=act.message,
        )

    def _written(self, at: datetime, act: Write) -> Message:
        number = next(self._updates)
        return Message(
            key=str(number),
            address=Address(ACCOUNT, act.chat),
            sender=Sender(ACCOUNT, act.user),
            at=at,
            direct=act.chat == self._chats.direct_chat(act.user),
            message=f"theirs/{number}",
            text=act.text,
            reply_to=act.under,
            attachments=tuple(_photo(sha256) for sha256 in act.photos),
        )


def _photo(sha256: str) -> FileReference:
    return FileReference(sha256, "photo.jpg", "image/jpeg", sha256=sha256)
