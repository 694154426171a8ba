"""Reactions under the web chat's messages: one of each user, changed and taken back."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, select
from sqlalchemy import text as sql

from bot.store.webchat.tables import REACTION
from core.store.unit import UnitOfWork

_SET = sql(
    'INSERT INTO web_reaction (message, "user", emoji, at) VALUES (:message, :reader, :emoji, :at) '
    'ON CONFLICT (message, "user") DO UPDATE SET emoji = excluded.emoji, at = excluded.at'
).bindparams(bindparam("at", type_=REACTION.c.at.type))
_TAKE_BACK = delete(REACTION).where(
    REACTION.c.message == bindparam("of_message"), REACTION.c.user == bindparam("of_user")
)
_DROP = delete(REACTION).where(REACTION.c.message == bindparam("of_message"))
_OURS = select(REACTION.c.emoji).where(
    REACTION.c.message == bindparam("of_message"), REACTION.c.user == bindparam("of_user")
)
_UNDER = (
    select(REACTION)
    .where(REACTION.c.message.in_(bindparam("ids", expanding=True)))
    .order_by(REACTION.c.message, REACTION.c.at, REACTION.c.user)
)


def set_reaction(uow: UnitOfWork, message: int, user: str, emoji: str) -> bool:
    """Stage a user's reaction, "" to take it back; False if it was so already."""
    before = uow.fresh(_OURS, {"of_message": message, "of_user": user}).scalar_one_or_none() or ""
    if before == emoji:
        return False
    if emoji:
        uow.write(_SET, {"message": message, "reader": user, "emoji": emoji, "at": uow.now})
    else:
        uow.write(_TAKE_BACK, {"of_message": message, "of_user": user})
    return True


def drop_reactions(uow: UnitOfWork, message: int) -> None:
    """Stage that nobody reacts to a message any more."""
    uow.write(_DROP, {"of_message": message})


def reactions_under(connection: Connection, messages: Collection[int]) -> Sequence[Row[Any]]:
    """The reactions under these messages, of each message the first first."""
    return connection.execute(_UNDER, {"ids": list(messages)}).all() if messages else []
