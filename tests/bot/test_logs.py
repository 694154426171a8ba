"""The log holds where something went wrong, and nobody's words."""

import io
import logging

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError

from bot.cli.logs import FORMAT, WithoutWords
from core.store.tables import OccasionRow, table_of
from core.store.unit import UnitOfWork
from core.store.work import Work
from tests.district import small_district

SECRET = "सावित्री देवी 9812345610"


def logged(error: BaseException) -> str:
    """What a server's log says of an exception that nobody caught."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(WithoutWords(FORMAT))
    logger = logging.Logger("server")
    logger.addHandler(handler)
    logger.error("Exception in ASGI application", exc_info=error)
    return written.getvalue()


def test_of_an_exception_the_frames_and_the_types_are_logged() -> None:
    def read(words: str) -> None:
        try:
            int(words)
        except ValueError as error:
            raise RuntimeError(f"cannot read {words}") from error

    with pytest.raises(RuntimeError) as raised:
        read(SECRET)
    said = logged(raised.value)
    assert SECRET not in said
    for told in ("Exception in ASGI application", "RuntimeError", "ValueError", "in read"):
        assert told in said


def test_an_error_of_the_database_says_no_row(database_url: str) -> None:
    district = small_district(database_url)
    row = {"name": SECRET, "day": "2026-11-25", "at": district.clock.now()}
    said: list[str] = []

    def keep_twice(unit: UnitOfWork) -> None:
        for _ in range(2):
            try:
                with unit.connection.begin_nested():
                    unit.connection.execute(insert(table_of(OccasionRow)), row)
            except DBAPIError as error:
                said.extend((str(error).partition("DETAIL")[0], logged(error)))

    district.store.do_now(Work(keep_twice))
    district.close()
    assert len(said) == 2
    assert not [each for each in said if SECRET in each]
