"""What a platform remembers of both directions: the one side of the judge's scales."""

from dataclasses import dataclass, field


@dataclass
class Update:
    """Something that a user did, and how often the office was told of it.

    number: its key within the account, counted from 1.   mark: a word that stands in it and nowhere else, or "".
    meant: what must come of it.   delivered: how often it was brought.   acknowledged: whether the office ever said
    that it is kept.
    """

    account: str
    number: int
    kind: str
    chat: str
    user: str
    message: str | None = None
    text: str = ""
    reply_to: str | None = None
    data: str = ""
    mark: str = ""
    meant: str = ""
    at: float = 0.0
    delivered: int = 0
    acknowledged: bool = False

    @property
    def key(self) -> str:
        """The key of its work in the records."""
        return f"{self.account}:{self.number}"


@dataclass
class Arrival:
    """Something that the office said, as it came to stand in a chat. `life`: of which start of the office it was."""

    number: int
    account: str
    chat: str
    key: str
    text: str
    message: str
    edit: bool
    reply_to: str | None
    life: int
    answered: bool = False

    @property
    def row(self) -> int:
        """The outbox row that it is of (bot.composing gives each part a key that begins with it)."""
        return int(self.key.partition("-")[0])


@dataclass
class Standing:
    """A message of the office as it stands in a chat now."""

    chat: str
    text: str
    buttons: list[list[dict[str, str]]]


@dataclass
class Journal:
    """All updates by account, in the order of their numbers, and all arrivals in the order in which they came."""

    updates: dict[str, list[Update]] = field(default_factory=dict)
    arrivals: list[Arrival] = field(default_factory=list)
    standing: dict[tuple[str, str], Standing] = field(default_factory=dict)

    def unacknowledged(self) -> list[Update]:
        """What the office has still to take."""
        return [each for updates in self.updates.values() for each in updates if not each.acknowledged]
