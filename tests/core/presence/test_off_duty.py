"""Take offline and restore: who may, what becomes of their complaints, and that nothing new comes to them."""

from datetime import date

import pytest

from core.commands import Acknowledge, Assign, PauseComplaint
from core.complaints import State, TakenOver
from core.pauses import PauseFor
from core.presence.absences import OffDuty
from core.presence.happened import Restored, TakenOffline
from core.presence_commands import RestoreOfficer, TakeOffline
from core.proof import verify
from core.refusals import AlreadyOffDuty, Invalid, NotAllowed, NotFound, NotOffDuty, OwnDuty, Refusal
from core.refusals import OffDuty as IsOffDuty
from tests.core.presence.office_mornings import Listener, at, bind
from tests.district import PEOPLE, District, small_district

SUNITA, ASHOK = PEOPLE["sunita"], PEOPLE["ashok"]
WITHOUT_NOTICE = TakeOffline(SUNITA, "बिना सूचना अनुपस्थित")


def test_what_they_have_goes_to_the_head_each_with_an_entry(district: District) -> None:
    (taken,) = district.register("DPRO B")
    (assigned,) = district.register("DPRO B")
    (paused,) = district.register("DPRO B")
    (of_the_head,) = district.register("DPRO B")
    (nobodys,) = district.register("DPRO B")
    for each in (taken, paused):
        district.do(Acknowledge(each.code), "sunita")
    district.do(Assign(assigned.code, SUNITA), "ashok")
    district.do(PauseComplaint(paused.code, date(2026, 11, 30), PauseFor.COURT, "तारीख़"), "senior")
    district.do(Acknowledge(of_the_head.code), "ashok")
    done = district.do(WITHOUT_NOTICE, "senior")
    assert [entry.complaint.code for entry in done.entries] == [taken.code, assigned.code, paused.code]
    for entry in done.entries:
        fact = entry.happened
        assert isinstance(fact, TakenOver)
        assert (fact.by, fact.officer, fact.head) == (PEOPLE["senior"], SUNITA, ASHOK)
        assert (entry.complaint.assignee, entry.complaint.assigned_at) == (ASHOK, district.clock.now())
    assert district.complaint(paused.code).state is State.PAUSED
    assert district.complaint(of_the_head.code).version == 2
    assert district.complaint(nobodys.code).assignee is None
    with district.store.reading() as connection:
        assert verify(connection).clean


def test_a_heads_own_are_nobodys_and_wait_for_somebody(district: District) -> None:
    (taken,) = district.register("DPRO B")
    (paused,) = district.register("DPRO B")
    (assigned,) = district.register("DPRO B")
    for each in (taken, paused):
        district.do(Acknowledge(each.code), "ashok")
    district.do(PauseComplaint(paused.code, date(2026, 11, 30), PauseFor.COURT, "तारीख़"), "senior")
    district.do(Assign(assigned.code, ASHOK), "ashok")
    district.do(TakeOffline(ASHOK, "अनुपस्थित"), "senior")
    free = district.complaint(taken.code)
    assert (free.assignee, free.acknowledged_at, free.state) == (None, None, State.REGISTERED)
    waiting = district.complaint(paused.code)
    assert waiting.pause is not None
    assert (waiting.assignee, waiting.state, waiting.pause.over) == (None, State.PAUSED, State.REGISTERED)
    assert district.complaint(assigned.code).assignee is None
    with district.store.reading() as connection:
        assert verify(connection).clean


def test_one_who_is_offline_is_given_nothing_new(district: District) -> None:
    (complaint,) = district.register("DPRO B")
    district.do(TakeOffline(SUNITA, "अनुपस्थित", date(2026, 11, 27)), "senior")
    for command, by in ((Assign(complaint.code, SUNITA), "ashok"), (Acknowledge(complaint.code), "sunita")):
        with pytest.raises(IsOffDuty) as refused:
            district.do(command, by)
        assert (refused.value.officer, refused.value.until) == (SUNITA, date(2026, 11, 27))
    district.clock.set(at("27 00:00:00"))
    district.do(Acknowledge(complaint.code), "sunita")
    assert district.complaint(complaint.code).assignee == SUNITA


