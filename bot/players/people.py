"""An officer with a phone, and an operator at the desk: what they see is what the office shows them, no more."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any
from uuid import uuid4

from bot.adapters.webchat.chats import direct_chat, user_of
from bot.players.doors import Door
from core.demo.drawing import drawn_photo
from core.people import Person

READ = 30
"""How many messages of a chat somebody looks at; what is older they do not scroll to."""

PHOTO_WIDTH = 480
Message = Mapping[str, Any]


class NotThere(Exception):
    """What somebody wanted to press or to answer is not there (any more): they leave it."""


class Officer:
    """Somebody of a department. `group`: the chat of it.   letters: of the department, "" for a senior.

    own: their chat with the bot alone.   pressed: the number of the message on which they last pressed.
    """

    def __init__(self, door: Door, person: Person, letters: str, group: str) -> None:
        self.person = person
        self.letters = letters
        self.group = group
        self.own = direct_chat(user_of(person.id, None))
        self.door = door
        self.pressed = 0
        self._numbers = count()
        self._mark = uuid4().hex[:12]

    @property
    def name(self) -> str:
        """As it is told at the terminal."""
        return f"{self.person.name('en')} ({self.letters})" if self.letters else self.person.name("en")

    async def read(self, chat: str) -> Sequence[Message]:
        """The last messages of a chat, the newest first; the office hears how far it was read."""
        messages: list[Message] = (await self.door.get(f"/chat/api/chats/{chat}/messages", most=READ))["messages"]
        if messages:
            await self.door.post(f"/chat/api/chats/{chat}/read", {"message": messages[-1]["id"]})
        return messages[::-1]

    async def press(self, chat: str, action: str, about: str = "") -> Sequence[str]:
        """Press the newest button whose data begins with `action`, under a message with `about` in it; returns what is
        said to them alone. Raises NotThere."""
        for message in await self.read(chat):
            for data in _buttons(message):
                if data.startswith(action) and about in message["text"]:
                    self.pressed = int(message["id"])
                    pressed = {"id": self._id(), "message": message["id"], "data": data}
                    toasts: list[str] = (await self.door.post(f"/chat/api/chats/{chat}/presses", pressed))["toasts"]
                    return toasts
        raise NotThere(action)

    async def message(self, chat: str, action: str, about: str = "", since: int = 0) -> Message:
        """The newest message with such a button, if its number is above `since`. Raises NotThere."""
        for message in await self.read(chat):
            found = about in message["text"] and any(data.startswith(action) for data in _buttons(message))
            if found and int(message["id"]) > since:
                return message
        raise NotThere(action)

    async def write(self, chat: str, text: str, under: Message | None = None, files: Sequence[str] = ()) -> None:
        """Write, with photos that were sent before; `under`: as an answer to a message."""
        sent: dict[str, object] = {"id": self._id(), "text": text, "files": [{"sha256": each} for each in files]}
        if under is not None:
            sent["reply_to"] = under["id"]
        await self.door.post(f"/chat/api/chats/{chat}/messages", sent)

    async def take_photo(self, number: int) -> str:
        """A picture from the spot, another for each number; returns its sha256."""
        photo = await self.door.upload("/chat/api/files", drawn_photo(number, PHOTO_WIDTH), "image/jpeg", "photo.jpg")
        return str(photo["sha256"])

    def _id(self) -> str:
        return f"{self._mark}-{next(self._numbers)}"


def _buttons(message: Message) -> Iterator[str]:
    for row in message["buttons"]:
        for button in row:
            yield button["data"]
