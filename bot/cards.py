"""Cards: what the engine knows of a message that shows something and follows its state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.events import Address
from bot.outbox import ButtonSpec, Priority


@dataclass(frozen=True)
class Card:
    """Something shown in a chat: its kind, its id in the records, and where it stands."""

    kind: str
    id: int
    address: Address


@dataclass(frozen=True)
class CardView:
    """How a card looks now; rendered at the moment of sending."""

    template: str
    params: Mapping[str, object]
    buttons: Sequence[Sequence[ButtonSpec]]
    priority: Priority = Priority.CARD
