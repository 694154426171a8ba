"""Each way in which disposals are faked elsewhere is impossible here, or flagged for the administration.

The ways are those that grievance systems, the press and their own manuals tell of (docs/design.md §4, Life of a
complaint): self-reported closing, bulk disposal, a photo that serves twice, a report from before the visit, a number on
which an officer answers. What is typed in the chat is in tests/bot/handlers/test_faked_in_the_chat.py.
"""

import random
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import update

from core.attachments import Attachments
from core.commands import (
    Acknowledge,
    AddEvidence,
    Confirm,
    Reopen,
    Solve,
    TellStillWrong,
    Transfer,
    UndoSolution,
)
from core.complaints import Complaint, Flag, State
from core.people import Actor, Door, Via
from core.refusals import (
    AboutOwnOffice,
    Invalid,
    NotAllowed,
    NotFound,
    OwnSolution,
    PhotoMissing,
    PhotoUsed,
    TooShort,
)
from core.settings import OfficeSettings
from core.store.people_tables import PersonRow
from core.store.tables import table_of
from core.store.unit import UnitOfWork
from core.store.work import Work
from core.sweeping import sweep_now
from tests.core.photos import encoded, photo, trimmed
from tests.district import DEPARTMENT_IDS, PEOPLE, District, small_district

WORDS = "नाली की मरम्मत कराई, पानी निकल गया"
LATER = timedelta(hours=1)

Keep = Callable[..., str]


@pytest.fixture
def district(quick_district: District) -> District:
    return quick_district


@pytest.fixture
def keep(district: District, tmp_path: Path) -> Keep:
    """Keep a file as the chat and the desk do; returns its sha256."""
    return keeper(district, tmp_path)


def keeper(district: District, folder: Path) -> Keep:
    files = Attachments(folder / "files", district.store, 10 * 1024**2)
    return lambda data, name="photo.jpg": files.keep(data, name, "").sha256


def solved(district: District, evidence: tuple[str, ...] = (), part: str = "DPRO B", **fields: Any) -> Complaint:
    """Registered, taken up by Sunita, and an hour later solved by her."""
    (complaint,) = district.register(part, **fields)
    district.do(Acknowledge(complaint.code), "sunita")
    district.clock.advance(LATER)
    district.do(Solve(complaint.code, WORDS, evidence), "sunita")
    return district.complaint(complaint.code)


def flags(complaint: Complaint) -> set[Flag]:
    return {each.flag for each in complaint.flags}


def test_an_honest_solution_is_not_flagged(district: District, keep: Keep) -> None:
    assert solved(district, (keep(encoded(photo(1))),)).flags == ()


# Who closes it


@pytest.mark.parametrize("who", ["sunita", "ashok"])
def test_the_department_closes_what_it_solved(district: District, who: str) -> None:
    complaint = solved(district)
    assert complaint.state is State.SOLVED, "a claim and no more"
    for complainant in (False, True):
        with pytest.raises(OwnSolution):
            district.do(Confirm(complaint.code, complainant), who)


def test_an_officer_says_that_the_complainant_has_confirmed(district: District) -> None:
    complaint = solved(district)
    for who in ("ramesh", "nodal", "auditor"):
        with pytest.raises(NotAllowed):
            district.do(Confirm(complaint.code, complainant=True), who)


def test_the_operator_who_typed_the_report_confirms_it_for_the_complainant(district: District) -> None:
    (complaint,) = district.register("DPRO B")
    district.do(Solve(complaint.code, WORDS), "operator")
    with pytest.raises(OwnSolution):
        district.do(Confirm(complaint.code, complainant=True), "operator")


def test_a_complaint_about_an_office_is_confirmed_by_that_office(district: District) -> None:
    complaint = solved(district, about=DEPARTMENT_IDS["BDO"])
    roles = district.actor("senior").roles
    of_the_office = Actor(PEOPLE["senior"], Via(Door.DESK), roles, member_of=frozenset({DEPARTMENT_IDS["BDO"]}))
    with pytest.raises(AboutOwnOffice):
        district.do(Confirm(complaint.code), of_the_office)


