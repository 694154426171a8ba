"""Guard: SQL stands in the stores, the time comes from the clock, what people read stands in templates and data."""

import ast
import re
from pathlib import Path

import pytest

from tests.project.tree import PACKAGES, calls, dotted, files, imported, spoken

STORES = ("core/store/", "bot/store/")
DATABASE_LIBRARIES = {"sqlalchemy", "sqlmodel", "alembic", "sqlite3", "psycopg"}
STATEMENT = re.compile(
    r"^\s*(SELECT\s.*\sFROM\s|INSERT\s+INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|(CREATE|ALTER|DROP)\s+(UNIQUE\s+)?"
    r"(TABLE|INDEX|VIEW|TRIGGER)|PRAGMA\s|BEGIN\s+IMMEDIATE|WITH\s+\w+\s+AS\s)",
    re.DOTALL,
)
# A connection or a row may pass through other rooms, and an error be caught there; only a store speaks to a database.
PASSES_THROUGH = re.compile(r"^sqlalchemy\.(Connection|Engine|Row|exc(\..*)?)$")
SPEAKS = {"execute", "executemany", "exec_driver_sql", "scalars"}
CLOCK = "core/clock.py"
TIME_OF_DAY = re.compile(r"(^|\.)(datetime\.(now|utcnow|today)|date\.today)$|^time\.(time|time_ns|localtime|gmtime)$")
# Patterns of what people type, never shown to anybody.
READS_HINDI = ("core/codes/", "core/reading/")
DEVANAGARI_WORD = re.compile("[\u0900-\u0963\u0970-\u097f]{2}")


def sql_outside_the_stores(root: Path) -> list[str]:
    """Files outside both stores that import a database's library, hold a statement or execute one."""
    found = []
    for path in files(root, ".py", under=PACKAGES):
        name = path.relative_to(root).as_posix()
        if name.startswith(STORES):
            continue
        for module, line in imported(path).items():
            if module.partition(".")[0] in DATABASE_LIBRARIES and not PASSES_THROUGH.match(module):
                found.append(f"{name}:{line}: {module}")
        methods = [call.func for call in calls(path) if isinstance(call.func, ast.Attribute)]
        found += [f"{name}:{method.lineno}: .{method.attr}()" for method in methods if method.attr in SPEAKS]
        found += [f"{name}:{node.lineno}: SQL" for node in spoken(path) if STATEMENT.match(str(node.value))]
    return found


def times_not_from_the_clock(root: Path) -> list[str]:
    """Places that ask the machine for the time; only the clock may, so that a day can be simulated."""
    found = []
    for path in files(root, ".py", under=PACKAGES):
        name = path.relative_to(root).as_posix()
        asked = [call for call in calls(path) if TIME_OF_DAY.search(dotted(call.func))]
        found += [f"{name}:{call.lineno}: {dotted(call.func)}" for call in asked if name != CLOCK]
    return found


def hindi_in_python(root: Path) -> list[str]:
    """Words in Devanagari that are values in Python; single letters (tables of digits or nukta) are fine."""
    found = []
    for path in files(root, ".py", under=PACKAGES):
        if path.relative_to(root).as_posix().startswith(READS_HINDI):
            continue
        words = [node for node in spoken(path) if DEVANAGARI_WORD.search(str(node.value))]
        found += [f"{path.relative_to(root)}:{node.lineno}: {node.value!s}" for node in words]
    return found


def test_sql_stands_in_the_stores_alone(root: Path) -> None:
    assert len(files(root, ".py", under=PACKAGES)) > 10
    assert sql_outside_the_stores(root) == []


def test_the_time_comes_from_the_clock(root: Path) -> None:
    assert times_not_from_the_clock(root) == []


def test_no_hindi_words_in_python(root: Path) -> None:
    assert hindi_in_python(root) == []


@pytest.mark.parametrize(
    "line",
    [
        "import sqlalchemy",
        "from sqlalchemy import select",
        "from sqlalchemy import Connection\ndef read(c: Connection) -> None:\n    c.execute(due)",
        "from sqlmodel import Session",
        "def read() -> None:\n    import sqlite3",
        'QUERY = "SELECT code FROM complaint WHERE due < :now"',
        'QUERY = f"UPDATE complaint SET {NAME} = 1"',
        'QUERY = """\n    INSERT INTO complaint VALUES (1)"""',
    ],
)
def test_sql_elsewhere_is_caught(settings_alone: Path, line: str) -> None:
    (settings_alone / "desk/planted.py").write_text(line, encoding="utf-8")
    assert "desk/planted.py" in {fault.partition(":")[0] for fault in sql_outside_the_stores(settings_alone)}


@pytest.mark.parametrize("call", ["datetime.now(UTC)", "datetime.datetime.utcnow()", "date.today()", "time.time()"])
def test_another_clock_is_caught(settings_alone: Path, call: str) -> None:
    (settings_alone / "core/planted.py").write_text(f"started = {call}\nwhen = clock.now()\n", encoding="utf-8")
    assert f"core/planted.py:1: {call.partition('(')[0]}" in times_not_from_the_clock(settings_alone)
    assert not any("core/planted.py:2" in fault for fault in times_not_from_the_clock(settings_alone))


def test_a_hindi_sentence_in_python_is_caught(settings_alone: Path) -> None:
    source = '"""हाज़िर is said in a docstring."""\nDANDA = "।"\nSAID = f"{name} जी, शिकायत {code} दर्ज हुई"\n'
    (settings_alone / "bot/planted.py").write_text(source, encoding="utf-8")
    lines = {fault.split(": ")[0] for fault in hindi_in_python(settings_alone)}
    assert "bot/planted.py:3" in lines
    assert not {"bot/planted.py:1", "bot/planted.py:2"} & lines
