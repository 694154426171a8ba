"""What goes in and out of the web chat's API. The descriptions and examples are its page at /docs."""

import unicodedata
from datetime import datetime, timedelta
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from bot.graphemes import clusters, one_line

TEXT_LIMIT = 10_000
"""Code points of a message that somebody writes."""

FILES_LIMIT = 10
"""Files that go with one message."""

DATA_LIMIT = 64
"""Bytes of a button's data, as docs/design.md §3 has it."""

EDIT_WITHIN = timedelta(minutes=15)
"""How long the words of a message can be changed: a slip of the finger, not yesterday's answer."""

DELETE_WITHIN = timedelta(hours=48)
"""How long a message can be taken back; what the office has recorded from it stays recorded."""

ClientId = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z0-9_.:-]{1,64}$",
        description="Chosen by you, another for each thing you send. Sent again, nothing happens twice.",
        examples=["b7c1f0-17"],
    ),
]
MessageId = Annotated[str, Field(pattern=r"^[0-9]{1,18}$", description="A message's id.", examples=["4711"])]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", description="A file's sha256, as the upload gave it.")]


def _storable(text: str) -> str:
    text.encode()  # a UnicodeEncodeError is a ValueError, and so a wrong field
    return text.replace("\x00", "")


def _one_sign(text: str) -> str:
    if text and (len(clusters(text)) != 1 or not any(unicodedata.category(sign) == "So" for sign in text)):
        raise ValueError("one emoji, or nothing to take it back")
    return text


#: A reaction: one emoji, or "" to take it back.
Emoji = Annotated[str, AfterValidator(_storable), AfterValidator(_one_sign)]
#: A name on one line, without what cannot be seen: a file's name must not read backwards.
Name = Annotated[str, AfterValidator(one_line)]
#: Text as typed, but for NUL, which PostgreSQL does not take; half of a surrogate pair is refused.
Words = Annotated[str, AfterValidator(_storable)]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Problem(_Shape):
    """Why nothing was done."""

    error: str = Field(description="A sentence in the reader's language that says what to do.")
    field: str = Field("", description="The field of the request that is meant, if it is one.")


class SentFile(_Shape):
    """A file that goes with a message; it was uploaded before."""

    sha256: Sha256
    name: Name = Field("", max_length=200, description="Its name; without one, that of the upload.")
    document: bool = Field(False, description="Show a picture as a paper to be opened, not in the message.")


class NewPost(_Shape):
    """A message to be sent."""

    id: ClientId
    text: Words = Field("", description=f"Plain text, at most {TEXT_LIMIT} code points; may be empty beside files.")
    reply_to: MessageId | None = Field(None, description="The message that this one answers.")
    files: list[SentFile] = Field(default_factory=list)

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"id": "b7c1f0-17", "text": "DPRO-1042-22 solved, drain cleared", "files": []}]
        },
    )


class NewPress(_Shape):
    """A button that is pressed."""

    id: ClientId
    message: MessageId | None = Field(None, description="The message with the button.")
    data: Words = Field(min_length=1, description="What the button carries.", examples=["acknowledge:complaint:4711"])


class NewWords(_Shape):
    """Other words for a message of yours."""

    id: ClientId
    text: Words = Field("", description=f"Plain text, at most {TEXT_LIMIT} code points; may be empty beside files.")


class NewReaction(_Shape):
    """A reaction under a message."""

    id: ClientId
    emoji: Emoji = Field(max_length=16, description="One emoji; empty takes yours back.", examples=["👍"])


class NewGroup(_Shape):
    """A group to be made by a nodal officer."""

    id: ClientId
    title: Name = Field(min_length=1, max_length=80, examples=["Panchayati Raj"])
    members: list[int] = Field(
        default_factory=list, max_length=500, description="Ids of people, as /people gives them."
    )


class Device(_Shape):
    """A browser that wants to be woken."""

    endpoint: Words = Field(min_length=1, max_length=1000, description="Its address at its push service.")


class NoticeView(_Shape):
    """What a notice shows; never what was written, or by whom."""

    title: str
    body: str = Field(examples=["Panchayati Raj: new message"])
    chat: str = Field(description="The chat that it leads to, if any.")


