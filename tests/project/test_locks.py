"""Guard: whatever the project needs is locked to one version with hashes, and so is what others wrote."""

import re
import tomllib
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PINNED = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>\S+)", re.MULTILINE)
WITHOUT_HASH = re.compile(r"^([\w.-]+==[^\\\n]+)$(?!\n\s+--hash)", re.MULTILINE)


def needed(root: Path) -> list[Requirement]:
    """What pyproject.toml asks for: to run, for every extra, and to build."""
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    extras = chain(*settings["project"]["optional-dependencies"].values())
    build = [name for name in settings["build-system"]["requires"] if name != "pip"]  # pip comes with Python
    return [Requirement(line) for line in [*settings["project"]["dependencies"], *extras, *build]]


def unlocked(root: Path) -> list[str]:
    """What is needed and not locked at a fitting version, and locked packages without a hash."""
    text = (root / "requirements.lock").read_text(encoding="utf-8")
    locked = {canonicalize_name(pin["name"]): pin["version"] for pin in PINNED.finditer(text)}
    found = []
    for requirement in needed(root):
        version = locked.get(canonicalize_name(requirement.name))
        if version is None or version not in requirement.specifier:
            found.append(f"{requirement} is not in requirements.lock ({version}): run `make lock`")
    for name in ("requirements.lock", "assets.lock"):
        bare = WITHOUT_HASH.findall((root / name).read_text(encoding="utf-8"))
        found += [f"{pin} has no hash in {name}" for pin in bare]
    return found


def test_everything_is_locked(root: Path) -> None:
    assert len(needed(root)) > 30
    assert unlocked(root) == []


def test_a_new_package_outside_the_lock_is_caught(copy: Path) -> None:
    settings = copy / "pyproject.toml"
    settings.write_text(settings.read_text("utf-8").replace('"alembic",', '"alembic", "planted>=1",'), "utf-8")
    assert [fault.partition(" ")[0] for fault in unlocked(copy)] == ["planted>=1"]


def test_a_version_that_no_longer_fits_is_caught(copy: Path) -> None:
    lock = copy / "requirements.lock"
    lock.write_text(re.sub(r"sqlalchemy==\S+", "sqlalchemy==2.0.1", lock.read_text("utf-8")), "utf-8")
    assert [fault.partition(" ")[0] for fault in unlocked(copy)] == ["sqlalchemy<2.2,>=2.1"]


@pytest.mark.parametrize("name", ["requirements.lock", "assets.lock"])
def test_a_package_without_a_hash_is_caught(copy: Path, name: str) -> None:
    with (copy / name).open("a", encoding="utf-8") as lock:
        lock.write("planted==1.0\n")
    assert unlocked(copy) == [f"planted==1.0 has no hash in {name}"]
