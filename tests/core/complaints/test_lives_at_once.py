"""Several ask at the same moment: what they ask is one batch, each sees the one before, and the laws of a life hold."""

import threading
from collections.abc import Sequence
from functools import partial

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.complaints import Complaint
from core.proof import verify
from core.refusals import Refusal
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


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    category=st.sampled_from("ABC"),
    moments=st.lists(st.lists(STEPS, min_size=2, max_size=5), min_size=1, max_size=4),
)
def test_the_laws_hold_when_several_ask_at_once(
    quick_district: District, category: str, moments: list[list[Step]]
) -> None:
    district = quick_district
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
