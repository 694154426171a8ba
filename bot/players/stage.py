"""Lets everything happen at its minute of a clock that runs, and tells it line by line."""

import asyncio
import random
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from bot.app import Running
from bot.players.courses import ENDS, Matter, take_it
from bot.players.doors import Door, TurnedAway
from bot.players.ending import Ending
from bot.players.people import NotThere, Officer
from bot.players.script import Attends, Petition, draw
from bot.simulation.agenda import Agenda
from core.clock import FastClock
from core.people import Role

AT_ONCE = 8
"""So many people do something in the same moment; more would only wait for one another."""

MINUTE = timedelta(minutes=1)
BEHIND = 3 * MINUTE
"""Whoever acts so much later than they meant to: the machine cannot keep up with this speed. It is told when it begins,
and each time that it has doubled."""

SOMEBODY_COMES_WITHIN = 5 * MINUTE
COUNTED_AFTER = 10 * MINUTE
"""So long after a later roll-call it is told who has come."""

Tell = Callable[[datetime, str], None]
"""Called with the clock's time and a line about what has just happened."""


@dataclass
class Played:
    """What the players did. marks: by person, from when to when each act took that is a mark.   leaves: who went on
    leave.   readers: who only read.

    behind: the most by which anybody was late.   missing: what they wanted to press and was not there.
    """

    registered: list[str] = field(default_factory=list)
    marks: defaultdict[int, list[tuple[datetime, datetime]]] = field(default_factory=lambda: defaultdict(list))
    leaves: set[int] = field(default_factory=set)
    readers: set[int] = field(default_factory=set)
    offline: int | None = None
    behind: timedelta = timedelta(0)
    missing: list[str] = field(default_factory=list)
    turned_away: list[str] = field(default_factory=list)


