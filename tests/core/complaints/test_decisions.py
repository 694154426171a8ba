"""Rejecting, joining, assigning, asking, reopening (docs/rules.md R, M, A, Q, D12, D13), through the office's door."""

from datetime import timedelta

import pytest

from core.commands import (
    Acknowledge,
    AnswerQuestion,
    AskOfficer,
    Assign,
    Command,
    Confirm,
    Merge,
    PauseComplaint,
    Reject,
    Reopen,
    Solve,
    Transfer,
    Unmerge,
)
from core.complaints import State
from core.complaints.merging import goes_on_as
from core.complaints.reopening import told_at_once
from core.pauses import PauseFor
from core.people import Actor
from core.refusals import (
    AlreadyMerged,
    AlreadyRejected,
    AlreadySolved,
    Invalid,
    MergedAround,
    NoQuestion,
    NotAllowed,
    NotMerged,
    NotSolved,
    Refusal,
    ReopenOver,
)
from core.settings import Bilingual, Rejection
from tests.district import PEOPLE, District

WORDS = "नाली की मरम्मत कराई, पानी निकल गया"
DAY = timedelta(days=1)


def refused(district: District, command: Command, by: str | Actor) -> Refusal:
    with pytest.raises(Refusal) as caught:
        district.do(command, by)
    return caught.value


def happened(district: District, command: Command, by: str | Actor) -> list[str]:
    return [type(each.happened).__name__ for each in district.do(command, by).entries]


# Rejecting


def test_a_senior_rejects_for_a_configured_reason_and_only_once(quick_district: District) -> None:
    district = quick_district
    (complaint,) = district.register("DPRO B")
    assert isinstance(refused(district, Reject(complaint.code, "not_my_mood"), "senior"), Invalid)
    assert happened(district, Reject(complaint.code, "sub_judice", " वाद 12/2024 "), "senior") == ["Rejected"]
    stands = district.complaint(complaint.code)
    assert (stands.state, stands.rejected_for, stands.rejected_by) == (
        State.REJECTED,
        "sub_judice",
        PEOPLE["senior"],
    )
    assert stands.closed_at == district.clock.now()
    assert happened(district, Reject(complaint.code, "sub_judice"), "senior") == []
    assert isinstance(refused(district, Reject(complaint.code, "personal_dispute"), "senior"), AlreadyRejected)
    assert isinstance(refused(district, Solve(complaint.code, WORDS), "sunita"), AlreadyRejected)


def test_what_is_solved_is_not_rejected(quick_district: District) -> None:
    (complaint,) = quick_district.register("DPRO B")
    quick_district.do(Solve(complaint.code, WORDS), "sunita")
    assert isinstance(refused(quick_district, Reject(complaint.code, "sub_judice"), "senior"), AlreadySolved)


def test_rejecting_ends_a_pause(quick_district: District) -> None:
    district = quick_district
    (complaint,) = district.register("DPRO C")
    until = district.clock.now().date() + 2 * DAY
    district.do(PauseComplaint(complaint.code, until, PauseFor.COURT, "तारीख 27"), "senior")
    assert happened(district, Reject(complaint.code, "sub_judice"), "senior") == ["Resumed", "Rejected"]
    assert district.complaint(complaint.code).pause is None


def test_what_was_rejected_a_senior_opens_again_within_the_window(quick_district: District) -> None:
    district = quick_district
    (complaint,) = district.register("DPRO B")
    district.do(Reject(complaint.code, "already_decided"), "senior")
    for who in ("operator", district.complainant(complaint)):
        assert isinstance(refused(district, Reopen(complaint.code), who), NotAllowed)
    # Rejected on the 25th of November: up to the end of the 10th of December.
    district.clock.advance(15 * DAY + timedelta(hours=13, minutes=59))
    assert happened(district, Reopen(complaint.code, "न्यायालय ने लौटाया"), "senior") == ["Reopened"]
    stands = district.complaint(complaint.code)
    assert (stands.state, stands.rejected_for, stands.closed_at) == (State.REOPENED, "", None)
    district.do(Reject(complaint.code, "sub_judice"), "senior")
    district.clock.advance(16 * DAY)
    assert isinstance(refused(district, Reopen(complaint.code), "senior"), ReopenOver)


def test_every_reason_has_a_name_in_both_languages() -> None:
    standard = Rejection()
    for reason in standard.reasons:
        name = standard.name(reason)
        assert name.hi != name.en
        assert max(len(name.hi), len(name.en)) <= 20, "it stands on a button"
    own = Rejection(
        reasons=("forest_land", "no_such_place"), names={"forest_land": Bilingual(hi="वन भूमि", en="Forest")}
    )
    assert own.name("forest_land").hi == "वन भूमि"
    assert own.name("no_such_place").hi == "No such place"


# Joining and parting


