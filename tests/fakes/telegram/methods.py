"""The methods of the Bot API that Jan Milan calls, as strict as Telegram is, or stricter.

A method or a parameter that Telegram does not know is refused here, where Telegram would keep silent about it.
"""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from tests.fakes.telegram.wording import BadText, checked, checked_keyboard
from tests.fakes.telegram.world import BOT, Chat, Posted, World

Files = Mapping[str, tuple[str, str, bytes]]
"""Uploads by their field: name, media type, bytes."""

_SENDING = {"chat_id", "reply_parameters", "disable_notification", "reply_markup", "parse_mode"}
KNOWN: Mapping[str, set[str]] = {
    "getMe": set(),
    "getWebhookInfo": set(),
    "setWebhook": {"url", "secret_token", "allowed_updates", "max_connections"},
    "deleteWebhook": {"drop_pending_updates"},
    "getUpdates": {"offset", "limit", "timeout", "allowed_updates"},
    "sendMessage": {*_SENDING, "text", "link_preview_options"},
    "sendPhoto": {*_SENDING, "photo", "caption"},
    "sendDocument": {*_SENDING, "document", "caption"},
    "editMessageText": {"chat_id", "message_id", "text", "parse_mode", "link_preview_options", "reply_markup"},
    "editMessageCaption": {"chat_id", "message_id", "caption", "parse_mode", "reply_markup"},
    "answerCallbackQuery": {"callback_query_id", "text"},
    "setMessageReaction": {"chat_id", "message_id", "reaction"},
    "restrictChatMember": {"chat_id", "user_id", "permissions", "use_independent_chat_permissions"},
    "getFile": {"file_id"},
    "getChatMember": {"chat_id", "user_id"},
    "getMyCommands": {"scope", "language_code"},
    "setMyCommands": {"commands", "scope", "language_code"},
}


