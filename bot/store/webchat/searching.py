"""Searching within a chat: every word must occur, however it is typed (core.text.fold)."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from bot.store.webchat.tables import MESSAGE


def messages_with(
    connection: Connection, chat: str, words: Collection[str], before: int, most: int
) -> Sequence[Row[Any]]:
    """The last `most` messages of a chat before message `before` in which all folded words occur, newest first.

    Leans on web_message_of_chat: it looks through the one chat.
    """
    found = select(MESSAGE).where(MESSAGE.c.chat == chat, MESSAGE.c.id < before)
    for word in words:
        found = found.where(MESSAGE.c.folded.contains(word, autoescape=True))
    return connection.execute(found.order_by(MESSAGE.c.id.desc()).limit(most)).all()
