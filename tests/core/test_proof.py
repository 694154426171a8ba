"""The proof of the records: clean after any life; one changed byte is found (docs/design.md §2, Chain and erasure)."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import BigInteger, Integer, delete, insert, select, type_coerce, update
from sqlalchemy.exc import DBAPIError

from core.commands import (
    Acknowledge,
    AddEvidence,
    AddNote,
    Confirm,
    Reopen,
    Solve,
    TellStillWrong,
    Transfer,
    UndoSolution,
)
from core.people import Actor
from core.proof import Proof, verify
from core.refusals import Refusal
from core.store.columns import Instant
from core.store.entries import ERASED, PERSONAL, TIMELINE
from core.store.queries.petitions import PETITION
from core.store.queries.proof import HEAD, keep_chain_heads
from core.store.records import COMPLAINT
from core.store.work import Work
from tests.district import WEDNESDAY_10, District, small_district
from tests.made_once import make_in

PHOTO = ("a" * 64,)
AFTERWARDS = WEDNESDAY_10 + timedelta(hours=10, minutes=5)


def proof(district: District) -> Proof:
    with district.store.reading() as connection:
        return verify(connection)


def told(district: District) -> list[str]:
    return [fault.what for fault in proof(district).faults]


def live(district: District) -> None:
    """Lives with every kind of fact in them."""
    first, second = district.register("DPRO B", "BDO C", confidential=True, about=1)
    (third,) = district.register("JNR B", phone="", words="पानी नहीं आ रहा")
    hour = timedelta(hours=1)
    steps: list[tuple[Any, str | Actor]] = [
        (Acknowledge(first.code), "ashok"),
        (AddNote(first.code, "सामग्री मँगाई है", question=True), "sunita"),
        (Solve(first.code, "नाली बनवा दी गई", from_text=True), "ashok"),
        (UndoSolution(first.code), "ashok"),
        (Solve(first.code, "नाली बनवा दी गई और सफाई हुई"), "ashok"),
        (AddEvidence(first.code, PHOTO), "ashok"),
        (Reopen(first.code, "फिर टूट गई"), district.complainant(first)),
        (TellStillWrong(first.code, "पानी भरा है"), district.complainant(first)),
        (Transfer(second.code, "JNR", "हमारा नहीं"), "ramesh"),
        (Solve(third.code, "मोटर बदल दी गई है"), "vimla"),
        (Confirm(third.code), "senior"),
    ]
    for number, (command, by) in enumerate(steps):
        district.clock.advance(hour if number not in (3,) else timedelta(minutes=5))
        district.do(command, by)
    district.store.do_now(Work(lambda unit: keep_chain_heads(unit, "2026-11-25")))


def make_lives(url: str) -> None:
    """The small district after these lives."""
    district = small_district(url)
    live(district)
    assert district.clock.now() == AFTERWARDS
    district.close()


@pytest.fixture
def district(database_url: str) -> Iterator[District]:
    make_in(database_url, make_lives)
    district = small_district(database_url, at=AFTERWARDS)
    yield district
    district.close()


def test_a_full_life_is_clean(district: District) -> None:
    found = proof(district)
    assert found.clean, found.faults
    assert (found.complaints, found.entries, found.heads) == (3, 16, 3)


CODES = st.integers(0, 30)
ACTORS = st.sampled_from(["ashok", "sunita", "ramesh", "vimla", "operator", "senior", "complainant"])
STEPS = st.sampled_from(
    ["acknowledge", "solve", "solve", "undo", "evidence", "note", "confirm", "reopen", "wrong", "transfer", "register"]
)
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=30)


def command(kind: str, code: str, words: str) -> Any:
    return {
        "acknowledge": lambda: Acknowledge(code),
        "solve": lambda: Solve(code, f"नाली बनवा दी गई {words}", PHOTO, from_text=len(words) % 2 == 0),
        "undo": lambda: UndoSolution(code),
        "evidence": lambda: AddEvidence(code, PHOTO),
        "note": lambda: AddNote(code, words),
        "confirm": lambda: Confirm(code),
        "reopen": lambda: Reopen(code, words),
        "wrong": lambda: TellStillWrong(code, words),
        "transfer": lambda: Transfer(code, ("DPRO", "BDO", "JNR")[len(words) % 3], words),
    }[kind]()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(STEPS, CODES, ACTORS, WORDS, st.integers(0, 3000)), min_size=5, max_size=20))
def test_random_lives_are_clean(district: District, steps: list[tuple[str, int, str, str, int]]) -> None:
    codes = [each.code for each in district.register("DPRO A", "BDO B")]
    done = 0
    for kind, which, name, words, minutes in steps:
        district.clock.advance(timedelta(minutes=minutes))
        complaint = district.complaint(codes[which % len(codes)])
        by = district.complainant(complaint) if name == "complainant" else district.actor(name)
        with suppress(Refusal):
            if kind == "register":
                codes += [each.code for each in district.register("JNR C", words=words)]
            else:
                district.do(command(kind, complaint.code, words), by)
            done += 1
    found = proof(district)
    assert found.clean, found.faults
    assert found.complaints >= len(codes)


# One changed value

Cell = tuple[Any, Any, str]
CHANGEABLE = (TIMELINE, PERSONAL)


def cells(district: District) -> list[Cell]:
    """Every cell of every row of the timelines and their personal fields: table, key of the row, column."""
    with district.store.reading() as connection:
        return [
            (table, key, column.name)
            for table in CHANGEABLE
            for key in connection.execute(select(next(iter(table.primary_key)))).scalars()
            for column in table.c
        ]


def raw(table: Any, name: str) -> Any:
    column = table.c[name]
    return type_coerce(column, BigInteger) if isinstance(column.type, Instant) else column


@contextmanager
def changed(district: District, cell: Cell, place: int, sign: str) -> Iterator[bool]:
    """One byte of a cell's value is another while this lasts; yields whether the database took it."""
    table, key, name = cell
    primary = next(iter(table.primary_key))
    engine = district.store.database.writer
    with engine.begin() as connection:
        was = connection.execute(select(raw(table, name)).where(primary == key)).scalar_one()
    is_number = isinstance(table.c[name].type, BigInteger | Integer | Instant)
    value = another(was, place, sign, is_number)
    raw_type = BigInteger() if is_number else table.c[name].type
    taken = True
    try:
        with engine.begin() as connection:
            connection.execute(update(table).where(primary == key).values({name: type_coerce(value, raw_type)}))
    except DBAPIError:
        taken = False
    yield taken
    if taken:
        with engine.begin() as connection:
            at = value if name == primary.name else key
            connection.execute(update(table).where(primary == at).values({name: type_coerce(was, raw_type)}))


