"""What may happen to a complaint, by whom: allowed and refused, with the same set-up."""

from datetime import timedelta
from typing import Any

import pytest

from core.commands import (
    Acknowledge,
    AddEvidence,
    AddNote,
    Command,
    Confirm,
    Part,
    RegisterPetition,
    Reopen,
    Solve,
    TellStillWrong,
    Transfer,
    UndoSolution,
)
from core.complaints import State
from core.people import Role
from core.refusals import (
    AlreadyAcknowledged,
    AlreadyClosed,
    AlreadySolved,
    Invalid,
    NotAllowed,
    NotFound,
    NotSolved,
    OwnSolution,
    PhotoMissing,
    ReopenOver,
    SameDepartment,
    TooManyTransfers,
    TooShort,
    UndoOver,
    WrongDepartment,
)
from tests.district import DEPARTMENT_IDS, PEOPLE, District

WORDS = "नाली की मरम्मत कराई, पानी निकल गया"
PHOTO = "a" * 64


@pytest.fixture
def district(quick_district: District) -> District:
    return quick_district


def test_a_complaint_goes_from_the_desk_to_the_department_and_is_closed_by_the_complainant(district: District) -> None:
    (complaint,) = district.register("DPRO B")
    district.do(Acknowledge(complaint.code), "sunita")
    assert district.complaint(complaint.code).assignee == PEOPLE["sunita"]
    district.do(Solve(complaint.code, WORDS), "sunita")
    solved = district.complaint(complaint.code)
    assert (solved.state, solved.closed_at) == (State.SOLVED, None)
    assert solved.solution is not None
    assert solved.solution.in_time
    district.do(Confirm(complaint.code), district.complainant(complaint))
    closed = district.complaint(complaint.code)
    assert (closed.state, closed.confirmed_by_complainant) == (State.CLOSED, True)


def test_pressing_twice_changes_nothing_and_a_second_officer_is_told_who_has_it(district: District) -> None:
    (complaint,) = district.register("DPRO B")
    district.do(Acknowledge(complaint.code), "sunita")
    assert district.do(Acknowledge(complaint.code), "sunita").entries == ()
    district.do(Acknowledge(complaint.code), "ashok")  # the head may take it over
    with pytest.raises(AlreadyAcknowledged) as refused:
        district.do(Acknowledge(complaint.code), "sunita")
    assert refused.value.officer == PEOPLE["ashok"]


@pytest.mark.parametrize("who", ["ramesh", "vimla"])
def test_another_department_is_told_whose_it_is(district: District, who: str) -> None:
    (complaint,) = district.register("DPRO B")
    for command in (Acknowledge(complaint.code), Solve(complaint.code, WORDS), Transfer(complaint.code, "BDO")):
        with pytest.raises(WrongDepartment) as refused:
            district.do(command, who)
        assert refused.value.department == DEPARTMENT_IDS["DPRO"]
    assert district.complaint(complaint.code) == complaint


@pytest.mark.parametrize("who", ["senior", "auditor", "nodal"])
def test_who_is_of_no_department_solves_nothing(district: District, who: str) -> None:
    (complaint,) = district.register("DPRO B")
    with pytest.raises(NotAllowed):
        district.do(Solve(complaint.code, WORDS), who)
    assert district.complaint(complaint.code) == complaint


@pytest.mark.parametrize("words", ["", "  ", "ok", "done", "हो गया", "👍", "\u200b"])
def test_a_solution_tells_what_was_done(district: District, words: str) -> None:
    (complaint,) = district.register("DPRO B")
    with pytest.raises(TooShort):
        district.do(Solve(complaint.code, words), "sunita")
    assert district.complaint(complaint.code) == complaint


