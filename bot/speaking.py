"""Saying, showing and asking: what a handler may do with what has happened, and nothing else.

All of it becomes rows in the same transaction (docs/design.md §3, 2); the courier says them later. So this file knows
no platform, and a handler that is told of something can make nothing happen.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot import outbox
from bot.commands import CommandNames
from bot.events import Address
from bot.messages import OutgoingFile
from bot.outbox import Buttons, ButtonSpec, Priority
from bot.questions import Question
from bot.render import Bilingual
from bot.store.asks import Ask, close_ask, open_ask
from bot.store.posted import is_shown
from core.complaints import Complaint
from core.complaints.rules import OfficeRules
from core.directory import Directory
from core.groups import Group
from core.office import Office
from core.people import Role
from core.petitions import Petition
from core.store.queries.petitions import complainant_chats
from core.store.unit import UnitOfWork

ANSWER_WITHIN = timedelta(minutes=10)
"""docs/design.md §3, Asking: after this, a message is no answer any more unless it replies to the question."""


@dataclass(frozen=True)
class How:
    """The manner of a message: what is under it, how urgent it is, what it answers and what it is about.

    repeat_if_doubtful: say it again, marked as a repeat, if nobody knows that it arrived.
    """

    buttons: Buttons = ()
    priority: Priority = Priority.ANSWER
    reply_to: str | None = None
    about: Complaint | None = None
    repeat_if_doubtful: bool = False


@dataclass(frozen=True)
class Surroundings:
    """What the engine knows beside the records.

    link: the address of the office's pages, or "" where it has none.
    tells_reading: whether an account's platform tells who has read what.
    direct_chat: (account, user) to the chat in which that user and the bot are alone; None where the account is not on.
    commands: what commands are called.   command_roles: the role that each needs, None for everybody.
    wake: tells the courier that there is something to say; from any thread.
    """

    office: Office
    link: str
    direct_chat: Callable[[str, str], str | None]
    tells_reading: Callable[[str], bool]
    commands: CommandNames
    command_roles: Mapping[str, Role | tuple[Role, ...] | None]
    wake: Callable[[], None]


class Speaking:
    """The voice of one moment of a unit of work."""

    def __init__(self, unit: UnitOfWork, around: Surroundings) -> None:
        self.unit = unit
        self.around = around
        self.office = around.office

    # Saying

    def say(
        self,
        address: Address,
        template: str,
        *,
        buttons: Buttons = (),
        priority: Priority = Priority.ANSWER,
        reply_to: str | None = None,
        about: Complaint | None = None,
        repeat_if_doubtful: bool = False,
        **params: object,
    ) -> int:
        """Say a message; returns the outbox row's id. A reply to it is a reply about the complaint in `about`."""
        how = How(buttons, priority, reply_to, about, repeat_if_doubtful)
        return self.put(address, template, params, how)

    def put(self, address: Address, template: str, params: Mapping[str, object], how: "How") -> int:
        """The same with the parameters and the manner each in one."""
        self.unit.after_commit(self.around.wake)
        return outbox.say(
            self.unit,
            address,
            template,
            params,
            buttons=how.buttons,
            priority=how.priority,
            reply_to=how.reply_to,
            repeat_if_doubtful=how.repeat_if_doubtful,
            about=("complaint", how.about.id) if how.about else None,
        )

    def show(self, complaint: Complaint, address: Address) -> None:
        """Show the complaint's card there, or bring the card that is there up to date."""
        self.show_card("complaint", complaint.id, address)

    def show_card(
        self,
        kind: str,
        id: int,
        address: Address,
        *,
        priority: Priority = Priority.CARD,
        files: Sequence[OutgoingFile] = (),
        only_in_place: bool = False,
    ) -> None:
        """The same for a card of another kind. `files` go with it when it is said for the first time.

        only_in_place: a platform that cannot edit is left as it is, so that a figure that moves is no new message.
        """
        self.unit.after_commit(self.around.wake)
        outbox.show(self.unit, kind, id, address, priority, files, only_in_place)

    def ask(
        self,
        address: Address,
        user: str,
        question: Question,
        template: str,
        *,
        buttons: Buttons = (),
        data: Mapping[str, object] | None = None,
        about: Complaint | None = None,
        reply_to: str | None = None,
        within: timedelta = ANSWER_WITHIN,
        **params: object,
    ) -> None:
        """Ask one person something. The answer is a reply to it, or their next message there within `within`."""
        row = self.put(address, template, params, How(buttons, reply_to=reply_to, about=about))
        open_ask(self.unit, address, user, question.name, data or {}, self.unit.now + within, row)

    def settle(self, ask: Ask) -> None:
        """The question is answered or dropped; its buttons go, so that nobody presses them for nothing."""
        close_ask(self.unit, ask)
        if ask.outbox is not None:
            outbox.take_buttons_away(self.unit, ask.outbox)

    def tell_what_the_group_is(self, address: Address) -> None:
        """Say in a group that has just been bound what it is for, and what is kept of it."""
        group = self.directory.group_at(address.account, address.chat)
        assert group is not None, "only a bound group is for something"
        if group.department is None:
            self.say(address, "administration_bound")
        else:
            window = self.office.settings.presence.window
            self.say(
                address,
                "group_bound",
                department=self.department_name(group.department),
                window_from=f"{window.begin:%H:%M}",
                window_to=f"{window.end:%H:%M}",
            )
        self.say(address, "privacy", period=self.messages_kept_for())

    # Whom and where

    def groups_of(self, complaint: Complaint) -> tuple[Address, ...]:
        """The groups of the department that holds the complaint."""
        return self.groups_of_department(complaint.department)

    def groups_of_department(self, department: int) -> tuple[Address, ...]:
        """The groups that stand for a department."""
        return tuple(address_of(group) for group in self.directory.groups_of(department))

    def is_shown(self, complaint: Complaint, address: Address) -> bool:
        """Whether the complaint's card stands in that chat, or waits to be said there."""
        return self.is_card_shown("complaint", complaint.id, address)

    def is_card_shown(self, kind: str, id: int, address: Address) -> bool:
        """The same of a card of another kind."""
        return is_shown(self.unit, kind, id, address)

    def administration(self) -> tuple[Address, ...]:
        """The administration group, on each platform."""
        return tuple(address_of(group) for group in self.directory.administration())

    def private(self, person: int) -> tuple[Address, ...]:
        """A person's direct chats with the bot."""
        return tuple(chat for chat, _ in self.private_users(person))

    def private_users(self, person: int) -> tuple[tuple[Address, str], ...]:
        """(chat, user) of each direct chat of a person with the bot: where they can be asked something."""
        chats = ((each, self.around.direct_chat(each.account, each.user)) for each in self.directory.identities(person))
        reached = ((each, chat) for each, chat in chats if chat is not None and each.lost_at is None)
        return tuple((Address(each.account, chat), each.user) for each, chat in reached)

    def user_at(self, address: Address) -> str | None:
        """The person of the office with whom the bot is alone in a chat, as the account names them."""
        of_account = (each.user for each in self.directory.identities_ if each.account == address.account)
        return next(
            (user for user in of_account if self.around.direct_chat(address.account, user) == address.chat), None
        )

    def complainant(self, complaint: Complaint) -> tuple[tuple[Address, str], ...]:
        """(chat, user) of each chat in which the complainant is reached."""
        chats = complainant_chats(self.unit.fresh, complaint.petition)
        return tuple((Address(account, chat), user) for account, user, chat in chats)

    # What templates need

    @property
    def directory(self) -> Directory:
        """Who is who."""
        return self.unit.directory

    @property
    def rules(self) -> OfficeRules:
        """The office's settings and calendar."""
        return self.office.rules_in(self.unit)

    @property
    def today(self) -> date:
        """The office's date."""
        return self.rules.calendar.day_of(self.unit.now)

    def confirm_within(self) -> timedelta:
        """How long the complainant may take to answer (`closing.confirm_within`), as a length from now."""
        return (
            self.office.settings.closing.confirm_within.after(self.unit.now, self.rules.calendar.zone) - self.unit.now
        )

    def messages_kept_for(self) -> timedelta:
        """How long messages of a group are kept (`retention.chat_messages`), as a length from now."""
        kept = self.office.settings.retention.chat_messages
        return kept.after(self.unit.now, self.rules.calendar.zone) - self.unit.now

    def codes_of_petition(self, id: int) -> tuple[str, ...]:
        """The codes of a petition's complaints, in order."""
        found = self.unit.petition(id)
        return found.codes if found else ()

    def petition(self, complaint: Complaint) -> Petition:
        """What the complainant brought."""
        found = self.unit.petition(complaint.petition)
        assert found is not None, f"complaint {complaint.code} has no petition"
        return found

    def person_name(self, person: int | None) -> Bilingual | str:
        """A person's name for a template; "" where there is nobody."""
        found = self.directory.people.get(person) if person is not None else None
        return Bilingual(found.name_hi, found.name_en) if found else ""

    def department_name(self, department: int) -> Bilingual:
        """A department's full name for a template."""
        found = self.directory.departments[department]
        return Bilingual(found.name_hi, found.name_en)

    def head_name(self, department: int) -> Bilingual | str:
        """The name of a department's head; "" where it has none."""
        head = self.directory.head(department)
        return self.person_name(head.id if head else None)


def address_of(group: Group) -> Address:
    """Where a bound group is."""
    return Address(group.account, group.chat)


def button(label: str, complaint: Complaint, action: str | None = None) -> ButtonSpec:
    """A button about a complaint; its data is `action:complaint:ID`, the action being the label's name if not given."""
    return ButtonSpec(label, f"{action or label}:complaint:{complaint.id}")
