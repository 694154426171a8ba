"""What people have in mind for the complaints at play, and what becomes of it by how things stand when they do it."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from random import Random

from bot.simulation import officers, others  # noqa: F401  # officers put their courses into the table
from bot.simulation.agenda import Agenda
from bot.simulation.cases import COURSES, Act, Case, Do, Heard, NotThere, Scene, World
from bot.simulation.chats import Chats
from bot.simulation.district import Arrival
from bot.simulation.machine import Machine
from bot.simulation.things import Begin, Thing, Walk
from core.complaints import Complaint
from core.office import Done
from core.office_days import OfficeCalendar
from core.petitions import Petition
from core.store.queries.complaints import complaints_of_petitions

MINUTE = timedelta(minutes=1)
WAKING = (time(8), time(21))


class Minds:
    """Knows every case. `calendar`: as the office has it now."""

    def __init__(self, machine: Machine, world: World, chats: Chats, agenda: Agenda[Thing], seed: int) -> None:
        self.calendar: OfficeCalendar = machine.running.store.read_now(machine.running.office.rules).calendar
        self._machine = machine
        self._world = world
        self._chats = chats
        self._agenda = agenda
        self._seed = seed
        self._cases: dict[int, Case] = {}
        self._families: dict[int, list[Case]] = {}

    def read_calendar(self) -> None:
        """A holiday may have been declared."""
        running = self._machine.running
        self.calendar = running.store.read_now(running.office.rules).calendar

    def welcome(self, arrival: Arrival, done: Done) -> int:
        """The complaints of a petition are at play from now on; returns its id."""
        petition = done.value
        assert isinstance(petition, Petition)
        user = f"complainant:{arrival.number}" if arrival.in_chat else None
        for number, entry in enumerate(done.entries):
            id, code = entry.complaint.id, entry.complaint.code
            chance = Random(f"{self._seed}/{arrival.number}/{number}")
            case = Case(id, code, petition.id, petition.phone, user, chance)
            self._cases[id] = case
            self._families.setdefault(petition.id, []).append(case)
            if user is not None and number == 0:
                at = self._awake(self._now + timedelta(hours=chance.uniform(0.2, 20)))
                self._agenda.put(at, Begin(case, others.prove_who_one_is, None))
        return petition.id

    def begun(self, things: list[tuple[datetime, Thing]]) -> list[tuple[datetime, Thing]]:
        """What was in somebody's mind becomes what they do, by how things stand now."""
        minds = {each.case.petition for _, each in things if isinstance(each, Begin)}
        standing = {each.id: each for each in self._complaints_of(minds)} if minds else {}
        now: list[tuple[datetime, Thing]] = []
        for at, thing in things:
            walk = self._step_into(thing, standing[thing.case.id]) if isinstance(thing, Begin) else thing
            if walk is not None:
                now.append((at, walk))
        return now

    def go_on(self, walk: Walk) -> None:
        """Those who did it read what the bot said, and go on or have done."""
        if walk.begun is None or walk.course is None:
            return
        heard = self._heard(walk.acts[0])
        try:
            acts = _acts(walk.course.send(heard))
        except (NotThere, StopIteration):
            if walk.begun.state is not None:
                walk.begun.case.busy = False
            return
        at = self._now + MINUTE * max(each.later for each in acts)
        self._agenda.put(at, Walk(acts, walk.begun, walk.course))

    def think_about(self, petitions: set[int]) -> None:
        """What somebody will do next about the complaints of these petitions (ids)."""
        for complaint in self._complaints_of(petitions) if petitions else ():
            self._think(self._cases[complaint.id], complaint)

    @property
    def _now(self) -> datetime:
        return self._machine.clock.now()

    def _step_into(self, begin: Begin, complaint: Complaint) -> Walk | None:
        if begin.state is not None and complaint.state is not begin.state:
            self._leave(begin, complaint)
            return None
        family = [each.id for each in self._families[begin.case.petition] if each is not begin.case]
        try:
            course = begin.course(Scene(self._world, begin.case, complaint, family))
            return Walk(_acts(next(course)), begin, course)
        except (NotThere, StopIteration):
            self._leave(begin, complaint)
            return None

    def _heard(self, act: Act) -> Heard:
        return () if isinstance(act, Do) else self._chats.news(act.chat)

    def _leave(self, begin: Begin, complaint: Complaint) -> None:
        if begin.state is not None:
            begin.case.busy = False
            self._think(begin.case, complaint)

    def _think(self, case: Case, complaint: Complaint) -> None:
        """What somebody will do next about a complaint, and when."""
        if case.busy or case.quiet_in == complaint.state:
            return
        habit = self._world.habits.next(complaint.state, case.chance)
        case.quiet_in = complaint.state if habit is None else None
        if habit is None:
            return
        case.busy = True
        hours = timedelta(hours=case.chance.uniform(*habit.after))
        now = self._now
        if complaint.is_open:
            at = self.calendar.add_office_time(now, hours, with_window=True)
        else:
            at = self._awake(now + hours)
        self._agenda.put(max(at.replace(microsecond=0), now + MINUTE), Begin(case, COURSES[habit.do], complaint.state))

    def _awake(self, at: datetime) -> datetime:
        """That instant, or the next morning."""
        local = at.astimezone(self.calendar.zone)
        begin, end = WAKING
        if local.time() < begin:
            return datetime.combine(local.date(), begin, self.calendar.zone)
        if local.time() >= end:
            return datetime.combine(local.date() + timedelta(days=1), begin, self.calendar.zone)
        return at

    def _complaints_of(self, petitions: set[int]) -> Sequence[Complaint]:
        return self._machine.running.store.read_now(lambda reader: complaints_of_petitions(reader, sorted(petitions)))


def _acts(step: Act | tuple[Act, ...]) -> tuple[Act, ...]:
    return step if isinstance(step, tuple) else (step,)
