"""What an office meets beside its work: outages, restarts, a holiday that somebody declares; drawn by the seed."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.simulation.cases import Do, World
from bot.simulation.district import CannotSimulate
from bot.simulation.things import Down, Restart, Thing, Up, Walk
from core.holiday_commands import DeclareHoliday
from core.office_days import ONE_DAY, OfficeCalendar
from core.people import Door, Role, Via
from core.presence import DayWindow

OUTAGE = timedelta(hours=1)
LATEST_BEGIN_MINUTES = 90
"""An outage begins so many minutes after the window does, at most: so some last until after its end."""

WITHIN_THE_GRACE = timedelta(minutes=6)
OUTAGE_EVERY_DAYS = 14
ONCE_IN_DAYS = 28


@dataclass(frozen=True)
class Troubles:
    """How many of each. Every second outage is one of the power, the others of the line to the chat."""

    outages: int = 0
    restarts: int = 0
    holidays: int = 0

    @staticmethod
    def usual(days: int) -> "Troubles":
        """An outage in two weeks, a restart in the middle of a roll-call and a declared holiday in four."""
        return Troubles(days // OUTAGE_EVERY_DAYS, days // ONCE_IN_DAYS, days // ONCE_IN_DAYS)


@dataclass(frozen=True)
class Planned:
    """The things of all troubles, each at its time.

    restarted_calls: the instants of the roll-calls that the machine is started anew in the middle of.
    """

    things: Sequence[tuple[datetime, Thing]]
    restarted_calls: frozenset[datetime]


def plan(
    troubles: Troubles, windows: Sequence[DayWindow], calendar: OfficeCalendar, world: World, seed: int
) -> Planned:
    """Each trouble on another day of those with a window. Raises CannotSimulate for too few days, or nobody who could
    declare a holiday."""
    in_all = troubles.outages + troubles.restarts + troubles.holidays
    later = windows[1:]  # on the first day everybody learns how it goes
    if in_all > len(later):
        raise CannotSimulate(
            f"{in_all} outages, restarts and holidays need {in_all + 1} office days, there are {len(windows)};"
            " take more days or fewer of them"
        )
    chance = random.Random(f"{seed}/troubles")
    drawn = chance.sample(later, in_all)
    for_outages, rest = drawn[: troubles.outages], drawn[troubles.outages :]
    for_restarts, for_holidays = rest[: troubles.restarts], rest[troubles.restarts :]
    things: list[tuple[datetime, Thing]] = []
    for number, window in enumerate(for_outages):
        things.extend(_outage(window, power=number % 2 == 1, chance=chance))
    calls = frozenset(chance.choice(window.calls) for window in for_restarts)
    things.extend((call + WITHIN_THE_GRACE, Restart()) for call in sorted(calls))
    things.extend(_declared(window.day, calendar, world, chance) for window in for_holidays)
    return Planned(things, calls)


def _outage(window: DayWindow, power: bool, chance: random.Random) -> Iterator[tuple[datetime, Thing]]:
    begin = window.begin + timedelta(minutes=chance.randint(0, LATEST_BEGIN_MINUTES))
    yield begin, Down(begin + OUTAGE, power)
    yield begin + OUTAGE, Up(begin, power)


def _declared(day: date, calendar: OfficeCalendar, world: World, chance: random.Random) -> tuple[datetime, Thing]:
    """By an administrator: the day before, in the morning, or when the morning is over already (docs/rules.md P7)."""
    administrators = world.directory.with_role(Role.ADMINISTRATOR)
    if not administrators:
        raise CannotSimulate("nobody could declare a holiday; give one person the role administrator")
    on, at = chance.choice(((day - ONE_DAY, time(12)), (day, time(8, 30)), (day, time(11, 40))))
    by = world.directory.actor(administrators[0].id, Via(Door.DESK))
    declare = Do(DeclareHoliday(day, *world.habits.sentences["declared_holiday"]), by)
    return datetime.combine(on, at, calendar.zone), Walk((declare,))