class ReadUpTo(_Shape):
    """How far a chat has been read."""

    message: MessageId


class SenderView(_Shape):
    """Who sent a message."""

    id: str = Field(examples=["person:12", "bot"])
    name: str
    me: bool = Field(description="Whether it was you.")
    bot: bool


class QuoteView(_Shape):
    """The message that another one answers."""

    id: str
    name: str
    me: bool
    text: str = Field(description="Its beginning.")


class ButtonView(_Shape):
    """A button under a message."""

    label: str
    data: str = Field("", description="To be sent as it is by POST /chats/{chat}/presses; empty for one that copies.")
    copies: str = Field("", description="What it puts on the clipboard instead; nothing is sent then.")


class FileView(_Shape):
    """A file of a message."""

    sha256: str
    name: str
    media_type: str
    size: int = Field(description="Bytes.")
    kind: Literal["picture", "audio", "film", "paper"] = Field(description="How it is shown; a paper is only saved.")
    image: bool
    url: str
    thumbnail: str | None = Field(None, description="A small picture of it, for images.")


class ReactionView(_Shape):
    """The same reaction of one or several people under a message."""

    emoji: str
    count: int
    mine: bool = Field(description="Whether it is yours too.")
    names: list[str] = Field(description="Whose it is, the first first.")


class MessageView(_Shape):
    """A message of a chat."""

    id: str
    chat: str
    sender: SenderView
    at: datetime
    text: str = Field(description="Words alone.")
    html: str = Field(description="The same with <b>, <i>, <code>, <a href> and <br>; everything else is escaped.")
    buttons: list[list[ButtonView]]
    reply_to: QuoteView | None
    files: list[FileView]
    reactions: list[ReactionView]
    edited_at: datetime | None
    deleted: bool = Field(description="Whether it was taken back; then nothing of it is left.")
    edit_until: datetime | None = Field(None, description="Until when you may give it other words.")
    delete_until: datetime | None = Field(None, description="Until when you may take it back.")
    client: str | None = Field(None, description="The id that you chose, if it is yours.")


class ChatView(_Shape):
    """A chat that you are in."""

    id: str
    kind: str = Field(description="direct, group or administration.")
    title: str
    about: str
    badge: str = Field(description="A few letters for its round sign.")
    also: str = Field(description="Other words by which it may be searched.")
    unread: int
    seen: str = Field(description='The last message that somebody else has read, "0" before any.')
    last: MessageView | None


class ChatsView(_Shape):
    """Your chats."""

    chats: list[ChatView]
    newest: int = Field(description="Follow /stream after this number to miss nothing.")


class MessagesView(_Shape):
    """A page of messages, oldest first."""

    messages: list[MessageView]
    older: bool = Field(description="Whether there are older ones before this page.")
    newer: bool = Field(description="Whether there are newer ones after this page.")


class FoundView(_Shape):
    """The messages in which all the words occur, newest first."""

    messages: list[MessageView]
    more: bool = Field(description="Whether there are older ones.")


class SeenView(_Shape):
    """When somebody had read a message; `at` is null for who has not."""

    name: str
    about: str
    at: datetime | None


class SeenByView(_Shape):
    """Who has read a message, the first first, and who of the chat has not."""

    seen: list[SeenView]
    not_seen: list[SeenView]
    more: int = Field(description="How many more have not, who are not listed.")


class ToastsView(_Shape):
    """The short answers to a press."""

    toasts: list[str]


class MeView(_Shape):
    """Who you are here."""

    id: str = Field(examples=["person:12"])
    name: str
    language: str
    guest: bool
    may_make_groups: bool


class CommandView(_Shape):
    """A command that you may give to the bot: its name, what else it is called, and what it does."""

    name: str = Field(examples=["list"])
    others: list[str]
    words: str


class MenuView(_Shape):
    """What you may ask the bot for."""

    commands: list[CommandView]


class PersonView(_Shape):
    """Somebody of the office."""

    id: int
    name: str
    about: str


class PeopleView(_Shape):
    """The people found."""

    people: list[PersonView]
    more: int = Field(description="How many more there are.")


class Done(_Shape):
    """It is done."""

    done: bool = True
