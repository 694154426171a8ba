"""The contract between the engine and a messaging platform: all that an adapter author needs to know.

An adapter translates in both directions and nothing else. It never retries, sleeps, decides, or remembers: the engine
does. What a platform can do follows from the methods its adapter has: without `edit` the engine answers the old
message instead, without `buttons` in its limits it numbers the choices. Only limits are declared.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol, runtime_checkable

from bot.events import Event, FileReference
from bot.messages import Edit, PersonalMenu, React, Restore, Restrict, Say, Toast


@dataclass(frozen=True)
class Limits:
    """What a platform allows; lengths in Unicode code points, rates in messages.

    buttons: most buttons under a message; 0 where there are none.   buttons_per_row, label: for a row, for a label.
    data: bytes that a button may carry.   copies: code points that one may put on the reader's clipboard; 0 where there
    is no such button, and those that would are left out.
    text, caption: code points of a message and of words under a file.
    attachments: most files in one message.   file_bytes: the largest file taken.
    per_second: messages an account may send in a second, to all chats together.   per_chat_minute: to one chat.
    per_chat_second: to one chat as well, where the platform counts that too.
    replies: whether a message can be shown as the answer to another, and people's replies tell to which.
    receipts: whether the platform tells who has read what.
    groups: whether the platform has groups with the bot in them.   edit_within: how long a message can be edited.
    markup: the dialect of `bot.markup` that its texts are written in: html, telegram, whatsapp, matrix or plain.
    """

    buttons: int = 100
    buttons_per_row: int = 8
    label: int = 64
    data: int = 64
    copies: int = 0
    text: int = 4096
    caption: int = 1024
    attachments: int = 10
    file_bytes: int = 50_000_000
    per_second: float = 30.0
    per_chat_minute: float = 60.0
    per_chat_second: float | None = None
    replies: bool = True
    receipts: bool = False
    groups: bool = True
    edit_within: timedelta | None = None
    markup: str = "html"


class DeliveryError(Exception):
    """Why a message did not go out. Adapters raise one of the classes below and decide nothing; the courier does."""


class RetryLater(DeliveryError):
    """The platform asks to wait `after` (its own figure where it gives one)."""

    def __init__(self, after: timedelta, reason: str = "") -> None:
        super().__init__(reason or f"again in {after}")
        self.after = after


class Moved(DeliveryError):
    """The chat goes on under another id."""

    def __init__(self, to: str) -> None:
        super().__init__(f"moved to {to}")
        self.to = to


class Gone(DeliveryError):
    """The chat is not there for the bot any more: removed, blocked, deleted."""


class Rejected(DeliveryError):
    """The platform will never take this message; `reason` is its own word."""


class WindowClosed(DeliveryError):
    """The platform takes no free words in this chat now (WhatsApp's 24 hours)."""


class Unreachable(DeliveryError):
    """No answer, or none that says whether it was taken: the message is in doubt."""


class FileTooLarge(DeliveryError):
    """The file is larger than the platform, or the office, takes."""


Receive = Callable[[Event], Awaitable["Answer"]]


@dataclass(frozen=True)
class Answer:
    """What the engine says to an update once it is kept: the toasts, and whether it had been applied before."""

    toasts: tuple[Toast, ...] = ()
    repeated: bool = False


@runtime_checkable
class Adapter(Protocol):
    """What every adapter has. `account` is the platform's own id of the bot.

    An adapter whose platform takes the same `Say.key` twice as one message says so with `idempotent = True`: then what
    nobody answered is simply sent again. A connection that could not be opened is RetryLater, for nothing was sent.
    """

    account: str
    platform: str
    limits: Limits

    def direct_chat(self, user: str) -> str:
        """The id of the chat in which this user and the bot are alone, whether or not it has been opened yet."""

    async def run(self, receive: Receive) -> None:
        """Receive until cancelled: translate each update, await `receive(event)`, and only then acknowledge it.

        An exception of `receive` means that nothing was kept: do not acknowledge, let the platform deliver again.
        """

    async def say(self, say: Say) -> str:
        """Send a message; returns the platform's id of it. Raises a DeliveryError."""


@runtime_checkable
class TellsReceiving(Protocol):
    """Knows whether its platform can reach it just now; one that cannot tell is receiving as long as it runs.

    What is missed while it is False is nobody's absence (docs/rules.md P3).
    """

    @property
    def receiving(self) -> bool:
        """False while updates cannot come in, such as when the connection is down."""


@runtime_checkable
class CanEdit(Protocol):
    """An adapter whose platform can change a message that was sent."""

    async def edit(self, edit: Edit) -> None:
        """Change the message. An edit that changes nothing is done. Raises a DeliveryError."""


@runtime_checkable
class CanToast(Protocol):
    """An adapter whose platform can answer a press."""

    async def toast(self, toast: Toast) -> None:
        """Show the answer; called once, within ten seconds of the press, and not again if it fails."""


@runtime_checkable
class CanReact(Protocol):
    """An adapter whose platform shows reactions."""

    async def react(self, react: React) -> None:
        """Set the bot's reaction; an empty emoji takes it away. Raises a DeliveryError."""


@runtime_checkable
class CanOfferMenu(Protocol):
    """An adapter whose platform can show each person a list of commands of their own."""

    async def menu(self, menu: PersonalMenu) -> None:
        """Set the commands of one direct chat, in place of those before; no items: none. Raises a DeliveryError.

        A platform that takes Latin names alone leaves out what else a command is called.
        """


@runtime_checkable
class CanRestrict(Protocol):
    """An adapter whose platform can take and give back a member's right to write."""

    async def restrict(self, restrict: Restrict) -> None:
        """Take the right to write. Raises a DeliveryError."""

    async def restore(self, restore: Restore) -> None:
        """Give it back. Raises a DeliveryError."""


@runtime_checkable
class CanMakeGroups(Protocol):
    """An adapter whose platform lets the bot make a group."""

    async def make_group(self, name: str) -> str:
        """Make a group, or find the one that was made by this name; returns its id. Raises a DeliveryError.

        name: a department's letters, or "administration".
        """


@runtime_checkable
class CanInvite(Protocol):
    """An adapter whose platform has links by which whoever opens one adds the bot to a group of theirs."""

    async def invitations(self, words: Sequence[str]) -> Sequence[str]:
        """The address of a link for each word, which arrives in the group as `/start WORD`. Raises a DeliveryError.

        words: letters, digits, `_` and `-` alone, at most 64.
        """


@runtime_checkable
class CanFetch(Protocol):
    """An adapter whose updates carry references to files."""

    async def fetch(self, file: FileReference) -> bytes:
        """The file's bytes. Raises a DeliveryError; FileTooLarge above the limit."""


# Where the platform comes to us


@dataclass(frozen=True)
class Call:
    """What a platform asked of us at /hooks/ACCOUNT. Names of headers are in small letters."""

    method: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class CallAnswer:
    """What it is told. `status`: of HTTP; 2xx acknowledges what it brought."""

    status: int = 200
    body: bytes = b""
    media_type: str = "application/json"


@runtime_checkable
class CanBeCalled(Protocol):
    """An adapter whose platform brings updates by itself (a webhook): GET and POST of /hooks/ACCOUNT, as config.yaml
    names the account. Its `run` may then have nothing to do but to wait."""

    async def called(self, call: Call, receive: Receive) -> CallAnswer:
        """Prove that it is the platform, translate, await `receive(event)` for each update, and only then say 200.

        Let pass what `receive` raises: nothing was kept, the platform is told 503, and brings it again.
        """


Factory = Callable[[str, Mapping[str, object]], Adapter]
"""Makes an adapter of an account: given its name and its section in config.yaml. ValueError: what is wrong in it, in
a sentence that names the key. An entry point of the group `janmilan.adapters` names one (docs/design.md §3)."""