def test_silence_counts_as_satisfied(district: District) -> None:
    complaint = solved(district)
    for _ in range(4):
        district.clock.advance(timedelta(days=5))
        sweep_now(district.office)
    closed = district.complaint(complaint.code)
    assert closed.state is State.CLOSED
    assert closed.unconfirmed
    assert not closed.confirmed_by_complainant


def test_the_office_s_own_word_counts_as_the_complainant_s(district: District) -> None:
    complaint = solved(district)
    district.do(Confirm(complaint.code), "senior")
    assert not district.complaint(complaint.code).confirmed_by_complainant


def test_closed_as_does_not_pertain_to_us(district: District) -> None:
    """Whoever says that it is not theirs names the department whose it is; it stays open, under the same clock."""
    (complaint,) = district.register("DPRO B")
    with pytest.raises(NotFound):
        district.do(Transfer(complaint.code, "NONE", "हमारा नहीं"), "sunita")
    district.do(Transfer(complaint.code, "BDO", "हमारा नहीं"), "sunita")
    assert district.complaint(complaint.code).is_open


# When it was solved


def test_solved_before_it_was_registered(district: District) -> None:
    """The report of a day before the hearing."""
    (complaint,) = district.register("DPRO B")
    district.clock.advance(LATER)
    early = complaint.registered_at - timedelta(days=1)
    district.do(Solve(complaint.code, WORDS, at=early), "sunita")
    after = district.complaint(complaint.code)
    assert after.solution is not None
    assert after.solution.at == complaint.registered_at
    assert Flag.WITHIN_MINUTES in flags(after)


def test_solved_within_minutes_and_before_anybody_took_it_up(district: District) -> None:
    (complaint,) = district.register("DPRO B")
    district.clock.advance(timedelta(minutes=4))
    district.do(Solve(complaint.code, WORDS), "sunita")
    assert flags(district.complaint(complaint.code)) == {Flag.WITHIN_MINUTES, Flag.UNACKNOWLEDGED}


@pytest.mark.parametrize("way", ["reopened", "sent on"])
def test_solved_again_within_minutes(district: District, way: str) -> None:
    complaint = solved(district) if way == "reopened" else district.register("DPRO B")[0]
    district.clock.advance(LATER)
    if way == "reopened":
        district.do(Reopen(complaint.code), "senior")
    else:
        district.do(Transfer(complaint.code, "BDO"), "sunita")
    who = "sunita" if way == "reopened" else "ramesh"
    district.do(Acknowledge(complaint.code), who)
    district.do(Solve(complaint.code, WORDS), who)
    assert flags(district.complaint(complaint.code)) == {Flag.WITHIN_MINUTES}


def test_bulk_disposal(district: District) -> None:
    """Five complaints by one person within ten minutes; of another person's the burst is none."""
    complaints = [district.register("DPRO B")[0] for _ in range(6)]
    for each in complaints:
        district.do(Acknowledge(each.code), "sunita")
    district.clock.advance(LATER)
    for each in complaints[:5]:
        district.clock.advance(timedelta(minutes=1))
        district.do(Solve(each.code, WORDS), "sunita")
    district.do(Solve(complaints[5].code, WORDS), "ashok")
    assert [Flag.BURST in flags(district.complaint(each.code)) for each in complaints] == [False] * 4 + [True, False]


def test_solved_and_taken_back_over_and_over_is_no_burst(district: District) -> None:
    (complaint,) = district.register("DPRO B")
    for _ in range(7):
        district.do(Solve(complaint.code, WORDS, from_text=True), "sunita")
        district.do(UndoSolution(complaint.code), "sunita")
    district.do(Solve(complaint.code, WORDS), "sunita")
    assert Flag.BURST not in flags(district.complaint(complaint.code))


