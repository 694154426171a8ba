"""What the courier writes down before a send and after it (docs/design.md §3, 5).

Before: the words, and that they are on their way. After: what became of it. A crash between leaves the row marked, and
the next start knows it by name. What has arrived and what goes out next is one work, a turn of the account's lane.

| the platform says | what becomes of the row |
|---|---|
| arrived | sent; where it stands is known from now on |
| RetryLater | waits, and the whole chat with it; no attempt is counted |
| Moved | this and all that waits for the chat goes to the new address, the bound group too |
| Gone | all that waits for the chat is dead, and whoever is to know of it is told |
| Rejected, of an edit | said as a message of its own |
| Rejected, WindowClosed, FileTooLarge | dead |
| nothing, or a crash | in doubt: again if that is harmless, again with a mark if arriving matters more, else doubtful |
"""

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Row

from bot import outbox as saying
from bot.adapters.base import Adapter, DeliveryError, Gone, Moved, RetryLater, Unreachable
from bot.composing import AGAIN, Composed, Composer, Part, shown
from bot.events import Address
from bot.fallbacks import ability_of, write_choices
from bot.messages import Edit, PersonalMenu
from bot.outbox import Priority
from bot.store import outbox, posted
from core.store.failures import is_of_the_database, keep_failure
from core.store.unit import UnitOfWork

T = TypeVar("T")
Lost = Callable[[UnitOfWork, Address], None]

MOST_ATTEMPTS = 20
"""After so many sends without an answer a row is doubtful: it may be the reason why nobody answers."""

LONGEST_WAIT = timedelta(minutes=10)
_LONGEST_REASON = 200
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Sending:
    """A part of a row that is on its way. `number`: which part, from 0."""

    row: Row[Any]
    composed: Composed
    number: int

    @property
    def part(self) -> Part:
        """What goes out."""
        return self.composed.parts[self.number]

    @property
    def address(self) -> Address:
        """Where to."""
        return self.part.address

    @property
    def head(self) -> outbox.Head:
        """The row's place in its chat's line."""
        return outbox.Head(self.row.id, self.row.chat, self.row.priority)

    @property
    def is_last(self) -> bool:
        """Whether the row is said with this part."""
        return self.number + 1 == len(self.composed.parts)