def test_where_the_category_asks_for_a_photo_there_must_be_one(district: District) -> None:
    (complaint,) = district.register("DPRO A")
    with pytest.raises(PhotoMissing) as refused:
        district.do(Solve(complaint.code, WORDS), "sunita")
    assert refused.value.words == WORDS
    district.do(Solve(complaint.code, WORDS, (PHOTO,)), "sunita")
    assert district.complaint(complaint.code).state is State.SOLVED


def test_nobody_shows_the_place_of_a_confidential_complaint(district: District) -> None:
    (complaint,) = district.register("DPRO A", confidential=True)
    district.do(Solve(complaint.code, WORDS), "sunita")
    assert district.complaint(complaint.code).state is State.SOLVED


def test_a_second_solution_is_told_the_first(district: District) -> None:
    (complaint,) = district.register("DPRO B")
    district.do(Solve(complaint.code, WORDS), "sunita")
    with pytest.raises(AlreadySolved) as refused:
        district.do(Solve(complaint.code, "हमने भी कर दिया है"), "ashok")
    assert (refused.value.words, refused.value.by) == (WORDS, PEOPLE["sunita"])


def test_words_taken_for_a_solution_can_be_taken_back_for_ten_minutes(district: District) -> None:
    (complaint,) = district.register("DPRO B")
    district.do(Acknowledge(complaint.code), "sunita")
    district.do(Solve(complaint.code, WORDS, from_text=True), "sunita")
    district.clock.advance(timedelta(minutes=10))
    district.do(UndoSolution(complaint.code), "sunita")
    undone = district.complaint(complaint.code)
    assert (undone.state, undone.solution, undone.due) == (State.ACKNOWLEDGED, None, complaint.due)


@pytest.mark.parametrize(("who", "allowed"), [("sunita", True), ("ashok", True), ("ramesh", False), ("senior", False)])
def test_only_who_gave_it_or_their_head_takes_a_solution_back(district: District, who: str, allowed: bool) -> None:
    (complaint,) = district.register("DPRO B")
    district.do(Solve(complaint.code, WORDS, from_text=True), "sunita")
    if allowed:
        district.do(UndoSolution(complaint.code), who)
    else:
        with pytest.raises((NotAllowed, WrongDepartment)):
            district.do(UndoSolution(complaint.code), who)
    assert (district.complaint(complaint.code).solution is None) is allowed


@pytest.mark.parametrize("from_text", [True, False])
def test_after_ten_minutes_or_by_the_button_a_solution_stands(district: District, from_text: bool) -> None:
    (complaint,) = district.register("DPRO B")
    district.do(Solve(complaint.code, WORDS, from_text=from_text), "sunita")
    district.clock.advance(timedelta(minutes=10, seconds=1))
    with pytest.raises(UndoOver):
        district.do(UndoSolution(complaint.code), "sunita")


def test_photos_that_come_later_are_added_once(district: District) -> None:
    (complaint,) = district.register("DPRO B")
    with pytest.raises(NotSolved):
        district.do(AddEvidence(complaint.code, (PHOTO,)), "sunita")
    district.do(Solve(complaint.code, WORDS), "sunita")
    district.do(AddEvidence(complaint.code, (PHOTO,)), "sunita")
    assert district.do(AddEvidence(complaint.code, (PHOTO,)), "sunita").entries == ()
    solution = district.complaint(complaint.code).solution
    assert solution is not None
    assert solution.evidence == (PHOTO,)


@pytest.mark.parametrize("who", ["sunita", "ashok"])
def test_nobody_of_the_department_confirms_its_solution(district: District, who: str) -> None:
    (complaint,) = district.register("DPRO B")
    district.do(Solve(complaint.code, WORDS), "sunita")
    with pytest.raises(OwnSolution):
        district.do(Confirm(complaint.code), who)


def test_an_operator_who_entered_the_solution_does_not_confirm_it(district: District) -> None:
    (complaint,) = district.register("DPRO B")
    district.do(Solve(complaint.code, WORDS), "operator")
    with pytest.raises(OwnSolution):
        district.do(Confirm(complaint.code, complainant=True), "operator")


