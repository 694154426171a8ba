"""Who is asked whether it is really solved, one after the other, and for how long (docs/rules.md C1 to C4)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.commands import Confirm, LookAtFlags, Reopen, RewordSolution, Solve, TellNotReached, TellPoliteness, Transfer
from core.complaints import Asked, Complaint, Flag, State
from core.complaints.stages import Lot, another_department, is_drawn, office_days_from
from core.people import Actor, Door, Via
from core.refusals import AlreadyClosed, NotAllowed, OwnSolution, TooShort
from core.settings import OfficeSettings
from core.store.queries.secrets import keep_secret
from core.store.work import Work
from core.sweeping import sweep_now
from tests.core.calendars import PRAYAGRAJ as CALENDAR
from tests.district import DEPARTMENT_IDS, PEOPLE, District, small_district

WORDS = "नाली की मरम्मत कराई, पानी निकल गया"


@pytest.fixture
def district(quick_district: District) -> District:
    return quick_district


def solved(district: District, *parts: str, **fields: Any) -> list[Complaint]:
    heads = {"DPRO": "sunita", "BDO": "ramesh", "JNR": "vimla"}
    complaints = district.register(*(f"{part} B" for part in parts), **fields)
    for part, complaint in zip(parts, complaints, strict=True):
        district.do(Solve(complaint.code, WORDS), heads[part])
    return [district.complaint(each.code) for each in complaints]


def asked(district: District, complaint: Complaint) -> tuple[Asked, datetime] | None:
    confirmation = district.complaint(complaint.code).confirmation
    return (confirmation.asked, confirmation.until) if confirmation else None


def at(day: int, hour: int, month: int = 11) -> datetime:
    """An hour of the office's day, in Prayagraj."""
    return datetime(2026, month, day, hour, tzinfo=UTC) - timedelta(hours=5, minutes=30)


def look_at_the_clock(district: District, moment: datetime) -> None:
    district.clock.set(moment)
    sweep_now(district.office)


def sampled(district: District) -> Complaint:
    """A complaint of the DPRO at which another head looks, since everything is drawn."""
    (complaint,) = solved(district, "DPRO")
    look_at_the_clock(district, at(28, 11))
    look_at_the_clock(district, at(1, 18, 12))
    return district.complaint(complaint.code)


@pytest.fixture
def strict(sqlite_database: str) -> District:
    """A district where every unconfirmed solution is looked at."""
    settings = OfficeSettings.model_validate({"closing": {"sample": "100%"}})
    return small_district(sqlite_database, settings)


def test_the_complainant_has_three_days_then_the_seniors_two_office_days_then_it_closes_unconfirmed(
    district: District,
) -> None:
    """Solved on Wednesday at 10; Saturday is an office day, so the seniors have it and Monday."""
    (complaint,) = solved(district, "DPRO")
    assert asked(district, complaint) == (Asked.COMPLAINANT, at(28, 10))
    look_at_the_clock(district, at(28, 10) - timedelta(microseconds=1))
    assert asked(district, complaint) == (Asked.COMPLAINANT, at(28, 10))
    look_at_the_clock(district, at(28, 11))
    assert asked(district, complaint) == (Asked.SENIORS, at(30, 18)), "counted from ten, though looked at eleven"
    district.store.do_now(Work(lambda unit: keep_secret(unit, "sample", "not drawn")))
    look_at_the_clock(district, at(30, 18))
    closed = district.complaint(complaint.code)
    assert (closed.state, closed.unconfirmed, closed.confirmation) == (State.CLOSED, True, None)
    assert not closed.confirmed_by_complainant
    assert closed.confirmed_by is None


@pytest.mark.parametrize("fields", [{"phone": ""}, {}])
def test_where_the_complainant_cannot_be_asked_the_seniors_are_at_once(
    sqlite_database: str, fields: dict[str, Any]
) -> None:
    ask = "complainant" if fields else "administration"
    district = small_district(sqlite_database, OfficeSettings.model_validate({"closing": {"ask": ask}}))
    district.clock.set(at(25, 11))
    (complaint,) = solved(district, "DPRO", **fields)
    assert asked(district, complaint) == (Asked.SENIORS, at(27, 18)), "Thursday and Friday; Wednesday had begun"


