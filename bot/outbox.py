"""What is still to be said: staged in the same transaction as what happened, and said later by the courier.

A row holds the template's name and its parameters as they were when it was said; the words are found at send, in the
reader's language then (docs/design.md §3, Rendering). A card's row holds nothing but which card it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from enum import IntEnum
from typing import TYPE_CHECKING

from bot.events import Address
from bot.messages import OutgoingFile
from bot.render import freeze
from bot.store import asks, outbox, posted
from core.json_text import as_json
from core.store.queries.enrolment import bind_group

if TYPE_CHECKING:
    from core.store.unit import UnitOfWork

DATA_BYTES = 64
"""Most bytes of a button's data on any platform (docs/design.md §3)."""


class Priority(IntEnum):
    """What goes first where several messages wait, in one chat or in several; equals go in the order they were said."""

    ESCALATION = 1
    ANSWER = 2
    CARD = 3
    DIGEST = 4


@dataclass(frozen=True)
class ButtonSpec:
    """A button: `label` names a block of templates/labels.j2, `params` are for it; `data` comes back when pressed.

    copies: what is put on the reader's clipboard instead, where the platform has such buttons; it carries no data.
    """

    label: str
    data: str = ""
    params: Mapping[str, object] = field(default_factory=dict)
    copies: str = ""


Buttons = Sequence[Sequence[ButtonSpec]]


def say(
    unit: "UnitOfWork",
    address: Address,
    template: str,
    params: Mapping[str, object],
    *,
    priority: Priority = Priority.ANSWER,
    buttons: Buttons = (),
    attachments: Sequence[OutgoingFile] = (),
    reply_to: str | None = None,
    language: str | None = None,
    repeat_if_doubtful: bool = False,
    about: tuple[str, int] | None = None,
) -> int:
    """Stage a message; returns its row's id.

    reply_to: the platform's id of the message that it answers.   language: None is the chat's language at send.
    repeat_if_doubtful: whether, if nobody knows that it arrived, it is said again and marked as a repeat.
    about: (kind, id) of what a reply to it will be about.
    Raises TypeError for a parameter that cannot wait (bot.render.freeze), ValueError for a button's data over 64 bytes.
    """
    kind, of = about or (None, None)
    staged = outbox.NewRow(
        id=unit.new_id("outbox"),
        account=address.account,
        chat=address.chat,
        priority=priority,
        said_at=unit.now,
        template=template,
        params=freeze(params),
        buttons=frozen_buttons(buttons),
        attachments=as_json([asdict(each) for each in attachments]) if attachments else "[]",
        reply_to=reply_to,
        language=language,
        repeat_if_doubtful=repeat_if_doubtful,
        kind=kind,
        about=of,
    )
    outbox.stage(unit, staged)
    return staged.id


def show(
    unit: "UnitOfWork",
    card_kind: str,
    card_id: int,
    address: Address,
    priority: Priority = Priority.CARD,
    attachments: Sequence[OutgoingFile] = (),
    only_in_place: bool = False,
) -> None:
    """Stage that the card is shown there as it will be at send; one that waits there already says it all.

    attachments: files beside its words, when it is said for the first time.
    only_in_place: nothing is said where the card that stands there cannot be edited.
    """
    staged = outbox.NewRow(
        id=unit.new_id("outbox"),
        account=address.account,
        chat=address.chat,
        priority=priority,
        said_at=unit.now,
        attachments=as_json([asdict(each) for each in attachments]) if attachments else "[]",
        only_in_place=only_in_place,
        card_kind=card_kind,
        card_id=card_id,
        kind=card_kind,
        about=card_id,
    )
    outbox.stage(unit, staged)


def edit(
    unit: "UnitOfWork",
    address: Address,
    message: str,
    template: str,
    params: Mapping[str, object],
    buttons: Buttons = (),
) -> int:
    """Stage another text and other buttons for a message that was said before; returns the row's id.

    What the message is about stays. Where it cannot be edited, the new text is said as a message of its own.
    """
    kind, of = posted.posted_about(unit, address, message) or (None, None)
    staged = outbox.NewRow(
        id=unit.new_id("outbox"),
        account=address.account,
        chat=address.chat,
        priority=Priority.ANSWER,
        said_at=unit.now,
        template=template,
        params=freeze(params),
        buttons=frozen_buttons(buttons),
        edit_of=message,
        kind=kind,
        about=of,
    )
    outbox.stage(unit, staged)
    return staged.id


def take_buttons_away(unit: "UnitOfWork", id: int) -> None:
    """Stage that a message that was said loses its buttons, in its place; where it cannot be edited, nothing is said.

    id: of its row. One that has no buttons, or was not said yet, stays as it is.
    """
    row = outbox.said(unit, id)
    if row is None or row.message is None or row.buttons == "[]":
        return
    staged = outbox.NewRow(
        id=unit.new_id("outbox"),
        account=row.account,
        chat=row.chat,
        priority=Priority.CARD,
        said_at=unit.now,
        template=row.template,
        params=row.params,
        language=row.language,
        edit_of=row.message,
        only_in_place=True,
        kind=row.kind,
        about=row.about,
    )
    outbox.stage(unit, staged)


def drop_unsaid(unit: "UnitOfWork", id: int) -> None:
    """Stage that a message is not said any more; one that is on its way or was said stays. id: of its row."""
    row = outbox.pending(unit, id)
    if row is not None and row.attempted_at is None:
        outbox.settle(unit, id, "replaced", "")


def move(unit: "UnitOfWork", address: Address, to: str) -> None:
    """Stage that a chat goes on under another id: what waits, what was asked and whose group it is goes with it.

    What stands in the old chat stays there, so the next change of a card posts it in the new one.
    """
    outbox.move_pending(unit, address, to)
    asks.move_asks(unit, address, to)
    known = unit.directory.group_at, unit.directory.lost_group_at
    for group in (found(address.account, address.chat) for found in known):
        if group is not None:
            bind_group(unit, replace(group, chat=to, lost_at=None))


def give_up(unit: "UnitOfWork", address: Address, reason: str, card_kind: str) -> tuple[int, ...]:
    """Stage that nothing that waits for a chat is said there; returns which cards of a kind it was to show."""
    waiting = outbox.cards_waiting(unit, address, card_kind)
    outbox.bury(unit, address, reason)
    return waiting


def frozen_buttons(buttons: Buttons) -> str:
    """The rows of buttons as the JSON of an outbox row. Raises ValueError for data over 64 bytes."""
    return as_json([[_frozen(button) for button in row] for row in buttons if row])


def _frozen(button: ButtonSpec) -> Mapping[str, object]:
    if len(button.data.encode()) > DATA_BYTES:
        raise ValueError(f"a button's data {button.data!r} has over {DATA_BYTES} bytes; name what it is about by id")
    copied = {"copies": button.copies} if button.copies else {}
    return {"label": button.label, "data": button.data, "params": freeze(button.params), **copied}
