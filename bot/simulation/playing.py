"""The days, five minutes by five minutes: what comes is handed in by the doors that people use, the courier says what
is to be said, and then those who read it decide what they do next.

Everything of five minutes is handed in at once, as in a busy office, and nothing is said meanwhile; so the same seed
gives the same days. A look at the clock, and whatever troubles the office, ends such a step: it is on time.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import count
from pathlib import Path

from bot.settings import Configuration
from bot.simulation.agenda import Agenda
from bot.simulation.cases import World
from bot.simulation.chats import Chats
from bot.simulation.diary import Diary
from bot.simulation.district import FIRST_DAY, Arrival, Files, arrivals, days_from, make_district
from bot.simulation.doors import Doors
from bot.simulation.habits import Habits
from bot.simulation.machine import Machine
from bot.simulation.minds import Minds
from bot.simulation.mornings import act_of
from bot.simulation.summary import Counted, Summary, summed_up
from bot.simulation.things import (
    Attend,
    Dawn,
    Down,
    Look,
    Noon,
    Restart,
    Thing,
    Up,
    Walk,
    ends_a_step,
    waits_for_power,
    who_is_in,
)
from bot.simulation.troubles import Troubles, plan
from bot.simulation.witness import Deaf, Looked, Witness, nobody
from core.clock import SetClock
from core.demo.drawing import drawn_photo
from core.refusals import Refusal
from core.store.queries.secrets import keep_secret
from core.store.work import Work, WorkFailed

MINUTE = timedelta(minutes=1)
STEP = 5 * MINUTE
PHOTO_SIDE = 160
Progress = Callable[[int, int], None]
"""Called with how many hours were played, of how many."""


@dataclass(frozen=True)
class Play:
    """What is played. `settings`: its database has its tables and holds nothing.   folder: for photos.

    days: from FIRST_DAY on, closed ones too.   each_morning: complaints of each hearing, None: the file once.
    troubles: what the office meets beside its work.   witness: told of all that is seen.
    """

    settings: Configuration
    folder: Path
    files: Files
    days: int
    seed: int
    each_morning: int | None = None
    troubles: Troubles = field(default_factory=Troubles)
    witness: Witness = nobody


def simulate(play: Play, progress: Progress | None = None) -> Summary:
    """Play it to its end and sum it up. Raises CannotSimulate and BadFile."""
    clock = SetClock(datetime.combine(FIRST_DAY, time(0), play.settings.office.zone))
    chats = Chats()
    machine = Machine(play.settings, clock, play.folder, chats)
    try:
        player = _Player(play, machine, chats)
        asyncio.run(player.play(progress or (lambda done, of: None)))
        return summed_up(machine.running.office, chats, clock.now(), player.counted)
    finally:
        machine.running.store.close()


class _Player:
    """Whoever turns the clock."""

    def __init__(self, play: Play, machine: Machine, chats: Chats) -> None:
        self.counted = Counted()
        self._play = play
        self._machine = machine
        self._clock = machine.clock
        self._chats = chats
        self._doors = Doors(machine, chats, play.witness)
        self._photos = count()
        days = days_from(FIRST_DAY, play.days + 1)
        self._days, zone = days[:-1], play.settings.office.zone
        self._begin = self._clock.now()
        self._end = datetime.combine(days[-1], time(0), zone)
        self._agenda: Agenda[Thing] = Agenda(self._end, ends_a_step)
        self._power_at = self._begin

    async def play(self, progress: Progress) -> None:
        """From the first morning to the end of the last day."""
        self._make_ready()
        await self._machine.connect()
        of = round((self._end - self._begin) / timedelta(hours=1))
        while self._agenda.next_at() is not None:
            await self._step()
            progress(round((self._clock.now() - self._begin) / timedelta(hours=1)), of)
        self._clock.set(self._end)
        await self._machine.running.courier.say_all()
        await self._machine.disconnect()
        progress(of, of)

    def _make_ready(self) -> None:
        running, play = self._machine.running, self._play
        directory = make_district(running.office, play.files)
        running.store.do_now(Work(lambda unit: keep_secret(unit, "sample", str(play.seed))))
        world = World(self._chats, directory, Habits.load(), self._take_photo)
        self._world = world
        self._minds = Minds(self._machine, world, self._chats, self._agenda, play.seed)
        self._diary = Diary(self._machine, world, self._chats, play.seed)
        calendar = self._minds.calendar
        coming = arrivals(
            running.office, directory, play.files, world.habits, self._days, calendar, play.seed, play.each_morning
        )
        for arrival in coming:
            self._agenda.put(arrival.at, arrival)
        planned = plan(play.troubles, self._diary.windows(self._days, calendar), calendar, world, play.seed)
        for at, thing in planned.things:
            self._agenda.put(at, thing)
        for day in self._days:
            for at, thing in self._diary.day(day, calendar, planned.restarted_calls):
                self._agenda.put(at, thing)

    def _take_photo(self) -> str:
        """Drawn smaller than a camera takes them: what is looked at is whether it is another one."""
        picture = drawn_photo(next(self._photos), PHOTO_SIDE)
        return self._machine.running.files.keep(picture, "photo.jpg", "image/jpeg").sha256

    # One step

    async def _step(self) -> None:
        taken = self._agenda.take(STEP)
        self._clock.set(max(self._clock.now(), taken[-1][0]))
        *_, (_, last) = taken
        things = self._apart(self._minds.begun(self._with_power(taken)))
        self._chats.forget_news()
        petitions = await asyncio.gather(*(self._hand_in(at, each) for at, each in things))
        await self._meet(last)
        if not self._machine.is_on:
            return
        await self._machine.running.courier.say_all()
        touched = {petition for petition in petitions if petition is not None}
        for _, thing in things:
            if isinstance(thing, Walk):
                self._minds.go_on(thing)
        self._minds.think_about(touched)

    async def _meet(self, thing: Thing) -> None:
        """What ends a step: the clock is looked at, or something happens to the office."""
        machine = self._machine
        match thing:
            case Look(restarts=restarts) if machine.is_on:
                await machine.look(restarts)
                self._play.witness(Looked(self._clock.now()))
            case Restart() if machine.is_on:
                await machine.power_off()
                await machine.power_on()
            case Down(until=until, power=power):
                self._power_at = until + MINUTE
                await (machine.power_off() if power else machine.disconnect())
            case Up(since=since, power=power):
                await (machine.power_on() if power else machine.connect())
                self._play.witness(Deaf(since, self._clock.now(), power))
                await self._doors.hand_over()
            case Dawn(day=day):
                self._minds.read_calendar()
                for at, coming in self._diary.plans(day, self._minds.calendar):
                    self._agenda.put(at, coming)
            case Noon(day=day) if machine.is_on:
                for at, coming in self._diary.afternoon(day):
                    self._agenda.put(at, coming)

    def _with_power(self, things: list[tuple[datetime, Thing]]) -> list[tuple[datetime, Thing]]:
        """What can be now; the rest waits until the machine is on again."""
        if self._machine.is_on:
            return things
        for _, thing in things:
            if waits_for_power(thing):
                self._agenda.put(self._power_at, thing)
        return [(at, thing) for at, thing in things if not waits_for_power(thing)]

    def _apart(self, things: list[tuple[datetime, Thing]]) -> list[tuple[datetime, Thing]]:
        """Nobody does two things in a step, and nobody two to one petition: the second waits."""
        taken: set[object] = set()
        now = []
        for at, thing in things:
            who = who_is_in(thing)
            if taken & who:
                self._agenda.put(self._clock.now() + MINUTE, thing)
            else:
                taken |= who
                now.append((at, thing))
        return now

    async def _hand_in(self, at: datetime, thing: Thing) -> int | None:
        """Through the door that it comes by; returns the petition that it was about."""
        about = thing.begun.case.petition if isinstance(thing, Walk) and thing.begun else None
        try:
            if isinstance(thing, Arrival):
                about = self._minds.welcome(thing, await self._doors.register(thing))
            elif isinstance(thing, Walk):
                await asyncio.gather(*(self._doors.hand_in(at, act) for act in thing.acts))
            elif isinstance(thing, Attend):
                act = act_of(self._world, thing)
                if act is not None:
                    await self._doors.hand_in(thing.made, act)
        except Refusal:
            self.counted.refused += 1
        except WorkFailed:
            pass  # kept, and counted at the end
        return about
