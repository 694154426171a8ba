"""Telegram's side of the contract with the engine (bot/adapters/base.py)."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from bot.adapters.base import (
    Call,
    CallAnswer,
    DeliveryError,
    FileTooLarge,
    Gone,
    Limits,
    Receive,
    Rejected,
)
from bot.adapters.telegram import requests
from bot.adapters.telegram.calls import NoAnswer, NotSent, Refused, TooLarge, Transport
from bot.adapters.telegram.errors import classified, has_no_text, is_bad_markup, is_old_press, is_unchanged
from bot.adapters.telegram.examining import examine_clock
from bot.adapters.telegram.links import group_link
from bot.adapters.telegram.menus import show_menus
from bot.adapters.telegram.polling import poll
from bot.adapters.telegram.requests import Request
from bot.adapters.telegram.taking import Taker
from bot.adapters.telegram.webhook import brought, keep_registered
from bot.events import FileReference
from bot.menus import Menu
from bot.messages import Edit, PersonalMenu, React, Restore, Restrict, Say, Toast
from bot.settings import TelegramAccount
from core.clock import Clock

LARGEST_DOWNLOAD = 20_000_000
"""Bytes that the Bot API gives of a file."""

LIMITS = Limits(
    buttons=100,
    buttons_per_row=8,
    label=64,
    data=64,
    copies=256,
    text=4096,
    caption=1024,
    attachments=1,
    file_bytes=LARGEST_DOWNLOAD,
    per_second=30.0,
    per_chat_minute=20.0,
    per_chat_second=1.0,
    markup="telegram",
)
"""As https://core.telegram.org/bots/faq has them for groups; in direct chats more is taken, which nobody needs."""

Bytes = Callable[[str], Awaitable[bytes]]
KeepUnread = Callable[[str, str, str], Awaitable[None]]

_log = logging.getLogger(__name__)


