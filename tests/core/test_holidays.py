"""A declared holiday: what is due on that day moves, nothing else, each with an entry; and thousands at once."""

import time
from datetime import date, timedelta

import pytest

from core.commands import PauseComplaint, ResumeComplaint, Solve
from core.complaints import Complaint, DueMoved, Registered
from core.holiday_commands import DeclareHoliday, UndeclareHoliday
from core.holidays import NotDeclared
from core.office import Office, Silence
from core.pauses import PauseFor
from core.people import Door, Via
from core.petitions import Kind, Petition
from core.presence.happened import HolidayTakenBack
from core.proof import verify
from core.refusals import ClosedAlready, Invalid, NotAllowed, Refusal
from core.sla import Due, MovedBy, Why, explain
from core.store.queries.holidays import freeze_years, latest_holiday_changes
from core.store.queries.petitions import keep_petition
from core.store.unit import UnitOfWork
from core.store.work import Work
from tests.core.calendars import ist, said
from tests.district import PEOPLE, District

THURSDAY, SATURDAY = date(2026, 11, 26), date(2026, 11, 28)
RAIN = DeclareHoliday(SATURDAY, "भारी वर्षा", "Heavy rain")


def test_what_is_due_on_the_day_moves_to_the_next_and_tells_why(district: District) -> None:
    (moves,) = district.register("DPRO B")  # due on Saturday
    (later,) = district.register("BDO C")
    (today,) = district.register("JNR A")
    (solved,) = district.register("DPRO B")
    district.do(Solve(solved.code, "नाली की मरम्मत कराई, पानी निकल गया"), "sunita")
    (entry,) = district.do(RAIN, "administrator").entries
    assert entry.complaint.code == moves.code
    assert isinstance(entry.happened, DueMoved)
    assert entry.happened.by == PEOPLE["administrator"]
    moved = district.complaint(moves.code)
    assert said(moved.due.at) == "Mon 30 Nov 18:00"
    last = explain(moved.due)[-1]
    assert last.why is Why.MOVED_BY_HOLIDAY
    assert [each.name_hi for each in last.closed if each.name_hi] == ["भारी वर्षा"]
    assert moved.first_due_at == moves.due.at
    assert district.complaint(later.code) == later
    assert district.complaint(today.code) == today
    with district.store.reading() as connection:
        assert verify(connection).clean


def test_what_is_registered_afterwards_knows_the_holiday(district: District) -> None:
    district.do(RAIN, "administrator")
    (complaint,) = district.register("DPRO B")
    assert said(complaint.due.at) == "Mon 30 Nov 18:00"
    again = Office(district.store, district.office.settings, district.clock, Silence())
    with district.store.reading() as connection:
        assert not again.rules(connection).calendar.is_open(SATURDAY), "another process must know it too"


def test_a_second_time_says_so_and_moves_nothing(quick_district: District) -> None:
    (complaint,) = quick_district.register("DPRO B")
    quick_district.do(RAIN, "administrator")
    moved = quick_district.complaint(complaint.code)
    with pytest.raises(ClosedAlready) as refused:
        quick_district.do(DeclareHoliday(SATURDAY, "चुनाव", "Election"), "administrator")
    assert (refused.value.why, refused.value.name_hi) == ("declared", "भारी वर्षा")
    assert quick_district.complaint(complaint.code) == moved


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (DeclareHoliday(date(2026, 11, 24), "वर्षा"), Invalid("day", "past", "2026-11-24", "2026-11-25")),
        (DeclareHoliday(date(2028, 11, 24), "वर्षा"), Invalid("day", "too_far", "2028-11-24", "2026-11-25")),
        (DeclareHoliday(date(2026, 11, 29), "वर्षा"), ClosedAlready(date(2026, 11, 29), "weekday")),
        (DeclareHoliday(SATURDAY, "  "), Invalid("holiday", "empty")),
        (DeclareHoliday(SATURDAY, "क" * 101), Invalid("holiday", "too_long", "101", "100")),
    ],
)
def test_a_day_or_name_that_will_not_do_is_told(
    quick_district: District, command: DeclareHoliday, refusal: Refusal
) -> None:
    with pytest.raises(type(refusal)) as refused:
        quick_district.do(command, "administrator")
    assert vars(refused.value) == vars(refusal)


@pytest.mark.parametrize("who", ["senior", "operator", "nodal", "ashok", "auditor"])
def test_only_an_administrator_closes_the_office(quick_district: District, who: str) -> None:
    with pytest.raises(NotAllowed):
        quick_district.do(RAIN, who)


def test_what_was_due_before_it_was_declared_stays_a_breach(quick_district: District) -> None:
    (complaint,) = quick_district.register("DPRO A")
    quick_district.clock.set(complaint.due.at)
    assert quick_district.do(DeclareHoliday(date(2026, 11, 25), "वर्षा"), "administrator").entries == ()
    assert quick_district.complaint(complaint.code) == complaint


