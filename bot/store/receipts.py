"""Who has seen what the bot said: delivered and read, the earliest that is known (docs/design.md §3, Receipts)."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, and_, bindparam, case, func, or_, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from bot.events import Address
from bot.store.tables import POSTED, SEEN

if TYPE_CHECKING:
    from core.store.unit import UnitOfWork


@dataclass(frozen=True)
class Seen:
    """When a person got and read what shows something; None where the platform has not told."""

    person: int
    delivered_at: datetime | None
    read_at: datetime | None


def _note(insert: Any) -> Any:
    statement = insert(SEEN)
    new = statement.excluded

    def earliest(known: Any, told: Any) -> Any:
        return case((or_(known.is_(None), told < known), told), else_=known)

    return statement.on_conflict_do_update(
        index_elements=["account", "chat", "message", "person"],
        set_={
            "delivered_at": earliest(SEEN.c.delivered_at, new.delivered_at),
            "read_at": earliest(SEEN.c.read_at, new.read_at),
        },
    )


_NOTE = {"sqlite": _note(sqlite_insert), "postgresql": _note(postgresql_insert)}
_SEEN_ABOUT = (
    select(SEEN.c.person, func.min(SEEN.c.delivered_at), func.min(SEEN.c.read_at))
    .join_from(
        POSTED,
        SEEN,
        and_(SEEN.c.account == POSTED.c.account, SEEN.c.chat == POSTED.c.chat, SEEN.c.message == POSTED.c.message),
    )
    .where(POSTED.c.kind == bindparam("of_kind"), POSTED.c.about == bindparam("of_id"))
    .group_by(SEEN.c.person)
    .order_by(SEEN.c.person)
)


def note_seen(
    unit: "UnitOfWork",
    address: Address,
    message: str,
    person: int,
    delivered_at: datetime | None = None,
    read_at: datetime | None = None,
) -> None:
    """Stage what a platform told of a message and a person; a later time never takes an earlier one's place.

    A press, a reaction or a reply counts as read at its time.
    """
    row = {"account": address.account, "chat": address.chat, "message": message, "person": person}
    unit.write(_NOTE[unit.connection.dialect.name], {**row, "delivered_at": delivered_at, "read_at": read_at})


def seen_about(connection: Connection, kind: str, id: int) -> tuple[Seen, ...]:
    """Who has seen any message that is about this, by person; whoever is missing is not known to have."""
    return tuple(Seen(*row) for row in connection.execute(_SEEN_ABOUT, {"of_kind": kind, "of_id": id}))
