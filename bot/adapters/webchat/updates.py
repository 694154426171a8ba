"""Updates that wait for the engine, as JSON: written with the message, read again if the process died before."""

import json
from datetime import datetime
from typing import Any

from bot.events import Address, BotAdded, Event, FileReference, Message, Sender


def freeze(event: Message | BotAdded) -> str:
    """The event as JSON."""
    known: dict[str, Any] = {
        "key": event.key,
        "chat": event.address.chat,
        "user": event.sender.user,
        "name": event.sender.name,
        "at": event.at.isoformat(),
        "direct": event.direct,
    }
    if isinstance(event, BotAdded):
        return json.dumps({**known, "kind": "bot_added", "title": event.title}, ensure_ascii=False)
    files = [[file.sha256, file.name, file.media_type, file.size] for file in event.attachments]
    said = {"message": event.message, "text": event.text, "reply_to": event.reply_to, "files": files}
    return json.dumps({**known, "kind": "message", **said}, ensure_ascii=False)


def thaw(payload: str, account: str) -> Event:
    """The event that `freeze` wrote, of this account."""
    frozen = json.loads(payload)
    known: dict[str, Any] = {
        "key": frozen["key"],
        "address": Address(account, frozen["chat"]),
        "sender": Sender(account, frozen["user"], frozen["name"]),
        "at": datetime.fromisoformat(frozen["at"]),
        "direct": frozen["direct"],
    }
    if frozen["kind"] == "bot_added":
        return BotAdded(**known, title=frozen["title"])
    files = tuple(
        FileReference(id=sha256, name=name, media_type=media_type, size=size, sha256=sha256)
        for sha256, name, media_type, size in frozen["files"]
    )
    return Message(
        **known,
        message=frozen["message"],
        text=frozen["text"],
        reply_to=frozen["reply_to"],
        attachments=files,
    )
