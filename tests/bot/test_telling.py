"""Who is told what happened, when one of them has a bug: the rest stays, and it is kept without anybody's words."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from bot.commands import CommandNames
from bot.routing import Routes
from bot.speaking import Speaking, Surroundings
from bot.telling import Herald
from core.commands import AddNote, Solve
from core.complaints import Noted, Registered, State
from core.proof import verify
from core.refusals import Forged
from core.store.queries.failures import failures
from core.store.tables import OccasionRow, table_of
from core.timeline import Entry
from tests.district import District, small_district

OCCASION = table_of(OccasionRow)
SECRET = "पड़ोसी का नाम"


@pytest.fixture
def told() -> Routes:
    """Handlers of a note: one that works, one with a bug, one that is refused, one whose statement fails."""
    on = Routes()

    def leave(speaking: Speaking, name: str) -> None:
        speaking.unit.insert(OCCASION, {"name": name, "day": "2026-11-25", "at": speaking.unit.now})

    @on.happened(Registered)
    def register_beside(speaking: Speaking, entry: Entry) -> None:
        leave(speaking, entry.complaint.code)

    @on.happened(Noted)
    def first(speaking: Speaking, entry: Entry) -> None:
        leave(speaking, "first")

    @on.happened(Noted)
    def bug(speaking: Speaking, entry: Entry) -> None:
        leave(speaking, "never")
        speaking.unit.flush()
        raise ValueError(SECRET)

    @on.happened(Noted)
    def refused(speaking: Speaking, entry: Entry) -> None:
        leave(speaking, "never either")
        raise Forged(SECRET)

    @on.happened(Noted)
    def last(speaking: Speaking, entry: Entry) -> None:
        leave(speaking, "last")

    return on


@pytest.fixture
def district(database_url: str, told: Routes) -> Iterator[District]:
    herald = Herald(told)
    made = small_district(database_url, teller=herald)
    herald.around = Surroundings(
        office=made.office,
        link="",
        direct_chat=lambda account, user: None,
        tells_reading=lambda account: False,
        commands=CommandNames.load(),
        command_roles={},
        wake=lambda: None,
    )
    yield made
    made.close()


def test_a_handler_with_a_bug_takes_nothing_with_it(district: District) -> None:
    (complaint,) = district.register("DPRO B")
    district.do(AddNote(complaint.code, SECRET), "sunita")
    district.do(Solve(complaint.code, "नाली की मरम्मत कराई, पानी निकल गया"), "sunita")
    with district.store.reading() as connection:
        assert set(connection.execute(select(OCCASION.c.name)).scalars()) == {complaint.code, "first", "last"}
    with district.store.reading() as connection:
        assert verify(connection).clean
    kept = district.store.read_now(failures)
    assert sorted(failure.error for failure in kept) == ["Forged", "ValueError"]
    for failure in kept:
        assert SECRET not in failure.raw + failure.traceback
        assert complaint.code in failure.raw
    assert district.complaint(complaint.code).state is State.SOLVED
