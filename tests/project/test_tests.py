"""Guard: no test is skipped, none waits for time to pass, none replaces the part it should show."""

import ast
import re
from pathlib import Path

import pytest

from tests.project.tree import dotted, files, imported, nodes

LEFT_OUT = re.compile(r"^pytest\.(skip|importorskip|xfail|mark\.(skip|skipif|xfail))$")
SLEEP = re.compile(r"^(time|asyncio|anyio)\.sleep$")
STAND_INS = ("unittest.mock", "mock", "pytest_mock")


def weak_tests(root: Path) -> list[str]:
    """Places in tests that skip, sleep or mock. Tools beside the tests may look again after a moment."""
    found = []
    for path in files(root, ".py", under=("tests",)):
        name = path.relative_to(root)
        for node in nodes(path):
            if isinstance(node, ast.Attribute) and LEFT_OUT.match(dotted(node)):
                found.append(f"{name}:{node.lineno}: {dotted(node)}: a test that is left out proves nothing")
            if isinstance(node, ast.Call) and path.name.startswith("test_") and sleeps(node):
                found.append(f"{name}:{node.lineno}: a sleep: wait for a condition, not for time")
        mocks = [(line, module) for module, line in imported(path).items() if module.startswith(STAND_INS)]
        found += [f"{name}:{line}: {module}: use the real part" for line, module in mocks]
    return found


def sleeps(call: ast.Call) -> bool:
    """True for a call that waits; `sleep(0)`, which lets others run, does not."""
    seconds = call.args[0] if call.args else None
    return bool(SLEEP.match(dotted(call.func))) and not (isinstance(seconds, ast.Constant) and seconds.value == 0)


def test_every_test_runs_on_real_parts(root: Path) -> None:
    assert len(files(root, ".py", under=("tests",))) > 10
    assert weak_tests(root) == []


@pytest.mark.parametrize(
    "line",
    [
        "@pytest.mark.skipif(True, reason='no browser')\ndef test_a(): ...",
        "def test_a():\n    pytest.skip('later')",
        "@pytest.mark.xfail\ndef test_a(): ...",
        "def test_a():\n    time.sleep(0.1)",
        "from unittest.mock import patch",
        "from unittest import mock",
    ],
)
def test_a_weak_test_is_caught(settings_alone: Path, line: str) -> None:
    (settings_alone / "tests/test_planted.py").write_text(line, encoding="utf-8")
    assert "tests/test_planted.py" in {fault.partition(":")[0] for fault in weak_tests(settings_alone)}
