"""Guard: the layers of docs/design.md §2 hold, every package and room stands in them, and a breach is caught."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.project.commands import run
from tests.project.tree import PACKAGES

PACKAGE_LAYERS = "core below documents below desk below bot"
CORE = "inside core: the office above the store above the rules"
HANDLERS = "handlers know no adapter, not even what they have in common"
ADAPTERS = "an adapter knows no other adapter"
DESK = "only the composition root knows the desk"
CIRCLES = "no circles between neighbours"
BOT = "inside bot: the composition root above handlers and adapters above the engine"
RESULT = re.compile(r"(?P<name>.+) (?P<verdict>KEPT|BROKEN)( \(.*\))?$")


def project_settings(root: Path) -> dict[str, Any]:
    """What pyproject.toml says."""
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


def unlisted_packages(root: Path) -> list[str]:
    """Top-level packages that some part of pyproject.toml does not know; exhaustive rules only see those they know."""
    tools = project_settings(root)["tool"]
    lists = {
        "the wheel": tools["hatch"]["build"]["targets"]["wheel"]["packages"],
        "the import rules": tools["importlinter"]["root_packages"],
        "the first import rule": tools["importlinter"]["contracts"][0]["layers"],
        "mypy": tools["mypy"]["files"],
        "coverage": tools["coverage"]["run"]["source"],
    }
    packages = [path.parent.name for path in sorted(root.glob("*/__init__.py"))]
    return [f"{package} is missing in {name}" for package in packages for name in lists if package not in lists[name]]


def broken_rules(root: Path) -> list[str]:
    """The names of the import rules that do not hold; raises `AssertionError` when the rules themselves are wrong."""
    checked = run(root, "lint-imports", "--no-logo", "--no-cache")
    results = [RESULT.match(line) for line in checked.stdout.splitlines()]
    broken = [result["name"] for result in results if result and result["verdict"] == "BROKEN"]
    assert any(results), checked.stdout
    assert bool(broken) == (checked.returncode != 0), checked.stdout
    return broken


def append(path: Path, line: str) -> None:
    """Add a line to a file, which is made if there is none."""
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")


def test_every_package_stands_in_the_rules(root: Path) -> None:
    assert {path.parent.name for path in root.glob("*/__init__.py")} == set(PACKAGES)
    assert unlisted_packages(root) == []


def test_a_package_outside_the_rules_is_caught(copy: Path) -> None:
    (copy / "kiosk").mkdir()
    append(copy / "kiosk/__init__.py", "import core")
    assert len(unlisted_packages(copy)) == 5


def test_the_rules_hold(root: Path) -> None:
    assert broken_rules(root) == []


@pytest.mark.parametrize(
    ("planted", "rule"),
    [
        ({"core/people.py": "import bot.events"}, PACKAGE_LAYERS),
        ({"documents/__init__.py": "import desk"}, PACKAGE_LAYERS),
        ({"desk/__init__.py": "import bot.events"}, PACKAGE_LAYERS),
        ({"bot/messages.py": "import desk"}, DESK),
        ({"bot/handlers/__init__.py": "import desk"}, DESK),
        ({"core/store/__init__.py": "", "core/people.py": "import core.store"}, CORE),
        ({"core/gossip.py": ""}, CORE),
        ({"bot/messages.py": "import bot.handlers"}, BOT),
        ({"bot/courier.py": "import bot.adapters.telegram", "bot/adapters/telegram.py": ""}, BOT),
        ({"bot/adapters/base.py": "import bot.handlers"}, BOT),
        ({"bot/gossip.py": ""}, BOT),
        ({"bot/handlers/__init__.py": "import bot.adapters.base"}, HANDLERS),
        ({"bot/adapters/telegram.py": "import bot.adapters.matrix", "bot/adapters/matrix.py": ""}, ADAPTERS),
        ({"core/departments.py": "import core.groups", "core/groups.py": "import core.departments"}, CIRCLES),
    ],
)
def test_a_breach_is_caught(copy: Path, planted: dict[str, str], rule: str) -> None:
    for file, line in planted.items():
        append(copy / file, line)
    assert rule in broken_rules(copy)


def test_the_composition_root_may_know_the_desk(copy: Path) -> None:
    append(copy / "bot/app.py", "import desk")
    assert DESK not in broken_rules(copy)