def another(was: Any, place: int, sign: str, is_number: bool) -> Any:
    """The value with one sign replaced by another."""
    text = str(was) if was is not None else "0"
    at = place % max(1, len(text))
    if is_number:
        digit = (int(text[at]) + 1 + ord(sign) % 8) % 10 if text[at].isdigit() else 7
        return int(text[:at] + str(digit) + text[at + 1 :]) if was is not None else 1 + ord(sign) % 9
    return text[:at] + (sign if text[at : at + 1] != sign else "#") + text[at + 1 :]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_one_byte_changed_in_any_cell_is_found(district: District, data: st.DataObject) -> None:
    cell = data.draw(st.sampled_from(cells(district)), label="cell")
    place = data.draw(st.integers(0, 600), label="place")
    sign = data.draw(st.characters(min_codepoint=33, max_codepoint=126), label="sign")
    with changed(district, cell, place, sign) as taken:
        assert not taken or not proof(district).clean, cell
    assert proof(district).clean


def test_every_column_of_every_row_is_watched(district: District) -> None:
    found = cells(district)
    assert {(table.name, name) for table, _, name in found} == {
        *(("timeline", column.name) for column in TIMELINE.c),
        *(("personal", column.name) for column in PERSONAL.c),
    }
    missed = []
    for place, cell in enumerate(found):
        with changed(district, cell, place * 7, "Z") as taken:
            if taken and proof(district).clean:
                missed.append(cell[1:])
    assert missed == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("state", "closed"),
        ("department", 3),
        ("category", "C"),
        ("due_at", 1_800_000_000_000_000),
        ("registered_at", 9_223_372_036_854_775_807),
        ("registered_day", "2026-11-26"),
        ("assignee", 2),
        ("solved_at", 1),
        ("closed_at", 1),
        ("version", 99),
        ("head", "0" * 64),
        ("petition", 77),
        ("code", "DPRO-1001-99"),
        ("record", "{}"),
    ],
)
def test_a_complaint_that_its_timeline_did_not_make_is_found(district: District, column: str, value: Any) -> None:
    typed = type_coerce(
        value, BigInteger if isinstance(COMPLAINT.c[column].type, Instant) else COMPLAINT.c[column].type
    )
    execute(district, update(COMPLAINT).where(COMPLAINT.c.id == first_id(district)).values({column: typed}))
    assert any(column in what or "petition" in what for what in told(district))
    assert proof(district).codes, "the code is told beside the fault"


