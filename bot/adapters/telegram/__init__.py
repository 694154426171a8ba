"""Telegram, by the Bot API, through python-telegram-bot or aiogram: the same behaviour by either."""

from collections.abc import Sequence

from bot.adapters.base import Limits
from bot.adapters.telegram.adapter import LIMITS, Bytes, KeepUnread, TelegramAdapter
from bot.adapters.telegram.calls import Transport
from bot.menus import Menu
from bot.settings import TelegramAccount
from core.clock import Clock

__all__ = ["TelegramAdapter", "Transport", "make_transport", "telegram"]


def telegram(
    account: TelegramAccount,
    clock: Clock,
    file_bytes: Bytes,
    keep_unread: KeepUnread,
    hook: str = "",
    limits: Limits = LIMITS,
    menus: Sequence[Menu] = (),
    language: str = "hi",
) -> TelegramAdapter:
    """The adapter of an account; see TelegramAdapter. Raises ValueError where what it needs is not installed."""
    return TelegramAdapter(
        account, make_transport(account), clock, file_bytes, keep_unread, hook, limits, menus, language
    )


def make_transport(account: TelegramAccount) -> Transport:
    """The calls by the account's library; the other one is not imported. Raises ValueError if it is not installed."""
    if account.library == "aiogram":
        try:
            from bot.adapters.telegram.through_aiogram import Aiogram
        except ModuleNotFoundError as missing:
            raise ValueError("library: aiogram is not installed; run: pip install 'janmilan[aiogram]'") from missing
        return Aiogram(account.api_url, account.token)
    from bot.adapters.telegram.python_telegram_bot import PythonTelegramBot

    return PythonTelegramBot(account.api_url, account.token)
