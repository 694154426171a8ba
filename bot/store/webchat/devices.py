"""Browsers that want to be woken when something is new, and the key by which push services know this office."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy import text as sql

from bot.store.webchat.tables import DEVICE, KEY
from core.store.access import SESSION
from core.store.unit import UnitOfWork

_KEEP = sql(
    'INSERT INTO web_device (endpoint, "user", session, since) VALUES (:endpoint, :reader, :session, :since) '
    'ON CONFLICT (endpoint) DO UPDATE SET "user" = excluded."user", session = excluded.session, since = excluded.since'
).bindparams(bindparam("since", type_=DEVICE.c.since.type))
_FORGET = delete(DEVICE).where(DEVICE.c.endpoint == bindparam("of_endpoint"))
_FORGET_OWN = _FORGET.where(DEVICE.c.user == bindparam("of_user"))
_OF = (
    select(DEVICE.c.endpoint)
    .join(SESSION, SESSION.c.id == DEVICE.c.session)
    .where(DEVICE.c.user.in_(bindparam("users", expanding=True)), SESSION.c.expires_at > bindparam("now"))
    .order_by(DEVICE.c.since)
)
_KEY = select(KEY.c.private)
_KEEP_KEY = sql("INSERT INTO web_key (id, private) VALUES (1, :private) ON CONFLICT (id) DO NOTHING")


def keep_device(uow: UnitOfWork, endpoint: str, user: str, session: int) -> None:
    """Stage that a browser wants to be woken for this user; whoever used it before is woken there no more."""
    uow.write(_KEEP, {"endpoint": endpoint, "reader": user, "session": session, "since": uow.now})


def forget_device(uow: UnitOfWork, endpoint: str, user: str | None = None) -> None:
    """Stage that a browser is woken no more; with `user` only if it is theirs."""
    if user is None:
        uow.write(_FORGET, {"of_endpoint": endpoint})
    else:
        uow.write(_FORGET_OWN, {"of_endpoint": endpoint, "of_user": user})


def devices_of(connection: Connection, users: Collection[str], now: datetime) -> Sequence[str]:
    """Where the browsers of these users are woken, those whose session goes on."""
    return connection.execute(_OF, {"users": list(users), "now": now}).scalars().all() if users else []


def office_key(connection: Connection) -> str | None:
    """The office's key, if it has been made."""
    found: str | None = connection.execute(_KEY).scalar_one_or_none()
    return found


def keep_office_key(uow: UnitOfWork, private: str) -> None:
    """Stage the office's key; the first stays."""
    uow.write(_KEEP_KEY, {"private": private})
