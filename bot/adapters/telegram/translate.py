"""From Telegram's JSON to events: what each kind of update means, and which mean nothing.

An update becomes no event, one, or several (three people added at once). The key of the first is the update's number,
those of the others have their place behind it. Only people count: what a bot, a channel or the group itself writes is
nobody's, and says so (`Nameless`) where a person may have written it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.adapters.telegram.fields import (
    Fields,
    NotUnderstood,
    inner,
    instant,
    needed,
    number,
    several,
    token,
    truth,
    whole,
    words,
)
from bot.adapters.telegram.files import attachments
from bot.events import (
    Address,
    BotAdded,
    BotRemoved,
    BotRights,
    Event,
    GroupMoved,
    MemberJoined,
    MemberLeft,
    Message,
    Nameless,
    Pressed,
    Reacted,
    Sender,
)

ANONYMOUS_ADMINISTRATOR = 1087968824
CHANNEL_BOT = 136817688
SERVICE = 777000
"""Users that stand for no person: an administrator who writes as the group, a channel, Telegram itself."""

WANTED = (
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
    "chat_member",
    "message_reaction",
)
"""The kinds of updates that are asked for; the last two come only where the bot is an administrator, and if named."""

_INSIDE = frozenset(("creator", "administrator", "member"))
_GROUPS = frozenset(("group", "supergroup"))


@dataclass(frozen=True)
class _Update:
    """An update being read: whose, by which key, and when it came."""

    account: str
    key: str
    came: datetime
    reads_all: bool | None

    def address(self, chat: Fields) -> Address:
        return Address(self.account, number(chat, "id"))

    def sender(self, user: Fields, phone: str = "") -> Sender:
        name = " ".join(each for each in (words(user, "first_name"), words(user, "last_name")) if each)
        return Sender(self.account, number(user, "id"), name, phone)


def key_of(update: Fields) -> int:
    """The update's number. Raises NotUnderstood without one."""
    return whole(update, "update_id")


def translate(update: Fields, account: str, came: datetime, reads_all: bool | None = None) -> tuple[Event, ...]:
    """The events of an update; none if it means nothing to an office.

    account: the bot's id.   came: when it arrived here; a press has no time of its own.
    reads_all: whether the bot is shown all messages of every group; None: not known. Raises NotUnderstood.
    """
    of = _Update(account, str(key_of(update)), came, reads_all)
    for kind, read in _READERS.items():
        content = inner(update, kind)
        if content is not None:
            return tuple(_apart(read(of, content)))
    return ()


def press_of(update: Fields) -> str | None:
    """The id by which a press is answered, also where it means nothing to us."""
    query = update.get("callback_query")
    try:
        return token(query, "id") if isinstance(query, dict) else None
    except NotUnderstood:
        return None


def _apart(events: Iterable[Event]) -> Iterable[Event]:
    for place, event in enumerate(events):
        yield event if place == 0 else _with_key(event, f"{event.key}.{place}")


def _with_key(event: Event, key: str) -> Event:
    return type(event)(**{**vars(event), "key": key})


# Messages


def _new_message(of: _Update, message: Fields) -> Iterable[Event]:
    chat = needed(message, "chat")
    if words(chat, "type") == "channel":
        return
    at, address = instant(message, "date"), of.address(chat)
    moved = next((name for name in ("migrate_to_chat_id", "migrate_from_chat_id") if name in message), None)
    if moved is not None:
        other = Address(of.account, number(message, moved))
        old, new = (address, other) if moved == "migrate_to_chat_id" else (other, address)
        yield GroupMoved(key=of.key, address=old, sender=_somebody(of, message), at=at, to=new)
        return
    came, left = several(message, "new_chat_members"), inner(message, "left_chat_member")
    if came or left:
        for user in came:
            if not truth(user, "is_bot"):
                yield MemberJoined(key=of.key, address=address, sender=of.sender(user), at=at)
        if left and not truth(left, "is_bot"):
            yield MemberLeft(key=of.key, address=address, sender=of.sender(left), at=at)
        return
    if not _is_service(message):
        yield from _said(of, message, at, edited=False)


def _edited_message(of: _Update, message: Fields) -> Iterable[Event]:
    """A live location ticks by edits, and some edits change nothing that is seen: those say nothing."""
    location = inner(message, "location")
    if location is not None or not ("text" in message or "caption" in message or attachments(message)):
        return
    yield from _said(of, message, instant(message, "edit_date"), edited=True)


def _said(of: _Update, message: Fields, at: datetime, edited: bool) -> Iterable[Event]:
    chat, user = needed(message, "chat"), inner(message, "from")
    if words(chat, "type") not in _GROUPS and words(chat, "type") != "private":
        return
    if _is_nobody(message, user):
        if not edited and not truth(message, "is_automatic_forward"):
            sender = Sender(of.account, _chat_behind(message))
            yield Nameless(
                key=of.key, address=of.address(chat), sender=sender, at=at, message=number(message, "message_id")
            )
        return
    if user is None or truth(user, "is_bot"):
        return
    yield Message(
        key=of.key,
        address=of.address(chat),
        sender=of.sender(user, _own_phone(message, user)),
        at=at,
        direct=words(chat, "type") == "private",
        message=number(message, "message_id"),
        text=words(message, "text") or words(message, "caption"),
        reply_to=_replied(message),
        attachments=attachments(message),
        album=token(message, "media_group_id") if "media_group_id" in message else None,
        edited=edited,
        forwarded="forward_origin" in message or "forward_date" in message,
        scheduled=truth(message, "is_from_offline"),
    )


