"""More time and pauses, category up and down: allowed and refused, with the same set-up."""

from datetime import date, datetime, timedelta

import pytest

from core.commands import (
    AskMoreTime,
    Command,
    DeclineMoreTime,
    GrantMoreTime,
    PauseComplaint,
    Recategorise,
    ResumeComplaint,
    Solve,
    Transfer,
)
from core.complaints import Breached, Complaint, Paused, Resumed, Solved, State
from core.complaints.clocks import pause_over
from core.pauses import PauseFor
from core.people import Door
from core.refusals import (
    AlreadyAsked,
    AlreadyPaused,
    DueOver,
    Invalid,
    NotAllowed,
    NothingAsked,
    NotPaused,
    SameCategory,
    TimeLeft,
    TooManyPauses,
    TooManyTransfers,
    WrongDepartment,
)
from core.sla import MovedBy
from tests.core.calendars import ist, said
from tests.district import DEPARTMENT_IDS, PEOPLE, District

WORDS, PHOTO = "नाली की मरम्मत कराई, पानी निकल गया", "a" * 64
THURSDAY, FRIDAY, SATURDAY, SUNDAY = (date(2026, 11, day) for day in (26, 27, 28, 29))
PIPE = "सड़क खुदी है, पाइप शुक्रवार को आएगा"


@pytest.fixture
def district(quick_district: District) -> District:
    return quick_district


def at(district: District, text: str) -> None:
    district.clock.set(ist(f"2026-11-{text}"))


def due_of(district: District, complaint: Complaint) -> str:
    return said(district.complaint(complaint.code).due.at)


def waits_for_court(complaint: Complaint, until: date = FRIDAY) -> PauseComplaint:
    return PauseComplaint(complaint.code, until, PauseFor.COURT, "न्यायालय में तारीख़ है")


def test_more_time_is_asked_for_by_the_department_and_given_by_a_senior(district: District) -> None:
    (complaint,) = district.register("DPRO A")
    district.do(AskMoreTime(complaint.code, FRIDAY, f" {PIPE} "), "sunita")
    asked = district.complaint(complaint.code)
    assert asked.more_time is not None
    assert (asked.more_time.by, asked.more_time.until, asked.more_time.reason) == (PEOPLE["sunita"], FRIDAY, PIPE)
    assert asked.due == complaint.due, "asking moves nothing"
    (entry,) = district.do(GrantMoreTime(complaint.code), "senior").entries
    assert isinstance(entry.happened, Paused)
    paused = district.complaint(complaint.code)
    assert (paused.state, paused.more_time, paused.due) == (State.PAUSED, None, complaint.due)
    assert paused.pause is not None
    assert said(paused.pause.until) == "Fri 27 Nov 10:00"
    assert paused.next_at == paused.pause.until
    assert not paused.is_overdue(ist("2026-11-26 12:00")), "its clock stands still"


def test_the_pause_ends_when_the_office_opens_on_its_date_and_moves_the_due_time(district: District) -> None:
    (complaint,) = district.register("DPRO A")
    at(district, "25 12:00")
    district.do(AskMoreTime(complaint.code, FRIDAY, PIPE), "sunita")
    district.do(GrantMoreTime(complaint.code), "senior")
    paused = district.complaint(complaint.code)
    with district.store.reading() as connection:
        rules = district.office.rules(connection)
    assert pause_over(paused, ist("2026-11-27 09:59"), rules) == ()
    (resumed,) = pause_over(paused, ist("2026-11-29 20:00"), rules)
    assert isinstance(resumed, Resumed)
    # 6 office hours of Wednesday and 8 of Thursday after the close of Wednesday: Friday at 16:00, so its close.
    assert (said(resumed.at), said(resumed.due.at), resumed.by) == ("Fri 27 Nov 10:00", "Fri 27 Nov 18:00", None)
    assert resumed.due.first_at == complaint.due.at, "the first due time stays on record"


