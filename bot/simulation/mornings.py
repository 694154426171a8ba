"""What officers do on the morning of an office day, each by a habit; and what is planned beside it.

A habit yields what its officer does in the window, press by press. Everything is drawn by the seed, the day and the
person, so that it is the same whatever else happens.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.simulation.cases import Act, Do, Press, Read, World, Write
from bot.simulation.habits import drawn
from bot.simulation.things import Attend, Thing, Walk
from bot.window_times import REMINDED_AFTER
from core.people import Door, Person, Via
from core.presence import DayWindow
from core.presence_commands import EnterLeave

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
PRESENT = "present:"


@dataclass(frozen=True)
class Officer:
    """Somebody on a morning. `group`: the chat of their department; `private`: theirs with the bot."""

    world: World
    person: Person
    user: str
    group: str
    private: str
    window: DayWindow
    chance: random.Random

    def after(self, at: datetime, least: float, most: float) -> datetime:
        """So many minutes after an instant, to the second."""
        return (at + MINUTE * self.chance.uniform(least, most)).replace(microsecond=0)

    def soon(self, call: datetime) -> datetime:
        """Within minutes of a roll-call, most within the first."""
        return self.after(call, 0.1, 4 if self.chance.random() < 0.85 else 9)

    def press(self, at: datetime, data: str = PRESENT, chat: str | None = None) -> Attend:
        """Press a button, by default in the group."""
        return Attend(self.user, chat or self.group, at, press=data)

    def write(self, at: datetime, text: str, chat: str | None = None) -> Attend:
        """Write, by default in the group."""
        return Attend(self.user, chat or self.group, at, text)

    def sentence(self, kind: str) -> str:
        """One of the sentences of a kind."""
        return self.world.habits.sentence(kind, self.chance)


Coming = tuple[datetime, Attend]
"""When something reaches the office, and what."""
MorningHabit = Callable[[Officer], Iterator[Coming]]


def press_each_time(officer: Officer) -> Iterator[Coming]:
    """The button, soon after each roll-call."""
    for call in officer.window.calls:
        yield _now(officer.press(officer.soon(call)))


def press_once_and_talk(officer: Officer) -> Iterator[Coming]:
    """The button once, and words in the group later."""
    first, *others = officer.window.calls
    yield _now(officer.press(officer.soon(first)))
    for call in others:
        yield _now(officer.write(officer.after(call, 1, 30), officer.sentence("greetings")))


def write_to_the_bot(officer: Officer) -> Iterator[Coming]:
    """*Present*, in private, each time."""
    for call in officer.window.calls:
        yield _now(officer.write(officer.after(call, 0.5, 12), officer.sentence("present"), officer.private))


def come_late(officer: Officer) -> Iterator[Coming]:
    """For the first time after the grace."""
    yield _now(officer.press(officer.after(officer.window.grace_ends, 0.1, 20)))
    for call in officer.window.calls[1:]:
        yield _now(officer.press(officer.after(call, 0.2, 15)))


def miss_a_roll_call(officer: Officer) -> Iterator[Coming]:
    """All but one."""
    missed = officer.chance.choice(officer.window.calls)
    for call in officer.window.calls:
        if call != missed:
            yield _now(officer.press(officer.soon(call)))


def press_when_reminded(officer: Officer) -> Iterator[Coming]:
    """The button of the private reminder."""
    for call in officer.window.calls:
        yield _now(officer.press(officer.after(call + REMINDED_AFTER, 0.2, 4), chat=officer.private))


def come_to_the_second(officer: Officer) -> Iterator[Coming]:
    """At the very edges of the window, of its periods and of the grace."""
    window, beside = officer.window, officer.chance.choice((-SECOND, 0 * SECOND, 0 * SECOND, SECOND))
    edges = (window.begin, window.grace_ends, *window.periods[1:], window.end)
    for edge in edges:
        if edge != window.begin or officer.chance.random() < 0.5:
            yield _now(officer.press(edge + beside))


def be_out_of_reach(officer: Officer) -> Iterator[Coming]:
    """They write in time, and the phone has no network: it arrives hours or days later."""
    later = timedelta(hours=officer.chance.choice((0.6, 1.5, 4, 72)))
    for call in officer.window.calls:
        said = officer.write(officer.after(call, 0.5, 20), officer.sentence("greetings"))
        yield said.made + later, said


def only_read(officer: Officer) -> Iterator[Coming]:
    """They read the roll-call, and that is all."""
    for call in officer.window.calls:
        at = officer.after(call, 1, 25)
        yield _now(Attend(officer.user, officer.group, at, press=PRESENT, read=True))


def be_on_leave_today(officer: Officer) -> Iterator[Coming]:
    """The button beside *Present*."""
    yield _now(officer.press(officer.after(officer.window.calls[0], 0.5, 20), _leave_today(officer.window)))


MORNINGS: dict[str, MorningHabit] = {
    each.__name__: each
    for each in (
        press_each_time,
        press_once_and_talk,
        write_to_the_bot,
        come_late,
        miss_a_roll_call,
        press_when_reminded,
        come_to_the_second,
        be_out_of_reach,
        only_read,
        be_on_leave_today,
    )
}
"""What each name in the table of mornings does."""


def plans_of(officer: Officer) -> Iterator[tuple[datetime, Thing]]:
    """All that an officer does on the day of this window."""
    habit = drawn(officer.world.habits.mornings, officer.chance)
    if habit is not None:
        yield from MORNINGS[habit.do](officer)
    if officer.chance.random() < officer.world.habits.absences["plans_leave"]:
        yield from _plan_leave(officer)
    if officer.chance.random() < officer.world.habits.absences["leave_by_head"]:
        yield from _leave_by_head(officer)


def act_of(world: World, attend: Attend) -> Act | None:
    """What somebody does, by what stands in the chat now; None where there is nothing to press or to read."""
    if not attend.press:
        return Write(attend.user, attend.chat, attend.text)
    found = world.chats.with_button(attend.chat, attend.press)
    if found is None:
        return None
    if attend.read:
        return Read(attend.user, attend.chat, found.id)
    return Press(attend.user, attend.chat, found.id, attend.press)


def _plan_leave(officer: Officer) -> Iterator[Coming]:
    """In the afternoon, by the command in one line, and its confirmation."""
    first = officer.window.day + timedelta(days=officer.chance.randint(1, 5))
    last = first + timedelta(days=officer.chance.choice((0, 0, 1, 2)))
    days = f"{first:%d/%m}" if last == first else f"{first:%d/%m} to {last:%d/%m}"
    at = officer.after(officer.window.end, 60, 300)
    yield _now(officer.write(at, f"/leave {days} {officer.sentence('leave_reasons')}", officer.private))
    yield _now(officer.press(at + 6 * MINUTE, "leave_yes:", officer.private))


def _leave_by_head(officer: Officer) -> Iterator[tuple[datetime, Thing]]:
    """The head enters it at the desk: for today, in time or afterwards, or for the last days."""
    directory = officer.world.directory
    home = directory.home_of(officer.person.id)
    head = directory.head(home.department) if home is not None else None
    if head is None or head.id == officer.person.id:
        return
    at = officer.after(officer.window.begin, -30, 400)
    first = officer.window.day - timedelta(days=officer.chance.choice((0, 0, 0, 2)))
    enter = EnterLeave(officer.person.id, first, officer.window.day, officer.sentence("leave_reasons"))
    yield at, Walk((Do(enter, directory.actor(head.id, Via(Door.DESK))),))


def _leave_today(window: DayWindow) -> str:
    return f"leave_today:{window.day.isoformat()}"


def _now(attend: Attend) -> Coming:
    return attend.made, attend
