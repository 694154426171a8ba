"""The ladder over the records of an office: once whoever runs, whatever restarts, and however the clock jumps."""

import asyncio
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress

import pytest

from core.clock import SetClock
from core.commands import Acknowledge, Assign, Merge, PauseComplaint, Solve, Transfer, UndoSolution, Unmerge
from core.complaints import AcknowledgementFell, Breached, Complaint, Escalated, Happened, Solved, State
from core.holiday_commands import DeclareHoliday
from core.office import Office, Silence
from core.pauses import PauseFor
from core.proof import verify
from core.settings import OfficeSettings
from core.store.entries import entries_of
from core.store.queries.clocks import complaints_due
from core.store.store import Store
from core.store.unit import UnitOfWork
from core.store.work import Work
from core.sweeping import LEAST, sweep, sweep_now
from core.timeline import Entry, decode
from tests.core.calendars import ist, said
from tests.district import DEPARTMENT_IDS, PEOPLE, District, small_district

WORDS, PHOTO = "नाली की मरम्मत कराई, पानी निकल गया", ("a" * 64,)


def facts(district: District, complaint: Complaint) -> list[Happened]:
    with district.store.reading() as connection:
        return [decode(each.kind, each.payload, each.personal) for each in entries_of(connection, complaint.id)]


def ladder(district: District, complaint: Complaint) -> list[tuple[str, str, tuple[str, ...]]]:
    """When each rung spoke, which, and what was recorded with it."""
    found = facts(district, complaint)
    return [(said(each.at), each.rung, each.recorded) for each in found if isinstance(each, Escalated)]


def look(district: District, *when: str) -> None:
    for each in when:
        district.clock.set(ist(f"2026-11-{each}"))
        sweep_now(district.office)


def test_the_breach_has_its_own_time_and_its_holder_however_late_it_is_seen(district: District) -> None:
    (complaint,) = district.register("DPRO A")
    district.clock.set(ist("2026-11-25 18:00"))
    district.do(Transfer(complaint.code, "BDO"), "sunita")  # at the very instant: the sender's (D8)
    look(district, "27 11:00")
    (breached,) = [each for each in facts(district, complaint) if isinstance(each, Breached)]
    assert (said(breached.at), breached.department) == ("Wed 25 Nov 18:00", DEPARTMENT_IDS["DPRO"])
    assert ladder(district, complaint) == [("Fri 27 Nov 11:00", "due+1d", ("due-4h", "due", "due+4h"))]
    assert district.complaint(complaint.code).next_at is None, "its ladder is at its end (L5)"
    with district.store.reading() as connection:
        assert verify(connection).clean


def test_what_arrives_late_and_was_in_time_stands_beside_the_breach(quick_district: District) -> None:
    district = quick_district
    first, second = district.register("DPRO A")[0], district.register("DPRO A")[0]
    look(district, "25 18:01")
    district.do(Solve(first.code, WORDS, PHOTO, at=ist("2026-11-25 17:59")), "sunita")
    kinds = [type(each) for each in facts(district, first)]
    assert kinds.index(Breached) < kinds.index(Solved), "what was written stays (P9)"
    solution = district.complaint(first.code).solution
    assert solution is not None
    assert solution.in_time
    look(district, "25 18:00:00")
    district.do(Solve(second.code, WORDS, PHOTO), "sunita")
    assert district.complaint(second.code).solution is not None


def test_late_by_a_second_is_recorded_with_the_solution_though_no_clock_was_there(quick_district: District) -> None:
    district = quick_district
    on_time, late = district.register("DPRO A")[0], district.register("DPRO A")[0]
    district.clock.set(ist("2026-11-25 18:00"))
    district.do(Solve(on_time.code, WORDS, PHOTO), "sunita")
    district.clock.set(ist("2026-11-25 18:00:01"))
    district.do(Solve(late.code, WORDS, PHOTO), "sunita")
    assert not any(isinstance(each, Breached) for each in facts(district, on_time))
    assert [type(each) for each in facts(district, late)][1:3] == [Breached, Solved]


