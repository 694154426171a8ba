"""Who handles what, with which role: tables that a person can read and print.

A file of handlers makes its own `on = Routes()`; the composition root puts them together with `Routes.of`. A handler
reads like the sentence it implements:

    @on.button("solve", role=Role.MEMBER)
    def ask_for_solution(ctx: Context, complaint: Complaint) -> None:
        ctx.ask(SOLUTION, "solution_prompt", complaint=complaint)

`role` hides and answers early; the rule in core decides.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from bot.questions import Question
from bot.window_times import Coming, Moment
from core.complaints import Complaint
from core.complaints.happened import Happened
from core.people import Role
from core.presence.happened import PresenceHappened
from core.timeline import Entry

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.cards import Card, CardView
    from bot.context import Context
    from bot.events import Address, BotRights, Deleted, Message, Nameless
    from bot.speaking import Speaking
    from bot.store.asks import Ask

H = TypeVar("H")


@dataclass(frozen=True)
class Route(Generic[H]):
    """A handler and the role that its caller needs (bot/permission.py, `Needed`); None: everybody.

    anywhere: also in a group that is not bound.
    """

    handler: H
    role: Role | tuple[Role, ...] | None = None
    anywhere: bool = False


CommandHandler = Callable[["Context", str], None]
ButtonHandler = Callable[["Context", Complaint], None]
ChoiceHandler = Callable[["Context", str], None]
AnswerHandler = Callable[["Context", "Ask", "Message"], None]
MessageHandler = Callable[["Context", "Message"], bool]
EditHandler = Callable[["Context", "Message"], None]
JoinHandler = Callable[["Context"], None]
NamelessHandler = Callable[["Context", "Nameless"], None]
LossHandler = Callable[["Speaking", "Address", datetime], None]
ReturnHandler = Callable[["Context"], None]
RightsHandler = Callable[["Context", "BotRights"], None]
DeletionHandler = Callable[["Context", "Deleted"], None]
HappenedHandler = Callable[["Speaking", Entry], None]
TogetherHandler = Callable[["Speaking", Sequence[Entry]], None]
PresenceHandler = Callable[["Speaking", Any], None]
DailyHandler = Callable[["Speaking"], None]
WindowHandler = Callable[["Speaking", Coming], None]
CardHandler = Callable[["Speaking", "Card"], "CardView"]


class Hour(StrEnum):
    """When in a day something is done: as soon as it begins, or on an office day once it has opened, or closed."""

    MIDNIGHT = "midnight"
    OPENING = "opening"
    CLOSING = "closing"


@dataclass(frozen=True)
class Daily:
    """Something that is done once a day, by its name."""

    hour: Hour
    handler: DailyHandler


@dataclass(frozen=True)
class InWindow:
    """Something that is done at a moment of each presence window, by its name. `within`: not any later than this."""

    moment: Moment
    handler: WindowHandler
    within: timedelta | None = None


@dataclass(frozen=True)
class Afterwards:
    """Something that is done once the complaints' clocks are, if `waits` says that there is something to do."""

    waits: Callable[["Connection"], bool]
    handler: DailyHandler


