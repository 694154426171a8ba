"""The one writer: batches, keys, refusals, exceptions, and a database that is away (docs/design.md §2, The store)."""

import sqlite3
import threading
from concurrent.futures import Future
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text, update

from core.commands import AddNote, BindGroup, Solve
from core.groups import Purpose
from core.refusals import Forged, Refusal, WrongDepartment
from core.store.store import Store
from core.store.tables import ComplaintRow, FailureRow, OccasionRow, TimelineRow, WorkKeyRow, table_of
from core.store.unit import UnitOfWork
from core.store.work import StoreUnavailable, Work, WorkFailed
from tests.district import District

OCCASION = table_of(OccasionRow)
FAILURE = table_of(FailureRow)
KEY = table_of(WorkKeyRow)


def occasion(name: str) -> Work[str]:
    """A work that leaves a row, so that one can see whether it was done."""

    def run(unit: UnitOfWork) -> str:
        unit.insert(OCCASION, {"name": name, "day": "2026-11-25", "at": unit.now})
        return name

    return Work(run)


def occasions(store: Store) -> list[str]:
    return store.read_now(
        lambda connection: list(connection.execute(select(OCCASION.c.name).order_by("name")).scalars())
    )


def assert_well(store: Store) -> None:
    """Nothing stands in the way of writing any more."""
    assert store.trouble is None


def write_until_it_is_full(store: Store, behind_a_savepoint: bool) -> None:
    """Raises StoreUnavailable before five million letters."""
    for number in range(5_000):
        work = occasion(f"{number:05}" * 200)

        def run(unit: UnitOfWork, work: Work[str] = work) -> None:
            work.run(unit)
            if behind_a_savepoint:
                unit.flush()

        store.do_now(Work(run))


def rows(store: Store, model: Any) -> int:
    count = select(func.count()).select_from(table_of(model))
    return store.read_now(lambda connection: int(connection.execute(count).scalar_one()))


def submit_behind_a_gate(store: Store, works: list[Work[Any]]) -> list["Future[Any]"]:
    """Have the writer wait until all works are queued, so that they are one batch."""
    closed, gate = threading.Event(), threading.Event()

    def wait(_unit: UnitOfWork) -> None:
        closed.set()
        gate.wait()

    store.submit(Work(wait))
    closed.wait()  # else the first of them could still join the gate's batch
    futures = [store.submit(work) for work in works]
    gate.set()
    return futures


def test_what_waits_becomes_one_batch_and_a_later_work_sees_the_earlier(district: District) -> None:
    (complaint,) = district.register("DPRO B")
    sunita = district.actor("sunita")
    connections: set[int] = set()

    def note(unit: UnitOfWork) -> int:
        connections.add(id(unit))
        district.office.perform(unit, AddNote(complaint.code, "कल टीम जाएगी"), sunita)
        return unit.complaint(complaint.code).version

    futures = submit_behind_a_gate(district.store, [Work(note) for _ in range(20)])
    assert [future.result().value for future in futures] == list(range(2, 22))
    assert len(connections) == 1
    assert district.complaint(complaint.code).version == 21


def test_a_key_that_was_done_does_nothing_and_is_given_the_answer_again(district: District) -> None:
    def run(unit: UnitOfWork) -> str:
        unit.insert(OCCASION, {"name": "once", "day": "d", "at": unit.now})
        unit.remember("the answer")
        return "the value"

    first = district.store.do_now(Work(run, key="form-1"))
    second = district.store.do_now(Work(run, key="form-1"))
    assert (first.value, first.repeated) == ("the value", False)
    assert (second.value, second.repeated, second.remembered) == (None, True, "the answer")
    assert occasions(district.store) == ["once"]


def test_the_same_key_twice_in_one_batch_is_done_once(district: District) -> None:
    work = Work(occasion("once").run, key="update-7")
    results = [future.result() for future in submit_behind_a_gate(district.store, [work, work, work])]
    assert [result.repeated for result in results] == [False, True, True]
    assert occasions(district.store) == ["once"]


def test_a_refusal_drops_what_the_work_staged_keeps_the_key_and_is_the_answer(district: District) -> None:
    def run(unit: UnitOfWork) -> None:
        unit.insert(OCCASION, {"name": "staged", "day": "d", "at": unit.now})
        unit.fresh(select(OCCASION.c.name))  # even what was written early goes
        raise Forged("button")

    with pytest.raises(Forged):
        district.store.do_now(Work(run, key="press-1"))
    assert occasions(district.store) == []
    assert district.store.do_now(Work(run, key="press-1")).repeated


