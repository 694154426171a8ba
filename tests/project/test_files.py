"""Guard: files are short, named by what is in them, and lie where Python and the tests find them."""

import sys
from pathlib import Path

import pytest

from tests.project.tree import PACKAGES, files

LONGEST = 400
VAGUE = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc", "base_utils", "shared"}


def long_files(root: Path) -> list[str]:
    """Files of code and pages that have more lines than can be read in one go."""
    found = []
    for path in files(root, ".py", ".js", ".css", ".html", ".j2"):
        # A step of the database is written by tools/migration.py, and is as long as what changed.
        if path.parent.name == "versions":
            continue
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > LONGEST:
            found.append(f"{path.relative_to(root)}: {lines} lines, at most {LONGEST}: two ideas apart, or a folder")
    return found


def bad_names(root: Path) -> list[str]:
    """Python files whose name says nothing, or hides a module of Python's own when run from their folder."""
    found = []
    for path in files(root, ".py", under=(*PACKAGES, "tools")):
        name = path.relative_to(root)
        if VAGUE.intersection(name.with_suffix("").parts):
            found.append(f"{name}: the name says nothing; name it by the thing that is in it")
        if len(name.parts) == 2 and path.stem in sys.stdlib_module_names:
            found.append(f"{name}: hides Python's own module {path.stem}")
    return found


def misplaced_inits(root: Path) -> list[str]:
    """Folders of code without `__init__.py` (the import rules would not see them), and tests with one."""
    folders = {path.parent for path in files(root, ".py", under=PACKAGES)}
    bare = [folder for folder in folders if not (folder / "__init__.py").exists()]
    code = [f"{folder.relative_to(root)}: a package needs an __init__.py with its docstring" for folder in bare]
    tests = [path for path in files(root, ".py", under=("tests",)) if path.name == "__init__.py"]
    return code + [f"{path.relative_to(root)}: tests are no package; remove it" for path in tests]


def test_files_are_short(root: Path) -> None:
    assert len(files(root, ".py")) > 20
    assert long_files(root) == []


def test_names_say_what_is_in_the_file(root: Path) -> None:
    assert bad_names(root) == []


def test_packages_have_an_init_and_tests_have_none(root: Path) -> None:
    assert misplaced_inits(root) == []


@pytest.mark.parametrize("name", ["core/long.py", "desk/static/long.css", "bot/templates/long.j2"])
def test_a_long_file_is_caught(copy: Path, name: str) -> None:
    (copy / name).parent.mkdir(parents=True, exist_ok=True)
    (copy / name).write_text("\n" * (LONGEST + 1), encoding="utf-8")
    assert name in {fault.partition(":")[0] for fault in long_files(copy)}


@pytest.mark.parametrize("name", ["core/utils.py", "bot/helpers/words.py", "core/calendar.py"])
def test_a_bad_name_is_caught(copy: Path, name: str) -> None:
    (copy / name).parent.mkdir(parents=True, exist_ok=True)
    (copy / name).touch()
    assert name in {fault.partition(":")[0] for fault in bad_names(copy)}


def test_a_missing_and_a_wrong_init_are_caught(copy: Path) -> None:
    (copy / "core/room").mkdir()
    (copy / "core/room/thing.py").touch()
    (copy / "tests/core/__init__.py").touch()
    assert {"core/room", "tests/core/__init__.py"} <= {fault.partition(":")[0] for fault in misplaced_inits(copy)}