@dataclass
class Routes:
    """The tables. Adding a second handler where one can answer raises ValueError at start."""

    commands: dict[str, Route[CommandHandler]] = field(default_factory=dict)
    buttons: dict[str, Route[ButtonHandler]] = field(default_factory=dict)
    choices: dict[str, Route[ChoiceHandler]] = field(default_factory=dict)
    answers: dict[str, Route[AnswerHandler]] = field(default_factory=dict)
    messages: list[MessageHandler] = field(default_factory=list)
    joins: list[JoinHandler] = field(default_factory=list)
    edits: list[EditHandler] = field(default_factory=list)
    deletions: list[DeletionHandler] = field(default_factory=list)
    namelesses: list[NamelessHandler] = field(default_factory=list)
    changes_of_rights: list[RightsHandler] = field(default_factory=list)
    losses: list[LossHandler] = field(default_factory=list)
    returns: list[ReturnHandler] = field(default_factory=list)
    told: dict[type[Happened], list[HappenedHandler]] = field(default_factory=dict)
    told_together: dict[type[Happened], list[TogetherHandler]] = field(default_factory=dict)
    told_presence: dict[type[PresenceHappened], list[PresenceHandler]] = field(default_factory=dict)
    cards: dict[str, CardHandler] = field(default_factory=dict)
    days: dict[str, Daily] = field(default_factory=dict)
    windows: dict[str, InWindow] = field(default_factory=dict)
    afterwards: dict[str, Afterwards] = field(default_factory=dict)

    def command(
        self, name: str, role: Role | tuple[Role, ...] | None = None, *, anywhere: bool = False
    ) -> Callable[[CommandHandler], CommandHandler]:
        """`/name words`, by its English name; the other names stand in the command list of the templates.

        anywhere: it tells nothing of a complaint, so it is answered in a group that stands for no department too.
        """
        return _adding(self.commands, name, role, anywhere)

    def button(
        self, action: str, role: Role | tuple[Role, ...] | None = None
    ) -> Callable[[ButtonHandler], ButtonHandler]:
        """A press on a button about a complaint: its data is `action:complaint:ID`."""
        return _adding(self.buttons, action, role)

    def choice(
        self, action: str, role: Role | tuple[Role, ...] | None = None
    ) -> Callable[[ChoiceHandler], ChoiceHandler]:
        """A press on any other button: its data is `action:REST`, and the handler is given REST."""
        return _adding(self.choices, action, role)

    def answer(self, question: Question) -> Callable[[AnswerHandler], AnswerHandler]:
        """The answer to a question that was asked with `ctx.ask`."""
        return _adding(self.answers, question.name, None)

    def message(self) -> Callable[[MessageHandler], MessageHandler]:
        """Any other message. Handlers are asked in order until one returns True: it has dealt with it."""

        def add(handler: MessageHandler) -> MessageHandler:
            self.messages.append(handler)
            return handler

        return add

    def joined(self) -> Callable[[JoinHandler], JoinHandler]:
        """Somebody came into a group."""

        def add(handler: JoinHandler) -> JoinHandler:
            self.joins.append(handler)
            return handler

        return add

    def edited(self) -> Callable[[EditHandler], EditHandler]:
        """Somebody changed a message of theirs; each handler is given it as it reads now."""

        def add(handler: EditHandler) -> EditHandler:
            self.edits.append(handler)
            return handler

        return add

    def deleted(self) -> Callable[[DeletionHandler], DeletionHandler]:
        """Somebody took a message of theirs back."""

        def add(handler: DeletionHandler) -> DeletionHandler:
            self.deletions.append(handler)
            return handler

        return add

    def nameless(self) -> Callable[[NamelessHandler], NamelessHandler]:
        """Somebody wrote in the group's or a channel's name."""

        def add(handler: NamelessHandler) -> NamelessHandler:
            self.namelesses.append(handler)
            return handler

        return add

    def rights(self) -> Callable[[RightsHandler], RightsHandler]:
        """What the bot is shown in a group has changed."""

        def add(handler: RightsHandler) -> RightsHandler:
            self.changes_of_rights.append(handler)
            return handler

        return add

    def lost(self) -> Callable[[LossHandler], LossHandler]:
        """The bot cannot write in a chat any longer, since then: the platform told so, or took no message."""

        def add(handler: LossHandler) -> LossHandler:
            self.losses.append(handler)
            return handler

        return add

    def back(self) -> Callable[[ReturnHandler], ReturnHandler]:
        """The bot is in the chat of this event again, or for the first time."""

        def add(handler: ReturnHandler) -> ReturnHandler:
            self.returns.append(handler)
            return handler

        return add

    def happened(self, *kinds: type[Happened]) -> Callable[[HappenedHandler], HappenedHandler]:
        """Something happened to a complaint, by whichever door; the handler may say, show and ask."""

        def add(handler: HappenedHandler) -> HappenedHandler:
            for kind in kinds:
                self.told.setdefault(kind, []).append(handler)
            return handler

        return add

    def happened_together(self, kind: type[Happened]) -> Callable[[TogetherHandler], TogetherHandler]:
        """The same happened to several complaints in one work: the handler is told once, of all of them."""

        def add(handler: TogetherHandler) -> TogetherHandler:
            self.told_together.setdefault(kind, []).append(handler)
            return handler

        return add

    def presence(self, *kinds: type[PresenceHappened]) -> Callable[[PresenceHandler], PresenceHandler]:
        """Something happened to somebody's presence, by whichever door; the handler is given the fact."""

        def add(handler: PresenceHandler) -> PresenceHandler:
            for kind in kinds:
                self.told_presence.setdefault(kind, []).append(handler)
            return handler

        return add

    def daily(self, name: str, hour: Hour) -> Callable[[DailyHandler], DailyHandler]:
        """Once a day, whoever is running and however often it restarts; missed while down, it is done at the start."""

        def add(handler: DailyHandler) -> DailyHandler:
            _add(self.days, name, Daily(hour, handler))
            return handler

        return add

    def window(
        self, name: str, moment: Moment, within: timedelta | None = None
    ) -> Callable[[WindowHandler], WindowHandler]:
        """Once at each such moment of the office's presence window and of each department's own, in order.

        within: missed by more than this, it is written down as missed and not done; without it, it is done whenever
        somebody is running again.
        """

        def add(handler: WindowHandler) -> WindowHandler:
            _add(self.windows, name, InWindow(moment, handler, within))
            return handler

        return add

    def after_the_clocks(
        self, name: str, waits: Callable[["Connection"], bool]
    ) -> Callable[[DailyHandler], DailyHandler]:
        """What was gathered while the clocks of complaints were looked at; `waits`: whether there is anything."""

        def add(handler: DailyHandler) -> DailyHandler:
            _add(self.afterwards, name, Afterwards(waits, handler))
            return handler

        return add

    def card(self, kind: str) -> Callable[[CardHandler], CardHandler]:
        """How cards of a kind look, by the state at the moment of sending."""

        def add(handler: CardHandler) -> CardHandler:
            if kind in self.cards:
                raise ValueError(f"cards of {kind!r} have a handler already: {self.cards[kind].__name__}")
            self.cards[kind] = handler
            return handler

        return add

    @staticmethod
    def of(parts: Iterable["Routes"]) -> "Routes":
        """All the tables in one; messages are offered in the order of the parts."""
        whole = Routes()
        for part in parts:
            for mine, theirs in _tables(whole, part):
                for name, route in theirs.items():
                    _add(mine, name, route)
            whole.messages.extend(part.messages)
            whole.joins.extend(part.joins)
            whole.edits.extend(part.edits)
            whole.deletions.extend(part.deletions)
            whole.namelesses.extend(part.namelesses)
            whole.changes_of_rights.extend(part.changes_of_rights)
            whole.losses.extend(part.losses)
            whole.returns.extend(part.returns)
            for kind, handlers in part.told.items():
                whole.told.setdefault(kind, []).extend(handlers)
            for kind, together in part.told_together.items():
                whole.told_together.setdefault(kind, []).extend(together)
            for fact, told in part.told_presence.items():
                whole.told_presence.setdefault(fact, []).extend(told)
        return whole


def _tables(whole: Routes, part: Routes) -> Iterable[tuple[dict[str, Any], Mapping[str, Any]]]:
    yield whole.commands, part.commands
    yield whole.buttons, part.buttons
    yield whole.choices, part.choices
    yield whole.answers, part.answers
    yield whole.cards, part.cards
    yield whole.days, part.days
    yield whole.windows, part.windows
    yield whole.afterwards, part.afterwards


def _adding(
    table: dict[str, Route[H]], name: str, role: Role | tuple[Role, ...] | None, anywhere: bool = False
) -> Callable[[H], H]:
    def add(handler: H) -> H:
        _add(table, name, Route(handler, role, anywhere))
        return handler

    return add


def _add(table: dict[str, Any], name: str, route: Any) -> None:
    if name in table:
        raise ValueError(f"{name!r} has a handler already; give one of the two another name")
    table[name] = route
