"""The small district, in a fresh database of either kind."""

from collections.abc import Iterator

import pytest

from tests.district import District, small_district


@pytest.fixture
def district(database_url: str) -> Iterator[District]:
    """A small district; the test runs once on SQLite and once on PostgreSQL."""
    made = small_district(database_url)
    yield made
    made.close()


@pytest.fixture
def quick_district(sqlite_database: str) -> Iterator[District]:
    """The same on SQLite alone, for rules that no database changes."""
    made = small_district(sqlite_database)
    yield made
    made.close()
