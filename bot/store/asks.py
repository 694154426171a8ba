"""What was asked of whom, and which message answers it (docs/design.md §3, Asking)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, bindparam, func, select, update

from bot.events import Address
from bot.store.tables import ASK, POSTED
from core.json_text import as_json

if TYPE_CHECKING:
    from core.store.unit import UnitOfWork


@dataclass(frozen=True)
class Ask:
    """A question that was put to a user in a chat.

    question: its name.   data: what the handler wanted back.   expires: until then the user's next message answers it;
    a reply to the prompt does so later too.   outbox: the row of the prompt, if there was one.
    """

    id: int
    address: Address
    user: str
    question: str
    data: Mapping[str, object]
    asked_at: datetime
    expires: datetime
    outbox: int | None


_OF_USER = (ASK.c.account == bindparam("of_account")) & (ASK.c.chat == bindparam("of_chat"))
_OF_USER = _OF_USER & (ASK.c.user == bindparam("of_user"))
_NEWEST_FIRST = (ASK.c.asked_at.desc(), ASK.c.id.desc())
_OPEN = select(ASK).where(_OF_USER, ASK.c.answered_at.is_(None)).order_by(*_NEWEST_FIRST)
_OPEN_OF_KIND = _OPEN.where(ASK.c.question == bindparam("of_question"))
_OPEN_OF_ALL = select(ASK).where(ASK.c.question == bindparam("of_question"), ASK.c.answered_at.is_(None))
_BY_PROMPT = (
    select(ASK)
    .join(POSTED, POSTED.c.outbox == ASK.c.outbox)
    .where(
        POSTED.c.account == bindparam("of_account"),
        POSTED.c.chat == bindparam("of_chat"),
        POSTED.c.message == bindparam("of_message"),
        ASK.c.user == bindparam("of_user"),
        ASK.c.answered_at.is_(None),
    )
)
_TRIES = select(func.count()).where(
    _OF_USER,
    ASK.c.question == bindparam("of_question"),
    ASK.c.asked_at >= bindparam("since", type_=ASK.c.asked_at.type),
)
_TRIES_ABOUT = select(func.count()).where(
    ASK.c.question == bindparam("of_question"),
    ASK.c.asked_at >= bindparam("since", type_=ASK.c.asked_at.type),
    ASK.c.data.in_(bindparam("of_data", expanding=True)),
)
_ANSWERED = (
    update(ASK).where(ASK.c.id == bindparam("of_id")).values(answered_at=bindparam("at", type_=ASK.c.answered_at.type))
)
_MOVE = (
    update(ASK)
    .where(ASK.c.account == bindparam("of_account"), ASK.c.chat == bindparam("of_chat"))
    .values(chat=bindparam("to"))
)


def open_ask(
    unit: "UnitOfWork",
    address: Address,
    user: str,
    question: str,
    data: Mapping[str, object],
    expires: datetime,
    outbox_id: int | None,
) -> int:
    """Stage a question to a user; returns its id. `data` must be what JSON can hold."""
    id = unit.new_id("ask")
    row = {"id": id, "account": address.account, "chat": address.chat, "user": user, "question": question}
    row |= {"data": _json(data), "asked_at": unit.now, "expires": expires}
    unit.insert(ASK, {**row, "outbox": outbox_id, "answered_at": None})
    return id


def find_ask(
    unit: "UnitOfWork", address: Address, user: str, reply_to: str | None, at: datetime | None = None
) -> Ask | None:
    """The question that this user's message at `at` (default: now) answers.

    A reply to the prompt answers it as long as nobody has; any other message if exactly one question to this user is
    open there and has not expired.
    """
    if reply_to is not None:
        found = unit.fresh(_BY_PROMPT, {**_user(address, user), "of_message": reply_to}).first()
        return _ask(found) if found else None
    at = at or unit.now
    waiting = [ask for ask in open_asks(unit, address, user) if ask.outbox is not None and ask.expires >= at]
    return waiting[0] if len(waiting) == 1 else None


def open_asks(unit: "UnitOfWork", address: Address, user: str, question: str | None = None) -> tuple[Ask, ...]:
    """What this user was asked there and has not answered, the latest first; all questions or those of one name."""
    if question is None:
        return tuple(map(_ask, unit.fresh(_OPEN, _user(address, user))))
    return tuple(map(_ask, unit.fresh(_OPEN_OF_KIND, {**_user(address, user), "of_question": question})))


def open_asks_of_all(unit: "UnitOfWork", question: str) -> tuple[Ask, ...]:
    """What anybody was asked of that name and has not answered; leans on ask_of_question, for what is asked seldom."""
    return tuple(map(_ask, unit.fresh(_OPEN_OF_ALL, {"of_question": question})))


def close_ask(unit: "UnitOfWork", ask: Ask) -> None:
    """Stage that the question is answered, or dropped."""
    unit.write(_ANSWERED, {"of_id": ask.id, "at": unit.now})


def tries_since(unit: "UnitOfWork", address: Address, user: str, question: str, since: datetime) -> int:
    """How often this user was asked that question there since `since`, answered or not."""
    found = unit.fresh(_TRIES, {**_user(address, user), "of_question": question, "since": since})
    return int(found.scalar_one())


def tries_about(unit: "UnitOfWork", question: str, about: Sequence[Mapping[str, object]], since: datetime) -> int:
    """How often that question with this data was asked of anybody since `since`; leans on ask_of_question."""
    data = [_json(each) for each in about]
    found = unit.fresh(_TRIES_ABOUT, {"of_question": question, "since": since, "of_data": data})
    return int(found.scalar_one())


def _json(data: Mapping[str, object]) -> str:
    return as_json(dict(data))


def move_asks(unit: "UnitOfWork", address: Address, to: str) -> None:
    """Stage that whatever was asked in a chat is asked in chat `to` of the same account."""
    unit.write(_MOVE, {"of_account": address.account, "of_chat": address.chat, "to": to})


def _user(address: Address, user: str) -> Mapping[str, object]:
    return {"of_account": address.account, "of_chat": address.chat, "of_user": user}


def _ask(row: Row[Any]) -> Ask:
    return Ask(
        id=row.id,
        address=Address(row.account, row.chat),
        user=row.user,
        question=row.question,
        data=json.loads(row.data),
        asked_at=row.asked_at,
        expires=row.expires,
        outbox=row.outbox,
    )
