"""The outbox as rows: staged by whoever says something, read and settled by the courier."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, bindparam, case, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.sql.dml import Update

from bot.events import Address
from bot.store.tables import CHAT_PACE, OUTBOX
from core.store.columns import Instant

if TYPE_CHECKING:
    from core.store.unit import UnitOfWork


MOST_AT_ONCE = 8
"""Messages on their way for one account (docs/design.md §3, 6)."""


@dataclass(frozen=True, kw_only=True)
class NewRow:
    """A row as it is staged; the fields are those of the table."""

    id: int
    account: str
    chat: str
    priority: int
    said_at: datetime
    template: str = ""
    params: str = "{}"
    buttons: str = "[]"
    attachments: str = "[]"
    reply_to: str | None = None
    language: str | None = None
    card_kind: str | None = None
    card_id: int | None = None
    kind: str | None = None
    about: int | None = None
    edit_of: str | None = None
    only_in_place: bool = False
    repeat_if_doubtful: bool = False
    attempts: int = 0
    parts_sent: int = 0


@dataclass(frozen=True)
class Head:
    """A row that waits, as its chat's line knows it."""

    id: int
    chat: str
    priority: int


def _stage(insert: Any) -> Any:
    """A fresh row of this card and chat may wait already; then it is enough that it is as urgent as the new one.

    For a row that is no card it is a plain INSERT: so all that a batch says is one executemany.
    """
    statement = insert(OUTBOX)
    urgent = case(
        (statement.excluded.priority < OUTBOX.c.priority, statement.excluded.priority), else_=OUTBOX.c.priority
    )
    return statement.on_conflict_do_update(
        index_elements=["account", "chat", "card_kind", "card_id"],
        index_where=_FRESH_CARD,
        set_={"priority": urgent},
    )


_FRESH_CARD = OUTBOX.c.card_kind.is_not(None) & OUTBOX.c.text.is_(None) & OUTBOX.c.outcome.is_(None)
_STAGE = {"sqlite": _stage(sqlite_insert), "postgresql": _stage(postgresql_insert)}
_THIS = OUTBOX.c.id == bindparam("of_id")
_HERE = (OUTBOX.c.account == bindparam("of_account")) & (OUTBOX.c.chat == bindparam("of_chat"))
_PENDING = OUTBOX.c.outcome.is_(None)


def _change(**values: Any) -> Update:
    return update(OUTBOX).where(_THIS).values(**values)


_AT = bindparam("at", type_=Instant())
_BEGIN = _change(attempted_at=_AT, text=bindparam("words"))
_PART_SENT = _change(attempted_at=None, parts_sent=bindparam("sent"))
_SENT = _change(outcome="sent", sent_at=_AT, message=bindparam("message"), parts_sent=bindparam("sent"))
_SETTLE = _change(outcome=bindparam("how"), reason=bindparam("why"))
_LATER = _change(attempted_at=None)
_AFRESH = _change(attempted_at=None, text=None, parts_sent=0)
_ANEW = _change(attempted_at=None, text=None, edit_of=None, attempts=OUTBOX.c.attempts + 1)
_REPEAT = _change(attempted_at=None, text=bindparam("words"), attempts=OUTBOX.c.attempts + 1)
_BURY = update(OUTBOX).where(_HERE, _PENDING).values(outcome="dead", reason=bindparam("why"))

_CARDS = (
    select(OUTBOX.c.card_id)
    .where(_HERE, _PENDING, OUTBOX.c.card_kind == bindparam("of_kind"), OUTBOX.c.card_id.is_not(None))
    .order_by(OUTBOX.c.id)
)

_ANY = select(OUTBOX).where(_THIS)
_ONE = select(OUTBOX).where(_THIS, _PENDING)
_PLACES = [f"of_id{place}" for place in range(MOST_AT_ONCE)]
_THESE = select(OUTBOX).where(OUTBOX.c.id.in_([bindparam(place) for place in _PLACES]), _PENDING)
_IN_DOUBT = (
    select(OUTBOX.c.id)
    .where(OUTBOX.c.account == bindparam("of_account"), _PENDING, OUTBOX.c.attempted_at.is_not(None))
    .order_by(OUTBOX.c.id)
)
_BY_OUTCOME = select(OUTBOX).where(OUTBOX.c.outcome == bindparam("how")).order_by(OUTBOX.c.id)
_COUNTS = select(OUTBOX.c.account, func.count(), func.min(OUTBOX.c.said_at)).where(_PENDING).group_by(OUTBOX.c.account)
_LAST_SENT = (
    select(OUTBOX.c.account, OUTBOX.c.chat, OUTBOX.c.sent_at)
    .where(OUTBOX.c.outcome == "sent", OUTBOX.c.sent_at.is_not(None))
    .order_by(OUTBOX.c.id.desc())
    .limit(bindparam("most"))
)

