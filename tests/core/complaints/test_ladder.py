"""Every rung once, in order, never in the quiet: in every life as a second, slow computation says (slow_ladder)."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from core.complaints import (
    Breached,
    Complaint,
    Escalated,
    Happened,
    Registered,
    Reopened,
    State,
    categorising,
    evolve,
    merging,
    pausing,
    reopening,
    rules,
)
from core.complaints.clocks import next_clock, over_before, what_is_due
from core.complaints.rules import OfficeRules
from core.complaints.stages import Lot
from core.directory import Directory
from core.office_days import Holiday, OfficeCalendar
from core.pauses import PauseFor
from core.people import Actor, Door, Role, Via
from core.reading import Words
from core.refusals import Refusal
from core.settings import WEEKDAYS, OfficeSettings
from core.sla import due_at_registration
from tests.core.complaints.slow_ladder import MINUTE, SlowLadder, SlowNight

WORDS = Words.load()
DONE = "नाली की मरम्मत कराई, पानी निकल गया"
SENIOR = Actor(7, Via(Door.DESK), roles=frozenset({Role.SENIOR, Role.OPERATOR}), member_of=frozenset({1, 2, 3}))
NOBODY = Lot("", Directory(1, {}, {}, (), (), ()))
MONDAY = date(2026, 11, 23)
Rungs = dict[str, tuple[int, int]]
LADDERS: tuple[Rungs, ...] = (
    {"due-4h": (-240, 0), "due": (0, 0), "due+4h": (240, 0), "due+1d": (0, 1)},
    {"due-1d": (0, -1), "due-30m": (-30, 0), "due+30m": (30, 0), "due+90m": (90, 0), "due+3d": (0, 3)},
    {"due": (0, 0), "due+1h": (60, 0), "due+12h": (720, 0), "due+15h": (900, 0)},
    {"due-10h": (-600, 0)},
    {},
)
TOLD = ("assignee", "head", "administration", "senior")


@dataclass(frozen=True)
class Step:
    """Something is asked for, or the clock looks; `after` the step before, or beside a time that matters."""

    action: str
    after: timedelta
    beside: int
    number: int


STEPS = st.builds(
    Step,
    action=st.sampled_from(
        [
            *["look"] * 12,
            *["solve", "undo", "pause", "pause", "resume", "transfer", "category", "reopen", "merge", "unmerge"],
        ]
    ),
    after=st.sampled_from([0, 1, 30, 240, 719, 1440, 4000]).map(lambda minutes: timedelta(minutes=minutes)),
    beside=st.sampled_from([-1, 0, 0, 0, 1, 99, 99]),
    number=st.integers(0, 5),
)


@st.composite
def offices(draw: st.DrawFn) -> tuple[OfficeSettings, Rungs]:
    """Settings with any ladder, quiet hours and office hours; and the ladder in plain numbers."""
    ladder = draw(st.sampled_from(LADDERS))
    opening, closing = draw(st.sampled_from([(10, 18), (7, 21), (9, 13)]))
    begin, end = draw(st.sampled_from([(20, 8), (18, 12), (0, 6), (13, 17)]))
    closed = draw(st.sets(st.integers(0, 6), max_size=4))
    config = {
        "office": {
            "timezone": draw(st.sampled_from(["Asia/Kolkata", "Europe/Berlin"])),
            "holidays": {"country": None},
            "hours": {
                "open": f"{opening:02}:00",
                "close": f"{closing:02}:00",
                "closed_days": [WEEKDAYS[number] for number in closed],
            },
            "quiet": {"from": f"{begin:02}:00", "to": f"{end:02}:00"},
        },
        "escalation": [{"when": name, "to": TOLD[min(place, 3)]} for place, name in enumerate(ladder)],
    }
    return OfficeSettings.model_validate(config), ladder


class Life:
    """A complaint by the project's rules, and beside it what the slow ladder says."""

    def __init__(self, config: OfficeSettings, ladder: Rungs, holidays: set[date], at: datetime) -> None:
        calendar = OfficeCalendar.of(config, [Holiday(day, "", "a holiday", "a test") for day in holidays])
        self.rules = OfficeRules(config, calendar, WORDS)
        due = due_at_registration(at, config.categories.rule("B"), calendar, config)
        registered = Registered(
            at=at, by=None, id=1, code="X", petition=1, department=1, category="B", day=calendar.day_of(at), due=due
        )
        self.complaint: Complaint = evolve(registered, None)
        quiet, hours = config.office.quiet, config.office.hours
        night = SlowNight(
            ZoneInfo(config.office.timezone), hours.open, hours.close, quiet.begin, quiet.end, cache(calendar.is_open)
        )
        self.slow = SlowLadder(ladder, night, due.at, at)
        self.holder, self.before = 1, [(1, at)]

    def apply(self, facts: tuple[Happened, ...]) -> None:
        for fact in facts:
            self.complaint = evolve(fact, self.complaint)
            if isinstance(fact, Reopened):
                self.slow.begins_anew(self.complaint.due.at, fact.at)
            else:
                self.slow.is_due_at(self.complaint.due.at, fact.at)
            if isinstance(fact, Breached):
                self.is_right(fact)
            if self.complaint.department != self.before[-1][0]:
                self.before.append((self.complaint.department, fact.at))

    def is_right(self, breach: Breached) -> None:
        """Once for a clock, at the due time itself, charged to who had it just before (D8)."""
        assert not self.slow.breached
        assert breach.at == self.slow.due
        assert breach.department == [who for who, since in self.before if since < breach.at][-1]
        self.slow.breached = True

    def look(self, now: datetime) -> None:
        before = self.complaint
        facts = what_is_due(before, now, self.rules, NOBODY)
        spoke = [fact for fact in facts if isinstance(fact, Escalated)]
        self.apply(tuple(fact for fact in facts if not isinstance(fact, Escalated)))
        stands = self.complaint
        wanted = self.slow.speaks(now) if stands.is_open and stands.state is not State.PAUSED else None
        assert [(fact.rung, fact.recorded) for fact in spoke] == ([wanted] if wanted else []), (now, stands.due.at)
        if stands.is_open and stands.pause is None and now >= stands.due.at:
            assert self.slow.breached, "a breach that nobody recorded"
        self.apply(tuple(spoke))
        assert what_is_due(self.complaint, now, self.rules, NOBODY) == (), "a second look did more"

    def ask(self, step: Step, now: datetime) -> None:
        self.apply(over_before(self.complaint, now, now, self.rules))
        if self.complaint.is_open and self.complaint.pause is None:
            assert self.slow.breached is (self.slow.due < now) or self.slow.due == now
        with suppress(Refusal):
            self.apply(self.facts(step, now))

    def facts(self, step: Step, now: datetime) -> tuple[Happened, ...]:
        complaint, by = self.complaint, SENIOR
        match step.action:
            case "solve":
                return rules.solve(complaint, by, DONE, (), now, self.rules, from_text=True)
            case "undo":
                return rules.undo_solution(complaint, by, now)
            case "pause":
                calendar = self.rules.calendar
                day = calendar.open_day_from(calendar.day_of(now) + timedelta(days=1 + step.number))
                return pausing.pause(complaint, by, day, PauseFor.COURT, DONE, now, self.rules)
            case "resume":
                return pausing.resume(complaint, by, now, self.rules)
            case "transfer":
                return rules.transfer(complaint, by, complaint.department % 3 + 1, DONE, now, self.rules)
            case "category":
                return categorising.recategorise(complaint, by, "ABC"[step.number % 3], DONE, now, self.rules)
            case "merge":
                other = evolve(self.first, None)
                return merging.merge(complaint, other, by, now)
            case "unmerge":
                return merging.unmerge(complaint, by, now)
        return reopening.reopen(complaint, by, DONE, False, now, self.rules)

    @property
    def first(self) -> Registered:
        stands = self.complaint
        return Registered(
            at=stands.registered_at,
            by=None,
            id=2,
            code="Y",
            petition=2,
            department=2,
            category="B",
            day=stands.registered_day,
            due=stands.due,
        )

    def times_that_matter(self) -> list[datetime]:
        """The due time, each rung's, and the end of a pause."""
        ready = [at for name in self.slow.rungs if (at := self.slow.ready_at(name)) is not None]
        pause = [self.complaint.pause.until] if self.complaint.pause is not None else []
        return [self.slow.due, *ready, *pause]


