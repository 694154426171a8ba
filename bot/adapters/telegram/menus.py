"""The menus of commands at Telegram, set only where they are not as they should be."""

import logging
from collections.abc import Sequence
from typing import Any

from bot.adapters.telegram.calls import NoAnswer, NotSent, Refused, Transport
from bot.menus import Menu

_SCOPES = {"group": "all_group_chats", "direct": "all_private_chats"}
_REST = ""
"""The language code of everybody whose own language has no menu."""

_log = logging.getLogger(__name__)


async def show_menus(transport: Transport, menus: Sequence[Menu], office_language: str) -> None:
    """Set them; everybody else's language is the office's. What Telegram refuses is logged and left."""
    try:
        for menu in menus:
            for code in (menu.language, _REST) if menu.language == office_language else (menu.language,):
                await _show(transport, menu, code)
    except (Refused, NotSent, NoAnswer) as trouble:
        _log.warning("telegram: the menus of commands were not set: %s", type(trouble).__name__)


async def _show(transport: Transport, menu: Menu, code: str) -> None:
    where: dict[str, Any] = {"scope": {"type": _SCOPES[menu.place]}}
    if code:
        where["language_code"] = code
    wanted = [{"command": name, "description": words} for name, words in menu.commands]
    if await transport.call("getMyCommands", where) != wanted:
        await transport.call("setMyCommands", {"commands": wanted, **where})
