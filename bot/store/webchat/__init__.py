"""What the web chat keeps as a platform, all by one name: `from bot.store import webchat as rows`."""

from bot.store.webchat.chats import chats_made_for, made_before, make_chat, member_counts, members_by_hand
from bot.store.webchat.devices import (
    devices_of,
    forget_device,
    keep_device,
    keep_office_key,
    office_key,
)
from bot.store.webchat.files import held_file, held_now, hold_file, let_go, size_of_file
from bot.store.webchat.menus import keep_menu, menu_of
from bot.store.webchat.messages import (
    BOT,
    NewMessage,
    change_message,
    changed_after,
    delete_message,
    keep_message,
    last_messages,
    message_now,
    messages_after,
    messages_before,
    messages_by_id,
    newest_change,
    posted_before,
    said_before,
    touch_message,
)
from bot.store.webchat.reactions import drop_reactions, reactions_under, set_reaction
from bot.store.webchat.reading import read_by_others, read_up_to, readers_of, unread_counts
from bot.store.webchat.searching import messages_with
from bot.store.webchat.updates import keep_update, update_taken, waiting_update, waiting_updates

__all__ = [
    "BOT",
    "NewMessage",
    "change_message",
    "changed_after",
    "chats_made_for",
    "delete_message",
    "devices_of",
    "drop_reactions",
    "forget_device",
    "held_file",
    "held_now",
    "hold_file",
    "keep_device",
    "keep_menu",
    "keep_message",
    "keep_office_key",
    "keep_update",
    "last_messages",
    "let_go",
    "made_before",
    "make_chat",
    "member_counts",
    "members_by_hand",
    "menu_of",
    "message_now",
    "messages_after",
    "messages_before",
    "messages_by_id",
    "messages_with",
    "newest_change",
    "office_key",
    "posted_before",
    "reactions_under",
    "read_by_others",
    "read_up_to",
    "readers_of",
    "said_before",
    "set_reaction",
    "size_of_file",
    "touch_message",
    "unread_counts",
    "update_taken",
    "waiting_update",
    "waiting_updates",
]
