"""Every verdict, roll-call and private reminder of a play, worked out again from what was seen, by docs/rules.md alone.

Nothing of core/presence is asked: slow_verdict goes minute by minute, and who was to be reminded is counted from the
marks that had arrived by then.
"""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise

from bot.simulation.chats import ACCOUNT
from tests.bot.simulation.raw import Member, Raw, at_the_wall, instant
from tests.core.presence.slow_verdicts import slow_verdict

REMINDED_AFTER = timedelta(minutes=10)
TOO_LATE = timedelta(minutes=5)


def wrong_verdicts(raw: Raw) -> Iterator[str]:
    """Each verdict that is another than the slow one, is missing, or should not be there."""
    wanted = {(day, who.person): wanted_verdict(raw, day, who) for day in raw.days for who in raw.members}
    for (day, person), slow in wanted.items():
        stands = raw.verdicts.get((day, person))
        nothing_is_right = slow == "closed_day" and stands is None
        if stands != slow and not nothing_is_right:
            yield f"{day} person {person}: {stands}, and the raw marks say {slow}"
    for key in raw.verdicts.keys() - wanted.keys():
        yield f"{key}: a verdict of somebody who is not expected"


def wanted_verdict(raw: Raw, day: date, who: Member) -> str:
    """What the raw marks say."""
    hours = raw.hours(who.department)
    begin, end = at_the_wall(raw, day, hours.begin), at_the_wall(raw, day, hours.end)
    closed = not raw.known_days(raw.looks[-1]).is_open(day)
    if not closed and (day, who.person) in raw.corrected:
        return raw.corrected[day, who.person]
    return slow_verdict(
        hours,
        day,
        [mark for mark, _ in raw.marks.get((who.user, day), ())],
        closed=closed,
        on_leave=is_on_leave(raw, day, who.person, end, raw.looks[-1]),
        off_duty=is_off_duty(raw, day, who.person, begin),
        down={ACCOUNT: [(each.begin, each.end) for each in raw.deaf]},
    )


def is_on_leave(raw: Raw, day: date, person: int, end: datetime, known: datetime) -> bool:
    """P5: entered before the window's end, later by authority alone; not cancelled before that. `known`: by then."""
    return any(
        each.person == person
        and date.fromisoformat(each.first) <= day <= date.fromisoformat(each.last)
        and each.entered_at <= known
        and (each.by_authority or each.entered_at < end)
        and not (each.cancelled_at is not None and each.cancelled_at < end)
        for each in raw.leaves
    )


def is_off_duty(raw: Raw, day: date, person: int, begin: datetime) -> bool:
    """P6: when the window opened."""
    return any(
        each.person == person
        and each.since <= begin
        and (each.restored_at is None or each.restored_at > begin)
        and (each.until is None or date.fromisoformat(each.until) > day)
        for each in raw.off_duty
    )


def wrong_calls(raw: Raw) -> Iterator[str]:
    """Each group has each roll-call of an open day once, unless nobody was running for it."""
    wanted = Counter[tuple[str, int]]()
    for department, group in sorted({(each.department, each.group) for each in raw.members}):
        for day, number, at in _moments(raw, department, timedelta(0)):
            if _looked(raw, at) is not None:
                wanted[group, day.toordinal() * 1000 + number] += 1
    yield from _differences("roll-call", wanted, Counter(raw.calls))


def wrong_reminders(raw: Raw) -> Iterator[str]:
    """Ten minutes after a roll-call whoever has not answered it is reminded once, and nobody else."""
    wanted = Counter[tuple[str, datetime]]()
    for who in raw.members:
        for day, _, at in _moments(raw, who.department, REMINDED_AFTER):
            looked = _looked(raw, at)
            if looked is not None and not _has_answered(raw, who, day, looked) and not _is_away(raw, who, day, looked):
                wanted[f"direct:{who.user}", at - REMINDED_AFTER] += 1
    nudges = ((chat, json.loads(params)) for template, chat, params, _ in raw.said if template == "nudge")
    yield from _differences(
        "reminder", wanted, Counter((chat, instant(params["roll_call"]["at"])) for chat, params in nudges)
    )


def said_in_the_quiet(raw: Raw) -> Iterator[str]:
    """Each message of the ladder or of a roll-call that was said when nothing is to be sent."""
    for template, chat, _, at in raw.said:
        if raw.known_days(at).night.is_quiet(at):
            yield f"{template} to {chat} at {at}"


def _moments(raw: Raw, department: str, after: timedelta) -> Iterator[tuple[date, int, datetime]]:
    """Each roll-call of the days that were open as known then, and the moment so long after it."""
    hours = raw.hours(department)
    for day in raw.days:
        for number, call in enumerate(hours.roll_calls):
            at = at_the_wall(raw, day, call) + after
            if raw.known_days(at).is_open(day):
                yield day, number, at


def _looked(raw: Raw, at: datetime) -> datetime | None:
    """When the clock was looked at for it; None: too late."""
    looked = next((each for each in raw.looks_from(at)), None)
    return looked if looked is not None and looked - at <= TOO_LATE else None


def _has_answered(raw: Raw, who: Member, day: date, now: datetime) -> bool:
    hours = raw.hours(who.department)
    edges = [hours.begin, *hours.roll_calls[1:], hours.end]
    spans = [(at_the_wall(raw, day, first), at_the_wall(raw, day, last)) for first, last in pairwise(edges)]
    begin, end = next((span for span in spans if span[0] <= now < span[1]), spans[-1])
    marks = raw.marks.get((who.user, day), ())
    return any(strength == "strong" and begin <= at < end and came <= now for (at, strength), came in marks)


def _is_away(raw: Raw, who: Member, day: date, now: datetime) -> bool:
    hours = raw.hours(who.department)
    end, begin = at_the_wall(raw, day, hours.end), at_the_wall(raw, day, hours.begin)
    on_leave = is_on_leave(raw, day, who.person, end, now)
    return on_leave or is_off_duty(raw, day, who.person, begin)


def _differences(what: str, wanted: Counter, found: Counter) -> Iterator[str]:  # type: ignore[type-arg]
    for key in wanted.keys() | found.keys():
        if wanted[key] != found[key]:
            yield f"{what} {key}: {found[key]} times, and it should be {wanted[key]}"
