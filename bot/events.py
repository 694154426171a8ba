"""What can arrive from a chat, in no platform's words (docs/design.md §3, Platform-neutral vocabulary).

The words first. An *account* is one bot on one platform, known by the platform's own id of the bot. A *chat* is a
group or a direct chat, a *user* somebody who writes there; both are the platform's own ids, as text. An *update* is
what the platform delivers; its key (account, update) is applied once, however often it arrives.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from pydantic import TypeAdapter


@dataclass(frozen=True, order=True)
class Address:
    """Names a chat. `str()` and `parse` are each other's inverse, whatever the chat's id contains."""

    account: str
    chat: str

    def __str__(self) -> str:
        return f"{self.account}/{self.chat}"

    @staticmethod
    def parse(text: str) -> "Address":
        """The address that `str` gave; an account holds no slash. Raises ValueError without one."""
        account, slash, chat = text.partition("/")
        if not slash:
            raise ValueError(f"{text!r} is no address; write account/chat")
        return Address(account, chat)


@dataclass(frozen=True)
class Sender:
    """Names who wrote; `name` is what the platform shows, and proves nothing.

    phone: the number that the platform itself vouches for, "" where it tells none.
    """

    account: str
    user: str
    name: str = ""
    phone: str = ""


@dataclass(frozen=True)
class FileReference:
    """A file that a message carries; its bytes come later, by `Adapter.fetch`.

    `sha256` is given where the bytes are in the office's files already (the web chat uploads them first).
    """

    id: str
    name: str = ""
    media_type: str = "application/octet-stream"
    size: int = 0
    sha256: str | None = None


@dataclass(frozen=True, kw_only=True)
class Event:
    """What every event knows.

    key: the update's key within its account; the same key twice is one event.
    address: the chat it happened in.   sender: who did it.
    at: the platform's own time of it, aware UTC; handlers go by this and not by the time of delivery.
    direct: True in a chat between one person and the bot.
    """

    key: str
    address: Address
    sender: Sender
    at: datetime
    direct: bool = False


@dataclass(frozen=True, kw_only=True)
class Message(Event):
    """Somebody wrote. An edit arrives as a message with `edited`, under a key of its own and the old `message` id.

    scheduled: written before, and sent by the platform at a set time: no sign that anybody was there.
    """

    message: str
    text: str = ""
    reply_to: str | None = None
    attachments: tuple[FileReference, ...] = ()
    album: str | None = None
    edited: bool = False
    forwarded: bool = False
    scheduled: bool = False


@dataclass(frozen=True, kw_only=True)
class Nameless(Event):
    """Somebody wrote without a name: as the group, or as a channel. It is nobody's word and counts for nothing.

    `sender.user` is the id of that group or channel, never a person's.
    """

    message: str


@dataclass(frozen=True, kw_only=True)
class Deleted(Event):
    """Somebody took back a message that they had written; `message` is its id. What was kept of it stays kept."""

    message: str


@dataclass(frozen=True, kw_only=True)
class Pressed(Event):
    """Somebody pressed a button. `data` is what the button carried and proves nothing; `message` may be unknown."""

    data: str
    message: str | None = None


@dataclass(frozen=True, kw_only=True)
class Reacted(Event):
    """Somebody set a reaction; an empty `emoji` takes it away."""

    message: str
    emoji: str


@dataclass(frozen=True, kw_only=True)
class Receipt(Event):
    """The platform tells that `message` was delivered to or read by the sender of this event."""

    message: str
    read: bool


@dataclass(frozen=True, kw_only=True)
class MemberJoined(Event):
    """The sender joined the group."""


@dataclass(frozen=True, kw_only=True)
class MemberLeft(Event):
    """The sender left the group or was removed."""


@dataclass(frozen=True, kw_only=True)
class GroupMoved(Event):
    """The group goes on under another id; everything said from now on goes to `to`."""

    to: Address


@dataclass(frozen=True, kw_only=True)
class BotAdded(Event):
    """The bot was added to the group by the sender; in a direct chat, the sender takes its words again."""

    title: str = ""


@dataclass(frozen=True, kw_only=True)
class BotRights(Event):
    """What the platform shows the bot in the group, or lets it do there, has changed, or is told as it comes in.

    sees_all: every message; else only what is addressed to the bot, so presence and solutions would be missed.
    may_mute: whether it may keep somebody from writing; None: as before.
    """

    sees_all: bool
    may_mute: bool | None = None


@dataclass(frozen=True, kw_only=True)
class BotRemoved(Event):
    """The bot was removed from the group by the sender; in a direct chat, the sender has blocked it."""


KINDS: Mapping[str, type[Event]] = {
    kind.__name__: kind
    for kind in (
        *(Message, Nameless, Deleted, Pressed, Reacted, Receipt),
        *(MemberJoined, MemberLeft, GroupMoved, BotAdded, BotRights, BotRemoved),
    )
}


@cache
def _adapter(name: str) -> TypeAdapter[Event]:
    return TypeAdapter(KINDS[name])


def to_json(event: Event) -> str:
    """The event as it is kept when handling it fails, so that it can be handled again."""
    name = type(event).__name__
    return json.dumps([name, _adapter(name).dump_python(event, mode="json")], ensure_ascii=False)


def from_json(text: str) -> Event:
    """The event that `to_json` wrote. Raises ValueError for anything else."""
    name, values = json.loads(text)
    if name not in KINDS:
        raise ValueError(f"{name!r} is no kind of event")
    return _adapter(name).validate_python(values)