class Refusal(Exception):
    """A refusal, as the server says it."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


class Methods:
    """What a call does to the world. Raises Refusal."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._doing: Mapping[str, Callable[[Mapping[str, Any], Files], Any]] = {
            "getMe": self._me,
            "sendMessage": self._send_message,
            "sendPhoto": lambda given, files: self._send_file(given, files, "photo"),
            "sendDocument": lambda given, files: self._send_file(given, files, "document"),
            "editMessageText": lambda given, files: self._edit(given, "text", 4096, 1),
            "editMessageCaption": lambda given, files: self._edit(given, "caption", 1024, 0),
            "answerCallbackQuery": self._answer,
            "setMessageReaction": self._react,
            "restrictChatMember": self._restrict,
            "getFile": self._file,
            "getChatMember": self._member,
            "getMyCommands": lambda given, files: self._world.commands.get(_menu(given), []),
            "setMyCommands": self._commands,
        }

    def do(self, method: str, given: Mapping[str, Any], files: Files) -> Any:
        """The result of a call."""
        unknown = {*given, *files} - KNOWN[method]
        if unknown:
            raise Refusal(400, f"Bad Request: unknown parameters {sorted(unknown)}")
        try:
            return self._doing[method](given, files)
        except BadText as bad:
            raise Refusal(400, str(bad)) from None

    def _me(self, given: Mapping[str, Any], files: Files) -> Any:
        return {
            "id": BOT,
            "is_bot": True,
            "first_name": "Jan Milan",
            "username": "janmilan_test_bot",
            "can_join_groups": True,
            "can_read_all_group_messages": self._world.reads_all,
        }

    def _send_message(self, given: Mapping[str, Any], files: Files) -> Any:
        text = checked(str(given.get("text", "")), given.get("parse_mode"), 4096, 1)
        return self._post(given, text, None)

    def _send_file(self, given: Mapping[str, Any], files: Files, kind: str) -> Any:
        if kind not in files:
            raise Refusal(400, f"Bad Request: there is no {kind} in the request")
        name, media_type, data = files[kind]
        if len(data) > (10_000_000 if kind == "photo" else 50_000_000):
            raise Refusal(413, "Request Entity Too Large")
        if kind == "photo" and not media_type.startswith("image/"):
            raise Refusal(400, "Bad Request: IMAGE_PROCESS_FAILED")
        caption = checked(str(given.get("caption", "")), given.get("parse_mode"), 1024, 0)
        return self._post(given, caption, (name, media_type, data))

    def _post(self, given: Mapping[str, Any], text: str, file: tuple[str, str, bytes] | None) -> Any:
        chat = self._chat(given)
        keyboard = checked_keyboard(given.get("reply_markup", {}))
        reply = given.get("reply_parameters", {})
        answered = reply.get("message_id")
        if answered is not None and answered not in chat.messages:
            if not reply.get("allow_sending_without_reply"):
                raise Refusal(400, "Bad Request: message to be replied not found")
            answered = None
        id = next(chat.ids)
        chat.messages[id] = Posted(chat.id, id, BOT, text, [text], keyboard, answered, file)
        return {"message_id": id, "date": self._world.now, "chat": chat.shown(), "text": text}

    def _edit(self, given: Mapping[str, Any], field: str, most: int, least: int) -> Any:
        chat = self._chat(given)
        posted = chat.messages.get(given.get("message_id", 0))
        if posted is None:
            raise Refusal(400, "Bad Request: message to edit not found")
        if posted.by != BOT:
            raise Refusal(400, "Bad Request: message can't be edited")
        if (posted.file is None) != (field == "text"):
            raise Refusal(400, f"Bad Request: there is no {field} in the message to edit")
        text = checked(str(given.get(field, "")), given.get("parse_mode"), most, least)
        keyboard = checked_keyboard(given.get("reply_markup", {}))
        if (posted.text, posted.keyboard) == (text, keyboard):
            raise Refusal(
                400,
                "Bad Request: message is not modified: specified new message content and reply markup are exactly the "
                "same as a current content and reply markup of the message",
            )
        posted.text, posted.keyboard = text, keyboard
        posted.texts.append(text)
        return {"message_id": posted.id, "date": self._world.now, "chat": chat.shown(), field: text}

    def _answer(self, given: Mapping[str, Any], files: Files) -> Any:
        press = given.get("callback_query_id")
        if not isinstance(press, str) or press in self._world.toasts:
            raise Refusal(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        text = str(given.get("text", ""))
        if len(text) > 200:
            raise Refusal(400, "Bad Request: MESSAGE_TOO_LONG")
        self._world.toasts[press] = text
        self._world.toasted_at[press] = asyncio.get_running_loop().time()
        return True

    def _react(self, given: Mapping[str, Any], files: Files) -> Any:
        chat = self._chat(given)
        if given.get("message_id") not in chat.messages:
            raise Refusal(400, "Bad Request: message to react not found")
        emoji = "".join(each["emoji"] for each in given["reaction"])
        self._world.reactions[chat.id, given["message_id"]] = emoji
        return True

    def _restrict(self, given: Mapping[str, Any], files: Files) -> Any:
        chat = self._chat(given)
        if chat.kind != "supergroup":
            raise Refusal(400, "Bad Request: method is available only for supergroups")
        if chat.status != "administrator":
            raise Refusal(400, "Bad Request: not enough rights to restrict/unrestrict chat member")
        if given["permissions"]["can_send_messages"]:
            chat.restricted.discard(given["user_id"])
        else:
            chat.restricted.add(given["user_id"])
        return True

    def _file(self, given: Mapping[str, Any], files: Files) -> Any:
        data = self._world.files.get(str(given.get("file_id")))
        if data is None:
            raise Refusal(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        if len(data) > 20_000_000:
            raise Refusal(400, "Bad Request: file is too big")
        return {"file_id": given["file_id"], "file_size": len(data), "file_path": f"files/{given['file_id']}"}

    def _member(self, given: Mapping[str, Any], files: Files) -> Any:
        chat = self._chat(given)
        status = chat.status if given.get("user_id") == BOT else "member"
        rights = {"can_restrict_members": True, "can_pin_messages": True} if status == "administrator" else {}
        return {"status": status, "user": {"id": given["user_id"], "is_bot": True, "first_name": "x"}, **rights}

    def _commands(self, given: Mapping[str, Any], files: Files) -> Any:
        for each in given["commands"]:
            if not 1 <= len(each["command"]) <= 32 or not each["command"].isascii():
                raise Refusal(400, "Bad Request: BOT_COMMAND_INVALID")
            if not 1 <= len(each["description"]) <= 256:
                raise Refusal(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
        if "chat_id" in given.get("scope", {}):
            self._chat(given["scope"])
        self._world.commands[_menu(given)] = given["commands"]
        return True

    def _chat(self, given: Mapping[str, Any]) -> Chat:
        id = given.get("chat_id")
        chat = self._world.chats.get(id) if isinstance(id, int) else None
        if chat is None:
            raise Refusal(400, "Bad Request: chat not found")
        if chat.moved is not None:
            told = "Bad Request: group chat was upgraded to a supergroup chat"
            raise Refusal(400, told, migrate_to_chat_id=chat.moved)
        if chat.status in ("kicked", "left"):
            blocked = (
                "bot was blocked by the user" if chat.kind == "private" else f"bot was kicked from the {chat.kind} chat"
            )
            raise Refusal(403, f"Forbidden: {blocked}")
        return chat


def _menu(given: Mapping[str, Any]) -> str:
    scope = given.get("scope", {"type": "default"})
    where = f"{scope['type']}:{scope['chat_id']}" if "chat_id" in scope else scope["type"]
    return f"{where}/{given.get('language_code', '')}"