_OTHER = OUTBOX.alias("other")
_SAME_CARD = (
    (_OTHER.c.account == OUTBOX.c.account)
    & (_OTHER.c.card_kind == OUTBOX.c.card_kind)
    & (_OTHER.c.card_id == OUTBOX.c.card_id)
    & _OTHER.c.outcome.is_(None)
)
_FRESHER = exists().where(
    _SAME_CARD, _OTHER.c.chat == OUTBOX.c.chat, _OTHER.c.text.is_(None), _OTHER.c.id != OUTBOX.c.id
)
_REPLACED_BY_FRESHER = update(OUTBOX).where(_THIS, _PENDING, _FRESHER).values(outcome="replaced")
_WAITS = OUTBOX.c.attempted_at.is_(None)
_REPLACED_BY_MOVE = (
    update(OUTBOX)
    .where(
        _HERE,
        _PENDING,
        _WAITS,
        exists().where(
            _SAME_CARD,
            ((_OTHER.c.chat == bindparam("to")) & _OTHER.c.text.is_(None))
            | ((_OTHER.c.chat == OUTBOX.c.chat) & (_OTHER.c.id > OUTBOX.c.id)),
        ),
    )
    .values(outcome="replaced")
)
_MOVE = update(OUTBOX).where(_HERE, _PENDING, _WAITS).values(chat=bindparam("to"), text=None, parts_sent=0)

_BEGUN_FIRST = case((OUTBOX.c.text.is_not(None), 0), else_=1)
_MUST_WAIT = exists().where(
    CHAT_PACE.c.account == OUTBOX.c.account,
    CHAT_PACE.c.chat == OUTBOX.c.chat,
    CHAT_PACE.c.since <= bindparam("at", type_=Instant()),
    CHAT_PACE.c.free_at > bindparam("at", type_=Instant()),
)
_WAITING = (
    select(OUTBOX.c.id, OUTBOX.c.chat, OUTBOX.c.priority)
    .where(OUTBOX.c.account == bindparam("of_account"), _PENDING, _WAITS, ~_MUST_WAIT)
    .order_by(_BEGUN_FIRST, OUTBOX.c.priority, OUTBOX.c.id)
)


def _free_at(insert: Any) -> Any:
    statement = insert(CHAT_PACE)
    asked = {"since": statement.excluded.since, "free_at": statement.excluded.free_at}
    return statement.on_conflict_do_update(index_elements=["account", "chat"], set_=asked)


_FREE_AT = {"sqlite": _free_at(sqlite_insert), "postgresql": _free_at(postgresql_insert)}


# Saying


def stage(unit: "UnitOfWork", row: NewRow) -> None:
    """Stage a row; a card's only if none waits there that will be rendered at send. Leans on outbox_fresh_card."""
    unit.write(_STAGE[unit.connection.dialect.name], vars(row))


def move_pending(unit: "UnitOfWork", address: Address, to: str) -> None:
    """Stage that what waits for a chat waits for chat `to`, to be rendered for it; not what is on its way."""
    params = {**_here(address), "to": to}
    unit.write(_REPLACED_BY_MOVE, params)
    unit.write(_MOVE, params)


# Picking


def waiting(connection: Connection, account: str, at: datetime) -> Sequence[Head]:
    """What waits in the account's chats but in those that must wait beyond `at`.

    In a chat a message of which a part is out comes first, then priority, then the order of saying; leans on
    outbox_pending.
    """
    return [Head(*row) for row in connection.execute(_WAITING, {"of_account": account, "at": at})]


def pending(unit: "UnitOfWork", id: int) -> Row[Any] | None:
    """The row, if it is still to be said."""
    return unit.fresh(_ONE, {"of_id": id}).one_or_none()


def all_pending(unit: "UnitOfWork", ids: Sequence[int]) -> Mapping[int, Row[Any]]:
    """Those of the rows that are still to be said, by id; of MOST_AT_ONCE rows at most, and at least one."""
    places = dict(zip(_PLACES, [*ids, *[ids[-1]] * (MOST_AT_ONCE - len(ids))], strict=True))
    return {row.id: row for row in unit.fresh(_THESE, places)}


