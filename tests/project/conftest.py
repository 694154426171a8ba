"""The project itself, and a copy of it in which a guard's test plants a fault."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.project.tree import PACKAGES, files


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return Path(__file__).parents[2]


@pytest.fixture(scope="session")
def _copied(root: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[Path, int]]:
    """The copy that all tests of a process use one after the other, and when each of its files was written."""
    target = tmp_path_factory.mktemp("copy") / "project"
    for path in files(root):
        _copy_file(root, target, path.relative_to(root))
    return target, _written(target)


@pytest.fixture
def copy(root: Path, _copied: tuple[Path, dict[Path, int]]) -> Iterator[Path]:
    """A copy of all the project's files, without git, without what is installed. It is made whole again afterwards."""
    target, before = _copied
    yield target
    for path, written in _written(target).items():
        if path not in before:
            path.unlink()
        elif written != before[path]:
            _copy_file(root, target, path.relative_to(target))
            before[path] = path.stat().st_mtime_ns
    # Folders that a test made, the deepest first; those of the project are not empty.
    for folder in sorted((path for path in target.rglob("*") if path.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()


def _copy_file(root: Path, target: Path, name: Path) -> None:
    place = target / name
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(root / name, place)


def _written(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


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
