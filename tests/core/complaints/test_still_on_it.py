"""Asked once in an acknowledgement, after half of the office minutes; any word keeps it: against a walk by minutes."""

from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from core.complaints import (
    Acknowledged,
    AcknowledgementFell,
    AskedStillOnIt,
    Complaint,
    Happened,
    Noted,
    Registered,
    State,
    evolve,
)
from core.complaints.clocks import next_clock, what_is_due
from core.complaints.rules import OfficeRules
from core.complaints.stages import Lot
from core.directory import Directory
from core.office_days import OfficeCalendar
from core.reading import Words
from core.settings import OfficeSettings
from core.sla import due_at_registration

MINUTE = timedelta(minutes=1)
MONDAY = date(2026, 11, 23)
OFFICE = OfficeSettings.model_validate({"office": {"holidays": {"country": None}}, "escalation": []})
CALENDAR = OfficeCalendar.of(OFFICE)
RULES = OfficeRules(OFFICE, CALENDAR, Words.load())
NOBODY = Lot("", Directory(1, {}, {}, (), (), ()))
OFFICER = 7


def counts(at: datetime) -> bool:
    """Whether the minute that begins at `at` is an office minute: the hearing's from nine, the office's till six."""
    wall = at.astimezone(CALENDAR.zone)
    return CALENDAR.is_open(wall.date()) and time(9) <= wall.time() < time(18)


def half_of_what_is_left(word: datetime, due: datetime) -> datetime | None:
    """When half of the office minutes between a word and the due time are over, walked; None without any."""
    minutes = [at for at in (word + n * MINUTE for n in range(int((due - word) / MINUTE))) if counts(at)]
    if not minutes:
        return None
    half, odd = divmod(len(minutes), 2)
    return minutes[half] + timedelta(seconds=30) if odd else minutes[half - 1] + MINUTE


def two_office_hours_from(at: datetime) -> datetime:
    """Walked by whole minutes; whoever was asked at half a minute has until half a minute."""
    rest, left = timedelta(seconds=at.second), 120
    at -= rest
    while left:
        left -= counts(at)
        at += MINUTE
    return at + rest


class Life:
    """A complaint that somebody has; what the walk expects is kept beside it."""

    def __init__(self, registered_at: datetime, category: str) -> None:
        rule = next(each for each in OFFICE.categories.rules() if each.letter == category)
        due = due_at_registration(registered_at, rule, CALENDAR, OFFICE)
        registered = Registered(
            at=registered_at,
            by=None,
            id=1,
            code="X",
            petition=1,
            department=1,
            category=category,
            day=CALENDAR.day_of(registered_at),
            due=due,
        )
        self.complaint: Complaint = evolve(registered, None)
        self.facts: list[Happened] = []

    def apply(self, *facts: Happened) -> None:
        for fact in facts:
            self.complaint = evolve(fact, self.complaint)
            self.facts.append(fact)

    def wake(self) -> None:
        """The clock looks when it said that it would; nothing for a complaint that sleeps."""
        now = next_clock(self.complaint, self.facts[-1].at, RULES)
        if now is not None:
            self.apply(*what_is_due(self.complaint, now, RULES, NOBODY))


@settings(max_examples=60)
@given(
    begin=st.integers(0, 4000),
    category=st.sampled_from("ABC"),
    taken_after=st.integers(0, 900),
    words=st.lists(st.tuples(st.integers(1, 700), st.booleans()), max_size=4),
)
def test_asked_when_half_is_over_since_the_last_word_and_lost_two_hours_later(
    begin: int, category: str, taken_after: int, words: list[tuple[int, bool]]
) -> None:
    life = Life(datetime.combine(MONDAY, time(0), CALENDAR.zone) + begin * MINUTE, category)
    at = life.complaint.registered_at + taken_after * MINUTE
    due = life.complaint.due.at
    life.apply(Acknowledged(at=at, by=OFFICER, officer=OFFICER))
    word = at
    for after, own in words:
        expected = half_of_what_is_left(word, due)
        at += after * MINUTE
        if expected is not None and expected <= at:
            break
        life.apply(Noted(at=at, by=OFFICER if own else 99, words="पाइप आया नहीं", own=own))
        word = at if own else word
    expected = half_of_what_is_left(word, due)
    while not any(isinstance(each, AskedStillOnIt) for each in life.facts) and life.complaint.breached is None:
        before = len(life.facts)
        life.wake()
        assert len(life.facts) > before, "an open complaint that nothing wakes"
    asked = [each for each in life.facts if isinstance(each, AskedStillOnIt)]
    assert [each.at for each in asked] == ([expected] if expected is not None and expected < due else [])
    if asked:
        assert asked[0].since == word
        answered = Life(life.complaint.registered_at, category)
        answered.apply(*life.facts, Noted(at=asked[0].at + MINUTE, by=OFFICER, words="काम जारी है", own=True))
        while life.complaint.acknowledged_at is not None:
            life.wake()
        fell = [each.at for each in life.facts if isinstance(each, AcknowledgementFell)]
        assert fell == [two_office_hours_from(asked[0].at)]
        assert (life.complaint.state, life.complaint.assignee) == (State.REGISTERED, None)
        answered.wake()
        assert answered.complaint.state is State.ACKNOWLEDGED, "a word keeps it"
