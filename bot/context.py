"""What a handler is given: the event, who it came from, and the ways to answer."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot import outbox
from bot.events import Event, Message, Pressed
from bot.outbox import Buttons
from bot.permission import may, need_about
from bot.questions import Question
from bot.refusing import Short, refusal_facts
from bot.speaking import ANSWER_WITHIN, How, Speaking, Surroundings
from bot.store.asks import Ask, close_ask, open_ask, open_asks
from bot.store.posted import posted_about
from core.commands import Command, ComplaintCommand
from core.complaints import Complaint
from core.groups import Group
from core.office import Done
from core.people import Actor, Door, Person, Role, Via
from core.refusals import Forged, NotAllowed, NotFound, Refusal
from core.store.queries.complaints import complaints_of_petitions
from core.store.queries.petitions import petitions_of_complainant
from core.store.unit import UnitOfWork

_LONGEST_ID = 18
_TOLD = "told_late"
"""In the data of a question whose reader was told that only a reply answers it now."""
"""Digits of the longest id: a BIGINT has room for all of them."""


class Context(Speaking):
    """One event being handled. Only this, and no handler that is merely told, can make something happen.

    concerned: ids of the complaints that it turned out to be about.
    event: what arrived.   person: who of the office it came from, or None.   group: what the chat is bound as, or None.
    at: when it was done, by the platform's time, but not after now (docs/rules.md P9).
    """

    def __init__(self, unit: UnitOfWork, around: Surroundings, event: Event) -> None:
        super().__init__(unit, around)
        self.event = event
        self.address = event.address
        self.at: datetime = min(event.at, unit.now)
        self.person: Person | None = self.directory.person_of(event.sender.account, event.sender.user)
        self.group: Group | None = self.directory.group_at(event.address.account, event.address.chat)
        self.shorts: list[Short] = []
        self.concerned: set[int] = set()
        self._petitions: tuple[int, ...] | None = None

    @property
    def user(self) -> str:
        """The platform's id of whoever did it."""
        return self.event.sender.user

    @property
    def direct(self) -> bool:
        """Whether the chat is between this user and the bot alone."""
        return self.event.direct

    @property
    def fresh(self) -> Connection:
        """The batch's connection, with all that is staged written: for queries over many rows."""
        self.unit.flush()
        return self.unit.connection

    @property
    def petitions(self) -> tuple[int, ...]:
        """The petitions whose complainant this user is."""
        if self._petitions is None:
            account, user = self.event.sender.account, self.user
            self._petitions = petitions_of_complainant(self.unit.fresh, account, user)
        return self._petitions

    def forget_petitions(self) -> None:
        """Look again whose complainant this user is."""
        self._petitions = None

    def any_own_complaint(self) -> Complaint | None:
        """One complaint of a complainant, to act as whom they are; None for others."""
        brought = complaints_of_petitions(self.fresh, self.petitions) if self.person is None else ()
        return brought[0] if brought else None

    def replied_complaint(self, message: Message) -> Complaint | None:
        """The complaint that the message replied to was about."""
        if message.reply_to is None:
            return None
        about = posted_about(self.unit, self.address, message.reply_to)
        return self.unit.complaint_by_id(about[1]) if about and about[0] == "complaint" else None

    def complaint_pressed(self, id: str) -> Complaint:
        """The complaint that a button's data names. Raises Forged for what no button of ours carries."""
        if not (id.isascii() and id.isdigit()) or len(id) > _LONGEST_ID:
            raise Forged("button")
        try:
            return self.unit.complaint_by_id(int(id))
        except NotFound:
            raise Forged("button") from None

    # Rights, answered early

    def need_own_word(self, complaint: Complaint) -> None:
        """Raises NotAllowed for whoever is neither its complainant nor passes on the complainant's word."""
        actor = self.actor(complaint)
        if actor.petition != complaint.petition and not actor.has(Role.SENIOR, Role.OPERATOR):
            raise NotAllowed(Role.SENIOR, complaint.code)

    def need_person_in_group(self) -> None:
        """Raises NotAllowed in a group for whoever is not of the office: what is theirs is told to them alone."""
        if self.person is None and not self.direct:
            raise NotAllowed(Role.MEMBER)

    def need_member(self, complaint: Complaint) -> None:
        """Raises NotAllowed or WrongDepartment for whoever is not of the department that holds the complaint."""
        need_about(self.actor(), Role.MEMBER, complaint)

    def need_group_member(self) -> None:
        """Raises NotAllowed for whoever is neither of this group's department nor of the district."""
        actor = self.actor()
        department = self.group.department if self.group else None
        if not (actor.roles or (department is not None and actor.belongs_to(department))):
            raise NotAllowed(Role.MEMBER)

    def allowed_commands(self) -> list[str]:
        """The commands that this user may give, by their English names."""
        actor = self.actor()
        return [name for name, role in self.around.command_roles.items() if may(actor, role)]

    # Acting

    def actor(self, about: Complaint | None = None) -> Actor:
        """As whom the user acts: as a person of the office, else as the complainant of `about`, else as nobody."""
        message = self.event.message or "" if isinstance(self.event, Message | Pressed) else ""
        via = Via(Door.CHAT, self.address.account, self.address.chat, message)
        if self.person is not None:
            return self.directory.actor(self.person.id, via)
        petition = about.petition if about is not None and about.petition in self.petitions else None
        return Actor(person=None, via=via, petition=petition)

    def do(self, command: Command, about: Complaint | None = None) -> Done:
        """Have it done as this user. Raises the Refusal of the rule; the dispatcher answers with its sentence."""
        if isinstance(command, ComplaintCommand):
            self.concern(self.unit.complaint(command.code))
        return self.office.perform(self.unit, command, self.actor(about))

    def concern(self, complaint: Complaint) -> None:
        """What is being handled is about this complaint: the archive keeps the message with it.

        Not what a stranger writes to the bot alone: they have not shown that it is theirs.
        """
        if self.person is not None or not self.direct or complaint.petition in self.petitions:
            self.concerned.add(complaint.id)

    def keep(self, command: Command, about: Complaint | None = None) -> bool:
        """Have it done where it may be, and say nothing where it may not; returns whether it was done."""
        try:
            with self.unit.overlay():
                self.do(command, about)
        except Refusal:
            return False
        return True

    def refuse(self, refusal: Refusal) -> None:
        """Answer with the refusal's sentence and its cure; what was done before it stays done."""
        if self.person is None and isinstance(refusal, NotAllowed) and isinstance(self.event, Message) and self.direct:
            self.reply("not_understood")  # An officer's command means nothing to a complainant.
            return
        template = f"refusal/{refusal.name}"
        facts = refusal_facts(self, refusal)
        if isinstance(self.event, Pressed):
            self.shorts.append(Short(template, facts))
        else:
            self.put(self.address, template, facts, How(reply_to=self.message))

    def reply(self, template: str, *, buttons: Buttons = (), about: Complaint | None = None, **params: object) -> None:
        """Answer in the chat, under the message where the platform can."""
        self.put(self.address, template, params, How(buttons, reply_to=self.message, about=about))

    def turn(self, template: str, params: Mapping[str, object], buttons: Buttons = ()) -> None:
        """The message whose button was pressed says something else now: a list shows another of its pages."""
        if self.message is None:
            self.put(self.address, template, params, How(buttons))
            return
        self.unit.after_commit(self.around.wake)
        outbox.edit(self.unit, self.address, self.message, template, params, buttons)

    def answer(self, template: str, params: Mapping[str, object], buttons: Buttons = ()) -> None:
        """The same as `reply`, with the parameters in one."""
        self.put(self.address, template, params, How(buttons, reply_to=self.message))

    def ask_back(
        self,
        question: Question,
        template: str,
        *,
        buttons: Buttons = (),
        data: Mapping[str, object] | None = None,
        about: Complaint | None = None,
        within: timedelta = ANSWER_WITHIN,
        **params: object,
    ) -> None:
        """Ask whoever wrote or pressed, in the same chat; what they were asked of that kind before is dropped."""
        self.put_question(question, template, params, How(buttons, about=about), data or {}, within)

    def put_question(
        self,
        question: Question,
        template: str,
        params: Mapping[str, object],
        how: How,
        data: Mapping[str, object],
        within: timedelta = ANSWER_WITHIN,
    ) -> None:
        """The same with the parameters and the manner each in one."""
        self.stop_asking(question)
        row = self.put(self.address, template, params, replace(how, reply_to=self.message))
        open_ask(self.unit, self.address, self.user, question.name, data, self.unit.now + within, row)

    def open_question(self, question: Question, about: Complaint | None = None) -> Ask | None:
        """The question that this user was asked here and has not answered, the latest first."""
        for ask in open_asks(self.unit, self.address, self.user, question.name):
            if about is None or ask.data.get("complaint") == about.id:
                return ask
        return None

    def stop_asking(self, question: Question) -> None:
        """Whatever this user was asked of that kind here is answered."""
        for ask in open_asks(self.unit, self.address, self.user, question.name):
            self.settle(ask)

    def stop_all_asking(self) -> None:
        """Whatever this user was asked here is dropped."""
        for ask in open_asks(self.unit, self.address, self.user):
            if ask.outbox is not None:
                self.settle(ask)

    def asked_too_long_ago(self, within: timedelta) -> Ask | None:
        """The latest question about a complaint that is over for any answer but a reply since `within` at most.

        It is given once: from now on only a reply is for it.
        """
        for ask in open_asks(self.unit, self.address, self.user):
            about = "complaint" in ask.data and _TOLD not in ask.data and ask.outbox is not None
            if about and ask.expires < self.at <= ask.expires + within:
                close_ask(self.unit, ask)
                data = {**ask.data, _TOLD: True}
                open_ask(self.unit, self.address, self.user, ask.question, data, ask.expires, ask.outbox)
                return ask
        return None

    def listening(self) -> Ask | None:
        """What was said to belong here if files follow (`listen_for`), while it has not expired."""
        for ask in open_asks(self.unit, self.address, self.user):
            if ask.outbox is None and ask.expires >= self.at:
                return ask
        return None

    def listen_for(self, question: Question, data: Mapping[str, object], within: timedelta) -> None:
        """Take files that this user sends here soon as belonging to `question`, without asking anything."""
        open_ask(self.unit, self.address, self.user, question.name, data, self.unit.now + within, None)

    def evidence(self, message: Message) -> tuple[str, ...]:
        """sha256 of each file of the message that the office has."""
        return tuple(file.sha256 for file in message.attachments if file.sha256 is not None)

    def toast(self, template: str, **params: object) -> None:
        """A short answer to a press: shown to whoever pressed, never stored."""
        self.shorts.append(Short(f"toast/{template}", params))

    @property
    def message(self) -> str | None:
        """The platform's id of the message that was written or pressed."""
        return self.event.message if isinstance(self.event, Message | Pressed) else None
