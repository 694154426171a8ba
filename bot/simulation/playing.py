"""The days, five minutes by five minutes: what comes is handed in by the doors that people use, the courier says what
is to be said, and then those who read it decide what they do next.

Everything of five minutes is handed in at once, as in a busy office, and nothing is said meanwhile; so the same seed
gives the same days.
"""

import asyncio
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import count
from pathlib import Path

from bot.app import Running, put_together
from bot.settings import Configuration
from bot.simulation import officers, others  # noqa: F401  # officers put their courses into the table
from bot.simulation.agenda import Agenda
from bot.simulation.cases import COURSES, Act, Case, Course, Do, Heard, NotThere, Played, Scene, World
from bot.simulation.chats import ACCOUNT, Chats
from bot.simulation.district import FIRST_DAY, Arrival, Files, arrivals, days_from, make_district
from bot.simulation.doors import Doors
from bot.simulation.habits import Habits, drawn
from bot.simulation.summary import Counted, Summary, summed_up
from core.clock import SetClock
from core.complaints import Complaint, State
from core.demo.drawing import drawn_photo
from core.office import Done
from core.office_days import OfficeCalendar
from core.petitions import Petition
from core.refusals import Refusal
from core.store.haste import write_in_haste
from core.store.queries.complaints import complaints_of_petitions
from core.store.queries.secrets import keep_secret
from core.store.work import Work, WorkFailed

MINUTE = timedelta(minutes=1)
STEP = 5 * MINUTE
HALF_AN_HOUR = 30 * MINUTE
PHOTO_SIDE = 160
WAKING = (time(8), time(21))
Progress = Callable[[int, int], None]
"""Called with how many hours were played, of how many."""


@dataclass(frozen=True)
class Play:
    """What is played. `settings`: its database has its tables and holds nothing.   folder: for photos.

    days: from FIRST_DAY on, closed ones too.   each_morning: complaints of each hearing, None: the file once.
    """

    settings: Configuration
    folder: Path
    files: Files
    days: int
    seed: int
    each_morning: int | None = None


def simulate(play: Play, progress: Progress | None = None) -> Summary:
    """Play it to its end and sum it up. Raises CannotSimulate and BadFile."""
    clock = SetClock(datetime.combine(FIRST_DAY, time(0), play.settings.office.zone))
    settings = play.settings.model_copy(update={"accounts": {}})
    chats = Chats()
    running = put_together(settings, clock, play.folder, others={ACCOUNT: chats})
    write_in_haste(running.store.database)
    try:
        player = _Player(play, running, clock, chats)
        asyncio.run(player.play(progress or (lambda done, of: None)))
        return summed_up(running.office, chats, clock.now(), player.counted)
    finally:
        running.store.close()


@dataclass(frozen=True)
class _Look:
    """The clock is looked at."""


@dataclass(frozen=True)
class _Begin:
    """Somebody has something in mind for a complaint that stands in `state`; None: however it stands."""

    case: Case
    course: Played
    state: State | None


@dataclass(frozen=True)
class _Walk:
    """The acts of somebody that come now, and the course that they belong to, if any."""

    acts: tuple[Act, ...]
    begun: _Begin | None = None
    course: Course | None = None


Thing = _Look | Arrival | _Begin | _Walk