@pytest.mark.parametrize("column", ["name", "phone", "village", "words", "confidential", "about", "registered_at"])
def test_a_petition_that_is_not_what_was_registered_is_found(district: District, column: str) -> None:
    value: Any = {"confidential": False, "about": 2}.get(column, "x")
    if column == "registered_at":
        value = type_coerce(5, BigInteger)
    execute(district, update(PETITION).where(PETITION.c.id == 1).values({column: value}))
    assert any("petition's" in what for what in told(district))


def first_id(district: District) -> int:
    with district.store.reading() as connection:
        return int(connection.execute(select(COMPLAINT.c.id).order_by(COMPLAINT.c.id)).scalars().first() or 0)


def execute(district: District, *statements: Any) -> None:
    with district.store.database.writer.begin() as connection:
        for statement in statements:
            connection.execute(statement)


def test_rows_without_their_counterpart_are_found(district: District) -> None:
    id = first_id(district)
    execute(district, delete(TIMELINE).where(TIMELINE.c.complaint == id))
    found = told(district)
    assert "the complaint has no timeline" in found
    assert any("the table personal holds a row of entry" in what for what in found)
    execute(district, delete(COMPLAINT).where(COMPLAINT.c.id != id))
    assert "the timeline has no complaint" in told(district)
    execute(district, delete(PETITION))
    assert proof(district).faults


def test_a_missing_tail_is_found_by_the_daily_heads(district: District) -> None:
    """Whoever cuts a chain and folds the complaint anew is found by the list of the day."""
    id = first_id(district)
    last = select(TIMELINE.c.id).where(TIMELINE.c.complaint == id).order_by(TIMELINE.c.number.desc()).limit(1)
    with district.store.reading() as connection:
        entry = connection.execute(last).scalar_one()
    execute(district, delete(PERSONAL).where(PERSONAL.c.entry == entry), delete(TIMELINE).where(TIMELINE.c.id == entry))
    assert any("it was the last entry on 2026-11-25" in what for what in told(district))
    execute(
        district,
        delete(PERSONAL).where(PERSONAL.c.entry.in_(select(TIMELINE.c.id).where(TIMELINE.c.complaint == id))),
        delete(TIMELINE).where(TIMELINE.c.complaint == id),
        delete(COMPLAINT).where(COMPLAINT.c.id == id),
    )
    assert any("it was the last entry on 2026-11-25" in what for what in told(district)), "a whole complaint removed"


def test_heads_are_listed_once_a_day_and_only_of_chains_that_grew(district: District) -> None:
    keep = district.store.do_now
    keep(Work(lambda unit: keep_chain_heads(unit, "2026-11-25")))
    (grown,) = district.register("DPRO C")
    keep(Work(lambda unit: keep_chain_heads(unit, "2026-11-26")))
    with district.store.reading() as connection:
        listed: Sequence[Any] = connection.execute(select(HEAD).where(HEAD.c.day == "2026-11-26")).all()
    assert [(row.complaint, row.number, row.hash) for row in listed] == [(grown.id, 1, grown.head)]
    assert proof(district).clean


def test_what_was_erased_is_told_with_its_rule(district: District) -> None:
    """Erasing takes the personal row, and the words from the complaint and the petition; the chain still proves."""
    (plain,) = district.register("DPRO C")
    assert proof(district).clean
    entry = select(TIMELINE.c.id).where(TIMELINE.c.complaint == plain.id).scalar_subquery()
    execute(district, delete(PERSONAL).where(PERSONAL.c.entry == entry))
    assert "has lost its personal fields under no rule" in told(district)
    with district.store.reading() as connection:
        id = connection.execute(select(TIMELINE.c.id).where(TIMELINE.c.complaint == plain.id)).scalar_one()
    execute(district, insert(ERASED).values(entry=id, at=district.clock.now(), rule="personal_data 1y after closing"))
    assert "the petition's name is not what was registered" in told(district), "the petition still holds it"
    blank = {"name": "", "phone": "", "village": "", "words": ""}
    execute(district, update(PETITION).where(PETITION.c.id == plain.petition).values(blank))
    found = proof(district)
    assert found.clean, found.faults
    assert found.erased == {"personal_data 1y after closing": 1}
    execute(district, insert(PERSONAL).values(entry=id, salt="x", payload="{}"))
    assert "was erased, and still has its personal fields" in told(district)