def test_a_clock_set_forward_and_back_fires_nothing_twice_and_loses_nothing(quick_district: District) -> None:
    district = quick_district
    (complaint,) = district.register("DPRO A")
    look(
        district,
        "25 14:00",
        "25 13:00",
        "25 14:00",
        "25 18:00",
        "25 10:00",
        "24 10:00",
        "25 18:00",
        "26 10:00",
        "25 18:00",
    )
    look(district, "26 10:00", "26 18:00", "26 18:00")
    assert [rung for _, rung, _ in ladder(district, complaint)] == ["due-4h", "due", "due+4h", "due+1d"]
    assert sum(isinstance(each, Breached) for each in facts(district, complaint)) == 1


def test_two_processes_sweep_the_same_complaints_and_each_is_done_once(district: District, database_url: str) -> None:
    """And one of them ends after some rounds, as if it had been killed between two."""
    complaints = [district.register("DPRO A")[0] for _ in range(30)]
    now = ist("2026-11-30 11:00")
    district.clock.set(now)
    others = [Store.open(database_url, SetClock(now)) for _ in range(2)]
    offices = [Office(store, OfficeSettings(), store.clock, Silence()) for store in others]
    threads = [threading.Thread(target=sweep_now, args=(office,)) for office in offices]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sweep_now(district.office)
    for store in others:
        store.close()
    told = Counter(len(ladder(district, each)) for each in complaints)
    assert told == {1: 30}
    with district.store.reading() as connection:
        assert verify(connection).clean
        assert complaints_due(connection, now, now.date(), 100) == ()


def test_what_is_undone_or_parted_hears_the_highest_rung_that_fell_in_it(
    quick_district: District,
) -> None:
    district = quick_district
    undone, parted = district.register("DPRO A")[0], district.register("DPRO A")[0]
    (other,) = district.register("BDO C")
    district.clock.set(ist("2026-11-25 17:55"))
    district.do(Solve(undone.code, WORDS, PHOTO, from_text=True), "sunita")
    district.do(Merge(parted.code, other.code), "senior")
    look(district, "25 18:03")
    assert ladder(district, undone) == ladder(district, parted) == []
    district.do(UndoSolution(undone.code), "sunita")
    look(district, "25 18:04")
    assert ladder(district, undone) == [("Wed 25 Nov 18:04", "due", ("due-4h",))]
    look(district, "27 12:00")
    district.do(Unmerge(parted.code), "senior")
    look(district, "27 12:01")
    assert ladder(district, parted) == [("Fri 27 Nov 12:01", "due+1d", ("due-4h", "due", "due+4h"))]
    (breached,) = [each for each in facts(district, parted) if isinstance(each, Breached)]
    assert said(breached.at) == "Wed 25 Nov 18:00"


class Announcing(Silence):
    """A teller that says when the first complaint was done."""

    def __init__(self) -> None:
        self.loop, self.begun = asyncio.get_running_loop(), asyncio.Event()

    def tell(self, unit: UnitOfWork, entries: Sequence[Entry]) -> None:
        """Announce it, from the writer's thread."""
        self.loop.call_soon_threadsafe(self.begun.set)


@pytest.mark.asyncio
async def test_an_office_that_ends_between_two_rounds_goes_on_where_it_was(
    district: District, database_url: str
) -> None:
    complaints = [district.register("DPRO A")[0] for _ in range(LEAST + 22)]
    now, announcing = ist("2026-11-30 11:00"), Announcing()
    store = Store.open(database_url, SetClock(now))
    sweeping = asyncio.create_task(sweep(Office(store, OfficeSettings(), store.clock, announcing)))
    await asyncio.wait_for(announcing.begun.wait(), 60)
    sweeping.cancel()  # in the middle of a round: what it did so far is written, and no other begins
    with suppress(asyncio.CancelledError):
        await sweeping
    await asyncio.get_running_loop().shutdown_default_executor()
    store.close()
    done = sum(bool(ladder(district, each)) for each in complaints)
    assert done >= LEAST
    district.clock.set(now)
    assert sweep_now(district.office) == len(complaints) - done
    assert Counter(len(ladder(district, each)) for each in complaints) == {1: len(complaints)}
    assert sweep_now(district.office) == 0


