"""The unit of work against a model: whatever works do, flush, refuse and raise, the successful ones stand, in order.

Each example is some batches of works, each work a tree of steps; a step looks whether the unit shows what the model
shows, a part of a work may be dropped, and a work may end well, by a refusal, a bug, or a statement that fails. Two
stores on one database take the batches in turn, as two processes would (docs/design.md §2, Unit of work).
"""

import threading
from collections.abc import Iterator
from concurrent.futures import Future
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from core.commands import Acknowledge, AddNote, Part, RegisterPetition
from core.office import Office, Silence
from core.people import Actor
from core.refusals import Forged, NotFound
from core.settings import OfficeSettings
from core.store.people_tables import DepartmentRow, PersonRow
from core.store.queries.enrolment import set_person_language
from core.store.store import Store
from core.store.tables import ComplaintRow, IdentifierRow, OccasionRow, TimelineRow, WorkKeyRow, table_of
from core.store.unit import UnitOfWork
from core.store.work import Work, WorkFailed
from tests.district import PEOPLE, District

COMPLAINT, PERSON, KEY = table_of(ComplaintRow), table_of(PersonRow), table_of(WorkKeyRow)
OCCASION, IDENTIFIER, TIMELINE = table_of(OccasionRow), table_of(IdentifierRow), table_of(TimelineRow)
COUNT = select(func.count()).select_from(OCCASION)
SOMEBODY = PEOPLE["vimla"]


@dataclass(frozen=True)
class Piece:
    """Steps of a work whose effects are dropped together if `raises`."""

    steps: tuple[Any, ...]
    raises: bool


@dataclass(frozen=True)
class Planned:
    """A work: its steps, how it ends, and its key."""

    steps: tuple[Any, ...]
    end: str
    key: str | None


@dataclass
class Model:
    """What the database ought to hold."""

    occasions: set[str] = field(default_factory=set)
    language: str | None = None
    versions: dict[str, int] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)


STEPS = st.recursive(
    st.one_of(
        st.sampled_from(["insert", "look", "register", "note", "acknowledge", "id"]),
        st.sampled_from(["hi", "en"]),
    ),
    lambda steps: st.builds(Piece, st.lists(steps, max_size=4).map(tuple), st.booleans()),
    max_leaves=8,
)
WORKS = st.builds(
    Planned,
    st.lists(STEPS, max_size=5).map(tuple),
    st.sampled_from(["well", "well", "well", "refused", "bug", "statement"]),
    st.none() | st.sampled_from("abc"),
)
BATCHES = st.lists(st.tuples(st.sampled_from([0, 1]), st.lists(WORKS, min_size=1, max_size=5)), min_size=1, max_size=4)


class Dropped(Exception):
    """A part of a work that is not to stay."""


