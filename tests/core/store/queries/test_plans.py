"""What is asked over years of complaints goes by the index that was made for it: SQLite tells how it would go about it.

Without that a board takes seconds and the night's list of heads hours, and no test of a few complaints shows it.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from core.store.queries.board import (
    Choice,
    closed_complaints,
    complaints_by_time_left,
    open_complaints_by_department,
)
from core.store.queries.proof import keep_chain_heads
from core.store.work import Work
from tests.district import DEPARTMENT_IDS, WEDNESDAY_10, District, small_district

ALL = (*DEPARTMENT_IDS.values(), 98, 99)
FEW = tuple(DEPARTMENT_IDS.values())[:1]
LONG_AGO = WEDNESDAY_10.replace(year=2024)


@pytest.fixture
def district(tmp_path: Path) -> Iterator[District]:
    made = small_district(f"sqlite:///{tmp_path / 'plans.db'}")
    yield made
    made.close()


def plan(connection: Connection, ask: Callable[[Connection], object]) -> str:
    """How each statement of a query would be gone about, a line a step."""
    asked: list[str] = []
    driver: Any = connection.connection.driver_connection
    driver.set_trace_callback(asked.append)  # with the values in it
    ask(connection)
    driver.set_trace_callback(None)
    steps = [connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {each}").all() for each in asked]
    return "\n".join(row.detail for rows in steps for row in rows)


@pytest.mark.parametrize(
    ("view", "index"),
    [
        *(
            (view, "open_complaint_of_all")
            for view in ("open", "overdue", "registered", "acknowledged", "reopened", "paused")
        ),
        ("solved", "unconfirmed_complaint"),
        ("closed", "complaint_by_registration"),
    ],
)
@pytest.mark.parametrize("narrowed", [{}, {"category": "B"}, {"since": LONG_AGO, "until": WEDNESDAY_10}])
def test_the_lists_of_all_departments_are_read_in_their_order(
    district: District, view: str, index: str, narrowed: dict[str, Any]
) -> None:
    choice = Choice(ALL, view, **narrowed)
    with district.store.reading() as connection:
        steps = plan(connection, lambda reader: complaints_by_time_left(reader, choice, WEDNESDAY_10, 101))
    first = next(step for step in steps.splitlines() if "complaint USING" in step)
    assert index in first, steps


@pytest.mark.parametrize("view", ["open", "closed"])
def test_the_lists_of_one_department_are_found_by_it(district: District, view: str) -> None:
    with district.store.reading() as connection:
        steps = plan(connection, lambda reader: complaints_by_time_left(reader, Choice(FEW, view), WEDNESDAY_10, 101))
    assert "(department=?" in steps, steps


@pytest.mark.parametrize("narrowed", [{}, {"category": "B"}, {"since": LONG_AGO, "until": WEDNESDAY_10}])
def test_the_counts_are_read_in_two_indexes_alone(district: District, narrowed: dict[str, Any]) -> None:
    choice = Choice(ALL, **narrowed)
    with district.store.reading() as connection:
        steps = plan(connection, lambda reader: open_complaints_by_department(reader, choice, WEDNESDAY_10))
    scans = [step for step in steps.splitlines() if "complaint" in step]
    assert len(scans) == 2, steps
    assert "COVERING INDEX open_complaint_of_all" in scans[0], steps
    assert "unconfirmed_complaint" in scans[1], steps


@pytest.mark.parametrize("category", ["", "B"])
def test_the_closed_are_counted_without_reading_them(district: District, category: str) -> None:
    choice = Choice(ALL, category=category)
    with district.store.reading() as connection:
        steps = plan(connection, lambda reader: closed_complaints(reader, choice, 10_001))
    assert "COVERING INDEX complaint_by_department_and_state" in steps, steps


def test_the_heads_of_the_chains_are_looked_up_and_not_searched(district: District) -> None:
    seen = district.store.do_now(
        Work(lambda unit: plan(unit.connection, lambda _: keep_chain_heads(unit, "2026-11-25")))
    )
    assert seen.value is not None
    assert "COVERING INDEX chain_head_of_complaint" in seen.value, seen.value
