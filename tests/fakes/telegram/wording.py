"""What Telegram takes as a text in parse mode HTML, and how long it finds it."""

import re
from html import unescape
from typing import Any

_TAGS = ("b", "strong", "i", "em", "u", "s", "code", "pre", "a", "tg-spoiler", "blockquote")
_TAG = re.compile(r"<(/?)([a-z-]+)((?:\s+[a-z]+=\"[^\"<>]*\")*)\s*>")
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")


class BadText(Exception):
    """Why the text is refused, in the Bot API server's words."""


def shown(text: str, mode: str | None) -> str:
    """The text without its markup. Raises BadText for markup that Telegram does not understand."""
    if mode is None:
        return text
    if mode != "HTML":
        raise BadText("Bad Request: unsupported parse_mode")
    opened: list[str] = []
    plain, at = "", 0
    while at < len(text):
        if text[at] == "<":
            tag = _TAG.match(text, at)
            if tag is None or tag[2] not in _TAGS:
                raise BadText(f"Bad Request: can't parse entities: Unsupported start tag at byte offset {at}")
            if tag[1]:
                if not opened or opened.pop() != tag[2]:
                    raise BadText(f"Bad Request: can't parse entities: Unexpected end tag at byte offset {at}")
            else:
                opened.append(tag[2])
            at = tag.end()
        elif text[at] == "&" and (entity := _ENTITY.match(text, at)):
            plain += unescape(entity[0])
            at = entity.end()
        else:
            plain += text[at]
            at += 1
    if opened:
        raise BadText(f"Bad Request: can't parse entities: Can't find end tag corresponding to start tag {opened[-1]}")
    return plain


def units(text: str) -> int:
    """How long Telegram finds a text: in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def checked(text: str, mode: str | None, most: int, least: int) -> str:
    """The text as it is shown. Raises BadText if it is refused."""
    plain = shown(text, mode)
    if units(plain.strip()) < least:
        raise BadText("Bad Request: message text is empty")
    if units(plain) > most:
        raise BadText("Bad Request: message is too long" if least else "Bad Request: message caption is too long")
    return plain


def checked_keyboard(markup: Any) -> list[list[dict[str, Any]]]:
    """The rows of an inline keyboard. Raises BadText if it is refused."""
    rows = markup.get("inline_keyboard", []) if isinstance(markup, dict) else []
    for button in (button for row in rows for button in row):
        data = button.get("callback_data")
        if "copy_text" in button:
            if data is not None:
                raise BadText("Bad Request: exactly one of the optional fields must be used")
            if not 1 <= len(button["copy_text"]["text"]) <= 256:
                raise BadText("Bad Request: BUTTON_COPY_TEXT_INVALID")
        elif not isinstance(data, str) or not 1 <= len(data.encode()) <= 64:
            raise BadText("Bad Request: BUTTON_DATA_INVALID")
        if not button.get("text"):
            raise BadText("Bad Request: inline keyboard button text must be non-empty")
    if len(rows) > 100 or any(len(row) > 8 for row in rows):
        raise BadText("Bad Request: reply markup is too long")
    return [list(row) for row in rows]