def test_reopening_makes_it_look_in_time(district: District) -> None:
    """Solved late, opened again, solved at once: the first result stays on record."""
    (complaint,) = district.register("DPRO A")
    district.clock.advance(timedelta(days=3))
    district.do(Solve(complaint.code, WORDS, ("a" * 64,)), "sunita")
    district.do(Reopen(complaint.code), "senior")
    district.do(Solve(complaint.code, WORDS, ("b" * 64,)), "sunita")
    after = district.complaint(complaint.code)
    assert after.first_solution is not None
    assert not after.first_solution.in_time


# What proves it


def test_disposed_of_without_going_there(district: District) -> None:
    (complaint,) = district.register("DPRO A")
    with pytest.raises(PhotoMissing):
        district.do(Solve(complaint.code, WORDS), "sunita")


@pytest.mark.parametrize("words", ["निस्तारित", "हो गया", "done", "देख लिया गया", "."])
def test_a_report_without_a_word_on_what_was_done(district: District, words: str) -> None:
    (complaint,) = district.register("DPRO B")
    with pytest.raises(TooShort):
        district.do(Solve(complaint.code, words), "sunita")


def test_a_letter_where_a_photo_is_asked_for(district: District, keep: Keep) -> None:
    (complaint,) = district.register("DPRO A")
    letter = keep(b"%PDF-1.4\n%%EOF", "letter.pdf")
    with pytest.raises(PhotoMissing):
        district.do(Solve(complaint.code, WORDS, (letter,)), "sunita")


def test_the_same_photo_serves_twice(district: District, keep: Keep) -> None:
    picture = keep(encoded(photo(1)))
    first = solved(district, (picture,))
    (second,) = district.register("BDO B")
    with pytest.raises(PhotoUsed) as refused:
        district.do(Solve(second.code, WORDS, (picture,)), "ramesh")
    assert refused.value.used_in == first.code
    district.do(Solve(second.code, WORDS), "ramesh")
    with pytest.raises(PhotoUsed):
        district.do(AddEvidence(second.code, (picture,)), "ramesh")


@pytest.mark.parametrize("trick", ["encoded anew", "made smaller", "trimmed a little"])
def test_the_same_photo_in_another_form_serves_twice(district: District, keep: Keep, trick: str) -> None:
    tricks = {
        "encoded anew": encoded(photo(1), quality=50),
        "made smaller": encoded(photo(1).resize((320, 240))),
        "trimmed a little": encoded(trimmed(photo(1), 0.04, random.Random(3)), quality=70),
    }
    first = solved(district, (keep(encoded(photo(1))),))
    assert solved(district, (keep(encoded(photo(2))),)).flags == ()
    second = solved(district, (keep(tricks[trick]),))
    assert [(each.flag, each.other) for each in second.flags] == [(Flag.PICTURE_ALIKE, first.code)]


def test_the_complainant_s_own_photo_of_the_trouble_proves_that_it_is_gone(district: District, keep: Keep) -> None:
    brought = keep(encoded(photo(1)))
    (complaint,) = district.register("DPRO B", papers=(brought,))
    with pytest.raises(PhotoUsed):
        district.do(Solve(complaint.code, WORDS, (brought,)), "sunita")
    district.do(Solve(complaint.code, WORDS, (keep(encoded(photo(1), quality=50)),)), "sunita")
    assert Flag.PICTURE_ALIKE in flags(district.complaint(complaint.code))


def test_the_photo_of_what_is_still_wrong_proves_that_it_is_gone(district: District, keep: Keep) -> None:
    complaint = solved(district)
    district.do(Reopen(complaint.code), district.complainant(complaint))
    told = keep(encoded(photo(4)))
    district.do(TellStillWrong(complaint.code, "पानी फिर भर गया है", (told,)), district.complainant(complaint))
    with pytest.raises(PhotoUsed):
        district.do(Solve(complaint.code, WORDS, (told,)), "sunita")


