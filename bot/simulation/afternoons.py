"""What seniors do once the morning is over: they take somebody offline and restore them, and correct what they know
better. From the administration group where there is a button for it, else at the desk."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from bot.simulation.cases import Act, Do, Press, World
from bot.simulation.district import ADMINISTRATION
from bot.simulation.things import Attend, Thing, Walk
from core.people import Actor, Door, Person, Role, Via
from core.presence import Verdict
from core.presence_commands import CorrectVerdict, RestoreOfficer, TakeOffline

MINUTE = timedelta(minutes=1)
RESTORED_AFTER_DAYS = (1, 1, 2, 3)


def after_the_morning(
    world: World, now: datetime, day: date, absent: Sequence[int], chance: random.Random
) -> Iterator[tuple[datetime, Thing]]:
    """What a senior does about those who were absent (ids), and when."""
    seniors = world.directory.with_role(Role.SENIOR)
    for number, person in enumerate(absent):
        others = [each for each in seniors if each.id != person]
        if not others:
            continue
        senior, at = chance.choice(others), now + MINUTE * (1 + number)
        by = world.directory.actor(senior.id, Via(Door.DESK))
        if chance.random() < world.habits.absences["taken_offline"]:
            yield from _offline(world, at, person, senior, by, chance)
        elif chance.random() < world.habits.absences["corrected"]:
            verdict = chance.choice((Verdict.PRESENT, Verdict.ON_LEAVE, Verdict.LATE))
            words = world.habits.sentence("why_corrected", chance)
            yield at, Walk((Do(CorrectVerdict(person, day, verdict.value, words), by),))


def _offline(
    world: World, at: datetime, person: int, senior: Person, by: Actor, chance: random.Random
) -> Iterator[tuple[datetime, Thing]]:
    button = world.chats.with_button(ADMINISTRATION, f"offline:{person}")
    identities = world.directory.identities(senior.id)
    if button is not None and identities:
        user = identities[0].user
        first: Act = Press(user, ADMINISTRATION, button.id, f"offline:{person}")
        yield at, Walk((first,))
        again = at + 6 * MINUTE
        yield again, Attend(user, ADMINISTRATION, again, press=f"offline_why:{person}")
    else:
        yield at, Walk((Do(TakeOffline(person, world.habits.sentence("why_offline", chance)), by),))
    back = at + timedelta(days=chance.choice(RESTORED_AFTER_DAYS), hours=chance.uniform(-4, 4))
    yield back.replace(microsecond=0), Walk((Do(RestoreOfficer(person), by),))
