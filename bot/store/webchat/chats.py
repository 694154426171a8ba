"""Groups of the web chat that were made by hand, and who was put into them."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select

from bot.store.webchat.tables import CHAT, MEMBER
from core.store.unit import UnitOfWork

_MADE_FOR = select(CHAT).join(MEMBER, MEMBER.c.chat == CHAT.c.id).where(MEMBER.c.user == bindparam("of_user"))
_MADE_BY_CLIENT = select(CHAT).where(CHAT.c.made_by == bindparam("of_user"), CHAT.c.client == bindparam("of_client"))
_MEMBERS = select(MEMBER.c.user).where(MEMBER.c.chat == bindparam("of_chat")).order_by(MEMBER.c.user)
_MEMBER_COUNTS = (
    select(MEMBER.c.chat, func.count())
    .where(MEMBER.c.chat.in_(bindparam("chats", expanding=True)))
    .group_by(MEMBER.c.chat)
)


def make_chat(uow: UnitOfWork, title: str, made_by: str, client: str, members: Collection[str]) -> str:
    """Stage a group with these users in it; returns its id."""
    id = f"group:{uow.new_id('web_chat')}"
    row = {"id": id, "title": title, "kind": "group", "made_by": made_by, "client": client, "made_at": uow.now}
    uow.insert(CHAT, row)
    for user in members:
        uow.insert(MEMBER, {"chat": id, "user": user})
    return id


def made_before(uow: UnitOfWork, made_by: str, client: str) -> Row[Any] | None:
    """The group that this user made under this client id."""
    return uow.fresh(_MADE_BY_CLIENT, {"of_user": made_by, "of_client": client}).one_or_none()


def chats_made_for(connection: Connection, user: str) -> Sequence[Row[Any]]:
    """The groups made by hand that the user is in."""
    return connection.execute(_MADE_FOR, {"of_user": user}).all()


def members_by_hand(connection: Connection, chat: str) -> Sequence[str]:
    """The users who were put into a chat by hand."""
    return connection.execute(_MEMBERS, {"of_chat": chat}).scalars().all()


def member_counts(connection: Connection, chats: Collection[str]) -> dict[str, int]:
    """How many were put into each chat by hand."""
    rows = connection.execute(_MEMBER_COUNTS, {"chats": list(chats)}).all()
    return {row[0]: row[1] for row in rows}