def said(unit: "UnitOfWork", id: int) -> Row[Any] | None:
    """A row by its id, whatever became of it."""
    return unit.fresh(_ANY, {"of_id": id}).one_or_none()


def in_doubt(connection: Connection, account: str) -> Sequence[int]:
    """The rows that are on their way; at start: of which nobody knows whether they arrived."""
    return connection.execute(_IN_DOUBT, {"of_account": account}).scalars().all()


# Settling


def begin(unit: "UnitOfWork", id: int, words: str) -> None:
    """Stage that `words` are being sent now."""
    unit.write(_BEGIN, {"of_id": id, "words": words, "at": unit.now})


def part_sent(unit: "UnitOfWork", id: int, sent: int) -> None:
    """Stage that `sent` parts are out, and more follow."""
    unit.write(_PART_SENT, {"of_id": id, "sent": sent})


def all_sent(unit: "UnitOfWork", id: int, sent: int, message: str | None) -> None:
    """Stage that all is out; `message` is the platform's id of the last part."""
    unit.write(_SENT, {"of_id": id, "sent": sent, "message": message, "at": unit.now})


def settle(unit: "UnitOfWork", id: int, outcome: str, reason: str) -> None:
    """Stage that the row is not said any more: dead or doubtful, and why."""
    unit.write(_SETTLE, {"of_id": id, "how": outcome, "why": reason})


def cards_waiting(unit: "UnitOfWork", address: Address, kind: str) -> tuple[int, ...]:
    """Which cards of a kind wait to be shown in this chat, the first first."""
    return tuple(dict.fromkeys(unit.fresh(_CARDS, {**_here(address), "of_kind": kind}).scalars()))


def bury(unit: "UnitOfWork", address: Address, reason: str) -> None:
    """Stage that nothing that waits for this chat is said any more."""
    unit.write(_BURY, {**_here(address), "why": reason})


def put_back(unit: "UnitOfWork", row: Row[Any], as_it_is: bool = False) -> None:
    """Stage that a row that certainly did not arrive waits again; it will be rendered anew unless a part is out.

    as_it_is: its words stay, since they say that it is a repeat.
    """
    if row.parts_sent or as_it_is:
        unit.write(_LATER, {"of_id": row.id})
        return
    unit.write(_REPLACED_BY_FRESHER, {"of_id": row.id})
    if pending(unit, row.id) is not None:
        unit.write(_AFRESH, {"of_id": row.id})


def put_back_as_new(unit: "UnitOfWork", row: Row[Any]) -> None:
    """Stage that an edit which the platform refused is said as a message of its own."""
    unit.write(_REPLACED_BY_FRESHER, {"of_id": row.id})
    if pending(unit, row.id) is not None:
        unit.write(_ANEW, {"of_id": row.id})


def repeat(unit: "UnitOfWork", id: int, words: str) -> None:
    """Stage that a row in doubt is sent again, as `words`."""
    unit.write(_REPEAT, {"of_id": id, "words": words})


def free_at(unit: "UnitOfWork", address: Address, at: datetime) -> None:
    """Stage that nothing is said in this chat before `at`, also after a restart."""
    row = {"account": address.account, "chat": address.chat, "since": unit.now, "free_at": at}
    unit.write(_FREE_AT[unit.connection.dialect.name], row)


# Telling


def doubtful_messages(connection: Connection) -> Sequence[Row[Any]]:
    """The rows of which nobody knows whether they arrived, and which were not repeated; leans on outbox_by_outcome."""
    return connection.execute(_BY_OUTCOME, {"how": "doubtful"}).all()


def dead_letters(connection: Connection) -> Sequence[Row[Any]]:
    """The rows that will never be said, each with its reason; leans on outbox_by_outcome."""
    return connection.execute(_BY_OUTCOME, {"how": "dead"}).all()


def waiting_counts(connection: Connection) -> Mapping[str, tuple[int, datetime]]:
    """How many rows wait for each account, and since when the oldest does; leans on outbox_pending."""
    return {account: (count, oldest) for account, count, oldest in connection.execute(_COUNTS)}


def last_sent(connection: Connection, most: int) -> Sequence[tuple[Address, datetime]]:
    """Where and when the `most` rows that were said last went out; leans on outbox_by_outcome."""
    return [(Address(row[0], row[1]), row[2]) for row in connection.execute(_LAST_SENT, {"most": most})]


def _here(address: Address) -> Mapping[str, object]:
    return {"of_account": address.account, "of_chat": address.chat}