def test_what_is_joined_stops_and_comes_back_as_it_was(quick_district: District) -> None:
    district = quick_district
    first, second = (*district.register("DPRO B"), *district.register("DPRO C"))
    district.do(Acknowledge(first.code), "sunita")
    before = district.complaint(first.code)
    assert happened(district, Merge(first.code, second.code), "senior") == ["Merged"]
    assert happened(district, Merge(first.code, second.code), "senior") == []
    joined = district.complaint(first.code)
    assert (joined.state, joined.merged_into, joined.merged_code) == (State.MERGED, second.id, second.code)
    assert not joined.is_overdue(district.clock.now() + 99 * DAY)
    assert isinstance(refused(district, Solve(first.code, WORDS), "sunita"), AlreadyMerged)
    district.clock.advance(9 * DAY)
    assert happened(district, Unmerge(first.code), "senior") == ["Unmerged"]
    after = district.complaint(first.code)
    assert (after.state, after.due, after.assignee) == (before.state, before.due, before.assignee)
    assert isinstance(refused(district, Unmerge(first.code), "senior"), NotMerged)


def test_it_is_joined_to_what_is_open_and_not_joined_itself(quick_district: District) -> None:
    district = quick_district
    first, second, third = (district.register("DPRO B")[0] for _ in range(3))
    assert isinstance(refused(district, Merge(first.code, first.code), "senior"), MergedAround)
    district.do(Merge(first.code, second.code), "senior")
    around = refused(district, Merge(third.code, first.code), "senior")
    assert isinstance(around, MergedAround)
    assert around.goes_on == second.code
    assert isinstance(refused(district, Merge(second.code, first.code), "senior"), MergedAround)
    district.do(Merge(second.code, third.code), "senior")
    stands = {each.id: district.complaint(each.code) for each in (first, second, third)}
    assert goes_on_as(stands[first.id], stands.__getitem__).code == third.code
    district.do(Solve(third.code, WORDS), "sunita")
    (fourth,) = district.register("DPRO B")
    assert isinstance(refused(district, Merge(fourth.code, third.code), "senior"), MergedAround)
    assert isinstance(refused(district, Merge(third.code, fourth.code), "senior"), AlreadySolved)


def test_a_pause_that_ran_out_while_it_was_joined_ends_when_they_are_parted(quick_district: District) -> None:
    district = quick_district
    first, second = (*district.register("DPRO C"), *district.register("DPRO C"))
    until = district.clock.now().date() + 2 * DAY
    district.do(PauseComplaint(first.code, until, PauseFor.COURT, "तारीख 27"), "senior")
    paused = district.complaint(first.code)
    district.do(Merge(first.code, second.code), "senior")
    assert district.complaint(first.code).next_at is None
    district.clock.advance(20 * DAY)
    district.do(Unmerge(first.code), "senior")
    stands = district.complaint(first.code)
    assert (stands.state, stands.due) == (State.PAUSED, paused.due)
    assert stands.next_at is not None
    assert stands.next_at < district.clock.now(), "the clock ends the pause at its promised end"


def test_the_joined_ones_complainant_says_no_once_the_other_is_closed(quick_district: District) -> None:
    district = quick_district
    first, second = (*district.register("DPRO C"), *district.register("DPRO C"))
    district.do(Merge(first.code, second.code), "senior")
    own = district.complainant(first)
    assert isinstance(refused(district, Reopen(first.code), own), AlreadyMerged)
    district.do(Solve(second.code, WORDS), "sunita")
    district.do(Confirm(second.code), "senior")
    assert isinstance(refused(district, Reopen(first.code), "senior"), AlreadyMerged), "a senior parts them"
    assert happened(district, Reopen(first.code, "मेरी गली में अब भी पानी है"), own) == ["Reopened"]
    stands = district.complaint(first.code)
    assert (stands.state, stands.merged_into, stands.over, stands.reopened) == (State.REOPENED, None, None, 1)
    assert stands.due.at > district.clock.now()
    assert district.complaint(second.code).state is State.CLOSED


def test_that_no_has_the_others_window(quick_district: District) -> None:
    district = quick_district
    first, second = (*district.register("DPRO C"), *district.register("DPRO C"))
    district.do(Merge(first.code, second.code), "senior")
    district.do(Solve(second.code, WORDS), "sunita")
    district.do(Confirm(second.code), "senior")
    district.clock.advance(16 * DAY)
    assert isinstance(refused(district, Reopen(first.code), district.complainant(first)), ReopenOver)


# Assigning