def test_the_complainant_is_asked_when_the_last_is_done_and_never_while_one_is_open(district: District) -> None:
    first, second = district.register("DPRO B", "BDO B")
    district.do(Solve(first.code, WORDS), "sunita")
    assert asked(district, first) is None
    district.do(Solve(second.code, WORDS), "ramesh")
    assert {asked(district, each) for each in (first, second)} == {(Asked.COMPLAINANT, at(28, 10))}
    district.do(Reopen(second.code), district.complainant(second))
    assert asked(district, first) is None, "held"
    district.clock.advance(timedelta(hours=5))
    district.do(Transfer(second.code, "JNR"), "ramesh")
    district.do(Solve(second.code, WORDS), "vimla")
    assert {asked(district, each) for each in (first, second)} == {(Asked.COMPLAINANT, at(28, 15))}, "anew, both"


def test_a_sample_goes_to_the_head_of_another_department_who_alone_may_answer(strict: District) -> None:
    complaint = sampled(strict)
    confirmation = complaint.confirmation
    assert confirmation is not None
    assert (confirmation.asked, confirmation.until) == (Asked.OTHER_HEAD, at(4, 18, 12))
    assert confirmation.department in (DEPARTMENT_IDS["BDO"], DEPARTMENT_IDS["JNR"])
    heads = {DEPARTMENT_IDS["BDO"]: "ramesh", DEPARTMENT_IDS["JNR"]: "vimla"}
    looks = heads.pop(confirmation.department)
    (other,) = heads.values()
    for who, refused in ((other, NotAllowed), ("sunita", OwnSolution), ("ashok", OwnSolution)):
        with pytest.raises(refused):
            strict.do(Confirm(complaint.code), who)
    strict.do(Confirm(complaint.code, evidence=("b" * 64,)), looks)
    closed = strict.complaint(complaint.code)
    assert (closed.state, closed.confirmed_by, closed.confirmed_by_complainant) == (State.CLOSED, PEOPLE[looks], False)
    with pytest.raises(NotAllowed):
        strict.do(Reopen(complaint.code), looks)  # asked no more


def test_the_other_head_who_saw_nothing_done_opens_it_again(strict: District) -> None:
    complaint = sampled(strict)
    assert complaint.confirmation is not None
    looks = "ramesh" if complaint.confirmation.department == DEPARTMENT_IDS["BDO"] else "vimla"
    strict.do(Reopen(complaint.code, "नाली वैसी ही टूटी है"), looks)
    assert strict.complaint(complaint.code).state is State.REOPENED


def test_a_sample_at_which_nobody_looked_closes_unconfirmed_and_is_flagged(strict: District) -> None:
    complaint = sampled(strict)
    look_at_the_clock(strict, at(4, 18, 12))
    closed = strict.complaint(complaint.code)
    assert closed.unconfirmed
    assert Flag.SAMPLE_UNANSWERED in {each.flag for each in closed.flags}


def test_days_without_the_clock_are_given_to_whoever_is_asked_next(strict: District) -> None:
    (complaint,) = solved(strict, "DPRO")
    version = complaint.version
    look_at_the_clock(strict, at(15, 12, 12))  # A Tuesday, seventeen days late.
    assert asked(strict, complaint) == (Asked.SENIORS, at(17, 18, 12))
    assert strict.complaint(complaint.code).version == version + 1, "one step, one message"


@given(st.timedeltas(timedelta(0), timedelta(days=700)).map(lambda later: at(1, 0, 1) + later))
def test_the_seniors_have_two_whole_office_days(moment: datetime) -> None:
    until = office_days_from(moment, CALENDAR)
    day = CALENDAR.day_of(until)
    assert until == CALENDAR.closes(day)
    assert CALENDAR.is_open(day)
    before = [
        day - timedelta(days=ago)
        for ago in range(1, 30)
        if CALENDAR.is_open(day - timedelta(days=ago)) and CALENDAR.opens(day - timedelta(days=ago)) >= moment
    ]
    assert len(before) == 1