def test_an_exception_is_kept_as_a_failure_and_those_behind_go_on(district: District) -> None:
    typed = "सावित्री देवी 9812345610"

    def fall(unit: UnitOfWork) -> None:
        unit.insert(OCCASION, {"name": "staged", "day": "d", "at": unit.now})
        raise ValueError(typed)

    def tell(unit: UnitOfWork, reference: int) -> None:
        unit.insert(OCCASION, {"name": f"told {reference}", "day": "d", "at": unit.now})

    works: list[Work[Any]] = [
        occasion("before"),
        Work(fall, key="update-8", raw='{"text": "…"}', failed=tell),
        occasion("behind"),
    ]
    before, fallen, behind = submit_behind_a_gate(district.store, works)
    assert (before.result().value, behind.result().value) == ("before", "behind")
    with pytest.raises(WorkFailed) as failed:
        fallen.result()
    assert occasions(district.store) == ["before", "behind", f"told {failed.value.reference}"]
    with district.store.reading() as connection:
        kept = connection.execute(select(FAILURE)).one()
    assert (kept.id, kept.key, kept.raw) == (failed.value.reference, "update-8", '{"text": "…"}')
    assert "in fall" in kept.traceback
    assert "ValueError" in kept.traceback
    assert "9812345610" not in kept.traceback, "what a person wrote never stands in a traceback that is kept"
    assert district.store.do_now(works[1]).repeated


def test_a_statement_that_fails_sinks_its_work_alone(district: District) -> None:
    def break_a_rule(unit: UnitOfWork) -> None:
        unit.insert(OCCASION, {"name": "before", "day": "2026-11-25", "at": unit.now})

    futures = submit_behind_a_gate(district.store, [occasion("before"), Work(break_a_rule), occasion("behind")])
    assert futures[0].result().value == "before"
    with pytest.raises(WorkFailed):
        futures[1].result()
    assert futures[2].result().value == "behind"
    assert occasions(district.store) == ["before", "behind"]


def test_an_inner_overlay_can_fail_without_its_work(district: District) -> None:
    def run(unit: UnitOfWork) -> None:
        unit.insert(OCCASION, {"name": "outer", "day": "d", "at": unit.now})
        try:
            with unit.overlay():
                unit.insert(OCCASION, {"name": "inner", "day": "d", "at": unit.now})
                unit.fresh(select(OCCASION.c.name))
                raise Forged("link")
        except Refusal:
            pass

    district.store.do_now(Work(run))
    assert occasions(district.store) == ["outer"]


def test_what_a_batch_asks_once_is_asked_anew_after_a_part_of_it_was_dropped(district: District) -> None:
    asked: list[list[str]] = []

    def names(unit: UnitOfWork) -> list[str]:
        asked.append(sorted(unit.fresh(select(OCCASION.c.name)).scalars()))
        return asked[-1]

    def run(unit: UnitOfWork) -> tuple[list[str], list[str]]:
        try:
            with unit.overlay():
                unit.insert(OCCASION, {"name": "dropped", "day": "d", "at": unit.now})
                unit.once("names", lambda: names(unit))
                raise Forged("link")
        except Refusal:
            return unit.once("names", lambda: names(unit)), unit.once("names", lambda: names(unit))

    assert district.store.do_now(Work(run)).value == ([], [])
    assert asked == [["dropped"], []]


def test_a_query_writes_what_it_must_see_and_no_more(district: District) -> None:
    count = select(func.count()).select_from(OCCASION)

    def run(unit: UnitOfWork) -> tuple[int, int, int]:
        unit.insert(OCCASION, {"name": "staged", "day": "d", "at": unit.now})
        unseen = unit.fresh(count, seeing=(KEY,)).scalar_one()
        # A condition in the words of an index is one on the tables of its query.
        other = unit.fresh(select(KEY.c.key).where(text("answer IS NULL"))).all()
        assert other == []
        still = unit.read(count).scalar_one()
        return unseen, still, unit.fresh(count).scalar_one()

    assert district.store.do_now(Work(run)).value == (0, 0, 1)


def test_what_follows_a_commit_is_called_after_it_and_dropped_with_its_work(district: District) -> None:
    seen: list[list[str]] = []

    def run(unit: UnitOfWork) -> None:
        unit.insert(OCCASION, {"name": "said", "day": "d", "at": unit.now})
        unit.after_commit(lambda: seen.append(occasions(district.store)))

    def refuse(unit: UnitOfWork) -> None:
        unit.after_commit(lambda: seen.append(["never"]))
        raise Forged("button")

    district.store.do_now(Work(run))
    with pytest.raises(Forged):
        district.store.do_now(Work(refuse))
    assert seen == [["said"]]


def test_what_follows_a_commit_follows_it_once_however_many_works_ask_for_it(district: District) -> None:
    calls: list[str] = []

    class Courier:
        def wake(self) -> None:
            calls.append("woken")

    courier = Courier()
    works = [Work(lambda unit: unit.after_commit(courier.wake)) for _ in range(5)]
    for future in submit_behind_a_gate(district.store, works):
        future.result()
    assert calls == ["woken"]


def test_a_complaint_that_another_process_changed_is_never_overwritten(district: District) -> None:
    (complaint,) = district.register("DPRO B")
    table = table_of(ComplaintRow)

    def change_behind_our_back(unit: UnitOfWork) -> None:
        unit.complaint(complaint.code)
        unit.connection.execute(update(table).values(version=99))
        district.office.perform(unit, AddNote(complaint.code, "टिप्पणी"), district_actor)

    district_actor = district.actor("sunita")
    with pytest.raises(StoreUnavailable):
        district.store.do_now(Work(change_behind_our_back))
    assert district.complaint(complaint.code) == complaint


