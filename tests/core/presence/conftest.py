"""The small district with its groups bound."""

from collections.abc import Iterator

import pytest

from tests.core.presence.office_mornings import bind
from tests.district import District, small_district


@pytest.fixture
def district(database_url: str) -> Iterator[District]:
    """On SQLite and on PostgreSQL."""
    made = small_district(database_url)
    bind(made)
    yield made
    made.close()


@pytest.fixture
def quick_district(sqlite_database: str) -> Iterator[District]:
    """On SQLite alone, for what no database changes."""
    made = small_district(sqlite_database)
    bind(made)
    yield made
    made.close()