def test_the_lot_draws_the_same_for_a_replay_and_about_the_share(district: District) -> None:
    (complaint,) = solved(district, "DPRO")
    drawn = [is_drawn(complaint, f"seed {number}", 0.1) for number in range(2000)]
    assert drawn == [is_drawn(complaint, f"seed {number}", 0.1) for number in range(2000)]
    assert 140 < sum(drawn) < 260
    assert not any(is_drawn(complaint, str(number), 0.0) for number in range(200))
    assert all(is_drawn(complaint, str(number), 1.0) for number in range(200))


def test_nobody_looks_at_what_their_own_did_or_what_is_about_them_or_confidential(district: District) -> None:
    directory = district.store.read_now(district.store.directory)
    (about,) = solved(district, "DPRO", about=DEPARTMENT_IDS["BDO"])
    looks = {another_department(about, Lot(str(number), directory)) for number in range(30)}
    assert looks == {DEPARTMENT_IDS["JNR"]}
    (secret,) = solved(district, "DPRO", confidential=True)
    assert another_department(secret, Lot("1", directory)) is None


def test_whoever_solved_may_word_it_better_until_somebody_has_confirmed(district: District) -> None:
    (complaint,) = solved(district, "DPRO")
    for who in ("ashok", "operator"):
        with pytest.raises(NotAllowed):
            district.do(RewordSolution(complaint.code, f"{WORDS} आज"), who)
    with pytest.raises(TooShort):
        district.do(RewordSolution(complaint.code, "हो गया"), "sunita")
    district.do(RewordSolution(complaint.code, f"{WORDS} आज"), "sunita")
    assert district.do(RewordSolution(complaint.code, f"{WORDS} आज"), "sunita").entries == ()
    after = district.complaint(complaint.code)
    assert after.solution is not None
    assert after.solution.words == f"{WORDS} आज"
    district.do(Confirm(complaint.code), district.complainant(complaint))
    with pytest.raises(AlreadyClosed):
        district.do(RewordSolution(complaint.code, "कुछ और किया गया वहाँ"), "sunita")


def test_politeness_is_told_once_and_not_by_the_department(district: District) -> None:
    (complaint,) = solved(district, "DPRO")
    with pytest.raises(OwnSolution):
        district.do(TellPoliteness(complaint.code, True), "sunita")
    with pytest.raises(NotAllowed):
        district.do(TellPoliteness(complaint.code, True), "ramesh")
    district.do(TellPoliteness(complaint.code, False), district.complainant(complaint))
    assert district.do(TellPoliteness(complaint.code, True), "operator").entries == ()
    assert district.complaint(complaint.code).polite is False


def test_calls_in_vain_are_counted_until_it_is_solved_anew(district: District) -> None:
    (complaint,) = solved(district, "DPRO")
    district.do(TellNotReached(complaint.code), "operator")
    district.do(TellNotReached(complaint.code), "operator")
    assert district.complaint(complaint.code).calls == 2
    district.do(Reopen(complaint.code), "senior")
    district.do(Solve(complaint.code, WORDS), "sunita")
    assert district.complaint(complaint.code).calls == 0


def test_flags_fall_when_a_senior_has_looked_who_has_nothing_to_do_with_it(district: District) -> None:
    (complaint,) = solved(district, "DPRO")
    assert {each.flag for each in complaint.flags} == {Flag.WITHIN_MINUTES, Flag.UNACKNOWLEDGED}
    own = Actor(PEOPLE["senior"], Via(Door.DESK), district.actor("senior").roles, frozenset({DEPARTMENT_IDS["DPRO"]}))
    with pytest.raises(OwnSolution):
        district.do(LookAtFlags(complaint.code), own)
    district.do(LookAtFlags(complaint.code), "senior")
    assert district.complaint(complaint.code).flags == ()
