"""When what comes up: each day's looks at the clock, the chatter of the groups, and what everybody plans for it."""

import random
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta

from bot.simulation import others
from bot.simulation.afternoons import after_the_morning
from bot.simulation.cases import World
from bot.simulation.chats import Chats
from bot.simulation.habits import drawn
from bot.simulation.machine import Machine
from bot.simulation.mornings import Officer, plans_of
from bot.simulation.things import Dawn, Look, Noon, Thing, Walk
from bot.window_times import sittings
from core.office_days import OfficeCalendar
from core.presence import DayWindow, Windows, attending
from core.store.queries.day_reports import absentees

MINUTE = timedelta(minutes=1)
HALF_AN_HOUR = 30 * MINUTE
A_QUARTER = 15 * MINUTE
DAWN, MIDNIGHT, AFTERNOON = time(5), time(0, 1), time(15)
Coming = tuple[datetime, Thing]


class Diary:
    """Knows the days. Everything is drawn by the seed."""

    def __init__(self, machine: Machine, world: World, chats: Chats, seed: int) -> None:
        self._machine = machine
        self._world = world
        self._chats = chats
        self._seed = seed

    def day(self, day: date, calendar: OfficeCalendar, restarted_calls: Iterable[datetime]) -> Iterator[Coming]:
        """The looks of a day: after midnight, at dawn, at each moment of a window, and each half hour of the office, as
        an office that runs looks every few seconds; on a closed day some all the same."""
        zone = calendar.zone
        looks = {datetime.combine(day, MIDNIGHT, zone), datetime.combine(day, AFTERNOON, zone)}
        yield datetime.combine(day, DAWN, zone), Dawn(day)
        if calendar.is_open(day):
            at, close = calendar.opens(day), calendar.closes(day)
            while at < close:
                looks.add(at)
                at += HALF_AN_HOUR
            looks.add(close + MINUTE)
            for sitting in sittings(self._windows(calendar), self._world.directory, day):
                looks.update(coming.at for coming in sitting.moments())
                if not sitting.letters:
                    yield sitting.window.end + A_QUARTER, Noon(day)
            yield from self._chatter(day, calendar)
        restarted = set(restarted_calls)
        for at in sorted(looks):
            yield at, Look(restarts=at in restarted)

    def windows(self, days: Sequence[date], calendar: OfficeCalendar) -> list[DayWindow]:
        """The office's window on each of these days that has one."""
        windows = self._windows(calendar)
        return [window for each in days if (window := windows.on(each)) is not None]

    def plans(self, day: date, calendar: OfficeCalendar) -> Iterator[Coming]:
        """What everybody who is expected does on this morning."""
        windows, directory = self._windows(calendar), self._world.directory
        for who in attending(directory):
            window = windows.on(day, directory.departments[who.department].code)
            if window is None:
                continue
            user = directory.identities(who.person)[0].user
            officer = Officer(
                world=self._world,
                person=directory.people[who.person],
                user=user,
                group=directory.groups_of(who.department)[0].chat,
                private=self._chats.direct_chat(user),
                window=window,
                chance=random.Random(f"{self._seed}/morning/{day}/{user}"),
            )
            yield from plans_of(officer)

    def afternoon(self, day: date) -> Iterator[Coming]:
        """What seniors do about those who were absent on a day that is reported."""
        absent = self._machine.running.store.read_now(lambda reader: absentees(reader.execute, day))
        chance = random.Random(f"{self._seed}/afternoon/{day}")
        now = self._machine.clock.now()
        return after_the_morning(self._world, now, day, [person for _, person in absent], chance)

    def _windows(self, calendar: OfficeCalendar) -> Windows:
        return Windows(self._machine.running.office.settings.presence, calendar)

    def _chatter(self, day: date, calendar: OfficeCalendar) -> Iterator[Coming]:
        chance = random.Random(f"{self._seed}/chatter/{day}")
        begin, end = calendar.opens(day), calendar.closes(day)
        for department in sorted(self._world.directory.departments):
            habit = drawn(self._world.habits.chatter, chance)
            somebody = others.who_chats(self._world, department, chance)
            at = begin + (end - begin) * chance.random()
            if habit is None or somebody is None:
                continue
            user = self._world.directory.identities(somebody.id)[0].user
            chat = self._world.directory.groups_of(department)[0].chat
            said = others.CHATTER[habit.do](self._world, user, chat, chance)
            yield at.replace(microsecond=0), Walk((said,))