def test_the_head_gives_it_to_an_officer_who_then_says_that_they_are_on_it(quick_district: District) -> None:
    district = quick_district
    (complaint,) = district.register("DPRO B")
    for nobody in ("ramesh", "auditor"):
        assert isinstance(refused(district, Assign(complaint.code, PEOPLE[nobody]), "ashok"), Invalid)
    assert isinstance(refused(district, Assign(complaint.code, PEOPLE["sunita"]), "sunita"), NotAllowed)
    assert happened(district, Assign(complaint.code, PEOPLE["sunita"]), "ashok") == ["Assigned"]
    assert happened(district, Assign(complaint.code, PEOPLE["sunita"]), "operator") == []
    stands = district.complaint(complaint.code)
    assert (stands.state, stands.assignee) == (State.REGISTERED, PEOPLE["sunita"])
    assert happened(district, Acknowledge(complaint.code), "sunita") == ["Acknowledged"]
    stands = district.complaint(complaint.code)
    assert (stands.state, stands.assigned_at) == (State.ACKNOWLEDGED, None)
    assert happened(district, Acknowledge(complaint.code), "sunita") == []


def test_what_was_acknowledged_stays_so_when_somebody_else_gets_it(quick_district: District) -> None:
    district = quick_district
    (complaint,) = district.register("DPRO B")
    district.do(Acknowledge(complaint.code), "ashok")
    first = district.complaint(complaint.code).acknowledged_at
    district.do(Assign(complaint.code, PEOPLE["sunita"]), "ashok")
    stands = district.complaint(complaint.code)
    assert (stands.state, stands.acknowledged_at, stands.assignee) == (State.ACKNOWLEDGED, first, PEOPLE["sunita"])
    assert happened(district, Acknowledge(complaint.code), "sunita") == ["Acknowledged"]


# Asking


def test_a_question_goes_to_who_has_it_and_waits_for_its_answer(quick_district: District) -> None:
    district = quick_district
    (complaint,) = district.register("DPRO B")
    assert isinstance(refused(district, AnswerQuestion(complaint.code, "हाँ"), "sunita"), NoQuestion)
    district.do(AskOfficer(complaint.code, "कब तक?"), "senior")
    asked = district.complaint(complaint.code).question
    assert asked is not None
    assert asked.officer == PEOPLE["ashok"], "nobody has it, so the head is asked"
    assert happened(district, AskOfficer(complaint.code, "कब तक?"), "senior") == []
    district.do(Acknowledge(complaint.code), "sunita")
    district.do(AskOfficer(complaint.code, "पाइप आया?"), "operator")
    asked = district.complaint(complaint.code).question
    assert asked is not None
    assert (asked.officer, asked.words) == (PEOPLE["sunita"], "पाइप आया?")
    assert asked.askers == (PEOPLE["senior"], PEOPLE["operator"])
    district.do(Solve(complaint.code, WORDS), "sunita")
    assert district.complaint(complaint.code).question == asked, "it waits, solved or not"
    (entry,) = district.do(AnswerQuestion(complaint.code, "आ गया"), "ashok").entries
    assert vars(entry.happened)["askers"] == asked.askers
    assert entry.complaint.question is None


@pytest.mark.parametrize(
    "ends", [lambda code: Transfer(code, "BDO"), lambda code: Reject(code, "sub_judice")], ids=["transfer", "reject"]
)
def test_a_question_falls_with_the_department_that_was_asked(quick_district: District, ends: object) -> None:
    district = quick_district
    (complaint,) = district.register("DPRO B")
    district.do(AskOfficer(complaint.code, "कब तक?"), "senior")
    district.do(ends(complaint.code), "senior")  # type: ignore[operator]
    assert district.complaint(complaint.code).question is None


def test_of_what_is_confidential_only_the_head_is_asked_and_answers(quick_district: District) -> None:
    district = quick_district
    (complaint,) = district.register("DPRO B", confidential=True)
    district.do(Acknowledge(complaint.code), "sunita")
    district.do(AskOfficer(complaint.code, "कब तक?"), "senior")
    asked = district.complaint(complaint.code).question
    assert asked is not None
    assert asked.officer == PEOPLE["ashok"]
    assert isinstance(refused(district, AnswerQuestion(complaint.code, "आज"), "sunita"), NotAllowed)
    assert happened(district, AnswerQuestion(complaint.code, "आज"), "ashok") == ["QuestionAnswered"]


# Reopening


def test_who_hears_of_a_reopening_at_once() -> None:
    assert told_at_once(1) == ("head",)
    assert told_at_once(2) == ("head", "administration")
    assert told_at_once(3) == ("head", "administration", "senior")
    assert told_at_once(9) == told_at_once(3)


def test_an_open_complaint_is_not_reopened(quick_district: District) -> None:
    (complaint,) = quick_district.register("DPRO B")
    assert isinstance(refused(quick_district, Reopen(complaint.code), "senior"), NotSolved)


def test_what_was_done_about_a_confidential_matter_is_not_in_a_refusal(quick_district: District) -> None:
    (complaint,) = quick_district.register("DPRO B", confidential=True)
    quick_district.do(Solve(complaint.code, WORDS), "ashok")
    came = refused(quick_district, Solve(complaint.code, WORDS), "sunita")
    assert isinstance(came, AlreadySolved)
    assert came.words == ""