class Books:
    """The courier's writing for one account; every method runs inside a work.

    first_wait: how long a chat waits after the first send without an answer; doubled each time.
    lost: told of a chat in which the bot cannot write any longer.
    """

    def __init__(self, adapter: Adapter, composer: Composer, first_wait: timedelta, lost: Lost) -> None:
        self._adapter = adapter
        self._ability = ability_of(adapter)
        self._idempotent = bool(getattr(adapter, "idempotent", False))
        self._composer = composer
        self._first_wait = first_wait
        self._lost = lost

    def turn(self, unit: UnitOfWork, arrived: Sequence[tuple[Sending, str]], heads: Sequence[int]) -> list[Sending]:
        """Write down what has arrived, as what, and which rows are on their way now; returns what goes out.

        A bug with one row stops no other: it is kept as a failure, and the row is settled and names it.
        """
        # Read before anything is staged, or it would be written for that, row by row and behind a savepoint.
        rows = outbox.all_pending(unit, heads) if heads else {}
        for sending, message in arrived:
            self._apart(unit, sending.row.id, "doubtful", partial(self.arrived, unit, sending, message))
        gone_on = [sending.row.id for sending, _ in arrived if sending.row.id in rows]
        rows = {**rows, **outbox.all_pending(unit, gone_on)} if gone_on else rows
        begun = (
            self._apart(unit, id, "dead", partial(self._begin, unit, rows[id]))
            for id in heads
            if id in rows and rows[id].attempted_at is None
        )
        return [sending for sending in begun if sending is not None]

    def _begin(self, unit: UnitOfWork, row: Row[Any]) -> Sending | None:
        """Write down that the row's next part is on its way; None if nothing has to go out for it."""
        composed = self._composer.compose(unit, row, self._ability) if row.text is None else Composed.of(row.text)
        if composed is None or not composed.parts:
            outbox.all_sent(unit, row.id, 0, None)
            return None
        outbox.begin(unit, row.id, composed.to_json())
        return Sending(row, composed, row.parts_sent)

    def _apart(self, unit: UnitOfWork, id: int, outcome: str, act: Callable[[], T]) -> T | None:
        try:
            with unit.overlay():
                return act()
        except Exception as bug:
            if is_of_the_database(bug):
                raise
            reference = keep_failure(unit, bug, raw=json.dumps({"outbox": id}))
            outbox.settle(unit, id, outcome, f"F-{reference}")
            unit.after_commit(lambda: _log.error("courier: outbox row %d: kept as failure F-%d", id, reference))
            return None

    def arrived(self, unit: UnitOfWork, sending: Sending, message: str) -> None:
        """Write down where the part stands now, and what is left to be said."""
        row, part, sent = sending.row, sending.part, sending.number + 1
        choices = write_choices(sending.composed.choices) if sending.composed.choices else None
        if isinstance(part, Edit):
            posted.change_posted(unit, sending.address, part.message, shown(part), choices)
        elif isinstance(part, PersonalMenu) and posted.posted_message(unit, sending.address, message) is not None:
            posted.change_posted(unit, sending.address, message, shown(part), None)
        else:
            if row.edit_of is not None:
                posted.retire(unit, sending.address, row.edit_of)
            posted.keep_posted(unit, _posted(sending, message, choices, unit))
        if sent < len(sending.composed.parts):
            outbox.part_sent(unit, row.id, sent)
        else:
            outbox.all_sent(unit, row.id, sent, message)

    def failed(self, unit: UnitOfWork, sending: Sending, error: DeliveryError) -> None:
        """Write down what follows from the platform's answer."""
        row = outbox.pending(unit, sending.row.id)
        if row is None:
            return
        reason = f"{type(error).__name__}: {error}"[:_LONGEST_REASON]
        match error:
            case RetryLater():
                outbox.put_back(unit, row, as_it_is=AGAIN in sending.part.key)
                outbox.free_at(unit, sending.address, unit.now + error.after)
            case Moved():
                outbox.put_back(unit, row)
                saying.move(unit, sending.address, error.to)
            case Gone():
                self._lost(unit, sending.address)
                outbox.bury(unit, sending.address, reason)
            case Unreachable():
                self._doubt(unit, row, reason)
                wait = min(self._first_wait * 2**row.attempts, LONGEST_WAIT)
                outbox.free_at(unit, sending.address, unit.now + wait)
            case _ if isinstance(sending.part, Edit) and not row.only_in_place:
                posted.retire(unit, sending.address, sending.part.message)
                outbox.put_back_as_new(unit, row)
            case _:
                outbox.settle(unit, row.id, "dead", reason)

    def doubt(self, unit: UnitOfWork, id: int) -> None:
        """Write down what follows from a crash while the row was on its way."""
        row = outbox.pending(unit, id)
        if row is not None and row.attempted_at is not None:
            self._doubt(unit, row, "stopped while it was being sent")

    def _doubt(self, unit: UnitOfWork, row: Row[Any], reason: str) -> None:
        part = Composed.of(row.text).parts[row.parts_sent]
        if row.attempts >= MOST_ATTEMPTS:
            outbox.settle(unit, row.id, "doubtful", reason)
        elif isinstance(part, Edit | PersonalMenu) or self._idempotent:
            outbox.repeat(unit, row.id, row.text)
        elif row.card_kind is not None or row.repeat_if_doubtful or row.priority == Priority.ESCALATION:
            outbox.repeat(unit, row.id, self._composer.repeated(unit, row, self._ability).to_json())
        else:
            outbox.settle(unit, row.id, "doubtful", reason)


def _posted(sending: Sending, message: str, choices: str | None, unit: UnitOfWork) -> posted.Posted:
    row = sending.row
    return posted.Posted(
        account=sending.address.account,
        chat=sending.address.chat,
        message=message,
        outbox=row.id,
        part=sending.number + 1,
        kind=row.kind,
        about=row.about,
        card=row.card_kind is not None,
        posted_at=unit.now,
        shown=shown(sending.part),
        choices=choices,
    )