class _Player:
    """Whoever turns the clock."""

    def __init__(self, play: Play, running: Running, clock: SetClock, chats: Chats) -> None:
        self.counted = Counted()
        self._play = play
        self._running = running
        self._clock = clock
        self._chats = chats
        self._doors = Doors(running)
        self._photos = count()
        self._cases: dict[int, Case] = {}
        self._families: dict[int, list[Case]] = {}
        days = days_from(FIRST_DAY, play.days + 1)
        self._days, zone = days[:-1], play.settings.office.zone
        self._begin = clock.now()
        self._end = datetime.combine(days[-1], time(0), zone)
        self._agenda: Agenda[Thing] = Agenda(self._end)

    async def play(self, progress: Progress) -> None:
        """From the first morning to the end of the last day."""
        self._make_ready()
        of = round((self._end - self._begin) / timedelta(hours=1))
        while self._agenda.next_at() is not None:
            await self._step()
            progress(round((self._clock.now() - self._begin) / timedelta(hours=1)), of)
        self._clock.set(self._end)
        await self._running.courier.say_all()
        progress(of, of)

    def _make_ready(self) -> None:
        running, play = self._running, self._play
        directory = make_district(running.office, play.files)
        running.store.do_now(Work(lambda unit: keep_secret(unit, "sample", str(play.seed))))
        self._world = World(self._chats, directory, Habits.load(), self._take_photo)
        self._calendar: OfficeCalendar = running.store.read_now(running.office.rules).calendar
        for arrival in arrivals(
            running.office,
            directory,
            play.files,
            self._world.habits,
            self._days,
            self._calendar,
            play.seed,
            play.each_morning,
        ):
            self._agenda.put(arrival.at, arrival)
        for number, day in enumerate(self._days):
            self._look_at_the_clock_on(number)
            if self._calendar.is_open(day):
                self._chat_on(number)

    def _take_photo(self) -> str:
        """Drawn smaller than a camera takes them: what is looked at is whether it is another one."""
        picture = drawn_photo(next(self._photos), PHOTO_SIDE)
        return self._running.files.keep(picture, "photo.jpg", "image/jpeg").sha256

    def _look_at_the_clock_on(self, number: int) -> None:
        """When something is done daily: after midnight, at opening and after closing; and for the clocks of complaints
        each half hour of the office, as an office that runs looks every few seconds."""
        day, zone = self._days[number], self._calendar.zone
        self._agenda.put(datetime.combine(day, time(0, 1), zone), _Look())
        if self._calendar.is_open(day):
            at, close = self._calendar.opens(day), self._calendar.closes(day)
            while at < close:
                self._agenda.put(at, _Look())
                at += HALF_AN_HOUR
            self._agenda.put(close + MINUTE, _Look())

    def _chat_on(self, number: int) -> None:
        chance = random.Random(f"{self._play.seed}/chatter/{number}")
        begin, end = self._calendar.opens(self._days[number]), self._calendar.closes(self._days[number])
        for department in sorted(self._world.directory.departments):
            habit = drawn(self._world.habits.chatter, chance)
            somebody = others.who_chats(self._world, department, chance)
            at = begin + (end - begin) * chance.random()
            if habit is None or somebody is None:
                continue
            user = self._world.directory.identities(somebody.id)[0].user
            chat = self._world.directory.groups_of(department)[0].chat
            said = others.CHATTER[habit.do](self._world, user, chat, chance)
            self._agenda.put(at.replace(microsecond=0), _Walk((said,)))

    # One step

    async def _step(self) -> None:
        taken = self._agenda.take(STEP)
        self._clock.set(max(self._clock.now(), taken[-1][0]))
        things = self._apart(self._begun(taken))
        self._chats.forget_news()
        petitions = await asyncio.gather(*(self._hand_in(at, each) for at, each in things))
        if any(isinstance(each, _Look) for _, each in things):
            await self._running.clockwork.look()
        await self._running.courier.say_all()
        touched = {petition for petition in petitions if petition is not None}
        for _, thing in things:
            if isinstance(thing, _Walk):
                self._go_on(thing)
        self._think_about(touched)

    def _begun(self, things: list[tuple[datetime, Thing]]) -> list[tuple[datetime, Thing]]:
        """What was in somebody's mind becomes what they do, by how things stand now."""
        minds = {each.case.petition for _, each in things if isinstance(each, _Begin)}
        standing = {each.id: each for each in self._complaints_of(minds)} if minds else {}
        now: list[tuple[datetime, Thing]] = []
        for at, thing in things:
            walk = self._step_into(thing, standing[thing.case.id]) if isinstance(thing, _Begin) else thing
            if walk is not None:
                now.append((at, walk))
        return now

    def _apart(self, things: list[tuple[datetime, Thing]]) -> list[tuple[datetime, Thing]]:
        """Nobody does two things in a step, and nobody two to one petition: the second waits."""
        taken: set[object] = set()
        now = []
        for at, thing in things:
            who = _who(thing)
            if taken & who:
                self._agenda.put(self._clock.now() + MINUTE, thing)
            else:
                taken |= who
                now.append((at, thing))
        return now

    async def _hand_in(self, at: datetime, thing: Thing) -> int | None:
        """Through the door that it comes by; returns the petition that it was about."""
        about = thing.begun.case.petition if isinstance(thing, _Walk) and thing.begun else None
        try:
            if isinstance(thing, Arrival):
                about = self._welcome(thing, await self._doors.register(thing))
            if isinstance(thing, _Walk):
                await asyncio.gather(*(self._doors.hand_in(at, act) for act in thing.acts))
        except Refusal:
            self.counted.refused += 1
        except WorkFailed:
            pass  # kept, and counted at the end
        return about

    def _welcome(self, arrival: Arrival, done: Done) -> int:
        """The complaints of a petition are at play from now on; returns its id."""
        petition = done.value
        assert isinstance(petition, Petition)
        user = f"complainant:{arrival.number}" if arrival.in_chat else None
        for number, entry in enumerate(done.entries):
            id, code = entry.complaint.id, entry.complaint.code
            chance = random.Random(f"{self._play.seed}/{arrival.number}/{number}")
            case = Case(id, code, petition.id, petition.phone, user, chance)
            self._cases[id] = case
            self._families.setdefault(petition.id, []).append(case)
            if user is not None and number == 0:
                at = self._awake(self._clock.now() + timedelta(hours=chance.uniform(0.2, 20)))
                self._agenda.put(at, _Begin(case, others.prove_who_one_is, None))
        return petition.id

    # What they do next

    def _step_into(self, begin: _Begin, complaint: Complaint) -> _Walk | None:
        if begin.state is not None and complaint.state is not begin.state:
            self._leave(begin, complaint)
            return None
        family = [each.id for each in self._families[begin.case.petition] if each is not begin.case]
        try:
            course = begin.course(Scene(self._world, begin.case, complaint, family))
            return _Walk(_acts(next(course)), begin, course)
        except (NotThere, StopIteration):
            self._leave(begin, complaint)
            return None

    def _go_on(self, walk: _Walk) -> None:
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
        at = self._clock.now() + MINUTE * max(each.later for each in acts)
        self._agenda.put(at, _Walk(acts, walk.begun, walk.course))

    def _heard(self, act: Act) -> Heard:
        return () if isinstance(act, Do) else self._chats.news(act.chat)

    def _leave(self, begin: _Begin, complaint: Complaint) -> None:
        if begin.state is not None:
            begin.case.busy = False
            self._think(begin.case, complaint)

    def _think_about(self, petitions: set[int]) -> None:
        for complaint in self._complaints_of(petitions) if petitions else ():
            self._think(self._cases[complaint.id], complaint)

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
        now = self._clock.now()
        if complaint.is_open:
            at = self._calendar.add_office_time(now, hours, with_window=True)
        else:
            at = self._awake(now + hours)
        self._agenda.put(max(at.replace(microsecond=0), now + MINUTE), _Begin(case, COURSES[habit.do], complaint.state))

    def _awake(self, at: datetime) -> datetime:
        """That instant, or the next morning."""
        local = at.astimezone(self._calendar.zone)
        begin, end = WAKING
        if local.time() < begin:
            return datetime.combine(local.date(), begin, self._calendar.zone)
        if local.time() >= end:
            return datetime.combine(local.date() + timedelta(days=1), begin, self._calendar.zone)
        return at

    def _complaints_of(self, petitions: set[int]) -> Sequence[Complaint]:
        return self._running.store.read_now(lambda reader: complaints_of_petitions(reader, sorted(petitions)))


def _acts(step: Act | tuple[Act, ...]) -> tuple[Act, ...]:
    return step if isinstance(step, tuple) else (step,)


def _who(thing: Thing) -> set[object]:
    if not isinstance(thing, _Walk):
        return set()
    users: set[object] = {each.user for each in thing.acts if not isinstance(each, Do)}
    return users | ({thing.begun.case.petition} if thing.begun else set())
