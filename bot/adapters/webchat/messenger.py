"""The web chat as a platform: what people post, press and make there becomes updates for the engine.

A message and its update are one transaction; then the engine is given the update, and only when it has taken it does
the request succeed. A request that comes again under its client id finds what it did before and does no more.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from bot.adapters.base import Answer
from bot.adapters.webchat.chats import Chat, chats_of, direct_chat, is_direct, user_of
from bot.adapters.webchat.contents import check_words, folded_words, reference
from bot.adapters.webchat.delivery import READ, Delivery
from bot.adapters.webchat.feed import Feed
from bot.adapters.webchat.reader import Reader
from bot.adapters.webchat.refused import NotKept, Refused
from bot.adapters.webchat.shapes import DATA_LIMIT, NewGroup, NewPost, NewPress, SentFile
from bot.events import (
    Address,
    BotAdded,
    Event,
    Message,
    Pressed,
    Receipt,
    Sender,
    from_json,
    to_json,
)
from bot.store import webchat as rows
from core.access import Session
from core.clock import Clock
from core.directory import Directory
from core.store.queries.enrolment import link_complainant, link_identity
from core.store.store import Store
from core.store.unit import UnitOfWork
from core.store.work import Work

MOST_RECEIPTS = 100
"""Messages of the bot that count as seen when somebody comes back after long: they look at the end alone."""


@dataclass(frozen=True)
class Posted:
    """A message that is kept: its id, its key as an update, and what is still to be handed to the engine."""

    id: int
    waiting: Event | None


class Messenger:
    """What people can do in the web chat. Every method may be repeated."""

    def __init__(self, store: Store, clock: Clock, account: str, feed: Feed, delivery: Delivery) -> None:
        self.account = account
        self._store = store
        self._clock = clock
        self._feed = feed
        self._delivery = delivery

    def chats(self, connection: Connection, directory: Directory, user: str) -> dict[str, Chat]:
        """The chats that a user is in, by id."""
        return chats_of(directory, self.account, user, rows.chats_made_for(connection, user))

    async def welcome(self, session: Session) -> None:
        """Somebody came in: from now on the office knows who this user is, and the bot greets them, once."""
        if session.person is None and session.petition is None:
            return
        start = self._start(session)

        def run(uow: UnitOfWork) -> None:
            self._introduce(uow, session)
            rows.keep_update(uow, start.key, to_json(start))

        first = await self._store.do(Work(run, key=f"{self.account}:{start.key}/kept"))
        if not first.repeated:
            with suppress(NotKept):  # it is kept, and handed over again
                await self._delivery.hand_over_kept(start)

    async def post(self, reader: Reader, chat: str, post: NewPost) -> int:
        """Post a message and let the engine have it; returns its id. Raises Refused, NotKept."""
        check_words(post.text, len(post.files))
        posted = (await self._store.do(Work(lambda uow: self._keep_post(uow, reader, chat, post)))).value
        assert posted is not None, "a work without a key has a value"
        if posted.waiting is not None:
            await self._delivery.hand_over_kept(posted.waiting)
        return posted.id

    async def press(self, reader: Reader, chat: str, press: NewPress) -> Answer:
        """Press a button. Nothing is kept here: the engine takes it or the request fails. Raises Refused, NotKept."""
        if len(press.data.encode()) > DATA_LIMIT:
            raise Refused(422, "wrong_field", "data", wrong="data")
        await self._store.do(Work(lambda uow: self._check_press(uow, reader, chat, press)))
        event = Pressed(
            **self.event(reader, chat, f"press/{reader.user}/{press.id}"), data=press.data, message=press.message
        )
        return await self._delivery.hand_over(event)

    async def mark_read(self, reader: Reader, chat: str, message: int) -> None:
        """The reader has read the chat up to a message: the engine is told of what the bot said. Raises Refused."""
        await self._store.do(Work(lambda uow: self._mark_read(uow, reader, chat, message)))

    async def make_group(self, reader: Reader, group: NewGroup) -> str:
        """Make a group of people, its maker among them; returns its id. Raises Refused, NotKept."""
        if not reader.may_make_groups:
            raise Refused(403, "only_nodal_officer")
        event = (await self._store.do(Work(lambda uow: self._keep_group(uow, reader, group)))).value
        assert event is not None, "a work without a key has a value"
        if isinstance(event, str):
            return event
        await self._delivery.hand_over_kept(event)
        return event.address.chat

    async def keep_upload(self, reader: Reader, sha256: str, name: str, media_type: str, size: int) -> None:
        """The reader has uploaded a file and may send it."""
        holder = f"user:{reader.user}"
        await self._store.do(Work(lambda uow: rows.hold_file(uow, holder, sha256, name, media_type, size)))

    # Within a work, for whoever lets people do more

    def found(self, uow: UnitOfWork, reader: Reader, chat: str, message: int) -> Row[Any]:
        """The message, if it is in this chat and the reader is too. Raises Refused."""
        self._check_chat(uow, reader, chat)
        found = rows.message_now(uow, message)
        if found is None or found.chat != chat:
            raise Refused(404, "unknown_message")
        return found

    def unheard(self, uow: UnitOfWork, sender: str, client: str | None) -> Event | None:
        """The message that `sender` posted as `client`, if the engine has not taken it yet."""
        waits = rows.waiting_update(uow.connection, _key_of_post(sender, client)) if client else None
        return read_update(waits.payload) if waits else None

    def event(self, reader: Reader, chat: str, key: str) -> dict[str, Any]:
        """What every event of this reader in this chat has."""
        return {
            "key": key,
            "address": Address(self.account, chat),
            "sender": Sender(self.account, reader.user, reader.person.name_hi if reader.person else ""),
            "at": self._clock.now(),
            "direct": is_direct(chat),
        }

    def _keep_post(self, uow: UnitOfWork, reader: Reader, chat: str, post: NewPost) -> Posted:
        self._check_chat(uow, reader, chat)
        before = rows.posted_before(uow, reader.user, post.id)
        if before is not None:
            return Posted(before.id, self.unheard(uow, reader.user, post.id))
        reply_to = self._answered(uow, chat, post.reply_to)
        files = [self._uploaded(uow, reader, file) for file in post.files]
        for file in files:
            held = {name: file[name] for name in ("sha256", "name", "media_type", "size")}
            rows.hold_file(uow, f"chat:{chat}", **held)
        kept = rows.NewMessage(
            chat=chat,
            sender=reader.user,
            name=reader.person.name_hi if reader.person else "",
            at=uow.now,
            body=post.text,
            folded=folded_words(post.text, files),
            reply_to=reply_to,
            files=json.dumps(files, ensure_ascii=False),
            client=post.id,
        )
        id = rows.keep_message(uow, kept)
        event = Message(
            **self.event(reader, chat, _key_of_post(reader.user, post.id)),
            message=str(id),
            text=post.text,
            reply_to=post.reply_to,
            attachments=tuple(map(reference, files)),
        )
        self._introduce(uow, reader.session)
        rows.keep_update(uow, event.key, to_json(event))
        uow.after_commit(self._told(chat, reader.user))
        return Posted(id, event)

    def _mark_read(self, uow: UnitOfWork, reader: Reader, chat: str, message: int) -> None:
        self._check_chat(uow, reader, chat)
        read = rows.read_up_to(uow, chat, reader.user, message, MOST_RECEIPTS)
        if read is None:
            return
        for id in read.said:
            event = Receipt(
                **self.event(reader, chat, f"{READ}{reader.user}/{id}"),
                message=str(id),
                read=True,
            )
            rows.keep_update(uow, event.key, to_json(event))
        uow.after_commit(lambda: self._feed.read(chat, reader.user, read.upto))
        uow.after_commit(self._delivery.wake)

    def _keep_group(self, uow: UnitOfWork, reader: Reader, group: NewGroup) -> BotAdded | str:
        """The event that the group was made; only its id if the engine has taken that event before."""
        key = f"group/{reader.user}/{group.id}"
        before = rows.made_before(uow, reader.user, group.id)
        if before is not None:
            waits = rows.waiting_update(uow.connection, key)
            event = read_update(waits.payload) if waits else None
            return event if isinstance(event, BotAdded) else str(before.id)
        if not group.title:
            raise Refused(422, "wrong_field", "title", wrong="title")
        if any(person not in uow.directory.people for person in group.members):
            raise Refused(422, "unknown_member", "members")
        members = {reader.user, *(f"person:{person}" for person in group.members)}
        chat = rows.make_chat(uow, group.title, reader.user, group.id, members)
        event = BotAdded(**self.event(reader, chat, key), title=group.title)
        self._introduce(uow, reader.session)
        rows.keep_update(uow, key, to_json(event))
        return event

    def _check_press(self, uow: UnitOfWork, reader: Reader, chat: str, press: NewPress) -> None:
        self._check_chat(uow, reader, chat)
        self._answered(uow, chat, press.message)
        self._introduce(uow, reader.session)

    def _check_chat(self, uow: UnitOfWork, reader: Reader, chat: str) -> None:
        if chat not in self.chats(uow.connection, uow.directory, reader.user):
            raise Refused(404, "unknown_chat")

    def _answered(self, uow: UnitOfWork, chat: str, message: str | None) -> int | None:
        if message is None:
            return None
        found = rows.message_now(uow, int(message))
        if found is None or found.chat != chat:
            raise Refused(404, "unknown_message")
        return int(message)

    def _uploaded(self, uow: UnitOfWork, reader: Reader, file: SentFile) -> dict[str, Any]:
        """The file as the reader uploaded it: nobody can send, and so see, a file by knowing its sha256."""
        held = rows.held_now(uow, file.sha256, [f"user:{reader.user}"])
        if held is None:
            raise Refused(422, "file_not_uploaded", "files")
        name = file.name or held.name
        kept = {"sha256": held.sha256, "name": name, "media_type": held.media_type, "size": held.size}
        return {**kept, "document": True} if file.document else kept

    def _introduce(self, uow: UnitOfWork, session: Session) -> None:
        """Tell the office who this user is: a session proves it, so nobody need approve it."""
        user = user_of(session.person, session.guest)
        if session.person is not None and uow.directory.person_of(self.account, user) is None:
            link_identity(uow, self.account, user, session.person)
        if session.petition is not None:
            link_complainant(uow, self.account, user, direct_chat(user), session.petition)

    def _start(self, session: Session) -> Message:
        """What other platforms send when somebody opens the chat with a bot for the first time."""
        user = user_of(session.person, session.guest)
        key = f"start/{user}/{session.petition or ''}"
        return Message(
            key=key,
            address=Address(self.account, direct_chat(user)),
            sender=Sender(self.account, user),
            at=self._clock.now(),
            direct=True,
            message=key,
            text="/start",
        )

    def _told(self, chat: str, sender: str) -> Callable[[], None]:
        return lambda: self._feed.posted(chat, sender)


def read_update(payload: str) -> Event | None:
    """The update as it was kept; None if this version cannot read it (bot/adapters/webchat/delivery.py sees to it)."""
    try:
        return from_json(payload)
    except (ValueError, TypeError):
        return None


def _key_of_post(user: str, client: str) -> str:
    return f"message/{user}/{client}"