@pytest.mark.parametrize(("who", "role"), [("ramesh", Role.SENIOR), ("auditor", Role.SENIOR), ("nodal", Role.SENIOR)])
def test_confirming_is_for_seniors_and_operators(district: District, who: str, role: Role) -> None:
    (complaint,) = district.register("DPRO B")
    district.do(Solve(complaint.code, WORDS), "sunita")
    for command in (Confirm(complaint.code), Reopen(complaint.code, "काम बाकी है")):
        with pytest.raises(NotAllowed) as refused:
            district.do(command, who)
        assert refused.value.role is role


def test_somebody_elses_complainant_confirms_nothing(district: District) -> None:
    (first,) = district.register("DPRO B")
    (second,) = district.register("DPRO B")
    district.do(Solve(first.code, WORDS), "sunita")
    with pytest.raises(NotAllowed):
        district.do(Confirm(first.code), district.complainant(second))


def test_not_satisfied_opens_it_again_under_a_new_clock(district: District) -> None:
    (complaint,) = district.register("DPRO C")
    district.do(Solve(complaint.code, WORDS), "sunita")
    district.clock.advance(timedelta(days=1))
    district.do(Reopen(complaint.code), district.complainant(complaint))
    district.do(TellStillWrong(complaint.code, "पानी फिर भर गया है"), district.complainant(complaint))
    again = district.complaint(complaint.code)
    assert (again.state, again.reopened, again.still_wrong) == (State.REOPENED, 1, "पानी फिर भर गया है")
    assert again.first_solution is not None
    assert again.first_solution.words == WORDS
    assert again.due.at < complaint.due.at  # on_reopen is A: the same day
    assert again.first_due_at == complaint.due.at


def test_fifteen_days_after_closing_it_takes_a_new_complaint(district: District) -> None:
    (complaint,) = district.register("DPRO B")
    district.do(Solve(complaint.code, WORDS), "sunita")
    district.do(Confirm(complaint.code), "senior")
    district.clock.advance(timedelta(days=15))
    district.do(Reopen(complaint.code), "senior")
    district.do(Solve(complaint.code, WORDS, (PHOTO,)), "sunita")
    district.do(Confirm(complaint.code), "senior")
    district.clock.advance(timedelta(days=16))
    with pytest.raises(ReopenOver):
        district.do(Reopen(complaint.code), district.complainant(complaint))


def test_not_ours_moves_it_and_the_receiver_gets_an_office_day_once(district: District) -> None:
    (complaint,) = district.register("DPRO A")
    district.clock.advance(timedelta(hours=1))
    district.do(Acknowledge(complaint.code), "sunita")
    district.do(Transfer(complaint.code, "BDO", "यह ब्लॉक का काम है"), "sunita")
    moved = district.complaint(complaint.code)
    assert (moved.state, moved.department, moved.assignee) == (State.TRANSFERRED, DEPARTMENT_IDS["BDO"], None)
    assert moved.code == complaint.code
    assert moved.due.at > complaint.due.at
    district.do(Transfer(complaint.code, "JNR"), "ramesh")
    assert district.complaint(complaint.code).due.at == moved.due.at


def test_after_three_transfers_the_administration_decides(district: District) -> None:
    (complaint,) = district.register("DPRO C")
    for to, by in (("BDO", "sunita"), ("JNR", "ramesh"), ("DPRO", "vimla")):
        district.do(Transfer(complaint.code, to), by)
    with pytest.raises(TooManyTransfers) as refused:
        district.do(Transfer(complaint.code, "BDO"), "sunita")
    assert refused.value.moves == 3
    district.do(Transfer(complaint.code, "BDO"), "senior")
    assert district.complaint(complaint.code).department == DEPARTMENT_IDS["BDO"]