@settings(max_examples=100)
@given(
    office=offices(),
    holidays=st.sets(st.integers(0, 20).map(lambda number: MONDAY + timedelta(days=number)), max_size=4),
    begin=st.integers(0, 5000),
    steps=st.lists(STEPS, min_size=4, max_size=18),
)
def test_each_rung_speaks_when_the_rules_say_and_never_again(
    office: tuple[OfficeSettings, Rungs], holidays: set[date], begin: int, steps: list[Step]
) -> None:
    config, ladder = office
    now = datetime.combine(MONDAY, time(0), config.office.zone) + begin * MINUTE
    life = Life(config, ladder, holidays, now)
    for step in steps:
        times = sorted(at for at in life.times_that_matter() if at >= now)
        if step.beside != 99 and times:
            at = times[step.number % len(times)] + step.beside * timedelta(seconds=1)
        else:
            at = now + step.after
        now = max(now, at)
        if step.action == "look":
            life.look(now)
        else:
            life.ask(step, now)
        wake = next_clock(life.complaint, now, life.rules)
        if step.action == "look" and wake is not None:
            assert wake > now, "it would be looked at again and again"
        # Between now and when the clock looks again nothing is due; then something is.
        if wake is not None and wake > now:
            just_before = wake - timedelta(microseconds=1)
            # What was missed, and seen in the quiet, waits for the opening, though the quiet ends before it (L1).
            assert life.slow.waits(now) or what_is_due(life.complaint, just_before, life.rules, NOBODY) == ()
            assert what_is_due(life.complaint, wake, life.rules, NOBODY) != ()