def test_a_paused_complaint_is_silent_and_goes_on_by_the_new_due_time(quick_district: District) -> None:
    district = quick_district
    (complaint,) = district.register("DPRO A")
    look(district, "25 14:00")
    district.do(PauseComplaint(complaint.code, ist("2026-11-27 10:00").date(), PauseFor.COURT, WORDS), "operator")
    look(district, "25 18:00", "26 18:00", "27 09:59")
    assert [rung for _, rung, _ in ladder(district, complaint)] == ["due-4h"]
    look(district, "27 10:00")
    stands = district.complaint(complaint.code)
    assert (stands.state, said(stands.due.at), stands.due_version) == (State.REGISTERED, "Fri 27 Nov 18:00", 2)
    look(district, "27 14:00", "27 18:00")
    assert [rung for _, rung, _ in ladder(district, complaint)] == ["due-4h", "due-4h", "due"], "another version"


@pytest.fixture
def day_before(sqlite_database: str) -> Iterator[District]:
    """The small district with one rung: a reminder on the day before."""
    settings = OfficeSettings.model_validate({"escalation": [{"when": "due-1d", "to": "assignee"}]})
    made = small_district(sqlite_database, settings)
    yield made
    made.close()


def test_a_holiday_declared_brings_a_reminder_forward_to_the_day_before(day_before: District) -> None:
    (complaint,) = day_before.register("DPRO B")  # due on Saturday
    assert said(day_before.complaint(complaint.code).next_at) == "Fri 27 Nov 18:00"
    day_before.do(DeclareHoliday(ist("2026-11-27 10:00").date(), "वर्षा"), "administrator")
    assert said(day_before.complaint(complaint.code).next_at) == "Thu 26 Nov 18:00"
    look(day_before, "26 18:00")
    assert ladder(day_before, complaint) == [("Thu 26 Nov 18:00", "due-1d", ())]


def test_another_ladder_in_the_settings_counts_from_the_next_midnight_and_says_nothing_twice(
    quick_district: District,
) -> None:
    district = quick_district
    (complaint,) = district.register("DPRO B")  # due on Saturday
    settings = OfficeSettings.model_validate({"escalation": [{"when": "due-1d", "to": "head"}]})
    office = Office(district.store, settings, district.clock, Silence())
    district.store.do_now(Work(office.set_clocks_anew))
    assert said(district.complaint(complaint.code).next_at) == "Fri 27 Nov 18:00"
    district.clock.set(ist("2026-11-27 18:00"))
    assert sweep_now(office) == 1
    look(district, "28 18:00")  # with the old ladder again
    assert [rung for _, rung, _ in ladder(district, complaint)] == ["due-1d", "due"]


def test_who_is_asked_in_vain_has_it_no_more_and_a_reassignment_is_not_asked(quick_district: District) -> None:
    district = quick_district
    (complaint,) = district.register("DPRO C")
    district.do(Acknowledge(complaint.code), "sunita")
    look(district, "28 14:00")
    asked = district.complaint(complaint.code).still_asked
    assert asked is not None
    assert said(asked.until) == "Sat 28 Nov 16:00"
    look(district, "28 15:59:59")
    assert district.complaint(complaint.code).state is State.ACKNOWLEDGED
    look(district, "28 16:00")
    stands = district.complaint(complaint.code)
    assert (stands.state, stands.assignee, stands.acknowledged_at) == (State.REGISTERED, None, None)
    assert isinstance(facts(district, complaint)[-1], AcknowledgementFell)
    district.do(Assign(complaint.code, PEOPLE["sunita"]), "ashok")
    look(district, "30 10:00", "30 18:00")
    assert district.complaint(complaint.code).still_asked is None, "she has not said that she is on it"


def test_nobody_is_asked_after_the_due_time_though_nothing_ran_before_it(quick_district: District) -> None:
    (complaint,) = quick_district.register("DPRO A")
    quick_district.do(Acknowledge(complaint.code), "sunita")
    look(quick_district, "25 18:00", "26 12:00")
    stands = quick_district.complaint(complaint.code)
    assert (stands.still_asked, stands.state) == (None, State.ACKNOWLEDGED)
