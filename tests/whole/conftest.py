"""A whole office, whose records are proved after every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.whole.office import Office, office


@pytest.fixture
def served(database_url: str, tmp_path: Path) -> Iterator[Office]:
    """The office on a fresh database of either kind."""
    with office(database_url, tmp_path) as made:
        yield made
        assert made.faults() == []
