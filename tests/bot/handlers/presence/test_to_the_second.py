"""The edges of the window, of its periods and of the grace, to the second of the platform's own time, in the chat."""

from datetime import date, timedelta

import pytest

from core.store.queries.day_reports import verdicts_on
from tests.bot.handlers.conversations import Talk
from tests.bot.handlers.mornings import MIDNIGHT, add_members, at

pytestmark = pytest.mark.asyncio

MORNINGS = (
    (("08:59:59", "09:45:00", "10:30:00"), "partial"),
    (("09:00:00", "09:45:00", "10:30:00"), "present"),
    (("09:15:00", "09:45:00", "10:30:00"), "present"),
    (("09:15:01", "09:45:00", "10:30:00"), "late"),
    (("09:05:00", "09:40:00", "10:20:00"), "present"),
    (("09:39:59", "09:40:00", "10:19:59"), "partial"),
    (("09:05:00", "09:45:00", "10:59:59"), "present"),
    (("09:05:00", "09:45:00", "11:00:00"), "partial"),
    (("08:59:59", "11:00:00"), "absent"),
)


async def test_a_second_decides(talk: Talk) -> None:
    add_members(talk, len(MORNINGS))
    store = talk.talk.running.store
    directory = store.read_now(store.directory)
    people = {each.name_en: id for id, each in directory.people.items()}
    officers = [people[f"Officer {number}"] for number in range(len(MORNINGS))]
    said = [(wall, officer) for officer, (walls, _) in zip(officers, MORNINGS, strict=True) for wall in walls]
    reported = False
    for wall, officer in sorted(said):
        hour, minute, second = map(int, wall.split(":"))
        if hour == 11 and not reported:
            await at(talk, 11)
            reported = True
        sent = MIDNIGHT + timedelta(hours=hour, minutes=minute, seconds=second)
        talk.clock.set(max(talk.clock.now(), sent + timedelta(milliseconds=800)))
        group = directory.groups_of(directory.memberships_of(officer)[0].department)[0].chat
        await talk.talk.writes(f"user-{officer}", group, "नमस्ते", at=sent)
    found = {each.person: each.verdict for each in store.read_now(lambda c: verdicts_on(c.execute, date(2026, 11, 25)))}
    assert [found[officer].value for officer in officers] == [verdict for _, verdict in MORNINGS]