def test_a_transfer_names_another_department_that_there_is(district: District) -> None:
    (complaint,) = district.register("DPRO C")
    with pytest.raises(SameDepartment):
        district.do(Transfer(complaint.code, "DPRO"), "sunita")
    with pytest.raises(NotFound):
        district.do(Transfer(complaint.code, "XYZ"), "sunita")


def test_words_are_kept_by_those_whose_business_it_is(district: District) -> None:
    (complaint,) = district.register("DPRO B")
    for who in ("sunita", "operator", "senior"):
        district.do(AddNote(complaint.code, "कल टीम जाएगी"), who)
    district.do(AddNote(complaint.code, "कब तक होगा?", question=True), district.complainant(complaint))
    for who in ("ramesh", "auditor"):
        with pytest.raises(NotAllowed):
            district.do(AddNote(complaint.code, "कल टीम जाएगी"), who)
    with pytest.raises(Invalid):
        district.do(AddNote(complaint.code, "  "), "sunita")
    noted = district.complaint(complaint.code)
    assert (noted.state, noted.due, noted.version) == (complaint.state, complaint.due, 5)


def test_nothing_but_reopening_is_done_to_a_closed_complaint(district: District) -> None:
    (complaint,) = district.register("DPRO B")
    district.do(Solve(complaint.code, WORDS, from_text=True), "sunita")
    district.do(Confirm(complaint.code), "senior")
    closed = district.complaint(complaint.code)
    attempts: list[tuple[Command, str]] = [
        (Acknowledge(complaint.code), "sunita"),
        (Solve(complaint.code, WORDS), "sunita"),
        (UndoSolution(complaint.code), "sunita"),
        (AddEvidence(complaint.code, (PHOTO,)), "sunita"),
        (Transfer(complaint.code, "BDO"), "sunita"),
        (Confirm(complaint.code), "senior"),
    ]
    for command, who in attempts:
        with pytest.raises(AlreadyClosed):
            district.do(command, who)
    assert district.complaint(complaint.code) == closed


def test_the_time_of_a_solution_is_the_message_s_own_but_never_the_future(district: District) -> None:
    (complaint,) = district.register("DPRO B")
    due = complaint.due.at
    district.clock.set(due + timedelta(minutes=20))
    district.do(Solve(complaint.code, WORDS, at=due), "sunita")
    solution = district.complaint(complaint.code).solution
    assert solution is not None
    assert (solution.at, solution.in_time) == (due, True)
    (late,) = district.register("DPRO B")
    district.do(Solve(late.code, WORDS, at=late.due.at + timedelta(days=400)), "sunita")
    solved = district.complaint(late.code).solution
    assert solved is not None
    assert solved.at == district.clock.now()


@pytest.mark.parametrize(
    ("fields", "field", "reason"),
    [
        ({"words": " "}, "words", "empty"),
        ({"village": ""}, "village", "empty"),
        ({"name": ""}, "name", "empty"),
        ({"words": "क" * 8001}, "words", "too_long"),
        ({"phone": "98123"}, "phone", "length"),
        ({"parts": ()}, "department", "empty"),
    ],
)
def test_a_petition_with_a_wrong_field_is_not_registered(
    district: District, fields: dict[str, Any], field: str, reason: str
) -> None:
    with pytest.raises(Invalid) as refused:
        district.register("DPRO B", **fields)
    assert (refused.value.field, refused.value.reason) == (field, reason)


@pytest.mark.parametrize("parts", [("XYZ B",), ("DPRO D",), ("DPRO B", "DPRO C")])
def test_a_petition_goes_to_departments_that_there_are_each_once(district: District, parts: tuple[str, ...]) -> None:
    with pytest.raises(Invalid):
        district.register(*parts)


@pytest.mark.parametrize("who", ["sunita", "auditor"])
def test_only_the_desk_registers(district: District, who: str) -> None:
    petition = RegisterPetition(name="स", phone="", village="ब", words="नाली", parts=(Part("DPRO", "B"),))
    with pytest.raises(NotAllowed):
        district.do(petition, who)