def test_the_photo_that_was_found_wanting_serves_again(district: District, keep: Keep) -> None:
    picture = keep(encoded(photo(1)))
    complaint = solved(district, (picture,))
    district.do(Reopen(complaint.code), "senior")
    district.do(Acknowledge(complaint.code), "sunita")
    district.clock.advance(LATER)
    district.do(Solve(complaint.code, WORDS, (picture,)), "sunita")
    assert flags(district.complaint(complaint.code)) == {Flag.PICTURE_USED}


def test_a_photo_sent_to_the_wrong_complaint_and_taken_back_may_serve_where_it_belongs(
    district: District, keep: Keep
) -> None:
    picture = keep(encoded(photo(1)))
    (wrong,) = district.register("DPRO B")
    district.do(Solve(wrong.code, WORDS, (picture,), from_text=True), "sunita")
    district.do(UndoSolution(wrong.code), "sunita")
    assert solved(district, (picture,)).flags == ()


def test_one_order_may_settle_many_matters(sqlite_database: str, tmp_path: Path) -> None:
    settings = OfficeSettings.model_validate({"closing": {"evidence": {}, "department_evidence": {"DPRO": "paper"}}})
    district = small_district(sqlite_database, settings)
    keep = keeper(district, tmp_path)
    (complaint,) = district.register("DPRO B")
    with pytest.raises(PhotoMissing) as refused:
        district.do(Solve(complaint.code, WORDS), "sunita")
    assert refused.value.kind == "paper"
    order, pictured = keep(b"%PDF-1.4\n%%EOF", "order.pdf"), keep(encoded(photo(1)))
    assert solved(district, (order,)).flags == ()
    assert solved(district, (order,)).flags == ()
    solved(district, (pictured,))
    assert flags(solved(district, (pictured,))) == {Flag.PICTURE_USED}
    district.close()


def test_a_photo_from_somewhere_else(sqlite_database: str, tmp_path: Path) -> None:
    """Taken two kilometres from where the complainant took theirs; and one without a place, where a place is wanted."""
    district = small_district(sqlite_database, OfficeSettings.model_validate({"closing": {"evidence": {"B": "place"}}}))
    keep = keeper(district, tmp_path)
    spot, near, far = (keep(taken_at(number, north)) for number, north in enumerate((25.440, 25.441, 25.460)))
    (complaint,) = district.register("DPRO B", papers=(spot,))
    with pytest.raises(PhotoMissing) as refused:
        district.do(Solve(complaint.code, WORDS, (keep(encoded(photo(9))),)), "sunita")
    assert refused.value.kind == "place"
    assert solved(district, (near,), papers=(spot,)).flags == ()
    assert flags(solved(district, (far,), papers=(spot,))) == {Flag.FAR_AWAY}
    district.close()


def taken_at(number: int, north: float) -> bytes:
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (north, 0.0, 0.0), 3: "E", 4: (81.846, 0.0, 0.0)}
    return encoded(photo(number + 20), exif=exif)


# Whom to ask


def test_an_officer_s_number_is_put_down_as_the_complainant_s(district: District) -> None:
    """Whoever answers there would confirm their own work."""

    person = table_of(PersonRow)

    def give_a_phone(unit: UnitOfWork) -> None:
        unit.write(update(person).where(person.c.id == PEOPLE["sunita"]), {"phone": "09812345699"})
        unit.changed_directory()

    district.store.do_now(Work(give_a_phone))
    with pytest.raises(Invalid) as refused:
        district.register("DPRO B", phone="98123 45699")
    assert (refused.value.field, refused.value.reason) == ("phone", "of_an_officer")
    district.register("BDO B", phone="98123 45699")  # they may well complain about others


def test_no_number_at_all_leaves_the_word_to_the_department(district: District) -> None:
    complaint = solved(district, phone="")
    assert complaint.confirmation is not None
    assert complaint.confirmation.asked.value == "seniors"
    with pytest.raises(OwnSolution):
        district.do(Confirm(complaint.code), "ashok")
