"""The project itself, and a copy of it in which a guard's test plants a fault."""

import shutil
from pathlib import Path

import pytest

from tests.project.tree import PACKAGES, files


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return Path(__file__).parents[2]


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    """A copy of all the project's files, without git, without what is installed."""
    target = tmp_path / "project"
    for path in files(root):
        place = target / path.relative_to(root)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)
    return target


@pytest.fixture
def settings_alone(root: Path, tmp_path: Path) -> Path:
    """A folder with the four packages, empty, and the project's real settings for its tools."""
    target = tmp_path / "small"
    (target / "tests").mkdir(parents=True)
    for package in PACKAGES:
        (target / package).mkdir()
        # Without it Python would find the project's own package, installed for editing.
        (target / package / "__init__.py").write_text("")
    shutil.copyfile(root / "pyproject.toml", target / "pyproject.toml")
    return target
