"""Lives of complaints that nobody planned: whatever is asked by whomever and whenever, the laws hold.

A refusal changes nothing. The timeline folded again is the complaint as stored. A due time that has come never moves
but by a reopening. Who held it how long adds up. Every state has a way out (docs/design.md §4, Life of a complaint).
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.commands import (
    Acknowledge,
    AddEvidence,
    AddNote,
    AnswerQuestion,
    AskMoreTime,
    AskOfficer,
    Assign,
    Command,
    Confirm,
    DeclineMoreTime,
    GrantMoreTime,
    HandBack,
    LookAtFlags,
    Merge,
    PauseComplaint,
    Recategorise,
    Reject,
    Reopen,
    ResumeComplaint,
    RewordSolution,
    Solve,
    StillOnIt,
    TellNotReached,
    TellPoliteness,
    TellStillWrong,
    Transfer,
    UndoSolution,
    Unmerge,
)
from core.complaints import (
    AskedStillOnIt,
    Breached,
    ClosedUnconfirmed,
    Complaint,
    ConfirmationAsked,
    ConfirmationHeld,
    Confirmed,
    Escalated,
    Flagged,
    Happened,
    Recategorised,
    Reopened,
    Resumed,
    State,
    Transferred,
    Unmerged,
)
from core.holiday_commands import DeclareHoliday, UndeclareHoliday
from core.pauses import PauseFor
from core.people import Actor, Door, Via
from core.proof import verify
from core.refusals import Refusal, ReopenOver
from core.sla import Hold, book_time
from core.store.entries import entries_of
from core.store.unit import UnitOfWork
from core.store.work import Work
from core.sweeping import sweep_now
from core.timeline import decode, prove
from tests.district import DEPARTMENTS, PEOPLE, District

WORDS, PHOTO = "नाली की मरम्मत कराई, पानी निकल गया", "a" * 64
WHO = ["ashok", "sunita", "ramesh", "vimla", "senior", "complainant", *PEOPLE, "another complainant", "stranger"]


@dataclass(frozen=True)
class Step:
    """Somebody asks for something, some time after the step before; `late`: how long it was on its way."""

    action: str
    who: str
    after: timedelta
    late: timedelta
    to: str
    from_text: bool


ASIDE = (Flagged, ConfirmationAsked, ConfirmationHeld, Breached, Escalated, AskedStillOnIt)
"""What follows from something else, or comes with the time."""

WAYS = {
    State.REGISTERED: ["note"],
    State.ACKNOWLEDGED: ["acknowledge"],
    State.PAUSED: ["pause"],
    State.TRANSFERRED: ["transfer"],
    State.SOLVED: ["solve"],
    State.CLOSED: ["solve", "confirm"],
    State.REOPENED: ["solve", "reopen"],
    State.REJECTED: ["reject"],
    State.MERGED: ["merge"],
}
"""How each state comes about."""

STEPS = st.builds(
    Step,
    action=st.sampled_from(
        [
            *("acknowledge", "name", "solve", "solve", "undo", "evidence", "note", "confirm", "reopen", "wrong"),
            *("transfer", "ask time", "give time", "no time", "pause", "pause", "resume", "category", "holiday"),
            *("holiday", "open again"),
            *("clock", "clock", "reword", "polite", "not reached", "look at flags"),
            *("reject", "merge", "merge", "unmerge", "assign", "ask", "answer", "still on it", "hand back"),
        ]
    ),
    who=st.sampled_from(WHO),
    after=st.sampled_from([0, 1, 9, 60, 300, 1440, 5000, 25000]).map(lambda minutes: timedelta(minutes=minutes)),
    late=st.sampled_from([0, 0, 5, 600, 100_000]).map(lambda minutes: timedelta(minutes=minutes)),
    to=st.sampled_from([*DEPARTMENTS, "XYZ"]),
    from_text=st.booleans(),
)


def command(code: str, step: Step, now: datetime, other: str) -> Command:
    at, day = now - step.late, (now + step.after + timedelta(days=2)).date()
    match step.action:
        case "reject":
            return Reject(code, "sub_judice")
        case "merge":
            return Merge(code, other)
        case "unmerge":
            return Unmerge(code)
        case "assign":
            return Assign(code, PEOPLE["sunita"])
        case "still on it":
            return StillOnIt(code, at=at)
        case "hand back":
            return HandBack(code)
        case "ask":
            return AskOfficer(code, WORDS)
        case "answer":
            return AnswerQuestion(code, WORDS, at=at)
        case "ask time":
            return AskMoreTime(code, day, WORDS, at=at)
        case "give time":
            return GrantMoreTime(code)
        case "no time":
            return DeclineMoreTime(code, WORDS)
        case "pause":
            return PauseComplaint(code, day, PauseFor.COURT, WORDS)
        case "resume":
            return ResumeComplaint(code)
        case "category":
            return Recategorise(code, "ABC"[len(step.to) % 3], WORDS)
        case "holiday":
            return DeclareHoliday(day, WORDS)
        case "open again":
            return UndeclareHoliday(day)
        case "acknowledge":
            return Acknowledge(code, at=at)
        case "name":
            return Acknowledge(code, PEOPLE["sunita"])
        case "solve":
            return Solve(code, WORDS, (PHOTO,), step.from_text, at=at)
        case "undo":
            return UndoSolution(code, at=at)
        case "evidence":
            return AddEvidence(code, ("b" * 64,))
        case "note":
            return AddNote(code, WORDS, at=at)
        case "confirm":
            return Confirm(code)
        case "reopen":
            return Reopen(code, WORDS)
        case "wrong":
            return TellStillWrong(code, WORDS)
        case "reword":
            return RewordSolution(code, f"{WORDS} {step.to}")
        case "polite":
            return TellPoliteness(code, step.from_text)
        case "not reached":
            return TellNotReached(code)
        case "look at flags":
            return LookAtFlags(code)
    return Transfer(code, step.to, WORDS)


def actor(district: District, complaint: Complaint, who: str) -> Actor:
    if who in PEOPLE:
        return district.actor(who)
    petition = {"complainant": complaint.petition, "another complainant": complaint.petition + 1}.get(who)
    return Actor(None, Via(Door.CHAT), petition=petition)


def facts(district: District, complaint: Complaint) -> list[Happened]:
    with district.store.reading() as connection:
        entries = list(entries_of(connection, complaint.id))
    faults, folded = prove(entries, {})
    assert not faults
    assert folded is not None
    stored = district.complaint(complaint.code)
    assert folded == Complaint(**{**vars(stored), "head": folded.head})
    assert entries[-1].hash == stored.head
    return [decode(each.kind, each.payload, each.personal) for each in entries]


def ways_out(district: District, complaint: Complaint) -> list[str]:
    """What somebody could do now that would bring it into another state; tried and dropped."""
    heads = {"DPRO": "ashok", "BDO": "ramesh", "JNR": "vimla"}
    of = dict(enumerate(DEPARTMENTS, start=1))[complaint.department]
    attempts: list[tuple[Command, str]] = [
        (Solve(complaint.code, WORDS, (PHOTO,)), heads[of]),
        (Transfer(complaint.code, "BDO" if of != "BDO" else "JNR"), "senior"),
        (Confirm(complaint.code), "complainant"),
        (Confirm(complaint.code), "senior"),
        (Reopen(complaint.code), "complainant"),
        (Reopen(complaint.code), "senior"),
        (Unmerge(complaint.code), "senior"),
    ]
    found = []
    for asked, who in attempts:
        by = actor(district, complaint, who)

        def run(unit: UnitOfWork, asked: Command = asked, by: Actor = by) -> None:
            with suppress(Refusal, ZeroDivisionError), unit.overlay():
                district.office.perform(unit, asked, by)
                found.append(type(asked).__name__)
                raise ZeroDivisionError

        district.store.do_now(Work(run))
    return found


def live(district: District, category: str, steps: list[Step]) -> Complaint:
    (complaint,), (other,) = district.register(f"DPRO {category}"), district.register("DPRO C")
    for step in steps:
        district.clock.advance(step.after)
        now, before = district.clock.now(), district.complaint(complaint.code)
        try:
            if step.action == "clock":
                sweep_now(district.office)
            else:
                district.do(command(complaint.code, step, now, other.code), actor(district, complaint, step.who))
        except Refusal:
            assert district.complaint(complaint.code) == before, "a refusal changed something"
        after = district.complaint(complaint.code)
        happened = facts(district, complaint)[before.version :]
        last = next((each for each in reversed(happened) if not isinstance(each, ASIDE)), None)
        if not isinstance(last, Reopened):
            moves = isinstance(last, Recategorised | Resumed) or any(isinstance(each, Resumed) for each in happened)
            assert moves or after.due.at >= before.due.at
            if (before.pause.since if before.pause else now) >= before.due.at:
                assert after.due == before.due, "a due time that had come was moved: a breach is healed"
        if isinstance(last, Unmerged):
            assert (after.state, after.due) == (before.over, before.due)
        if after.pause is not None and after.state is not State.MERGED:
            assert after.is_open
            # A due time that had not come before the pause does not come in it (docs/rules.md D10).
            comes = not after.breached and after.pause.since >= after.due.at
            assert after.next_at == (after.due.at if comes else after.pause.until)
        if after.state is State.CLOSED and before.state is not State.CLOSED:
            assert isinstance(last, Confirmed | ClosedUnconfirmed)
            assert after.unconfirmed is isinstance(last, ClosedUnconfirmed)
            assert step.action == "clock" or isinstance(last, Confirmed), "only the clock closes without a confirmation"
        if after.department != before.department:
            assert isinstance(last, Transferred)
        if after.solution is not None and after.solution != before.solution:
            assert after.holds[-1].since <= after.solution.at <= now
            assert after.due.counted_from <= after.solution.at
        assert (after.confirmation is not None) is (after.state is State.SOLVED), "somebody is always asked"
        assert after.next_at is None or after.next_at > now or step.action != "clock", "the clock left something"
        if after.is_open and after.next_at is None:
            assert [each.rung for each in after.told][-1:] == ["due+1d"], "only the end of the ladder sleeps for ever"
    check(district, complaint)
    return district.complaint(complaint.code)


def spoken(escalated: Escalated) -> tuple[str, ...]:
    return (*escalated.recorded, escalated.rung)


def check(district: District, complaint: Complaint) -> None:
    happened, now = facts(district, complaint), district.clock.now()
    stands = district.complaint(complaint.code)
    assert len(happened) == stands.version
    rungs = [(each.version, name) for each in happened if isinstance(each, Escalated) for name in spoken(each)]
    assert len(rungs) == len(set(rungs)), "a rung twice"
    assert sum(isinstance(each, Breached) for each in happened) <= 1 + stands.reopened
    starts = [each.since for each in stands.holds]
    assert starts == sorted(starts), "a department had it before it was sent there"
    with district.store.reading() as connection:
        calendar = district.office.rules(connection).calendar
    ends = [*starts[1:], None]
    holds = [Hold(str(each.department), each.since, end) for each, end in zip(stands.holds, ends, strict=True)]
    assert sum(book_time(holds, now, calendar).values(), timedelta()) == calendar.office_time(starts[0], now)
    ways = ways_out(district, stands)
    if stands.state is State.SOLVED:
        assert {"Confirm", "Reopen"} <= set(ways)
    elif stands.is_open:
        assert {"Solve", "Transfer"} <= set(ways)
    elif stands.state is State.MERGED:
        assert ways == ["Unmerge"]
    elif not ways:
        with pytest.raises(ReopenOver):
            district.do(Reopen(complaint.code), actor(district, complaint, "senior"))


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(category=st.sampled_from("ABC"), steps=st.lists(STEPS, max_size=14))
def test_the_laws_hold_in_every_life(quick_district: District, category: str, steps: list[Step]) -> None:
    live(quick_district, category, steps)


@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(category=st.sampled_from("ABC"), steps=st.lists(STEPS, min_size=4, max_size=10))
def test_the_laws_hold_on_either_database(district: District, category: str, steps: list[Step]) -> None:
    live(district, category, steps)


@pytest.mark.parametrize("state", State)
def test_every_state_is_reached(quick_district: District, state: State) -> None:
    """And none is without a way out: `live` looks for one at its end."""
    hour = timedelta(hours=1)
    who = {"acknowledge": "sunita", "solve": "sunita", "note": "sunita"}
    steps = [Step(each, who.get(each, "senior"), hour, timedelta(0), "BDO", False) for each in WAYS[state]]
    assert live(quick_district, "C", steps).state is state


def test_after_many_lives_the_records_prove_clean(district: District) -> None:
    """On both databases: a few lives with every step in them, and the proof over all of them."""
    for number, category in enumerate("ABC"):
        names = ["acknowledge", "transfer", "solve", "undo", "solve", "evidence", "reopen", "wrong", "solve", "confirm"]
        who = {"reopen": "complainant", "wrong": "complainant", "confirm": "senior", "transfer": "sunita"}
        after = timedelta(minutes=1 + 300 * number)
        steps = [Step(name, who.get(name, "ashok"), after, timedelta(0), "DPRO", True) for name in names]
        live(district, category, steps)
    with district.store.reading() as connection:
        assert verify(connection).clean


def test_what_was_long_on_its_way_counts_from_the_present_clock_and_the_present_department(
    quick_district: District,
) -> None:
    hour, day = timedelta(hours=1), timedelta(days=1)
    reopened = [
        Step("solve", "sunita", hour, timedelta(0), "", False),
        Step("reopen", "senior", hour, timedelta(0), "", False),
        Step("solve", "ashok", hour, day, "", False),
    ]
    live(quick_district, "C", reopened)
    transferred = [
        Step("transfer", "sunita", hour, timedelta(0), "BDO", False),
        Step("solve", "ramesh", hour, day, "", False),
    ]
    live(quick_district, "C", transferred)
