"""The clock over many complaints: each once, in rounds, whatever restarts; one that fails does not stop the others."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from core.commands import Solve
from core.complaints import Asked, Complaint
from core.office import Office, Silence
from core.settings import OfficeSettings
from core.store.queries.clocks import complaints_due
from core.store.queries.failures import failures
from core.store.queries.happenings import every_complaint
from core.store.store import Store
from core.store.unit import UnitOfWork
from core.store.work import Work
from core.sweeping import LEAST, sweep, sweep_now
from core.timeline import Entry
from tests.district import District

WORDS = "नाली की मरम्मत कराई, पानी निकल गया"


class Stumbling(Silence):
    """A teller that cannot tell of one complaint."""

    def __init__(self, over: str) -> None:
        self.over = over
        self.tried = 0

    def tell(self, unit: UnitOfWork, entries: Sequence[Entry]) -> None:
        """Raise for that one."""
        if any(entry.complaint.code == self.over for entry in entries):
            self.tried += 1
            raise ValueError("a bug")


class Pressing(Silence):
    """A teller at whose first word somebody presses a button. `order`: what was done, in that order."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.order: list[str] = []

    def tell(self, unit: UnitOfWork, entries: Sequence[Entry]) -> None:
        """Note it; the press waits from now on."""
        if not self.order:
            self.store.submit(Work(lambda unit: self.order.append("pressed"), raw="a press"))
        self.order.append("clock")


def solved(district: District, count: int) -> list[Complaint]:
    complaints = [district.register("DPRO C")[0] for _ in range(count)]
    for each in complaints:
        district.do(Solve(each.code, WORDS), "sunita")
    return complaints


def asked(district: District) -> list[str | None]:
    found = district.store.read_now(lambda connection: list(every_complaint(connection)))
    return [each.confirmation.asked.value if each.confirmation else None for each in found]


@pytest.mark.asyncio
async def test_more_than_a_round_and_each_once(district: District) -> None:
    solved(district, 70)
    district.clock.advance(timedelta(days=3))
    assert await sweep(district.office) == 70
    assert asked(district) == [Asked.SENIORS.value] * 70
    assert sweep_now(district.office) == 0


def test_one_that_fails_is_kept_and_tried_again_on_the_next_day_and_the_others_go_on(
    quick_district: District,
) -> None:
    district = quick_district
    complaints = solved(district, 3)
    stumbling = Stumbling(complaints[0].code)
    office = Office(district.store, OfficeSettings(), district.clock, stumbling)
    district.clock.advance(timedelta(days=3))
    assert sweep_now(office) == 3
    assert asked(district) == ["complainant", "seniors", "seniors"]
    for _ in range(3):
        assert sweep_now(office) == 0, "not in a loop"
    assert stumbling.tried == 1
    assert len(district.store.read_now(failures)) == 1
    district.clock.advance(timedelta(days=1))
    assert sweep_now(district.office) == 1, "with the bug gone"
    assert asked(district)[0] == "seniors"


def test_whoever_presses_meanwhile_does_not_wait_for_the_round(quick_district: District) -> None:
    district = quick_district
    solved(district, 30)
    district.clock.advance(timedelta(days=3))
    pressing = Pressing(district.store)
    assert sweep_now(Office(district.store, OfficeSettings(), district.clock, pressing)) == 30
    assert pressing.order == ["clock"] * LEAST + ["pressed"] + ["clock"] * (30 - LEAST)


def test_what_is_due_comes_in_the_order_of_its_time(district: District) -> None:
    first, second, third = solved(district, 3)
    district.clock.advance(timedelta(days=3))
    now = district.clock.now()
    found = district.store.read_now(lambda connection: complaints_due(connection, now, now.date(), 2))
    assert found == (first.id, second.id)
    assert third.id not in found