def test_a_paused_complaint_moves_though_its_day_is_over(quick_district: District) -> None:
    (complaint,) = quick_district.register("DPRO A")
    quick_district.do(PauseComplaint(complaint.code, SATURDAY, PauseFor.COURT, "तारीख़"), "senior")
    quick_district.clock.set(ist("2026-11-25 19:00"))
    quick_district.do(DeclareHoliday(date(2026, 11, 25), "वर्षा"), "administrator")
    moved = quick_district.complaint(complaint.code)
    assert said(moved.due.at) == "Thu 26 Nov 18:00"
    assert moved.due.moved[-1].at == quick_district.clock.now()
    quick_district.do(ResumeComplaint(complaint.code), "senior")
    after = quick_district.complaint(complaint.code)
    assert [each.by for each in after.due.moved] == [MovedBy.HOLIDAY], "no office hour of that day was paused"


def test_taken_back_what_moved_stays_and_what_comes_later_counts_the_day(district: District) -> None:
    (moved,) = district.register("DPRO B")
    district.do(RAIN, "administrator")
    stands = district.complaint(moved.code)
    done = district.do(UndeclareHoliday(SATURDAY), "administrator")
    told = done.value
    assert isinstance(told, HolidayTakenBack)
    assert (told.complaints, told.name_en, done.entries) == ((moved.code,), "Heavy rain", ())
    assert district.complaint(moved.code) == stands, "a promised time is never made shorter"
    (later,) = district.register("DPRO B")
    assert later.due.day == SATURDAY
    again = Office(district.store, district.office.settings, district.clock, Silence())
    with district.store.reading() as connection:
        assert again.rules(connection).calendar.is_open(SATURDAY), "another process must know it too"
        kept = latest_holiday_changes(connection.execute, 10)
    with district.store.reading() as connection:
        assert verify(connection).clean
    assert [(each.declared, each.by, each.name_hi) for each in kept] == [
        (False, PEOPLE["administrator"], "भारी वर्षा"),
        (True, PEOPLE["administrator"], "भारी वर्षा"),
    ]
    district.do(RAIN, "administrator")
    assert district.complaint(later.code).due.day > SATURDAY, "and it can be declared once more"


@pytest.mark.parametrize(
    ("day", "refusal"),
    [
        (THURSDAY, NotDeclared(THURSDAY)),
        (date(2026, 11, 29), NotDeclared(date(2026, 11, 29), "weekday")),
        (date(2026, 11, 23), NotDeclared(date(2026, 11, 23))),
        (date(2026, 12, 25), NotDeclared(date(2026, 12, 25), "holiday")),
    ],
)
def test_only_what_was_declared_is_taken_back(quick_district: District, day: date, refusal: Refusal) -> None:
    quick_district.store.do_now(Work(lambda unit: freeze_years(unit, quick_district.office.settings, THURSDAY)))
    with pytest.raises(NotDeclared) as refused:
        quick_district.do(UndeclareHoliday(day), "administrator")
    assert vars(refused.value) == vars(refusal)


def test_a_day_that_has_begun_stays_closed(quick_district: District) -> None:
    quick_district.do(RAIN, "administrator")
    quick_district.clock.set(ist("2026-11-28 00:00"))
    with pytest.raises(Invalid) as refused:
        quick_district.do(UndeclareHoliday(SATURDAY), "administrator")
    assert refused.value.reason == "begun"
    with quick_district.store.reading() as connection:
        assert not quick_district.office.rules(connection).calendar.is_open(SATURDAY)


@pytest.mark.parametrize("who", ["senior", "operator", "nodal", "ashok", "auditor"])
def test_only_an_administrator_opens_it_again(quick_district: District, who: str) -> None:
    quick_district.do(RAIN, "administrator")
    with pytest.raises(NotAllowed):
        quick_district.do(UndeclareHoliday(SATURDAY), who)


def test_thousands_of_complaints_are_no_trouble(quick_district: District) -> None:
    """Ten thousand take four seconds, and seven with every group told (measured); a fifth of them shows it as well."""
    district = quick_district
    (one,) = district.register("DPRO B")
    district.store.do_now(Work(lambda unit: many(unit, one, 2_000)))
    began = time.perf_counter()
    done = district.do(RAIN, "administrator")
    spent = time.perf_counter() - began
    assert len(done.entries) == 2_001
    assert spent < 30, f"the writer was busy for {spent:.0f} s"


def many(unit: UnitOfWork, like: Complaint, count: int) -> None:
    """So many complaints that are due when `like` is, of as many petitions."""
    for _ in range(count):
        id, petition = unit.new_id("complaint"), unit.new_id("petition")
        keep_petition(unit, a_petition(petition, like))
        registered = Registered(
            at=like.registered_at,
            by=None,
            id=id,
            code=f"DPRO-{id + 100_000}-00",
            petition=petition,
            department=like.department,
            category=like.category,
            day=like.registered_day,
            due=Due(like.due.at, like.due.day, like.due.counting),
        )
        unit.append(None, registered, Via(Door.DESK))


def a_petition(id: int, like: Complaint) -> Petition:
    return Petition(
        id=id,
        name="स",
        phone="",
        village="ब",
        words="नाली",
        kind=Kind.COMPLAINT,
        confidential=False,
        waiting=False,
        about=None,
        heard_by=None,
        direction=None,
        papers=(),
        registered_at=like.registered_at + timedelta(0),
        registered_by=None,
        language=None,
    )
