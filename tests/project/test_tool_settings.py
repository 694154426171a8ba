"""Guard: the settings in pyproject.toml make the tools catch what they are there for.

`make check` and `make test` run them over the project; here each gets a small fault and must see it.
"""

import shutil
from pathlib import Path

import pytest

from tests.project.commands import run


def test_clean_code_passes_the_tools(settings_alone: Path) -> None:
    (settings_alone / "core/clean.py").write_text('"""One."""\n\nONE: int = 1\n', encoding="utf-8")
    for tool in (["ruff", "check"], ["ruff", "format", "--check"], ["mypy", "core"]):
        checked = run(settings_alone, *tool)
        assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        ("import os", "F401"),
        ("print('said')", "T201"),
        ("from datetime import datetime\nbegun = datetime(2026, 11, 25)", "DTZ001"),
        ("def find(code, found=[]): return found", "B006"),
        ("QUERY = 'SELECT code FROM complaint WHERE code = ' + input()", "S608"),
        ("import sys, re\nsys, re", "E401"),
    ],
)
def test_the_linter_sees(settings_alone: Path, code: str, rule: str) -> None:
    (settings_alone / "core/planted.py").write_text(f"{code}\n", encoding="utf-8")
    assert rule in run(settings_alone, "ruff", "check").stdout


def test_the_formatter_sees(settings_alone: Path) -> None:
    (settings_alone / "core/planted.py").write_text("ONE = {  'a':1 }\n", encoding="utf-8")
    checked = run(settings_alone, "ruff", "format", "--check")
    assert checked.returncode == 1
    assert "core/planted.py" in checked.stdout


@pytest.mark.parametrize(
    ("file", "code", "error"),
    [
        ("core/planted.py", "def due(code): return code", "no-untyped-def"),
        ("core/planted.py", "def due(code: str) -> int: return code", "return-value"),
        ("core/planted.py", "def due(codes: list) -> None: ...", "type-arg"),
        ("core/planted.py", "import nowhere", "import-not-found"),
        ("tests/test_planted.py", "def test_due():\n    due: int = 'tomorrow'\n    assert due", "assignment"),
    ],
)
def test_the_type_checker_sees(settings_alone: Path, file: str, code: str, error: str) -> None:
    (settings_alone / file).write_text(f"{code}\n", encoding="utf-8")
    checked = run(settings_alone, "mypy", file)
    assert checked.returncode == 1
    assert f"[{error}]" in checked.stdout


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("import warnings\ndef test_a(): warnings.warn('old', DeprecationWarning)", "DeprecationWarning: old"),
        ("def test_a(): open(__file__)", "ResourceWarning"),
        (
            "import threading as t\ndef test_a():\n    a = t.Thread(target=lambda: 1 / 0)\n    a.start()\n    a.join()",
            "ZeroDivisionError",
        ),
        ("import pytest\n@pytest.mark.brwoser\ndef test_a(): ...", "'brwoser' not found"),
        ("import pytest\n@pytest.mark.xfail\ndef test_a(): ...", "XPASS(strict)"),
        ("async def test_a(): assert 1 == 2", "assert 1 == 2"),
    ],
)
def test_pytest_fails_on(settings_alone: Path, code: str, words: str) -> None:
    (settings_alone / "tests/test_planted.py").write_text(f"{code}\n", encoding="utf-8")
    tested = run(settings_alone, "pytest", "-p", "no:cacheprovider")
    assert tested.returncode != 0
    assert words in tested.stdout


def test_tests_of_the_same_name_do_not_collide(settings_alone: Path) -> None:
    for room in ("bot", "core"):
        (settings_alone / "tests" / room).mkdir()
        (settings_alone / "tests" / room / "test_settings.py").write_text(f"import {room}\ndef test_a(): ...\n")
    assert "2 passed" in run(settings_alone, "pytest", "-p", "no:cacheprovider").stdout


CASES = [("core", 8, 0), ("core", 6, 1), ("desk", 6, 0), ("desk", 5, 1)]


@pytest.mark.parametrize(("package", "tested", "verdict"), CASES)
def test_the_coverage_floor(root: Path, settings_alone: Path, package: str, tested: int, verdict: int) -> None:
    """With 6 of 8 cases tested 88% is covered: enough for the desk, too little for core."""
    branches = "\n".join(f"    if n == {number}:\n        return {number}" for number in range(1, 9))
    (settings_alone / package / "rule.py").write_text(f"def rule(n):\n{branches}\n    return 0\n")
    covered = "ONE = 1\n"
    (settings_alone / ("desk" if package == "core" else "core") / "__init__.py").write_text(covered)
    calls = f"def test_a():\n    for n in range({tested + 1}): {package}.rule.rule(n)\n"
    (settings_alone / "tests/test_rule.py").write_text(f"import core, desk, {package}.rule\n{calls}")
    shutil.copytree(root / "tools", settings_alone / "tools")

    tests = run(settings_alone, "pytest", "-p", "no:cacheprovider", "-n", "1", "--cov", "--cov-report=")
    assert tests.returncode == 0, tests.stdout
    floor = run(settings_alone, "python", "tools/coverage_floor.py")
    assert floor.returncode == verdict, floor.stdout
    assert ("Coverage failure" in floor.stdout) == bool(verdict)


def test_coverage_is_measured_in_the_first_case_of_each_test(root: Path, settings_alone: Path) -> None:
    """What only further cases reach, or a test that is marked, counts as not covered."""
    rule = "def rule(n):\n    if n == 1:\n        return 1\n    if n == 2:\n        return 2\n    return 3\n"
    (settings_alone / "core/rule.py").write_text(rule)
    (settings_alone / "tests/test_rule.py").write_text(
        "import pytest, core.rule\n@pytest.mark.parametrize('n', [1, 2])\ndef test_a(n): core.rule.rule(n)\n"
        "@pytest.mark.unmeasured\ndef test_b(): core.rule.rule(3)\n"
        "def test_c(): core.rule.rule(1)\n"
    )
    hooks = "pytest_collection_modifyitems, pytest_runtest_protocol"
    (settings_alone / "tests/conftest.py").write_text(f"from tests.measured import {hooks}\n")
    shutil.copyfile(root / "tests/measured.py", settings_alone / "tests/measured.py")

    tests = run(settings_alone, "pytest", "-p", "no:cacheprovider", "--cov", "--cov-report=term-missing")
    assert tests.returncode == 0, tests.stdout
    (line,) = [line for line in tests.stdout.splitlines() if line.startswith("core/rule.py")]
    assert line.endswith(" 4-6"), line
