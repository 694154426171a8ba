"""Due times after whatever happens equal those of a second, slow computation (tests/core/complaints/slow_due_times)."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from core.complaints import Complaint, Happened, Registered, categorising, evolve, pausing, reopening, rules
from core.complaints.clocks import pause_over
from core.complaints.rules import OfficeRules
from core.holidays import moved_by
from core.office_days import Holiday, OfficeCalendar
from core.pauses import PauseFor
from core.people import Actor, Door, Role, Via
from core.reading import Words
from core.refusals import Refusal
from core.settings import WEEKDAYS, OfficeSettings
from core.sla import due_at_registration
from tests.core.complaints.slow_due_times import DAY, MINUTE, SlowComplaint, SlowOffice

WORDS = Words.load()
DONE = "नाली की मरम्मत कराई, पानी निकल गया"
SENIOR = Actor(7, Via(Door.DESK), roles=frozenset({Role.SENIOR, Role.OPERATOR}))
OPERATOR = replace(SENIOR, roles=frozenset({Role.OPERATOR}))
#: India, and two zones whose clocks change within office hours that begin in the night.
ZONES = ("Asia/Kolkata", "Europe/Berlin", "Australia/Lord_Howe")
HOURS = ((time(10), time(18)), (time(1), time(9)), (time(0, 15), time(23, 30)))
BEGINNINGS = (date(2026, 11, 23), date(2026, 10, 22), date(2026, 9, 30), date(2027, 3, 25), date(2027, 3, 31))


@dataclass(frozen=True)
class Step:
    """Something that is asked for, `after` the step before, or `beside` the due time or the end of the pause."""

    action: str
    after: timedelta
    beside: str
    number: int


STEPS = st.builds(
    Step,
    action=st.sampled_from(
        [
            *["pause"] * 4,
            "resume",
            *["transfer"] * 2,
            *["category"] * 4,
            *["holiday"] * 3,
            "open again",
            "solve",
            *["reopen"] * 2,
        ]
    ),
    after=st.sampled_from([0, 1, 45, 130, 300, 480, 1440, 2000, 4321]).map(lambda minutes: timedelta(minutes=minutes)),
    beside=st.sampled_from(["", "", "", "due", "before due", "end"]),
    number=st.integers(0, 11),
)


@st.composite
def offices(draw: st.DrawFn) -> tuple[OfficeSettings, SlowOffice]:
    """One office, as the project knows it and as plain values."""
    first = draw(st.sampled_from(BEGINNINGS))
    some_days = st.sets(st.integers(0, 25).map(lambda n: first + n * DAY), max_size=4)
    opening, closing = draw(st.sampled_from(HOURS))
    weekdays = draw(st.sets(st.integers(0, 6), max_size=4))
    second_saturday, holidays, closed = draw(st.booleans()), draw(some_days), draw(some_days)
    slow = SlowOffice(
        zone=ZoneInfo(draw(st.sampled_from(ZONES))),
        opening=opening,
        closing=closing,
        closed_weekdays=weekdays,
        second_saturday=second_saturday,
        holidays=holidays,
        closed=closed,
        open=draw(some_days) - closed,
        days=dict(zip("ABC", sorted(draw(st.lists(st.integers(0, 9), min_size=3, max_size=3))), strict=True)),
        working=draw(st.booleans()),
        same_day_needs=timedelta(hours=draw(st.integers(0, 12))),
        transfer_floor=draw(st.integers(0, 2)),
        on_reopen=draw(st.sampled_from("ABC")),
    )
    label = {"label": {"hi": "आज", "en": "today"}}
    config = {
        "office": {
            "timezone": slow.zone.key,
            "holidays": {"country": None, "closed": sorted(slow.closed), "open": sorted(slow.open)},
            "hours": {
                "open": f"{opening:%H:%M}",
                "close": f"{closing:%H:%M}",
                "closed_days": [WEEKDAYS[n] for n in weekdays] + ["second_saturday"] * second_saturday,
            },
        },
        "categories": {letter: {**label, "days": days} for letter, days in slow.days.items()},
        "due": {
            "count": "working" if slow.working else "calendar",
            "same_day_needs": f"{slow.same_day_needs // timedelta(hours=1)}h",
            "transfer_floor": f"{slow.transfer_floor}d",
            "on_reopen": slow.on_reopen,
        },
    }
    return OfficeSettings.model_validate(config), slow


class Life:
    """The complaint by the project's own rules, step by step, and its slow twin beside it."""

    def __init__(self, config: OfficeSettings, slow: SlowOffice, at: datetime, category: str) -> None:
        self.config, self.office = config, slow
        holidays = [Holiday(day, "", "a holiday", "a test") for day in sorted(slow.holidays)]
        self.calendar = OfficeCalendar.of(config, holidays)
        rule = next(each for each in config.categories.rules() if each.letter == category)
        due = due_at_registration(at, rule, self.calendar, config)
        registered = Registered(
            at=at, by=None, id=1, code="X", petition=1, department=1, category=category, day=slow.day_of(at), due=due
        )
        self.complaint: Complaint = evolve(registered, None)
        self.twin = SlowComplaint(slow, at, category)
        self.due_day = slow.day_of(due.at)

    @property
    def rules(self) -> OfficeRules:
        return OfficeRules(self.config, self.calendar, WORDS)

    def apply(self, facts: tuple[Happened, ...]) -> None:
        for fact in facts:
            self.complaint = evolve(fact, self.complaint)

    def take(self, step: Step, now: datetime) -> None:
        self.apply(pause_over(self.complaint, now, self.rules))
        self.twin.pass_until(now)
        before, allowed = self.complaint, False
        self.due_day = self.office.day_of(self.twin.due)
        with suppress(Refusal):
            self.ask(step, now)
            allowed = True
        assert self.ask_twin(step, now) == allowed, (step, before)
        assert allowed or self.complaint == before
        assert self.complaint.due.at == self.twin.due, (step, before)
        assert self.complaint.granted == self.twin.granted

    def ask(self, step: Step, now: datetime) -> None:
        complaint, by = self.complaint, SENIOR if step.number % 2 else OPERATOR
        match step.action:
            case "pause":
                until = self.until(step, now)
                facts = pausing.pause(complaint, by, until, PauseFor.COURT, DONE, now, self.rules)
            case "resume":
                facts = pausing.resume(complaint, by, now, self.rules)
            case "transfer":
                to = complaint.department % 3 + 1
                facts = rules.transfer(complaint, by, to, DONE, now, self.rules)
            case "category":
                facts = categorising.recategorise(complaint, by, "ABC"[step.number % 3], DONE, now, self.rules)
            case "holiday":
                holiday = Holiday(self.holiday(step, now), "", "rain", "declared")
                facts = moved_by(complaint, holiday, 7, now, self.calendar) if complaint.is_open else ()
                self.calendar = self.calendar.with_declared(holiday)
            case "open again":
                # Taking a holiday back is nothing that happens to a complaint.
                self.calendar, facts = self.calendar.without_declared(self.holiday(step, now)), ()
            case "solve":
                facts = rules.solve(complaint, by, DONE, ("a" * 64,), now, self.rules)
            case _:
                facts = reopening.reopen(complaint, by, DONE, False, now, self.rules)
        self.apply(facts)

    def ask_twin(self, step: Step, now: datetime) -> bool:
        twin = self.twin
        match step.action:
            case "pause":
                return twin.pause(now, self.until(step, now))
            case "resume":
                return twin.resume(now)
            case "transfer":
                return twin.transfer(now, senior=bool(step.number % 2))
            case "category":
                return twin.recategorise(now, "ABC"[step.number % 3])
            case "holiday":
                day = self.holiday(step, now)
                twin.declare(now, day)
                self.office.declared.add(day)
                return True
            case "open again":
                self.office.declared.discard(self.holiday(step, now))
                return True
            case "solve":
                return twin.solve(now)
        return twin.reopen(now)

    def until(self, step: Step, now: datetime) -> date:
        """A day on which the office is open, but for some that are closed, today or past."""
        day = self.office.day_of(now) + (step.number - 1) * DAY
        return self.office.open_from(day) if step.number > 2 else day

    def holiday(self, step: Step, now: datetime) -> date:
        """As often the day on which it is due as another."""
        due, today = self.due_day, self.office.day_of(now)
        return due if step.number % 2 and due >= today else today + step.number * DAY


@settings(max_examples=400)
@given(
    office=offices(), begin=st.data(), category=st.sampled_from("ABC"), steps=st.lists(STEPS, min_size=4, max_size=16)
)
def test_the_due_time_is_what_the_rules_say_after_anything(
    office: tuple[OfficeSettings, SlowOffice], begin: st.DataObject, category: str, steps: list[Step]
) -> None:
    config, slow = office
    first = datetime.combine(begin.draw(st.sampled_from(BEGINNINGS)), time(0), UTC)
    now = first + begin.draw(st.integers(0, 3000)) * MINUTE
    life = Life(config, slow, now, category)
    assert life.complaint.due.at == life.twin.due
    for step in steps:
        now = max(now, moment(step, life, now))
        life.take(step, now)


def moment(step: Step, life: Life, now: datetime) -> datetime:
    """When the step is taken: often at the very due time, a minute before it, or at the end of the pause."""
    pause = life.complaint.pause
    if step.beside == "end" and pause is not None:
        return pause.until
    if step.beside.endswith("due") and life.twin.due - now < 40 * DAY:
        return life.twin.due - (MINUTE if step.beside == "before due" else timedelta(0))
    return now + step.after
