"""While the database cannot even be read, people and programs are told so with 503, and it goes on by itself."""

from collections.abc import Iterator
from contextlib import contextmanager

from core.store.database import Database
from tests.desk.serving import Served


@contextmanager
def unreadable(database: Database) -> Iterator[None]:
    """The file cannot be opened, as if its disk were not there."""
    assert database.path is not None
    aside = database.path.with_suffix(".aside")
    database.reader.dispose()
    database.path.rename(aside)
    database.path.mkdir()
    yield
    database.path.rmdir()
    aside.rename(database.path)


def test_a_board_that_is_open_is_told_to_come_again(served: Served) -> None:
    operator = served.client("operator")
    with operator.http.stream("GET", "/board/live") as stream:
        lines = stream.iter_lines()
        assert next(lines)
        with unreadable(served.district.store.database):
            rest = list(lines)  # it ends as it should, without an error on either side
    assert not any("expired" in line for line in rest)


def test_a_page_and_a_program_are_told_to_come_again(served: Served) -> None:
    operator, program = served.client("operator"), served.program("operator")
    with unreadable(served.district.store.database):
        page, answer = operator.http.get("/"), program.get("/api/complaints")
    assert (page.status_code, answer.status_code) == (503, 503)
    assert answer.json()["reason"] == "unavailable"
    assert operator.http.get("/").status_code == program.get("/api/complaints").status_code == 200
