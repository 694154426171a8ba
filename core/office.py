"""The door for everybody who wants something done: a command in, what happened out.

    done = await office.do(Solve(code, words="Drain repaired"), by=actor)

Each command is one work of the store's writer: its rule decides, the timeline is written, and the teller is told, all
in one transaction (docs/design.md §2, The rules are pure, The store).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Protocol

from sqlalchemy import Connection

from core import correcting, day_reports, enrolment, holidays, joining, leave, marking, off_duty, solutions, staffing
from core.clock import Clock
from core.commands import Command, ComplaintCommand, EnrolmentCommand, LinkIdentity, Merge, RegisterPetition, Reopen
from core.complaints import register
from core.complaints.clocks import next_clock, over_before, what_is_due
from core.complaints.complaint import Complaint
from core.complaints.decide import decide, done_at
from core.complaints.merging import goes_on_as
from core.complaints.rules import OfficeRules
from core.complaints.stages import Lot
from core.complaints.verifying import Flagged
from core.directory import Directory
from core.holiday_commands import DeclareHoliday, UndeclareHoliday
from core.office_days import OfficeCalendar
from core.people import Actor, Door, Via
from core.people_commands import JoinCommand, RosterCommand
from core.petitions import Petition
from core.presence import Attending, JustKept, Windows, attending
from core.presence.happened import PresenceHappened
from core.presence_commands import (
    CancelLeave,
    CorrectVerdict,
    EnterLeave,
    PresenceCommand,
    RestoreOfficer,
    TakeOffline,
)
from core.reading import Words
from core.settings import OfficeSettings
from core.storable import storable
from core.store.generation import read_generation
from core.store.prepared import execute
from core.store.queries.complaints import all_open_complaints
from core.store.queries.holidays import declared_holidays, frozen_holidays
from core.store.queries.petitions import keep_petition, next_serial
from core.store.queries.pictures import keep_uses
from core.store.store import Store
from core.store.unit import UnitOfWork
from core.store.work import Result, Work
from core.timeline import Entry
from core.watching import Watch

BY_THE_CLOCK = Via(Door.CLOCK)


@dataclass(frozen=True)
class Done:
    """What came of a command: the entries it wrote, and a value of its own (a Petition, a Group, or None).

    `repeated`: the key had been done before; nothing happened now, and `remembered` is what was kept with it.
    """

    entries: tuple[Entry, ...] = ()
    value: object = None
    repeated: bool = False
    remembered: str = ""


class Teller(Protocol):
    """Whoever is told what happened, in the same transaction, and may say, show or ask, but make nothing happen."""

    def tell(self, unit: UnitOfWork, entries: Sequence[Entry]) -> None:
        """Each entry in an overlay of its own; an exception of a part is kept as a failure and stops nothing."""

    def tell_presence(self, unit: UnitOfWork, happened: Sequence[PresenceHappened]) -> None:
        """The same of what happened to people and days."""


class Silence:
    """A teller for commands of the terminal and for tests: nobody is told."""

    def tell(self, unit: UnitOfWork, entries: Sequence[Entry]) -> None:
        """Tell nobody."""

    def tell_presence(self, unit: UnitOfWork, happened: Sequence[PresenceHappened]) -> None:
        """Tell nobody."""


class Office:
    """The records, the rules, and who is told."""

    def __init__(self, store: Store, settings: OfficeSettings, clock: Clock, teller: Teller) -> None:
        self.store = store
        self.settings = settings
        self.clock = clock
        self.just_kept = JustKept()
        self._teller = teller
        self._words = Words.load({meaning: changes.model_dump() for meaning, changes in settings.words.items()})
        self._rules: tuple[int, OfficeRules] | None = None
        self._windows: tuple[OfficeRules, Windows] | None = None
        self._attending: tuple[Directory, Mapping[int, Attending]] | None = None

    async def do(self, command: Command, by: Actor, key: str | None = None) -> Done:
        """Have it done; returns after the commit. The same `key` does nothing more.

        Raises the Refusal of the rule; WorkFailed or StoreUnavailable as `Store.do`.
        """
        return _done(await self.store.do(Work(lambda unit: self.perform(unit, command, by), key)))

    def do_now(self, command: Command, by: Actor, key: str | None = None) -> Done:
        """The same from a thread or the command line."""
        return _done(self.store.do_now(Work(lambda unit: self.perform(unit, command, by), key)))

    def perform(self, unit: UnitOfWork, command: Command, by: Actor) -> Done:
        """Do it inside a work that is running. Raises the Refusal of the rule."""
        command = storable(command)
        if isinstance(command, EnrolmentCommand):
            done = Done(value=enrolment.perform(unit, command, by))
            if isinstance(command, LinkIdentity):
                marking.count_waiting_marks(self, unit, command.account, command.user, command.person)
            return done
        if isinstance(command, JoinCommand):
            joined = joining.perform(unit, command, by, self.settings)
            for request, person in joined.enrolled:
                marking.count_waiting_marks(self, unit, request.account, request.user, person)
            return Done(value=joined)
        if isinstance(command, RosterCommand):
            return Done(value=staffing.perform(unit, command, by))
        if isinstance(command, PresenceCommand):
            return self._about_presence(unit, command, by)
        if isinstance(command, RegisterPetition):
            done = self._register(unit, command, by)
        elif isinstance(command, DeclareHoliday):
            done = Done(*holidays.declare(unit, command, by, self.clock.now(), self.rules_in(unit)))
            amended = day_reports.amend_day(self, unit, command.day, day_reports.Why.HOLIDAY, by.person)
            self.tell_presence(unit, [each.happened(by.via) for each in amended])
            # What would have been looked at on that day may have to be looked at before it (docs/rules.md L1).
            for id in holidays.looked_at_on(unit, command.day, self.rules_in(unit).calendar):
                self._set_clock(unit, id)
        elif isinstance(command, UndeclareHoliday):
            taken_back = holidays.take_back(unit, command, by, self.clock.now(), self.rules_in(unit))
            # What was to speak before the day may wait for it now, and what waited for its end may speak on it.
            self.set_clocks_anew(unit)
            self.tell_presence(unit, [taken_back])
            done = Done(value=taken_back)
        else:
            done = self._change(unit, command, by)
        self._tell(unit, done.entries)
        return done

    def let_time_pass(self, unit: UnitOfWork, id: int) -> Done:
        """What has come due by now of a complaint, inside a work that is running; doing it again does nothing more."""
        complaint = unit.complaint_by_id(id)
        now, rules = self.clock.now(), self.rules_in(unit)
        entries = []
        lot = solutions.lot(unit) if complaint.confirmation is not None else Lot("", unit.directory)
        for happened in what_is_due(complaint, now, rules, lot):
            entries.append(unit.append(unit.complaint_by_id(id), happened, BY_THE_CLOCK))
        done = Done((*entries, *solutions.follow(unit, complaint, entries, now, rules)))
        if id not in {entry.complaint.id for entry in done.entries}:
            self._set_clock(unit, id)
        if done.entries:
            self._tell(unit, done.entries)
        return done

    def tell_presence(self, unit: UnitOfWork, happened: Sequence[PresenceHappened]) -> None:
        """Tell what happened to people and days, inside a work that is running."""
        if happened:
            self._teller.tell_presence(unit, happened)

    def watch(self, connection: Connection) -> Watch:
        """Presence as a reader sees it now."""
        directory = self.store.directory(connection)
        windows = self._windows_of(self.rules(connection))
        # As in a work, statements are compiled once: a month has thousands of rows (core/store/prepared.py).
        run = partial(execute, connection)
        return Watch(run, directory, windows, self.clock.now(), self._attending_of(directory))

    def watch_in(self, unit: UnitOfWork) -> Watch:
        """The same for a work that is running: it sees what is staged, and no later instant than the batch's."""
        directory = unit.directory
        return Watch(unit.fresh, directory, self.windows_in(unit), unit.now, self._attending_of(directory))

    def windows_in(self, unit: UnitOfWork) -> Windows:
        """The presence windows by the calendar that a running work knows; kept until the generation changes."""
        return self._windows_of(self.rules_in(unit))

    def _windows_of(self, rules: OfficeRules) -> Windows:
        known = self._windows  # once: a reader's thread may put its own there meanwhile
        if known is None or known[0] is not rules:
            self._windows = known = (rules, Windows(rules.settings.presence, rules.calendar))
        return known[1]

    def _attending_of(self, directory: Directory) -> Mapping[int, Attending]:
        known = self._attending
        if known is None or known[0] is not directory:
            self._attending = known = (directory, {each.person: each for each in attending(directory)})
        return known[1]

    def set_clocks_anew(self, unit: UnitOfWork) -> None:
        """Every open complaint is looked at when the settings and the calendar of now say so, should they be others."""
        found = all_open_complaints(unit.connection)
        unit.take(found)
        for each in found:
            self._set_clock(unit, each.id)

    def _tell(self, unit: UnitOfWork, entries: Sequence[Entry]) -> None:
        """Whatever happened: the clocks of those to whom it did are set, and then it is told."""
        for id in {entry.complaint.id for entry in entries}:
            self._set_clock(unit, id)
        self._teller.tell(unit, entries)

    def _set_clock(self, unit: UnitOfWork, id: int) -> None:
        """It is looked at again when the earliest of its clocks has come, by the calendar as it is now."""
        at = next_clock(unit.complaint_by_id(id), self.clock.now(), self.rules_in(unit))
        unit.set_next(id, at)

    def rules(self, connection: Connection) -> OfficeRules:
        """The office's rules with the calendar known now; kept in memory until the generation changes."""
        return self._rules_of(read_generation(connection), connection)

    def rules_in(self, unit: UnitOfWork) -> OfficeRules:
        """The same for a work that is running: its batch knows the generation already."""
        return self._rules_of(unit.directory.generation, unit.connection)

    def _rules_of(self, generation: int, connection: Connection) -> OfficeRules:
        if self._rules is None or self._rules[0] != generation:
            calendar = OfficeCalendar.of(self.settings, frozen_holidays(connection), declared_holidays(connection))
            self._rules = (generation, OfficeRules(self.settings, calendar, self._words))
        return self._rules[1]

    def _change(self, unit: UnitOfWork, command: ComplaintCommand, by: Actor) -> Done:
        complaint = unit.complaint(command.code)
        now, rules = self.clock.now(), self.rules_in(unit)
        # A pause whose end has come is over, and what is late is late, though the clock may not have been there yet.
        at = done_at(command, complaint, now)
        entries = []
        for fact in over_before(complaint, now, at, rules):
            entries.append(unit.append(unit.complaint_by_id(complaint.id), fact, BY_THE_CLOCK))
        stands = unit.complaint_by_id(complaint.id)
        known = solutions.known_of(unit, stands, command, by, now, rules)
        other = _other(unit, stands, command)
        for happened in decide(stands, command, by, now, rules, unit.directory, known, other):
            # Nobody raises a flag: it follows from what they did.
            via = BY_THE_CLOCK if isinstance(happened, Flagged) else by.via
            entries.append(unit.append(unit.complaint_by_id(complaint.id), happened, via))
        return Done((*entries, *solutions.follow(unit, complaint, entries, now, rules)))

    def _about_presence(self, unit: UnitOfWork, command: PresenceCommand, by: Actor) -> Done:
        value: object
        entries: tuple[Entry, ...] = ()
        match command:
            case EnterLeave():
                value, happened = leave.enter(self, unit, command, by)
            case CancelLeave():
                value, happened = leave.cancel(self, unit, command, by)
            case TakeOffline():
                value, entries, happened = off_duty.take_offline(self, unit, command, by)
            case RestoreOfficer():
                value, happened = off_duty.restore(self, unit, command, by)
            case CorrectVerdict():
                value, happened = correcting.correct(self, unit, command, by)
        self._teller.tell(unit, entries)
        self.tell_presence(unit, happened)
        return Done(entries, value)

    def _register(self, unit: UnitOfWork, command: RegisterPetition, by: Actor) -> Done:
        command = register.check(command, by, unit.directory)
        at = self.clock.now()
        petition = _petition(command, unit.new_id("petition"), at, by)
        keep_petition(unit, petition)
        rules = self.rules_in(unit)
        entries = []
        for part in command.parts:
            department = register.department_of(part, unit.directory)
            serial = next_serial(unit, department.id)
            id = unit.new_id("complaint")
            happened = register.registered(petition, part, id, serial, at, unit.directory, rules)
            entries.append(unit.append(None, happened, by.via))
            keep_uses(unit, id, petition.papers, brought=True)
        unit.remember(str(petition.id))
        codes = tuple(entry.complaint.code for entry in entries)
        return Done(tuple(entries), replace(petition, codes=codes))


def _other(unit: UnitOfWork, complaint: Complaint, command: ComplaintCommand) -> Complaint | None:
    """The second complaint that a rule looks at: what it shall be joined to, or what it was joined to and goes on."""
    if isinstance(command, Merge):
        return unit.complaint(command.into)
    if isinstance(command, Reopen) and complaint.merged_into is not None:
        return goes_on_as(complaint, unit.complaint_by_id)
    return None


def _petition(command: RegisterPetition, id: int, at: datetime, by: Actor) -> Petition:
    return Petition(
        id=id,
        name=command.name,
        phone=command.phone,
        village=command.village,
        words=command.words,
        kind=command.kind,
        confidential=command.confidential,
        waiting=command.waiting,
        about=command.about,
        heard_by=command.heard_by,
        direction=command.direction,
        papers=command.papers,
        registered_at=at,
        registered_by=by.person,
        language=command.language,
    )


def _done(result: Result[Done]) -> Done:
    if result.repeated or result.value is None:
        return Done(repeated=True, remembered=result.remembered)
    return result.value