def test_whoever_acts_after_the_end_of_a_pause_finds_it_over(district: District) -> None:
    (complaint,) = district.register("DPRO A")
    district.do(waits_for_court(complaint, THURSDAY), "operator")
    at(district, "27 11:00")
    resumed, late, solved, *_ = district.do(Solve(complaint.code, WORDS, (PHOTO,)), "sunita").entries
    assert isinstance(resumed.happened, Resumed)
    assert (said(resumed.happened.at), resumed.via.door) == ("Thu 26 Nov 10:00", Door.CLOCK)
    assert isinstance(late.happened, Breached)
    assert (late.happened.at, late.via.door) == (resumed.happened.due.at, Door.CLOCK)
    assert isinstance(solved.happened, Solved)
    assert (solved.happened.in_time, solved.via.door) == (False, Door.DESK)


def test_solving_ends_a_pause(district: District) -> None:
    (complaint,) = district.register("DPRO A")
    district.do(waits_for_court(complaint), "senior")
    at(district, "26 11:00")
    resumed, solved, *_ = (
        each.happened for each in district.do(Solve(complaint.code, WORDS, (PHOTO,)), "sunita").entries
    )
    assert isinstance(resumed, Resumed)
    assert said(resumed.due.at) == "Fri 27 Nov 18:00"
    assert isinstance(solved, Solved)
    assert solved.in_time
    assert district.complaint(complaint.code).pause is None


def test_a_solution_that_was_sent_before_the_pause_began_moves_nothing(district: District) -> None:
    (complaint,) = district.register("DPRO A")
    sent = district.clock.now() + timedelta(minutes=5)
    district.clock.advance(timedelta(hours=2))
    district.do(waits_for_court(complaint), "senior")
    district.clock.advance(timedelta(hours=20))
    district.do(Solve(complaint.code, WORDS, (PHOTO,), at=sent), "sunita")
    solved = district.complaint(complaint.code)
    assert solved.due == complaint.due
    assert solved.solution is not None
    assert (solved.solution.at, solved.solution.in_time) == (sent, True)


@pytest.mark.parametrize(
    ("until", "reason", "instead"),
    [
        (date(2026, 11, 24), "past", THURSDAY),
        (date(2026, 11, 25), "today", THURSDAY),
        (SUNDAY, "closed_day", date(2026, 11, 30)),
        (date(2028, 1, 3), "too_far", THURSDAY),
    ],
)
def test_a_date_that_will_not_do_is_answered_with_one_that_will(
    district: District, until: date, reason: str, instead: date
) -> None:
    (complaint,) = district.register("DPRO A")
    for command, who in (
        (AskMoreTime(complaint.code, until, PIPE), "sunita"),
        (waits_for_court(complaint, until), "senior"),
    ):
        with pytest.raises(Invalid) as refused:
            district.do(command, who)
        assert (refused.value.field, refused.value.reason) == ("until", reason)
        assert (refused.value.value, refused.value.limit) == (until.isoformat(), instead.isoformat())
    assert district.complaint(complaint.code) == complaint


def test_time_that_is_left_anyway_is_not_asked_for(district: District) -> None:
    (complaint,) = district.register("DPRO B")  # due on Saturday
    for until in (THURSDAY, SATURDAY):
        with pytest.raises(TimeLeft) as refused:
            district.do(AskMoreTime(complaint.code, until, PIPE), "sunita")
        assert refused.value.due == complaint.due.at
    district.do(AskMoreTime(complaint.code, date(2026, 11, 30), PIPE), "sunita")


@pytest.mark.parametrize("until", [FRIDAY, None])
def test_of_two_seniors_the_second_is_told_who_decided_and_what(district: District, until: date | None) -> None:
    (complaint,) = district.register("DPRO A")
    district.do(AskMoreTime(complaint.code, FRIDAY, PIPE), "sunita")
    decision: Command = GrantMoreTime(complaint.code) if until else DeclineMoreTime(complaint.code, "आज ही करें")
    district.do(decision, "senior")
    decided = district.complaint(complaint.code)
    assert district.do(decision, "senior").entries == (), "the same press twice is one"
    for other in (GrantMoreTime(complaint.code), DeclineMoreTime(complaint.code)):
        with pytest.raises(NothingAsked) as refused:
            district.do(other, "other senior")
        told = refused.value
        assert (told.by, told.at) == (PEOPLE["senior"], district.clock.now())
        assert said(told.until) == ("Fri 27 Nov 10:00" if until else "none")
    assert district.complaint(complaint.code) == decided


