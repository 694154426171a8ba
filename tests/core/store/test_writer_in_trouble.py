"""What must not stop the writer: a bug after the commit, text that no database takes, a store that is closed."""

import threading
from concurrent.futures import Future
from typing import Any

import pytest
from sqlalchemy import func, select

from core.commands import AddNote, Part, RegisterPetition
from core.office import Office, Silence
from core.proof import verify
from core.refusals import Forged, NotFound
from core.store.queries.holidays import freeze_years
from core.store.store import Store
from core.store.tables import FailureRow, OccasionRow, table_of
from core.store.unit import UnitOfWork
from core.store.work import StoreUnavailable, Work, WorkFailed
from tests.district import District

OCCASION, FAILURE = table_of(OccasionRow), table_of(FailureRow)
HOSTILE = "नाली\x00 साफ \ud83dकराई"


def occasions(store: Store) -> int:
    count = select(func.count()).select_from(OCCASION)
    return store.read_now(lambda connection: int(connection.execute(count).scalar_one()))


def leave_a_row(unit: UnitOfWork) -> str:
    unit.insert(OCCASION, {"name": str(unit.new_id("occasion")), "day": "2026-11-25", "at": unit.now})
    return "done"


def test_what_fails_after_the_commit_neither_repeats_nor_loses_anything(district: District) -> None:
    called: list[str] = []

    def fail() -> None:
        raise RuntimeError("a bug in what is woken")

    def run(unit: UnitOfWork) -> str:
        unit.after_commit(fail)
        unit.after_commit(lambda: called.append("the next"))
        return leave_a_row(unit)

    gate = threading.Event()
    district.store.submit(Work(lambda unit: gate.wait()))
    futures = [district.store.submit(Work(each)) for each in (leave_a_row, run, leave_a_row)]
    gate.set()
    assert [future.result(timeout=60).value for future in futures] == ["done"] * 3
    assert (occasions(district.store), called) == (3, ["the next"])
    assert district.store.do_now(Work(leave_a_row)).value == "done"


def test_a_future_that_is_given_up_stops_nothing(district: District) -> None:
    gate = threading.Event()
    district.store.submit(Work(lambda unit: gate.wait()))
    given_up, kept = (district.store.submit(Work(leave_a_row)) for _ in range(2))
    assert given_up.cancel()
    gate.set()
    assert kept.result(timeout=60).value == "done"
    assert occasions(district.store) == 1, "what was given up before it began is not done"


def test_closing_writes_what_waits_and_what_comes_later_is_told_so(quick_district: District) -> None:
    store = quick_district.store
    gate = threading.Event()
    store.submit(Work(lambda unit: gate.wait()))
    futures: list[Future[Any]] = [store.submit(Work(leave_a_row)) for _ in range(150)]
    closing = threading.Thread(target=store.close)
    closing.start()
    gate.set()
    closing.join(timeout=60)
    assert [future.result(timeout=60).value for future in futures] == ["done"] * 150
    with pytest.raises(StoreUnavailable):
        store.submit(Work(leave_a_row)).result(timeout=60)


def test_a_text_that_no_database_takes_is_one_failure_and_not_a_store_that_is_away(district: District) -> None:
    def keep(unit: UnitOfWork) -> None:
        unit.insert(OCCASION, {"name": HOSTILE, "day": "2026-11-25", "at": unit.now})

    with pytest.raises(WorkFailed):
        district.store.do_now(Work(keep, key="update-1", raw=HOSTILE))
    assert district.store.trouble is None
    with district.store.reading() as connection:
        assert connection.execute(select(FAILURE.c.raw)).scalar_one() == "नाली साफ कराई"


def test_nul_and_halves_of_pairs_in_a_command_go_at_the_door(district: District) -> None:
    petition = RegisterPetition(
        name=HOSTILE, phone="9812345610\x00", village="बसही\x00", words=HOSTILE, parts=(Part("DPRO\x00", "B"),)
    )
    (entry,) = district.do(petition, "operator").entries
    code = entry.complaint.code
    district.do(AddNote(code, HOSTILE), "sunita")
    with pytest.raises(NotFound):
        district.do(AddNote(f"{code}\x00\x00X", "टिप्पणी"), "sunita")
    with district.store.reading() as connection:
        assert verify(connection).clean


def test_what_was_cached_of_a_work_that_was_rolled_back_never_passes_for_what_came_later(district: District) -> None:
    """Its generation was rolled back as well; another change must not be given the same number."""
    office, day = district.office, district.clock.now().date()

    def freeze_in_vain(unit: UnitOfWork) -> None:
        freeze_years(unit, office.settings, day)
        unit.flush()
        assert office.rules(unit.connection).calendar.holidays
        raise Forged("button")

    with pytest.raises(Forged):
        district.store.do_now(Work(freeze_in_vain))
    district.store.do_now(Work(lambda unit: unit.changed_directory()))
    anew = Office(district.store, office.settings, district.clock, Silence())
    with district.store.reading() as connection:
        assert office.rules(connection).calendar == anew.rules(connection).calendar
