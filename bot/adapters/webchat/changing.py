"""What people do with a message that is there: other words for their own, taking it back, reacting to anybody's."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import Row

from bot.adapters.webchat.contents import check_words, files_in, folded_words, reference
from bot.adapters.webchat.delivery import Delivery
from bot.adapters.webchat.feed import Feed
from bot.adapters.webchat.messenger import Messenger
from bot.adapters.webchat.reader import Reader
from bot.adapters.webchat.refused import Refused
from bot.adapters.webchat.shapes import DELETE_WITHIN, EDIT_WITHIN, NewReaction, NewWords
from bot.events import Deleted, Event, Message, Reacted, to_json
from bot.store import webchat as rows
from core.store.store import Store
from core.store.unit import UnitOfWork
from core.store.work import Work

Changing = tuple[int, Event, Event | None]
"""A message's id, what happened to it, and the message itself if the engine has yet to hear of it."""


class Changes:
    """Every method may be repeated, and raises Refused or NotKept."""

    def __init__(self, store: Store, messenger: Messenger, feed: Feed, delivery: Delivery) -> None:
        self._store = store
        self._messenger = messenger
        self._feed = feed
        self._delivery = delivery

    async def edit(self, reader: Reader, chat: str, message: int, words: NewWords) -> int:
        """Give one's own message other words, within fifteen minutes; its files stay. Returns its id."""
        return await self._do(lambda uow: self._edit(uow, reader, chat, message, words))

    async def delete(self, reader: Reader, chat: str, message: int) -> int:
        """Take one's own message back, within two days. Returns its id: that it was there can be seen."""
        return await self._do(lambda uow: self._delete(uow, reader, chat, message))

    async def react(self, reader: Reader, chat: str, message: int, reaction: NewReaction) -> int:
        """Set one's reaction to a message, change it, or take it back. Returns the message's id."""
        return await self._do(lambda uow: self._react(uow, reader, chat, message, reaction))

    async def _do(self, run: Callable[[UnitOfWork], Changing]) -> int:
        changing = (await self._store.do(Work(run))).value
        assert changing is not None, "a work without a key has a value"
        id, event, unheard = changing
        if unheard is not None:
            await self._delivery.hand_over_kept(unheard)
        await self._delivery.hand_over_kept(event)
        return id

    def _edit(self, uow: UnitOfWork, reader: Reader, chat: str, message: int, words: NewWords) -> Changing:
        found = self._own(uow, reader, chat, message)
        files = files_in(found)
        check_words(words.text, len(files))
        if found.deleted_at is not None:
            raise Refused(409, "message_deleted")
        # A request that comes again after the time is up was in time at first.
        if found.body != words.text:
            if uow.now > found.at + EDIT_WITHIN:
                raise Refused(409, "edit_too_late", n=_minutes(EDIT_WITHIN))
            rows.change_message(uow, message, words.text, folded_words(words.text, files), found.buttons)
        event = Message(
            **self._messenger.event(reader, chat, f"edit/{reader.user}/{words.id}"),
            message=str(message),
            text=words.text,
            reply_to=str(found.reply_to) if found.reply_to is not None else None,
            attachments=tuple(map(reference, files)),
            edited=True,
        )
        return self._changed(uow, found, event)

    def _delete(self, uow: UnitOfWork, reader: Reader, chat: str, message: int) -> Changing:
        found = self._own(uow, reader, chat, message)
        if found.deleted_at is None:
            if uow.now > found.at + DELETE_WITHIN:
                raise Refused(409, "delete_too_late", n=_hours(DELETE_WITHIN))
            for file in files_in(found):
                rows.let_go(uow, chat, message, file["sha256"])
            rows.drop_reactions(uow, message)
            rows.delete_message(uow, message)
        event = Deleted(
            **self._messenger.event(reader, chat, f"delete/{reader.user}/{message}"),
            message=str(message),
        )
        return self._changed(uow, found, event)

    def _react(self, uow: UnitOfWork, reader: Reader, chat: str, message: int, reaction: NewReaction) -> Changing:
        found = self._messenger.found(uow, reader, chat, message)
        if found.deleted_at is not None:
            raise Refused(409, "message_deleted")
        if rows.set_reaction(uow, message, reader.user, reaction.emoji):
            rows.touch_message(uow, message)
        event = Reacted(
            **self._messenger.event(reader, chat, f"react/{reader.user}/{reaction.id}"),
            message=str(message),
            emoji=reaction.emoji,
        )
        return self._changed(uow, found, event)

    def _changed(self, uow: UnitOfWork, found: Row[tuple[object, ...]], event: Event) -> Changing:
        chat = event.address.chat
        rows.keep_update(uow, event.key, to_json(event))
        uow.after_commit(lambda: self._feed.changed(chat))
        # The engine hears of a message before it hears what became of it.
        return found.id, event, self._messenger.unheard(uow, found.sender, found.client)

    def _own(self, uow: UnitOfWork, reader: Reader, chat: str, message: int) -> Row[tuple[object, ...]]:
        found = self._messenger.found(uow, reader, chat, message)
        if found.sender != reader.user:
            raise Refused(403, "not_yours")
        return found


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds()) // 60


def _hours(span: timedelta) -> int:
    return _minutes(span) // 60