def test_nobody_else_gives_time_and_nobody_asks_for_another_department(district: District) -> None:
    (complaint,) = district.register("DPRO A")
    with pytest.raises(WrongDepartment):
        district.do(AskMoreTime(complaint.code, FRIDAY, PIPE), "ramesh")
    district.do(AskMoreTime(complaint.code, FRIDAY, PIPE), "sunita")
    for who in ("sunita", "ashok", "operator", "administrator"):
        for command in (GrantMoreTime(complaint.code), DeclineMoreTime(complaint.code)):
            with pytest.raises(NotAllowed):
                district.do(command, who)


def test_a_request_is_made_once_and_falls_with_a_transfer(district: District) -> None:
    (complaint,) = district.register("DPRO A")
    ask = AskMoreTime(complaint.code, FRIDAY, PIPE)
    district.do(ask, "sunita")
    assert district.do(ask, "sunita").entries == ()
    with pytest.raises(AlreadyAsked) as refused:
        district.do(AskMoreTime(complaint.code, SATURDAY, PIPE), "ashok")
    assert (refused.value.by, refused.value.until) == (PEOPLE["sunita"], FRIDAY)
    district.do(Transfer(complaint.code, "BDO"), "sunita")
    with pytest.raises(NothingAsked) as fallen:
        district.do(GrantMoreTime(complaint.code), "senior")
    assert fallen.value.at is None


def test_a_senior_may_give_another_date_than_the_one_asked_for(district: District) -> None:
    (complaint,) = district.register("DPRO A")
    district.do(AskMoreTime(complaint.code, SATURDAY, PIPE), "sunita")
    with pytest.raises(Invalid):
        district.do(GrantMoreTime(complaint.code, SUNDAY), "senior")
    district.do(GrantMoreTime(complaint.code, THURSDAY), "senior")
    pause = district.complaint(complaint.code).pause
    assert pause is not None
    assert said(pause.until) == "Thu 26 Nov 10:00"


def test_asked_before_the_due_time_and_given_after_it_heals_nothing(district: District) -> None:
    (complaint,) = district.register("DPRO A")
    district.do(AskMoreTime(complaint.code, FRIDAY, PIPE), "sunita")
    at(district, "26 10:30")
    district.do(GrantMoreTime(complaint.code), "senior")
    district.do(ResumeComplaint(complaint.code), "senior")
    after = district.complaint(complaint.code)
    assert after.due == complaint.due
    assert after.is_overdue(district.clock.now())


def test_a_request_that_nobody_decided_in_time_is_asked_anew(district: District) -> None:
    (complaint,) = district.register("DPRO A")
    district.do(AskMoreTime(complaint.code, THURSDAY, PIPE), "sunita")
    at(district, "27 10:30")
    with pytest.raises(Invalid) as refused:
        district.do(GrantMoreTime(complaint.code), "senior")
    assert refused.value.reason == "past"
    district.do(GrantMoreTime(complaint.code, SATURDAY), "senior")


def test_a_complaint_is_paused_twice_in_its_life(district: District) -> None:
    (complaint,) = district.register("DPRO C")
    for _ in range(2):
        district.do(waits_for_court(complaint), "operator")
        with pytest.raises(AlreadyPaused):
            district.do(waits_for_court(complaint), "senior")
        with pytest.raises(AlreadyPaused):
            district.do(AskMoreTime(complaint.code, SATURDAY, PIPE), "sunita")
        district.do(ResumeComplaint(complaint.code), "operator")
    with pytest.raises(NotPaused):
        district.do(ResumeComplaint(complaint.code), "senior")
    for command, who in (
        (waits_for_court(complaint), "senior"),
        (AskMoreTime(complaint.code, date(2026, 12, 15), PIPE), "sunita"),
    ):
        with pytest.raises(TooManyPauses) as refused:
            district.do(command, who)
        assert refused.value.pauses == 2


def test_pausing_needs_a_reason_and_time_that_nobody_asked_for_is_a_senior_s(district: District) -> None:
    (complaint,) = district.register("DPRO A")
    with pytest.raises(Invalid) as refused:
        district.do(PauseComplaint(complaint.code, FRIDAY, PauseFor.COMPLAINANT, " "), "operator")
    assert (refused.value.field, refused.value.reason) == ("reason", "empty")
    given = PauseComplaint(complaint.code, FRIDAY, PauseFor.MORE_TIME, PIPE)
    with pytest.raises(NotAllowed):
        district.do(given, "operator")
    with pytest.raises(NotAllowed):
        district.do(waits_for_court(complaint), "ashok")
    district.do(given, "senior")