def _is_nobody(message: Fields, user: Fields | None) -> bool:
    if inner(message, "sender_chat") is not None:
        return True
    return user is not None and whole(user, "id") in (ANONYMOUS_ADMINISTRATOR, CHANNEL_BOT, SERVICE)


def _chat_behind(message: Fields) -> str:
    behind = inner(message, "sender_chat")
    return number(behind, "id") if behind is not None else number(needed(message, "from"), "id")


def _own_phone(message: Fields, user: Fields) -> str:
    """The number that somebody shared of themselves: Telegram vouches for it by the user's id."""
    contact = inner(message, "contact")
    own = contact is not None and "user_id" in contact and whole(contact, "user_id") == whole(user, "id")
    return words(contact, "phone_number") if contact is not None and own else ""


def _replied(message: Fields) -> str | None:
    """The message that this one answers; in a topic every message names the topic's first, and that is no answer."""
    replied = inner(message, "reply_to_message")
    if replied is None or "forum_topic_created" in replied:
        return None
    thread = message.get("message_thread_id")
    id = number(replied, "message_id")
    return None if truth(message, "is_topic_message") and str(thread) == id else id


def _is_service(message: Fields) -> bool:
    """What Telegram writes itself: pinned, renamed, a topic made, a call begun, and whatever it adds next year.

    A person's message carries one of what people send; what carries none of it is read as service.
    """
    return not any(name in message for name in _CONTENT)


_CONTENT = (
    *("text", "caption", "photo", "document", "video", "animation", "audio", "voice", "video_note", "sticker"),
    *("contact", "location", "venue", "poll", "dice", "story", "checklist", "paid_media", "game", "rich_message"),
)


# Presses, reactions


def _pressed(of: _Update, query: Fields) -> Iterable[Event]:
    """A press on a message of a chat. On one sent by way of the bot elsewhere there is no chat: it means nothing."""
    user, message = needed(query, "from"), inner(query, "message")
    if message is None or "data" not in query or truth(user, "is_bot"):
        return
    chat = needed(message, "chat")
    yield Pressed(
        key=f"{of.key}/{token(query, 'id')}",
        address=of.address(chat),
        sender=of.sender(user),
        at=of.came,
        direct=words(chat, "type") == "private",
        data=words(query, "data"),
        message=number(message, "message_id"),
    )


def _reacted(of: _Update, reaction: Fields) -> Iterable[Event]:
    user, chat = inner(reaction, "user"), needed(reaction, "chat")
    if user is None or truth(user, "is_bot"):
        return
    emoji = next((words(each, "emoji") for each in several(reaction, "new_reaction") if each.get("emoji")), "")
    if not emoji and several(reaction, "new_reaction"):
        emoji = OTHER_REACTION
    yield Reacted(
        key=of.key,
        address=of.address(chat),
        sender=of.sender(user),
        at=instant(reaction, "date"),
        direct=words(chat, "type") == "private",
        message=number(reaction, "message_id"),
        emoji=emoji,
    )


OTHER_REACTION = "★"
"""What stands for a reaction that is no emoji: somebody's own picture."""


# Who is in the group


def _bot_moved(of: _Update, change: Fields) -> Iterable[Event]:
    chat = needed(change, "chat")
    old, new = needed(change, "old_chat_member"), needed(change, "new_chat_member")
    before, after = _is_inside(old), _is_inside(new)
    if words(chat, "type") == "channel":
        return
    address, sender, at = of.address(chat), of.sender(needed(change, "from")), instant(change, "date")
    direct = words(chat, "type") == "private"
    if before and not after:
        yield BotRemoved(key=of.key, address=address, sender=sender, at=at, direct=direct)
    if after and not before:
        yield BotAdded(key=of.key, address=address, sender=sender, at=at, direct=direct, title=words(chat, "title"))
    if not after or direct:
        return
    is_one, was_one = (words(each, "status") == "administrator" for each in (new, old))
    may, might = (truth(each, "can_restrict_members") for each in (new, old))
    if of.reads_all is not None and (not before or is_one != was_one or may != might):
        may_mute = may if may != might else None
        sees_all = of.reads_all or is_one
        yield BotRights(key=of.key, address=address, sender=sender, at=at, sees_all=sees_all, may_mute=may_mute)


def _member_moved(of: _Update, change: Fields) -> Iterable[Event]:
    chat = needed(change, "chat")
    user = needed(needed(change, "new_chat_member"), "user")
    before, after = _is_inside(needed(change, "old_chat_member")), _is_inside(needed(change, "new_chat_member"))
    if before == after or truth(user, "is_bot") or words(chat, "type") not in _GROUPS:
        return
    kind = MemberJoined if after else MemberLeft
    yield kind(key=of.key, address=of.address(chat), sender=of.sender(user), at=instant(change, "date"))


def _is_inside(member: Fields) -> bool:
    status = words(member, "status")
    return status in _INSIDE or (status == "restricted" and truth(member, "is_member"))


def _somebody(of: _Update, message: Fields) -> Sender:
    user = inner(message, "from")
    return of.sender(user) if user is not None else Sender(of.account, "")


_READERS: Mapping[str, Callable[[_Update, Fields], Iterable[Event]]] = {
    "message": _new_message,
    "edited_message": _edited_message,
    "callback_query": _pressed,
    "my_chat_member": _bot_moved,
    "chat_member": _member_moved,
    "message_reaction": _reacted,
}
