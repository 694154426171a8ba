"""What the desk's tests may ask for."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk.serving import Served, serving


@pytest.fixture
def served(sqlite_database: str, tmp_path: Path) -> Iterator[Served]:
    """A desk of the small district on a fresh SQLite database, at 10:00 of an office day."""
    with serving(sqlite_database, tmp_path) as desk:
        yield desk
