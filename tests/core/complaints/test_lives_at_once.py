"""Several ask at the same moment: what they ask is one batch, each sees the one before, and the laws of a life hold."""

import threading
from collections.abc import Sequence
from datetime import timedelta
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.complaints import Complaint
from core.proof import verify
from core.refusals import AlreadySolved, Refusal
from core.store.unit import UnitOfWork
from core.store.work import Work
from tests.core.complaints.test_lives import STEPS, Step, actor, check, command, facts
from tests.district import District


def ask_at_once(
    district: District, complaint: Complaint, other: Complaint, steps: Sequence[Step]
) -> list[BaseException | None]:
    """Why each was refused, in the order in which they asked; None: it was done."""
    closed, gate = threading.Event(), threading.Event()

    def wait(_unit: UnitOfWork) -> None:
        closed.set()
        gate.wait()

    def do(unit: UnitOfWork, step: Step) -> None:
        if step.action == "clock":
            district.office.let_time_pass(unit, complaint.id)
        else:
            asked = command(complaint.code, step, district.clock.now(), other.code)
            district.office.perform(unit, asked, actor(district, complaint, step.who))

    district.store.submit(Work(wait))
    closed.wait()
    asked = [district.store.submit(Work(partial(do, step=step))) for step in steps]
    gate.set()
    return [each.exception() for each in asked]


def live_at_once(district: District, category: str, moments: list[list[Step]]) -> None:
    (complaint,), (other,) = district.register(f"DPRO {category}"), district.register("DPRO C")
    for steps in moments:
        district.clock.advance(steps[0].after)
        before = district.complaint(complaint.code)
        refused = ask_at_once(district, complaint, other, steps)
        assert all(each is None or isinstance(each, Refusal) for each in refused), refused
        facts(district, complaint)
        if all(refused):
            assert district.complaint(complaint.code) == before, "refusals changed something"
    check(district, complaint)
    with district.store.reading() as connection:
        assert verify(connection).clean


MOMENTS = st.lists(st.lists(STEPS, min_size=2, max_size=5), min_size=1, max_size=4)
LIKE_LIVES = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=30, deadline=None, suppress_health_check=LIKE_LIVES)
@given(category=st.sampled_from("ABC"), moments=MOMENTS)
def test_the_laws_hold_when_several_ask_at_once(
    quick_district: District, category: str, moments: list[list[Step]]
) -> None:
    live_at_once(quick_district, category, moments)


@settings(max_examples=5, deadline=None, suppress_health_check=LIKE_LIVES)
@given(category=st.sampled_from("ABC"), moments=MOMENTS)
def test_and_on_either_database(district: District, category: str, moments: list[list[Step]]) -> None:
    live_at_once(district, category, moments)


@pytest.mark.parametrize("who", ["sunita", "ashok"])
def test_of_two_who_solve_at_once_the_first_is_taken_and_the_second_is_told(district: District, who: str) -> None:
    """What the laws rest on: the second sees what the first has done, in the same batch."""
    (complaint,), (other,) = district.register("DPRO B"), district.register("DPRO C")
    both = [Step("solve", each, timedelta(0), timedelta(0), "DPRO", False) for each in (who, "sunita")]
    first, second = ask_at_once(district, complaint, other, both)
    assert first is None
    assert isinstance(second, AlreadySolved)
