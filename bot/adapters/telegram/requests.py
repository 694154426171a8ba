"""From what is to be said to calls of the Bot API: the method, its parameters, and the files that go with them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.adapters.base import Rejected
from bot.adapters.telegram.calls import Upload
from bot.markup import to_plain, to_telegram
from bot.messages import Button, Edit, OutgoingFile, PersonalMenu, React, Restore, Restrict, Say

LARGEST_PHOTO = 10_000_000
"""Bytes; a larger picture goes as a file."""

TOAST_LENGTH = 200
_MARKS = re.compile(r"[\"\\%\x00-\x1f\x7f]")
_PHOTOS = ("image/jpeg", "image/png", "image/webp")
_RIGHTS = (
    *("can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos"),
    *("can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages"),
    *("can_add_web_page_previews",),
)


@dataclass(frozen=True)
class Request:
    """One call."""

    method: str
    parameters: dict[str, Any]
    uploads: tuple[Upload, ...] = field(default=())

    def as_plain(self, text: str) -> "Request":
        """The same in words alone, for markup that was not understood."""
        name = "caption" if "caption" in self.parameters else "text"
        parameters = {key: value for key, value in self.parameters.items() if key != "parse_mode"}
        return Request(self.method, {**parameters, name: to_plain(text)}, self.uploads)


def saying(say: Say, file: bytes | None) -> Request:
    """A new message; `file`: the bytes of its attachment, where it has one. Raises Rejected for a chat that is none."""
    parameters: dict[str, Any] = {"chat_id": _chat(say.address.chat)}
    if say.reply_to is not None and say.reply_to.isdecimal():
        parameters["reply_parameters"] = {"message_id": int(say.reply_to), "allow_sending_without_reply": True}
    if say.silent:
        parameters["disable_notification"] = True
    if say.buttons:
        parameters["reply_markup"] = keyboard(say.buttons)
    if file is None:
        return Request("sendMessage", {**parameters, **_text(say.text)})
    (attached,) = say.attachments
    if say.text:
        parameters |= {"caption": to_telegram(say.text), "parse_mode": "HTML"}
    kind = "photo" if attached.media_type in _PHOTOS and len(file) <= LARGEST_PHOTO else "document"
    return Request(f"send{kind.capitalize()}", parameters, (_upload(kind, attached, file),))


def editing(edit: Edit) -> Request:
    """Other words and buttons for a message of text."""
    return Request("editMessageText", {**_which(edit), **_text(edit.text), "reply_markup": keyboard(edit.buttons)})


def editing_caption(edit: Edit) -> Request:
    """The same for a message that is a file."""
    caption = {"caption": to_telegram(edit.text), "parse_mode": "HTML"}
    return Request("editMessageCaption", {**_which(edit), **caption, "reply_markup": keyboard(edit.buttons)})


def answering(press: str, text: str) -> Request:
    """The answer to a press; without words it only ends the waiting."""
    parameters = {"callback_query_id": press}
    if text:
        parameters |= {"text": _short(text)}
    return Request("answerCallbackQuery", parameters)


def reacting(react: React) -> Request:
    """The bot's reaction under a message."""
    reaction = [{"type": "emoji", "emoji": react.emoji}] if react.emoji else []
    parameters = {"chat_id": _chat(react.address.chat), "message_id": _id(react.message), "reaction": reaction}
    return Request("setMessageReaction", parameters)


def restricting(change: Restrict | Restore) -> Request:
    """Take or give back the right to write."""
    permissions = dict.fromkeys(_RIGHTS, isinstance(change, Restore))
    parameters = {
        "chat_id": _chat(change.address.chat),
        "user_id": _id(change.user),
        "permissions": permissions,
        "use_independent_chat_permissions": True,
    }
    return Request("restrictChatMember", parameters)


def offering(menu: PersonalMenu) -> Request:
    """The commands of a direct chat, by their Latin names: Telegram takes no others."""
    commands = [{"command": each.name, "description": each.words} for each in menu.items]
    scope = {"type": "chat", "chat_id": _chat(menu.address.chat)}
    return Request("setMyCommands", {"commands": commands, "scope": scope})


def keyboard(rows: Sequence[Sequence[Button]]) -> dict[str, Any]:
    """The buttons under a message; none takes them away."""
    return {"inline_keyboard": [[_button(each) for each in row] for row in rows]}


def _button(button: Button) -> dict[str, Any]:
    does = {"copy_text": {"text": button.copies}} if button.copies else {"callback_data": button.data}
    return {"text": button.label, **does}


def _text(text: str) -> dict[str, Any]:
    return {"text": to_telegram(text), "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}


def _which(edit: Edit) -> dict[str, Any]:
    return {"chat_id": _chat(edit.address.chat), "message_id": _id(edit.message)}


def _upload(kind: str, file: OutgoingFile, data: bytes) -> Upload:
    # Marks that end a name in the form are written in another way by each library.
    return Upload(kind, _MARKS.sub("_", file.name) or "file", file.media_type, data)


def _chat(chat: str) -> int:
    return _id(chat)


def _id(text: str) -> int:
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdecimal()):
        raise Rejected("this is no id of Telegram")
    return int(text)


def _short(text: str) -> str:
    return text if len(text) <= TOAST_LENGTH else text[: TOAST_LENGTH - 1] + "…"