class Stage:
    """The morning of the day at which a clock stands, in an office that is put together on it.

    script: who does what, as drawn.   window: of that day.   played: what was done so far.
    """

    def __init__(self, running: Running, clock: FastClock, tell: Tell) -> None:
        """Draw it. Raises ValueError on a day without a window: there is nothing to play."""
        watch = running.store.read_now(running.office.watch)
        window = watch.window(watch.today)
        if window is None:
            raise ValueError(f"{watch.today} has no presence window; let the clock begin on an office day")
        self.window = window
        self.script = draw(window.begin, window.day, watch.directory, tuple(watch.attending.values()))
        self.played = Played()
        self._running = running
        self._clock = clock
        self._tell = tell
        self._directory = watch.directory
        self._expected = sorted(watch.attending)
        self._officers: dict[int, Officer] = {}
        self._agenda: Agenda[Callable[[], Awaitable[None]]] = Agenda(self.script.senior + 10 * MINUTE)
        self._changed = asyncio.Event()
        self._room = asyncio.Semaphore(AT_ONCE)
        self._doing: set[asyncio.Task[None]] = set()
        self._mistakes: list[BaseException] = []
        self._here: defaultdict[str, list[Officer]] = defaultdict(list)
        self._told_at = BEHIND

    async def play(self) -> Played:
        """Start the clock and play to the end, while the office runs in the same event loop."""
        self._officers = await self._let_in()
        self._fill()
        # What a day begins with is done while the clock still stands, or nine o'clock would come in the middle of it.
        await self._running.clockwork.look()
        self._clock.start()
        try:
            while self._agenda.next_at() is not None or self._doing:
                await self._wait()
                self._begin_what_is_due()
                if self._mistakes:
                    raise self._mistakes[0]
        finally:
            for task in self._doing:
                task.cancel()
        return self.played

    def somebody_absent(self) -> int:
        """A person whom nobody plays this morning, of the department to which most is brought; else anybody of it.

        Whoever looks on may come in their place.
        """
        brought = Counter(each.department for each in self.script.petitions)
        played = {each.person for each in self.script.attends}

        def of_interest(person: int) -> tuple[bool, int]:
            return person not in played, brought[self._letters(person)]

        return max(self._expected, key=of_interest)

    # The agenda

    def _fill(self) -> None:
        script, window = self.script, self.window
        operators = self._with_role(Role.OPERATOR)
        for attends in script.attends:
            self._put(attends.at, partial(self._attend, attends))
        for petition in script.petitions if operators else ():
            operator = operators[petition.number % len(operators)]
            self._put(petition.at, partial(self._bring, petition, operator))
        seniors = self._with_role(Role.SENIOR)
        if seniors:
            ending = Ending(seniors[0], self._directory, self._tell_now)
            early = [self._officers[each.person] for each in script.attends if each.first and not each.reads]
            for at in window.calls if early else ():
                self._put(at, partial(ending.tell_roll_call, at, early[0]))
            for at in (window.grace_ends + MINUTE, *(each + COUNTED_AFTER for each in window.calls[1:])):
                self._put(at, ending.tell_who_is_here)
            self._put(window.end, partial(ending.tell_the_report, window.end))
            self._put(script.senior, partial(self._take_offline, ending))

    def _put(self, at: datetime, act: Callable[[], Awaitable[None]]) -> None:
        self._agenda.put(at, act)
        self._changed.set()

    async def _wait(self) -> None:
        """Until something is due, is put on the agenda, or has been done."""
        self._changed.clear()
        at = self._agenda.next_at()
        seconds = None if at is None else self._clock.machine_seconds((at - self._clock.now()).total_seconds())
        try:
            async with asyncio.timeout(seconds):
                await self._changed.wait()
        except TimeoutError:
            pass

    def _begin_what_is_due(self) -> None:
        while (at := self._agenda.next_at()) is not None and at <= self._clock.now():
            for meant, act in self._agenda.take(timedelta(0)):
                task = asyncio.create_task(self._do(meant, act))
                self._doing.add(task)
                task.add_done_callback(self._done)

    async def _do(self, meant: datetime, act: Callable[[], Awaitable[None]]) -> None:
        async with self._room:
            self._note_lag(meant)
            try:
                await act()
            except NotThere as gone:
                self.played.missing.append(str(gone))
            except TurnedAway as away:
                self.played.turned_away.append(str(away))

    def _done(self, task: asyncio.Task[None]) -> None:
        self._doing.discard(task)
        self._changed.set()
        if not task.cancelled() and (wrong := task.exception()) is not None:
            self._mistakes.append(wrong)

    def _note_lag(self, meant: datetime) -> None:
        now = self._clock.now()
        self.played.behind = max(self.played.behind, now - meant)
        if now - meant > self._told_at:
            self._told_at = 2 * (now - meant)
            minutes = round((now - meant) / MINUTE)
            self._tell(now, f"this machine is {minutes} minutes behind; at a lower --speed it would keep up")

    # What people do

    async def _attend(self, attends: Attends) -> None:
        officer = self._officers[attends.person]
        if attends.reads:
            if await officer.read(officer.group):
                self.played.readers.add(attends.person)
        elif attends.leave:
            await officer.press(officer.group, "leave_today:")
            self.played.leaves.add(attends.person)
            self._tell_now(f"{officer.name} is on leave today")
        else:
            await self._answer_the_roll(officer, attends)

    async def _answer_the_roll(self, officer: Officer, attends: Attends) -> None:
        """Whoever comes late answers the reminder in their own chat, the others the message of the group."""
        before = self._clock.now()
        try:
            late = attends.at > self.window.calls[0] + COUNTED_AFTER
            await officer.press(officer.own if attends.first and late else officer.group, "present:")
        except NotThere:
            await officer.press(officer.group, "present:")
        self.played.marks[attends.person].append((before, self._clock.now()))
        if attends.first:
            self._here[officer.letters].append(officer)
            if attends.at > self.window.grace_ends:
                self._tell_now(f"{officer.name} comes late")

    async def _bring(self, petition: Petition, operator: Officer) -> None:
        """Somebody comes to the desk; the department gets a card."""
        answer = await operator.door.post("/api/petitions", {**petition.body, "anyway": True})
        (part,) = petition.body["parts"]
        code, category = answer["complaints"][0]["code"], part["category"]
        self.played.registered.append(code)
        self._tell_now(
            f"{code}: {petition.body['name']} of {petition.body['village']} at the desk, category {category}"
        )
        matter = Matter(code, category, petition.course.photo, random.Random(code), self.script.sentences)
        if petition.course.name in ENDS:
            at = petition.at + petition.course.begin
            self._put(at, partial(self._take, petition.department, matter, partial(self._end, petition, matter, at)))

    async def _take(self, letters: str, matter: Matter, then: Callable[[Officer], None] | None) -> None:
        """Whoever is there says that they are on it; as long as nobody is, it waits."""
        if self._clock.now() > self.script.until:
            return
        if not self._here[letters]:
            self._put(self._clock.now() + SOMEBODY_COMES_WITHIN, partial(self._take, letters, matter, then))
            return
        officer = matter.chance.choice(self._here[letters])
        before = self._clock.now()
        await take_it(officer, matter)
        self.played.marks[officer.person.id].append((before, self._clock.now()))
        self._tell_now(f"{matter.code}: {officer.name} is on it")
        if then is not None:
            then(officer)

    def _end(self, petition: Petition, matter: Matter, taken: datetime, officer: Officer) -> None:
        at = max(taken, self._clock.now()) + petition.course.end
        if at <= self.script.until:
            self._put(at, partial(self._finish, petition, matter, officer))

    async def _finish(self, petition: Petition, matter: Matter, officer: Officer) -> None:
        course, words = ENDS[petition.course.name]
        before = self._clock.now()
        await course(officer, matter)
        self.played.marks[officer.person.id].append((before, self._clock.now()))
        if words:
            self._tell_now(words.format(code=matter.code, name=officer.name))
        if petition.course.name == "sends_it_on":
            shown = await self._with_role(Role.OPERATOR)[0].door.get(f"/api/complaints/{matter.code}")
            at = self._clock.now() + petition.course.begin
            self._put(at, partial(self._take, shown["department"], matter, None))

    async def _take_offline(self, ending: Ending) -> None:
        self.played.offline = await ending.take_one_offline()

    # Who they are

    async def _let_in(self) -> dict[int, Officer]:
        """Everybody who does something in the morning, each with the token of a personal link."""
        people = {each.person for each in self.script.attends}
        people |= {each.id for role in (Role.OPERATOR, Role.SENIOR) for each in self._directory.with_role(role)}
        access = self._running.access
        tokens = await asyncio.gather(*(access.issue_link(id, "chat", once=False, ttl=None) for id in sorted(people)))
        return {id: self._officer(id, token) for id, token in zip(sorted(people), tokens, strict=True)}

    def _officer(self, id: int, token: str) -> Officer:
        person, home = self._directory.people[id], self._directory.home_of(id)
        door = Door(self._running.app, token)
        if home is None:
            return Officer(door, person, "", self._directory.administration()[0].chat)
        return Officer(door, person, self._letters(id), self._directory.groups_of(home.department)[0].chat)

    def _letters(self, id: int) -> str:
        home = self._directory.home_of(id)
        return self._directory.departments[home.department].code if home is not None else ""

    def _with_role(self, role: Role) -> list[Officer]:
        found = (self._officers.get(each.id) for each in self._directory.with_role(role))
        return [each for each in found if each is not None]

    def _tell_now(self, line: str) -> None:
        self._tell(self._clock.now(), line)
