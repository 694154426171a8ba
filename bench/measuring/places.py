"""Where measurements are made: a folder of the checkout that git ignores, on the disk that is to be measured."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
KEPT = ROOT / ".bench"
"""What is worth keeping from one run to the next: the peers' environments, and filled databases."""


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder that is gone afterwards."""
    KEPT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=KEPT) as folder:
        yield Path(folder)
