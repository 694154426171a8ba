"""What stands in the chats: which message shows what, and what can be picked from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, bindparam, exists, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from bot.events import Address
from bot.store.tables import OUTBOX, POSTED

if TYPE_CHECKING:
    from core.store.unit import UnitOfWork


@dataclass(frozen=True)
class Posted:
    """A message of ours that arrived; the fields are those of the table."""

    account: str
    chat: str
    message: str
    outbox: int
    part: int
    kind: str | None
    about: int | None
    card: bool
    posted_at: datetime
    shown: str
    choices: str | None
    live: bool = True


_THIS = (
    (POSTED.c.account == bindparam("of_account"))
    & (POSTED.c.chat == bindparam("of_chat"))
    & (POSTED.c.message == bindparam("of_message"))
)
_HERE = (POSTED.c.account == bindparam("of_account")) & (POSTED.c.chat == bindparam("of_chat"))
_CARD = (POSTED.c.kind == bindparam("of_kind")) & (POSTED.c.about == bindparam("of_id")) & POSTED.c.card
_NEWEST_FIRST = (POSTED.c.posted_at.desc(), POSTED.c.outbox.desc(), POSTED.c.part.desc())

_ONE = select(POSTED).where(_THIS)
_LIVE_CARD = select(POSTED).where(_HERE, _CARD, POSTED.c.live).order_by(*_NEWEST_FIRST).limit(1)
_WAITS_HERE = exists().where(
    OUTBOX.c.account == bindparam("of_account"),
    OUTBOX.c.chat == bindparam("of_chat"),
    OUTBOX.c.card_kind == bindparam("of_kind"),
    OUTBOX.c.card_id == bindparam("of_id"),
    OUTBOX.c.outcome.is_(None),
)
_SHOWN = select(exists().where(_HERE, _CARD, POSTED.c.live) | _WAITS_HERE)
_RETIRE_CARD = update(POSTED).where(_HERE, _CARD, POSTED.c.live).values(live=False)
_RETIRE = update(POSTED).where(_THIS).values(live=False)
_CHANGED = update(POSTED).where(_THIS).values(shown=bindparam("now_shown"), choices=bindparam("now_choices"))
_OFFERS = (
    select(POSTED.c.choices)
    .where(_HERE, POSTED.c.live, POSTED.c.part == 1, POSTED.c.choices.is_not(None))
    .order_by(*_NEWEST_FIRST)
    .limit(bindparam("most"))
)
# A platform that knows idempotency keys gives the same id for a repeat; the message is known then.
_KEEP = {
    "sqlite": sqlite_insert(POSTED).on_conflict_do_nothing(),
    "postgresql": postgresql_insert(POSTED).on_conflict_do_nothing(),
}


def keep_posted(unit: "UnitOfWork", posted: Posted) -> None:
    """Stage that a message stands in a chat; a card takes the place of the one that showed the same."""
    if posted.card:
        unit.write(_RETIRE_CARD, {**_here(posted), "of_kind": posted.kind, "of_id": posted.about})
    unit.write(_KEEP[unit.connection.dialect.name], vars(posted))


def change_posted(unit: "UnitOfWork", address: Address, message: str, shown: str, choices: str | None) -> None:
    """Stage that a message shows something else now."""
    unit.write(_CHANGED, {**_this(address, message), "now_shown": shown, "now_choices": choices})


def retire(unit: "UnitOfWork", address: Address, message: str) -> None:
    """Stage that a message is not the one to change or to pick from any more."""
    unit.write(_RETIRE, _this(address, message))


def posted_message(unit: "UnitOfWork", address: Address, message: str) -> Row[Any] | None:
    """The message as known, or None for one that is not ours."""
    return unit.fresh(_ONE, _this(address, message)).one_or_none()


def posted_about(unit: "UnitOfWork", address: Address, message: str) -> tuple[str, int] | None:
    """(kind, id) of what a message of ours is about; None if it is about nothing, or not ours."""
    found = posted_message(unit, address, message)
    return (found.kind, found.about) if found is not None and found.kind is not None else None


def live_card(unit: "UnitOfWork", address: Address, kind: str, id: int) -> Row[Any] | None:
    """The message that shows the card there now."""
    return unit.fresh(_LIVE_CARD, {**_here(address), "of_kind": kind, "of_id": id}).one_or_none()


def is_shown(unit: "UnitOfWork", kind: str, id: int, address: Address) -> bool:
    """Whether the card stands in that chat, or waits to be said there; asked once in a batch.

    A card that waits is drawn when it is sent, after the batch. So whoever asks again in it, after one was staged or
    went, need not know: either way what stands there will be right.
    """

    def ask() -> bool:
        found = unit.fresh(_SHOWN, {**_here(address), "of_kind": kind, "of_id": id}, seeing=(POSTED,))
        return bool(found.scalar_one())

    return unit.once(("is_shown", kind, id, address), ask)


def choices_of(unit: "UnitOfWork", address: Address, message: str) -> str | None:
    """The choices that a reply to this message picks from, as JSON (bot.fallbacks.read_choices)."""
    found = posted_message(unit, address, message)
    return found.choices if found is not None else None


def offers_in(unit: "UnitOfWork", address: Address, most: int = 20) -> Sequence[str]:
    """The choices that are still offered in a chat, the newest first, each as JSON (bot.fallbacks.read_choices)."""
    return unit.fresh(_OFFERS, {**_here(address), "most": most}).scalars().all()


def _here(address: "Address | Posted") -> Mapping[str, object]:
    return {"of_account": address.account, "of_chat": address.chat}


def _this(address: Address, message: str) -> Mapping[str, object]:
    return {**_here(address), "of_message": message}