class Playing:
    """Two stores on one database, and the model."""

    def __init__(self, district: District, other: Store) -> None:
        offices = [district.office, Office(other, OfficeSettings(), district.clock, Silence())]
        self.stores = [district.store, other]
        self.offices: list[Office] = offices
        self.operator: Actor = district.actor("operator")
        self._example = 0
        self.begin()

    def begin(self) -> None:
        """Another example, on what those before it left; its keys are its own."""
        self.model = self.held(self.stores[0])
        self._example += 1

    def held(self, store: Store) -> Model:
        """What the database holds, through a reader."""
        with store.reading() as connection:
            directory = store.directory(connection)
            language = connection.execute(select(PERSON.c.language).where(PERSON.c.id == SOMEBODY)).scalar()
            assert directory.people[SOMEBODY].language == language, "the reader's picture is of another generation"
            return Model(
                occasions=set(connection.execute(select(OCCASION.c.name)).scalars()),
                language=language,
                versions={row.code: row.version for row in connection.execute(select(COMPLAINT))},
                keys=set(connection.execute(select(KEY.c.key)).scalars()),
            )

    def play(self, which: int, batch: list[Planned]) -> None:
        """Have one batch written, and compare everything."""
        left: list[Model | None] = [None] * len(batch)
        batch = [replace(each, key=each.key and f"{self._example}/{each.key}") for each in batch]
        gate = threading.Event()
        store, office = self.stores[which], self.offices[which]
        store.submit(Work(lambda unit: gate.wait()))
        done: list[tuple[Planned, Future[Any]]] = []
        for number, planned in enumerate(batch):
            work = Work(self._run(office, planned, left, number), planned.key)
            done.append((planned, store.submit(work)))
        gate.set()
        for planned, future in done:
            _compare_answer(planned, future)
        self.model = self._before(left, len(batch))
        for each in self.stores:
            assert self.held(each) == self.model
        self._compare_rows(store)

    def _before(self, left: list[Model | None], number: int) -> Model:
        """What the works before this one left; one whose key was done before does nothing, and leaves nothing."""
        return next((each for each in reversed(left[:number]) if each is not None), self.model)

    def _run(self, office: Office, planned: Planned, left: list[Model | None], number: int) -> Any:
        def run(unit: UnitOfWork) -> str:
            # May run twice, so it begins anew from what the works before it left.
            mine, dropped = deepcopy(self._before(left, number)), deepcopy(self._before(left, number))
            for each in (mine, dropped):
                each.keys |= {planned.key} if planned.key else set()
            left[number] = dropped
            self._steps(unit, office, planned.steps, mine)
            match planned.end:
                case "refused":
                    raise Forged("button")
                case "bug":
                    raise ValueError("a bug")
                case "statement":
                    for _ in range(2):
                        unit.insert(OCCASION, {"name": "twice", "day": "2026-11-25", "at": unit.now})
                    unit.flush()
            left[number] = mine
            return "done"

        return run

    def _steps(self, unit: UnitOfWork, office: Office, steps: tuple[Any, ...], model: Model) -> None:
        for step in steps:
            if isinstance(step, Piece):
                self._part(unit, office, step, model)
            else:
                self._step(unit, office, step, model)

    def _part(self, unit: UnitOfWork, office: Office, part: Piece, model: Model) -> None:
        inside = deepcopy(model)
        try:
            with unit.overlay():
                self._steps(unit, office, part.steps, inside)
                if part.raises:
                    raise Dropped
        except Dropped:
            for code in inside.versions.keys() - model.versions.keys():
                with pytest.raises(NotFound) as gone:
                    unit.complaint(code)
                assert gone.value.typed == code
            return
        vars(model).update(vars(inside))

    def _step(self, unit: UnitOfWork, office: Office, step: str, model: Model) -> None:
        match step:
            case "insert":
                name = f"{unit.new_id('occasion'):06}"
                assert name not in model.occasions, "an id was given twice"
                unit.insert(OCCASION, {"name": name, "day": "2026-11-25", "at": unit.now})
                model.occasions.add(name)
            case "id":
                unit.new_id("nothing")
            case "look":
                assert unit.fresh(COUNT).scalar_one() == len(model.occasions)
            case "register":
                parts = (Part("DPRO", "B"), Part("BDO", "C"))
                done = office.perform(
                    unit, RegisterPetition(name="n", phone="", village="v", words="w", parts=parts), self.operator
                )
                model.versions.update({entry.complaint.code: 1 for entry in done.entries})
            case "note" | "acknowledge":
                for code in sorted(model.versions)[-2:]:
                    assert unit.complaint(code).version == model.versions[code]
                    command = AddNote(code, "कल टीम जाएगी") if step == "note" else Acknowledge(code, PEOPLE["sunita"])
                    if step == "note" or code.startswith("DPRO"):
                        model.versions[code] += len(office.perform(unit, command, self.operator).entries)
            case language:
                set_person_language(unit, SOMEBODY, language)
                model.language = language
        assert unit.directory.people[SOMEBODY].language == model.language

    def _compare_rows(self, store: Store) -> None:
        with store.reading() as connection:
            entries = select(func.count()).select_from(TIMELINE)
            assert connection.execute(entries).scalar_one() == sum(self.model.versions.values())
            taken = dict(map(tuple, connection.execute(select(IDENTIFIER.c.name, IDENTIFIER.c.next))))
            for name, table in (("occasion", None), ("complaint", COMPLAINT), ("timeline", TIMELINE)):
                if table is None:
                    highest = max((int(name) for name in self.model.occasions), default=0)
                else:
                    highest = connection.execute(select(func.max(table.c.id))).scalar() or 0
                assert highest < taken.get(name, 1), f"ids of {name} that are in use will be given again"


def _compare_answer(planned: Planned, future: "Future[Any]") -> None:
    try:
        result = future.result(timeout=60)
    except Forged:
        assert planned.end == "refused"
    except WorkFailed:
        assert planned.end in ("bug", "statement")
    else:
        assert result.repeated or planned.end == "well"


@pytest.fixture
def playing(district: District) -> Iterator[Playing]:
    other = Store.open(district.store.database.url, district.clock)
    yield Playing(district, other)
    other.close()


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(batches=BATCHES)
def test_the_database_is_what_the_successful_works_made_in_order(playing: Playing, batches: Any) -> None:
    playing.begin()
    for which, batch in batches:
        playing.play(which, batch)


def test_the_departments_of_the_model_are_those_of_the_district(playing: Playing) -> None:
    """The guard sees something: the district is there, and a work that ends well leaves its rows."""
    with playing.stores[0].reading() as connection:
        assert connection.execute(select(func.count()).select_from(table_of(DepartmentRow))).scalar_one() == 3
    playing.play(0, [Planned(("register", "insert", "en"), "well", None)])
    assert (len(playing.model.versions), len(playing.model.occasions), playing.model.language) == (2, 1, "en")