def test_a_paused_complaint_moves_on_and_its_receiver_gets_a_day_when_the_pause_ends(district: District) -> None:
    (complaint,) = district.register("DPRO A")
    district.do(waits_for_court(complaint), "senior")
    at(district, "26 17:00")
    district.do(Transfer(complaint.code, "BDO"), "sunita")
    moved = district.complaint(complaint.code)
    assert (moved.state, moved.department, moved.due) == (State.PAUSED, DEPARTMENT_IDS["BDO"], complaint.due)
    assert not moved.granted
    district.do(ResumeComplaint(complaint.code), "senior")  # 15 of 16 office hours: due at Friday's close anyway
    resumed = district.complaint(complaint.code)
    assert (resumed.state, said(resumed.due.at), resumed.granted) == (State.TRANSFERRED, "Fri 27 Nov 18:00", False)


def test_after_three_transfers_a_senior_decides_also_while_paused(district: District) -> None:
    (complaint,) = district.register("DPRO C")
    for to, by in (("BDO", "sunita"), ("JNR", "ramesh"), ("DPRO", "vimla")):
        district.do(Transfer(complaint.code, to), by)
    district.do(waits_for_court(complaint), "senior")
    for who in ("sunita", "operator"):
        with pytest.raises(TooManyTransfers):
            district.do(Transfer(complaint.code, "BDO"), who)
    district.do(Transfer(complaint.code, "BDO"), "senior")


def test_a_category_up_is_due_earlier_and_down_not_before_what_was_promised(district: District) -> None:
    (complaint,) = district.register("DPRO C")
    district.do(Recategorise(complaint.code, "A"), "operator")
    assert due_of(district, complaint) == "Wed 25 Nov 18:00"
    district.do(Recategorise(complaint.code, "B", "इतनी जल्दी नहीं हो सकता"), "senior")
    after = district.complaint(complaint.code)
    assert (after.category, said(after.due.at)) == ("B", "Sat 28 Nov 18:00")
    assert after.first_due_at == complaint.due.at
    assert [each.by for each in after.due.moved] == [MovedBy.CATEGORY_UP, MovedBy.CATEGORY_DOWN]


def test_down_needs_a_reason_and_comes_before_the_due_time(district: District) -> None:
    (complaint,) = district.register("DPRO A")
    with pytest.raises(Invalid) as refused:
        district.do(Recategorise(complaint.code, "C", "  "), "senior")
    assert refused.value.field == "reason"
    with pytest.raises(SameCategory):
        district.do(Recategorise(complaint.code, "A", "वही"), "senior")
    with pytest.raises(Invalid):
        district.do(Recategorise(complaint.code, "D", "वही"), "senior")
    for who in ("sunita", "ashok", "administrator"):
        with pytest.raises(NotAllowed):
            district.do(Recategorise(complaint.code, "C", PIPE), who)
    district.clock.set(complaint.due.at)
    with pytest.raises(DueOver) as over:
        district.do(Recategorise(complaint.code, "C", PIPE), "senior")
    assert over.value.due == complaint.due.at
    assert district.complaint(complaint.code) == complaint


def test_a_category_changed_during_a_pause_counts_when_it_ends(district: District) -> None:
    (complaint,) = district.register("DPRO C")  # due on Wednesday, 2 December
    district.do(waits_for_court(complaint), "senior")
    at(district, "26 12:00")
    district.do(Recategorise(complaint.code, "A"), "senior")
    assert district.complaint(complaint.code).due == complaint.due
    district.do(ResumeComplaint(complaint.code), "senior")
    assert due_of(district, complaint) == "Thu 26 Nov 18:00"


def test_the_words_of_a_decision_have_a_limit(district: District) -> None:
    (complaint,) = district.register("DPRO A")
    with pytest.raises(Invalid):
        district.do(AskMoreTime(complaint.code, FRIDAY, "क" * 10_001), "sunita")
    assert isinstance(district.clock.now(), datetime)
