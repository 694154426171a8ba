"""Several processes on one database at once: a running office, another beside it, and the command line.

Each has a store of its own, with its own writer, caches and ids, as processes have; all write at the same time.
"""

import threading
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import func, select

from core.commands import AddNote, BindGroup, ChooseLanguage, Part, RegisterPetition
from core.groups import Purpose
from core.office import Office, Silence
from core.proof import verify
from core.settings import OfficeSettings
from core.store.queries.failures import failures
from core.store.queries.occasions import keep_occasion
from core.store.store import Store
from core.store.tables import ComplaintRow, OccasionRow, table_of
from core.store.unit import UnitOfWork
from core.store.work import StoreUnavailable, Work
from tests.district import PEOPLE, District

PETITION = RegisterPetition(name="स", phone="", village="ब", words="नाली", parts=(Part("DPRO", "B"), Part("BDO", "C")))
PROCESSES, TIMES = 3, 12


@pytest.fixture
def offices(district: District) -> Iterator[list[Office]]:
    """The district's office as three processes have it."""
    others = [Store.open(district.store.database.url, district.clock) for _ in range(PROCESSES - 1)]
    yield [district.office, *(Office(each, OfficeSettings(), district.clock, Silence()) for each in others)]
    for each in others:
        each.close()


def at_once(offices: list[Office], do: Callable[[Office, int], None]) -> None:
    """Each office does it many times, all at the same time; whoever is told that the store was busy asks again."""
    start = threading.Barrier(len(offices))
    wrong: list[BaseException] = []

    def run(office: Office) -> None:
        start.wait()
        try:
            for number in range(TIMES):
                while True:
                    try:
                        do(office, number)
                        break
                    except StoreUnavailable:
                        continue
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=run, args=(office,)) for office in offices]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def assert_proved(district: District) -> None:
    with district.store.reading() as connection:
        assert verify(connection).clean
    assert district.store.read_now(failures) == []


def test_serials_and_ids_never_meet(district: District, offices: list[Office]) -> None:
    operator = district.actor("operator")
    at_once(offices, lambda office, _: void(office.do_now(PETITION, operator)))
    with district.store.reading() as connection:
        complaint = table_of(ComplaintRow)
        codes = list(connection.execute(select(complaint.c.code)).scalars())
    assert len(set(codes)) == len(codes) == 2 * PROCESSES * TIMES
    assert_proved(district)


def void(_: object) -> None:
    """Nothing of it is looked at."""


def test_one_complaint_takes_every_note_once(district: District, offices: list[Office]) -> None:
    (complaint,) = district.register("DPRO B")
    sunita = district.actor("sunita")
    at_once(offices, lambda office, _: void(office.do_now(AddNote(complaint.code, "कल टीम जाएगी"), sunita)))
    assert district.complaint(complaint.code).version == 1 + PROCESSES * TIMES
    assert_proved(district)


def test_a_key_is_done_once_by_whoever_comes_first(district: District, offices: list[Office]) -> None:
    (complaint,) = district.register("DPRO B")
    sunita = district.actor("sunita")
    note = AddNote(complaint.code, "कल टीम जाएगी")
    at_once(offices, lambda office, number: void(office.do_now(note, sunita, key=f"update-{number}")))
    assert district.complaint(complaint.code).version == 1 + TIMES
    assert_proved(district)


def test_what_is_once_a_day_is_once_a_day(district: District, offices: list[Office]) -> None:
    today = district.clock.now().date()

    def keep(unit: UnitOfWork, number: int) -> bool:
        return keep_occasion(unit, f"daily {number}", today)

    at_once(offices, lambda office, number: void(office.store.do_now(Work(lambda unit: keep(unit, number)))))
    with district.store.reading() as connection:
        count = select(func.count()).select_from(table_of(OccasionRow))
        assert connection.execute(count).scalar_one() == TIMES
    assert_proved(district)


def test_everybody_knows_who_is_who_in_the_end(district: District, offices: list[Office]) -> None:
    nodal, sunita = district.actor("nodal"), district.actor("sunita")

    def change(office: Office, number: int) -> None:
        office.do_now(
            BindGroup("web", f"group:{number % 3}", Purpose.DEPARTMENT, ("DPRO", "BDO", "JNR")[number % 3]), nodal
        )
        office.do_now(ChooseLanguage(("hi", "en")[number % 2]), sunita)

    at_once(offices, change)
    pictures = [office.store.read_now(office.store.directory) for office in offices]
    assert all(picture == pictures[0] for picture in pictures)
    written = [office.store.do_now(Work(lambda unit: unit.directory)).value for office in offices]
    assert all(picture == pictures[0] for picture in written)
    assert len(pictures[0].groups) == 3
    assert pictures[0].people[PEOPLE["sunita"]].language == "en"
    assert district.store.read_now(failures) == []