def test_ids_are_never_given_twice_by_two_writers_on_one_database(district: District, database_url: str) -> None:
    other = Store.open(database_url, district.clock)
    try:
        given: list[int] = []
        for _ in range(300):
            for store in (district.store, other):
                given.append(store.do_now(Work(lambda unit: unit.new_id("petition"))).value or 0)
    finally:
        other.close()
    assert len(set(given)) == 600


def test_a_block_of_ids_taken_in_vain_is_not_used(district: District) -> None:
    def fail(unit: UnitOfWork) -> None:
        unit.new_id("seldom")
        unit.connection.execute(text("SELECT * FROM no_such_table"))

    with pytest.raises(WorkFailed):
        district.store.do_now(Work(fail))
    first = district.store.do_now(Work(lambda unit: unit.new_id("seldom"))).value
    other = Store.open(district.store.database.url, district.clock)
    assert other.do_now(Work(lambda unit: unit.new_id("seldom"))).value != first
    other.close()


def test_serials_of_a_department_never_repeat(district: District, database_url: str) -> None:
    codes = [complaint.code for _ in range(5) for complaint in district.register("DPRO B", "BDO C")]
    with pytest.raises(WrongDepartment):
        district.do(Solve(codes[0], "नाली की मरम्मत कराई"), "ramesh")
    codes += [complaint.code for complaint in district.register("DPRO A")]
    assert len(set(codes)) == 11
    assert codes[0].startswith("DPRO-1001-")
    assert codes[-1].startswith("DPRO-1006-")


def test_what_one_process_changes_of_who_is_who_another_reads_anew(district: District, database_url: str) -> None:
    other = Store.open(database_url, district.clock)
    try:
        assert other.read_now(other.directory).group_at("web", "group:dpro") is None
        district.do(BindGroup("web", "group:dpro", Purpose.DEPARTMENT, "DPRO"), "nodal")
        found = other.read_now(other.directory).group_at("web", "group:dpro")
        assert found is not None
        assert found.department == district.store.read_now(district.store.directory).department_id("DPRO")
        assert other.do_now(Work(lambda unit: unit.directory.group_at("web", "group:dpro"))).value == found
    finally:
        other.close()


def test_while_another_holds_the_file_nothing_is_acknowledged_and_it_goes_on_by_itself(
    quick_district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = quick_district.store
    assert store.database.path is not None
    store.do_now(Work(lambda unit: unit.connection.execute(text("SELECT 1"))))
    with store.database.writer.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA busy_timeout=50")
        connection.exec_driver_sql("BEGIN")
    holder = sqlite3.connect(store.database.path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable):
        store.do_now(occasion("while locked"))
    assert store.trouble is not None
    holder.execute("COMMIT")
    holder.close()
    store.do_now(occasion("after"))
    assert occasions(store) == ["after"]
    assert_well(store)


@pytest.mark.parametrize("behind_a_savepoint", [False, True])
def test_a_full_disk_keeps_nothing_says_so_and_goes_on_when_there_is_room(
    quick_district: District, behind_a_savepoint: bool
) -> None:
    store = quick_district.store
    size = store.do_now(Work(lambda unit: unit.connection.execute(text("PRAGMA page_count")).scalar_one())).value

    def limit(pages: int) -> None:
        store.do_now(Work(lambda unit: unit.connection.execute(text(f"PRAGMA max_page_count={pages}"))))

    limit(int(size or 0))
    with pytest.raises(StoreUnavailable):
        write_until_it_is_full(store, behind_a_savepoint)
    assert store.trouble == "SQLITE_FULL"
    kept = occasions(store)
    limit(1_000_000)
    store.do_now(occasion("after"))
    assert len(occasions(store)) == len(kept) + 1
    assert rows(store, FailureRow) == 0
    assert_well(store)


def test_readers_cannot_write(district: District) -> None:
    def write() -> None:
        with district.store.reading() as connection:
            connection.execute(update(table_of(ComplaintRow)).values(version=9))

    with pytest.raises(Exception, match=r"(?i)read.?only"):
        write()


def test_naive_times_are_refused_at_the_column(district: District) -> None:
    def run(unit: UnitOfWork) -> None:
        unit.insert(OCCASION, {"name": "naive", "day": "d", "at": datetime.fromisoformat("2026-11-25")})

    with pytest.raises(WorkFailed):
        district.store.do_now(Work(run))
    assert occasions(district.store) == []


def test_a_work_is_durable_when_it_resolves(district: District, tmp_path: Path) -> None:
    (complaint,) = district.register("DPRO B")
    assert rows(district.store, TimelineRow) == 1
    other = Store.open(district.store.database.url, district.clock)
    try:
        assert other.do_now(Work(lambda unit: unit.complaint(complaint.code))).value == complaint
        assert rows(other, WorkKeyRow) == 0
    finally:
        other.close()
