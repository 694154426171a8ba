"""What the desk's tests may ask for."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.desk.serving import Served, serving


@pytest.fixture
def served(sqlite_database: str, tmp_path: Path) -> Iterator[Served]:
    """A desk of the small district on a fresh SQLite database, at 10:00 of an office day."""
    with serving(sqlite_database, tmp_path) as desk:
        yield desk


@pytest.fixture
def photo() -> bytes:
    """A small photo as a phone takes it: with the camera's words in it."""
    exif = Image.Exif()
    exif[0x0110] = "Invented Phone 7"
    made = BytesIO()
    Image.new("RGB", (640, 480), "olive").save(made, "JPEG", exif=exif)
    return made.getvalue()
