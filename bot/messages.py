"""What can be said to a chat, in no platform's words (docs/design.md §3, Platform-neutral vocabulary).

Texts are in the small HTML subset of `bot.markup`: <b>, <i>, <code>, <a href>, <br>, with & < > escaped.
"""

from dataclasses import dataclass

from bot.events import Address


@dataclass(frozen=True)
class Button:
    """A button under a message: `label` is what people read, `data` what comes back when it is pressed.

    copies: what it puts on the reader's clipboard instead; it then carries no data, and nothing comes back.
    """

    label: str
    data: str = ""
    copies: str = ""

    def kept(self) -> dict[str, str]:
        """Its fields as they are stored; `Button(**kept)` is the inverse."""
        return {"label": self.label, **({"copies": self.copies} if self.copies else {"data": self.data})}


@dataclass(frozen=True)
class Quote:
    """What a message is an answer to, where the platform can show that: the platform's id of the message."""

    message: str


@dataclass(frozen=True)
class OutgoingFile:
    """A file to send: its bytes are in the office's files under `sha256`."""

    sha256: str
    name: str
    media_type: str


@dataclass(frozen=True, kw_only=True)
class Say:
    """A new message.

    key: unique for ever; a platform that knows idempotency keys is given it, so that a repeat is no second message.
    buttons: rows of buttons.   choices: set by the fallbacks where buttons became numbers.
    """

    key: str
    address: Address
    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    attachments: tuple[OutgoingFile, ...] = ()
    reply_to: str | None = None
    silent: bool = False


@dataclass(frozen=True, kw_only=True)
class Edit:
    """A message that was said before gets another text and other buttons."""

    key: str
    address: Address
    message: str
    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Toast:
    """A short answer to a press, shown to whoever pressed; never stored. `update` is the key of the press."""

    address: Address
    user: str
    update: str
    text: str


@dataclass(frozen=True, kw_only=True)
class React:
    """The bot's reaction under a message."""

    key: str
    address: Address
    message: str
    emoji: str


@dataclass(frozen=True, kw_only=True)
class Restrict:
    """Take somebody's right to write in a group."""

    key: str
    address: Address
    user: str


@dataclass(frozen=True, kw_only=True)
class Restore:
    """Give somebody's right to write in a group back."""

    key: str
    address: Address
    user: str


@dataclass(frozen=True)
class MenuItem:
    """A command in a menu: its name in small Latin letters, what else it is called, and a few words about it."""

    name: str
    others: tuple[str, ...]
    words: str


@dataclass(frozen=True, kw_only=True)
class PersonalMenu:
    """What whoever is alone with the bot in this chat may ask for; it takes the place of the menu before."""

    key: str
    address: Address
    items: tuple[MenuItem, ...]


Outgoing = Say | Edit | React | Restrict | Restore