class TelegramAdapter:
    """One bot. Nothing is remembered between calls but the connections.

    receiving: whether updates can be had just now; where Telegram brings them we cannot tell, and it is True.

    transport: the library that calls.   file_bytes: an office's file by its sha256; KeyError if it is not kept.
    hook: the address that Telegram is to bring updates to, where it does.   limits: Telegram's own, but for tests.
    menus: the commands that it offers to people; in `language` to those of any other language.
    """

    platform = "telegram"

    def __init__(
        self,
        account: TelegramAccount,
        transport: Transport,
        clock: Clock,
        file_bytes: Bytes,
        keep_unread: KeepUnread,
        hook: str = "",
        limits: Limits = LIMITS,
        menus: Sequence[Menu] = (),
        language: str = "hi",
    ) -> None:
        self.account = account.bot
        self.limits = limits
        self._settings = account
        self._transport = transport
        self._clock = clock
        self._bytes = file_bytes
        self._hook = hook
        self.receiving = True
        self._menus = menus
        self._language = language
        self._taker = Taker(self.account, clock, keep_unread, self._answer_press)

    def direct_chat(self, user: str) -> str:
        """The chat of this user and the bot: on Telegram both have the same id."""
        return user

    async def run(self, receive: Receive) -> None:
        """Receive until cancelled; then every press that was taken has its answer, and the connections are closed."""
        beside = [
            asyncio.create_task(show_menus(self._transport, self._menus, self._language)),
            asyncio.create_task(self._look_at_the_clock()),
        ]
        try:
            await self._look_at_oneself()
            if self._settings.receive == "webhook":
                await keep_registered(self._transport, self._hook, self._settings.secret)
            else:
                await poll(
                    self._transport, lambda updates: self._taker.take(updates, receive), self._hook, self._reached
                )
        finally:
            for each in beside:
                each.cancel()
            await asyncio.gather(*beside, return_exceptions=True)
            await self._taker.finish()
            await self._transport.close()

    async def called(self, call: Call, receive: Receive) -> CallAnswer:
        """An update that Telegram brings."""
        if self._settings.receive != "webhook":
            return CallAnswer(404)
        update = brought(call, self._settings.secret)
        if isinstance(update, CallAnswer):
            return update
        await self._taker.take([update], receive)
        return CallAnswer()

    def _reached(self, reached: bool) -> None:
        self.receiving = reached

    async def _look_at_oneself(self) -> None:
        """Whether the bot is shown all messages; where nobody answers now, the receiving will say so."""
        try:
            me = await self._transport.call("getMe", {})
        except (Refused, NotSent, NoAnswer):
            return
        if isinstance(me, dict):
            self._taker.reads_all = me.get("can_read_all_group_messages") is True

    async def _look_at_the_clock(self) -> None:
        """Who was present when is wrong by as much as the clock is."""
        what, cure = await examine_clock(self._settings, self._clock.now())
        if cure:
            _log.error("telegram: %s; %s", what, cure)

    # What the courier calls

    async def say(self, say: Say) -> str:
        """Send a message; returns its id. Raises a DeliveryError."""
        request = requests.saying(say, await self._attached(say))
        sent = await self._said(request, say.text)
        if not isinstance(sent, dict) or not isinstance(sent.get("message_id"), int):
            raise classified(NoAnswer("the answer names no message"))
        return str(sent["message_id"])

    async def edit(self, edit: Edit) -> None:
        """Change the message. Raises a DeliveryError."""
        try:
            await self._said(requests.editing(edit), edit.text, of_file=requests.editing_caption(edit))
        except _Unchanged:
            return

    async def toast(self, toast: Toast) -> None:
        """Answer a press, by the id that stands in its key."""
        await self._answer_press(toast.update.partition("/")[2], toast.text)

    async def react(self, react: React) -> None:
        """Set the bot's reaction. Raises a DeliveryError."""
        await self._done(requests.reacting(react))

    async def restrict(self, restrict: Restrict) -> None:
        """Take the right to write. Raises a DeliveryError."""
        await self._done(requests.restricting(restrict))

    async def restore(self, restore: Restore) -> None:
        """Give it back. Raises a DeliveryError."""
        await self._done(requests.restricting(restore))

    async def menu(self, menu: PersonalMenu) -> None:
        """Set the commands of a direct chat, before those of all such chats. Raises a DeliveryError."""
        await self._done(requests.offering(menu))

    async def invitations(self, words: Sequence[str]) -> Sequence[str]:
        """Links that add the bot to a group, and bring a word along. Raises a DeliveryError."""
        me = await self._done(Request("getMe", {}))
        return [group_link(str(me["username"]), word) for word in words]

    async def fetch(self, file: FileReference) -> bytes:
        """The file's bytes. Raises a DeliveryError; FileTooLarge above what the Bot API gives."""
        if file.size > LARGEST_DOWNLOAD:
            raise FileTooLarge(f"{file.size} bytes")
        found = await self._done(Request("getFile", {"file_id": file.id}))
        path = found.get("file_path") if isinstance(found, dict) else None
        if not isinstance(path, str):
            raise Gone("the file is not there")
        try:
            return await self._transport.download(path, LARGEST_DOWNLOAD)
        except TooLarge as large:
            raise FileTooLarge(str(large)) from None
        except (Refused, NotSent, NoAnswer) as error:
            raise classified(error) from None

    async def _attached(self, say: Say) -> bytes | None:
        if not say.attachments:
            return None
        try:
            return await self._bytes(say.attachments[0].sha256)
        except KeyError:
            raise Rejected("the file is not kept") from None

    async def _said(self, request: Request, text: str, of_file: Request | None = None) -> Any:
        """The call, and what else it takes where Telegram would have it otherwise."""
        try:
            return await self._call(request)
        except Refused as error:
            if is_unchanged(error):
                raise _Unchanged(error.description) from None
            if of_file is not None and has_no_text(error):
                return await self._said(of_file, text)
            if is_bad_markup(error) and "parse_mode" in request.parameters:
                return await self._said(request.as_plain(text), text)
            raise classified(error) from None
        except (NotSent, NoAnswer) as error:
            raise classified(error) from None

    async def _done(self, request: Request) -> Any:
        try:
            return await self._call(request)
        except (Refused, NotSent, NoAnswer) as error:
            raise classified(error) from None

    async def _call(self, request: Request) -> Any:
        return await self._transport.call(request.method, request.parameters, request.uploads)

    async def _answer_press(self, press: str, text: str) -> None:
        """Called once; a press that Telegram waits for no longer is answered."""
        try:
            await self._call(requests.answering(press, text))
        except Refused as error:
            if not is_old_press(error):
                _log.warning("telegram: a press was not answered: HTTP %d", error.code)
        except (NotSent, NoAnswer) as error:
            _log.warning("telegram: a press was not answered: %s", type(error).__name__)


class _Unchanged(DeliveryError):
    """The message says already what it is to say."""
