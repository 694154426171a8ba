"""The web chat's side of the contract with the engine (bot/adapters/base.py)."""

import asyncio
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from bot.adapters.base import FileTooLarge, Gone, Limits, Receive, Rejected, RetryLater, Unreachable
from bot.adapters.webchat.chats import direct_chat
from bot.adapters.webchat.contents import files_in, folded_of_bot
from bot.adapters.webchat.delivery import Delivery
from bot.adapters.webchat.feed import Feed
from bot.adapters.webchat.shapes import DATA_LIMIT, FILES_LIMIT, TEXT_LIMIT
from bot.adapters.webchat.waking import Waker
from bot.events import FileReference
from bot.messages import Button, Edit, OutgoingFile, PersonalMenu, React, Say, Toast
from bot.store import webchat as rows
from core.attachments import Attachments
from core.store.store import Store
from core.store.unit import UnitOfWork
from core.store.work import StoreUnavailable, Work, WorkFailed

T = TypeVar("T")

AGAIN_AFTER = timedelta(seconds=1)
"""Until a message is tried again for which there was no database: it is this office's own, and soon back."""


class WebChatAdapter:
    """One web chat. What is said is a row here; the pages of those in the chat are woken after the commit."""

    platform = "web"
    idempotent = True

    def __init__(
        self,
        store: Store,
        account: str,
        feed: Feed,
        delivery: Delivery,
        waker: Waker,
        files: Attachments,
        file_bytes: int,
    ) -> None:
        self.account = account
        self.limits = Limits(
            buttons=100,
            buttons_per_row=3,
            label=64,
            data=DATA_LIMIT,
            copies=TEXT_LIMIT,
            text=TEXT_LIMIT,
            caption=TEXT_LIMIT,
            attachments=FILES_LIMIT,
            file_bytes=file_bytes,
            per_second=1000.0,
            per_chat_minute=6000.0,
            receipts=True,
            markup="html",
        )
        self._store = store
        self._feed = feed
        self._delivery = delivery
        self._waker = waker
        self._files = files

    def direct_chat(self, user: str) -> str:
        """The chat of this user and the bot."""
        return direct_chat(user)

    async def make_group(self, name: str) -> str:
        """A group is there as soon as it is bound: who belongs to the department is in it."""
        return f"group:{name.lower()}"

    async def run(self, receive: Receive) -> None:
        """Let the engine have every update until cancelled; then the live streams end."""
        self._feed.closed = False
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._delivery.run(receive))
                tasks.create_task(self._waker.run())
        finally:
            self._feed.close()

    async def say(self, say: Say) -> str:
        """Put the message into the chat; the same key again is the same message, as it says now.

        Raises RetryLater while nothing can be written, Unreachable.
        """
        return str(await self._do(lambda uow: self._keep(uow, say)))

    async def edit(self, edit: Edit) -> None:
        """Change the message in its place. Raises Rejected for one that is not in the chat; else as `say`."""
        if not await self._do(lambda uow: self._change(uow, edit)):
            raise Rejected("there is no such message in the chat")

    async def react(self, react: React) -> None:
        """Set the bot's reaction. Raises Rejected for a message that is not in the chat; else as `say`."""
        if not await self._do(lambda uow: self._set_reaction(uow, react)):
            raise Rejected("there is no such message in the chat")

    async def menu(self, menu: PersonalMenu) -> None:
        """Keep what this chat's reader is offered while they write a command. Raises as `say`."""
        items = json.dumps([vars(each) for each in menu.items], ensure_ascii=False)
        await self._do(lambda uow: rows.keep_menu(uow, menu.address.chat, items))

    async def toast(self, toast: Toast) -> None:
        """Show it on the pages of whoever pressed; those that come with the press's answer need not go this way."""
        self._feed.toast(toast.user, toast.text)

    async def fetch(self, file: FileReference) -> bytes:
        """The file's bytes: people upload them here before they send. Raises Gone, FileTooLarge."""
        if file.size > self.limits.file_bytes:
            raise FileTooLarge(f"{file.size} bytes")
        try:
            return await self._files.read(file.sha256 or file.id)
        except KeyError as missing:
            raise Gone("the file is not kept") from missing

    def _keep(self, uow: UnitOfWork, say: Say) -> int:
        before = rows.said_before(uow, say.key)
        if before is not None:
            # Its commit was not heard of, so it was composed anew meanwhile.
            self._change(uow, _as_edit(say, before))
            return before
        chat = say.address.chat
        files = [_file(uow, each) for each in say.attachments]
        for file in files:
            rows.hold_file(uow, f"chat:{chat}", **file)
        kept = rows.NewMessage(
            chat=chat,
            sender=rows.BOT,
            name="",
            at=uow.now,
            body=say.text,
            folded=folded_of_bot(say.text, files),
            buttons=_frozen(say.buttons),
            reply_to=int(say.reply_to) if say.reply_to and say.reply_to.isdecimal() else None,
            files=json.dumps(files, ensure_ascii=False),
            say_key=say.key,
        )
        uow.after_commit(lambda: self._feed.posted(chat, rows.BOT))
        return rows.keep_message(uow, kept)

    def _change(self, uow: UnitOfWork, edit: Edit) -> bool:
        found = rows.message_now(uow, int(edit.message)) if edit.message.isdecimal() else None
        if found is None or found.chat != edit.address.chat or found.sender != rows.BOT:
            return False
        if (found.body, found.buttons) != (edit.text, _frozen(edit.buttons)):
            folded = folded_of_bot(edit.text, files_in(found))
            rows.change_message(uow, found.id, edit.text, folded, _frozen(edit.buttons))
            uow.after_commit(lambda: self._feed.changed(edit.address.chat))
        return True

    def _set_reaction(self, uow: UnitOfWork, react: React) -> bool:
        found = rows.message_now(uow, int(react.message)) if react.message.isdecimal() else None
        if found is None or found.chat != react.address.chat or found.deleted_at is not None:
            return False
        if rows.set_reaction(uow, found.id, rows.BOT, react.emoji):
            rows.touch_message(uow, found.id)
            uow.after_commit(lambda: self._feed.changed(found.chat))
        return True

    async def _do(self, run: Callable[[UnitOfWork], T]) -> T:
        try:
            result = await self._store.do(Work(run))
        except StoreUnavailable as away:
            raise RetryLater(AGAIN_AFTER, "the web chat's records cannot be written") from away
        except WorkFailed as bug:
            raise Unreachable("the web chat's records were not written") from bug
        assert result.value is not None, "a work without a key has a value"
        return result.value


def _as_edit(say: Say, message: int) -> Edit:
    return Edit(key=say.key, address=say.address, message=str(message), text=say.text, buttons=say.buttons)


def _frozen(buttons: tuple[tuple[Button, ...], ...]) -> str:
    return json.dumps([[each.kept() for each in row] for row in buttons], ensure_ascii=False)


def _file(uow: UnitOfWork, file: OutgoingFile) -> dict[str, Any]:
    size = rows.size_of_file(uow, file.sha256)
    return {"sha256": file.sha256, "name": file.name, "media_type": file.media_type, "size": size}