def test_restored_they_take_part_again_and_what_went_stays(district: District) -> None:
    (complaint,) = district.register("DPRO B")
    district.do(Acknowledge(complaint.code), "sunita")
    district.do(WITHOUT_NOTICE, "senior")
    restored = district.do(RestoreOfficer(SUNITA), "other senior").value
    assert isinstance(restored, OffDuty)
    assert (restored.restored_by, restored.restored_at) == (PEOPLE["other senior"], district.clock.now())
    assert district.complaint(complaint.code).assignee == ASHOK
    district.do(Assign(complaint.code, SUNITA), "ashok")
    with pytest.raises(NotOffDuty):
        district.do(RestoreOfficer(SUNITA), "senior")
    district.do(WITHOUT_NOTICE, "senior")


def test_twice_is_told_with_who_did_it_until_their_day_has_come(district: District) -> None:
    district.do(TakeOffline(SUNITA, "अनुपस्थित", date(2026, 11, 27)), "senior")
    with pytest.raises(AlreadyOffDuty) as refused:
        district.do(WITHOUT_NOTICE, "other senior")
    assert (refused.value.by, refused.value.at) == (PEOPLE["senior"], district.clock.now())
    district.clock.set(at("27 08:00:00"))
    with pytest.raises(NotOffDuty):
        district.do(RestoreOfficer(SUNITA), "senior")
    district.do(WITHOUT_NOTICE, "other senior")


@pytest.mark.parametrize(
    ("command", "by", "refusal"),
    [
        (TakeOffline(SUNITA, "  "), "senior", Invalid),
        (TakeOffline(SUNITA, "क" * 501), "senior", Invalid),
        (TakeOffline(SUNITA, "x", date(2026, 11, 25)), "senior", Invalid),
        (TakeOffline(SUNITA, "x", date(2026, 11, 24)), "senior", Invalid),
        (TakeOffline(SUNITA, "x", date(2027, 11, 27)), "senior", Invalid),
        (TakeOffline(4711, "x"), "senior", NotFound),
        (TakeOffline(PEOPLE["senior"], "x"), "senior", OwnDuty),
        (RestoreOfficer(PEOPLE["senior"]), "senior", OwnDuty),
        (RestoreOfficer(SUNITA), "senior", NotOffDuty),
        *(
            (command, by, NotAllowed)
            for command in (WITHOUT_NOTICE, RestoreOfficer(SUNITA))
            for by in ("ashok", "sunita", "operator", "nodal", "auditor", "administrator")
        ),
    ],
)
def test_what_may_not_be_is_told_and_changes_nothing(
    quick_district: District, command: TakeOffline | RestoreOfficer, by: str, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        quick_district.do(command, by)
    assert quick_district.store.read_now(quick_district.store.directory).off_duty == {}


def test_a_senior_whom_another_took_offline_cannot_restore_themselves(quick_district: District) -> None:
    quick_district.do(TakeOffline(PEOPLE["senior"], "x"), "other senior")
    with pytest.raises(OwnDuty):
        quick_district.do(RestoreOfficer(PEOPLE["senior"]), "senior")


def test_it_is_told_with_the_complaints(sqlite_database: str) -> None:
    listener = Listener()
    district = small_district(sqlite_database, teller=listener)
    bind(district)
    (complaint,) = district.register("DPRO B")
    district.do(Acknowledge(complaint.code), "sunita")
    district.do(WITHOUT_NOTICE, "senior")
    district.do(RestoreOfficer(SUNITA), "senior")
    taken, restored = listener.told
    assert isinstance(taken, TakenOffline)
    assert taken.complaints == (complaint.code,)
    assert isinstance(restored, Restored)
    district.close()
