"""Making and upgrading the tables (docs/design.md §2, The store, Migrations), and the copy made before (K51)."""

import importlib
import os
import pkgutil
import shutil
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlmodel import SQLModel

import bot.store
import core.store
from core.store.database import open_database
from core.store.migrate import (
    MIGRATIONS,
    ForeignDatabase,
    NewerDatabase,
    OlderDatabase,
    UpgradeFailed,
    prepare,
    upgrade,
)
from core.store.safety_copy import CopyFailed, copy_database
from core.store.steps import VERSION_TABLE, steps

ROOT = Path(__file__).parents[2]
COMPLAINTS = 50

for store in (core.store, bot.store):
    for module in pkgutil.iter_modules(store.__path__):
        importlib.import_module(f"{store.__name__}.{module.name}")

STEP = '''"""A later step."""

import sqlalchemy as sa
from alembic import op

revision = "later"
down_revision = "{before}"


def upgrade() -> None:
    op.create_table("later", sa.Column("id", sa.BigInteger(), primary_key=True))
    op.execute("DELETE FROM occasion")
    {then}
'''


def told(index: Any) -> str:
    """An index in words, its condition too."""
    options = {name: str(value) for name, value in index.get("dialect_options", {}).items()}
    return f"{index['name']} {index['column_names']} unique={bool(index['unique'])} {options}"


def shape(url: str) -> dict[str, Any]:
    """All that the database says of its tables."""
    database = open_database(url)
    try:
        with database.writer.begin() as connection:
            seen = inspect(connection)
            return {
                name: {
                    "columns": {
                        column["name"]: (str(column["type"]), column["nullable"], column["default"])
                        for column in seen.get_columns(name)
                    },
                    "key": seen.get_pk_constraint(name)["constrained_columns"],
                    "unique": sorted(each["column_names"] for each in seen.get_unique_constraints(name)),
                    "indexes": sorted(told(index) for index in seen.get_indexes(name)),
                    "foreign": seen.get_foreign_keys(name),
                }
                for name in seen.get_table_names()
                if name != VERSION_TABLE
            }
    finally:
        database.close()


def create_all(url: str) -> None:
    database = open_database(url)
    with database.writer.begin() as connection:
        SQLModel.metadata.create_all(connection)
    database.close()


def count(url: str, table: str) -> int:
    database = open_database(url)
    with database.reader.begin() as connection:
        found: int = connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()  # noqa: S608  # a table of ours
    database.close()
    return found


def with_a_later_step(tmp_path: Path, then: str = "pass") -> Path:
    """The migrations of the next release."""
    migrations = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, migrations)
    before = upgrade(f"sqlite:///{tmp_path / 'newest.db'}").now
    step = STEP.format(before=before, then=then)
    (migrations / "versions" / "later.py").write_text(step, encoding="utf-8")
    return migrations


@pytest.fixture
def other_url(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> str:
    """A second fresh database of the same kind."""
    if database_url.startswith("sqlite"):
        return f"sqlite:///{tmp_path / 'other.db'}"
    database = open_database(database_url)
    with database.writer.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS other WITH (FORCE)"))
        connection.execute(text("CREATE DATABASE other"))
    other = database.writer.url.set(database="other").render_as_string(hide_password=False)
    database.close()
    return other


def test_the_steps_make_the_tables_that_the_code_has(database_url: str, other_url: str) -> None:
    create_all(database_url)
    upgrade(other_url)
    expected, made = shape(database_url), shape(other_url)
    assert len(expected) > 25
    assert set(made) == set(expected)
    for table in expected:
        assert made[table] == expected[table], table


def test_twice_changes_nothing(database_url: str) -> None:
    first = upgrade(database_url)
    assert first.before is None
    assert first.changed
    again = upgrade(database_url)
    assert (again.before, again.changed, again.copy) == (first.now, False, None)
    assert count(database_url, "generation") == 1


def test_of_many_at_once_one_upgrades(database_url: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: upgrade(database_url), range(4)))
    assert [each.changed for each in done].count(True) == 1
    assert count(database_url, "generation") == 1


def test_sqlite_is_upgraded_at_the_start_and_postgresql_is_told_the_command(database_url: str, tmp_path: Path) -> None:
    if database_url.startswith("postgresql"):
        with pytest.raises(OlderDatabase, match="janmilan upgrade"):
            prepare(database_url)
        upgrade(database_url)
    now = prepare(database_url).now
    later = with_a_later_step(tmp_path)
    if database_url.startswith("postgresql"):
        with pytest.raises(OlderDatabase, match=f"as old as '{now}'"):
            prepare(database_url, later)
        upgrade(database_url, later)
    assert prepare(database_url, later).now == "later"


def test_a_newer_database_is_refused(database_url: str, tmp_path: Path) -> None:
    upgrade(database_url, with_a_later_step(tmp_path))
    for start in (upgrade, prepare):
        with pytest.raises(NewerDatabase, match="newer release"):
            start(database_url)
    assert count(database_url, "later") == 0


def test_somebody_elses_database_is_refused(database_url: str) -> None:
    database = open_database(database_url)
    with database.writer.begin() as connection:
        connection.execute(text("CREATE TABLE invoices (id INTEGER)"))
    database.close()
    with pytest.raises(ForeignDatabase, match="invoices"):
        upgrade(database_url)
    assert set(shape(database_url)) == {"invoices"}


def test_a_step_that_fails_leaves_everything_as_it_was(database_url: str, tmp_path: Path) -> None:
    upgrade(database_url)
    before = shape(database_url)
    with pytest.raises(UpgradeFailed, match="the records are as they were"):
        upgrade(database_url, with_a_later_step(tmp_path, 'op.execute("no such sentence")'))
    assert shape(database_url) == before
    assert not upgrade(database_url).changed


WRITER = """
import os, signal, sys
from datetime import UTC, datetime
from core.clock import SetClock
from core.commands import Part, RegisterPetition
from core.office import Office, Silence
from core.people import Actor, Door, Role, Via
from core.settings import OfficeSettings
from core.store.store import Store
from core.store.people_tables import DepartmentRow
from core.store.tables import table_of
from core.store.work import Work

clock = SetClock(datetime(2026, 11, 24, 4, tzinfo=UTC))
store = Store.open(sys.argv[1], clock)
office = Office(store, OfficeSettings(), clock, Silence())
row = {"id": 1, "code": "DPRO", "name_hi": "x", "name_en": "x", "category": None, "next_serial": 1001}
def departments(unit):
    unit.insert(table_of(DepartmentRow), row)
    unit.changed_directory()
store.do_now(Work(departments))
by = Actor(None, Via(Door.COMMAND), roles=frozenset({Role.OPERATOR}))
for number in range(int(sys.argv[2])):
    parts = (Part("DPRO", "C"),)
    office.do_now(RegisterPetition(name="x", phone="", village="x", words=f"drain {number}", parts=parts), by)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_the_copy_before_a_failed_upgrade_holds_what_stood_in_the_log_alone(tmp_path: Path) -> None:
    file = tmp_path / "janmilan.db"
    upgrade(f"sqlite:///{file}")
    killed = subprocess.run(
        [sys.executable, "-c", WRITER, f"sqlite:///{file}", str(COMPLAINTS)],
        cwd=ROOT,
        env=dict(os.environ),
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    shutil.copy(file, tmp_path / "plain.db")
    with sqlite3.connect(tmp_path / "plain.db") as plain:
        plain_rows = plain.execute("SELECT count(*) FROM complaint").fetchone()[0]
    plain.close()
    assert plain_rows < COMPLAINTS, "else this test shows nothing: the rows must stand in the log"

    with pytest.raises(UpgradeFailed) as failed:
        prepare(f"sqlite:///{file}", with_a_later_step(tmp_path, "raise OSError('the disk is full')"))
    copy = failed.value.copy
    assert copy == tmp_path / "janmilan.before-later.db"
    assert str(copy) in str(failed.value)
    assert "install the release that ran before" in str(failed.value)

    kept = sqlite3.connect(f"{copy.as_uri()}?mode=ro", uri=True)
    assert kept.execute("SELECT count(*) FROM complaint").fetchone()[0] == COMPLAINTS
    assert kept.execute("SELECT count(*) FROM timeline").fetchone()[0] == COMPLAINTS
    assert kept.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    kept.close()
    assert sorted(path.name for path in tmp_path.glob("janmilan.before*")) == ["janmilan.before-later.db"]
    assert count(f"sqlite:///{file}", "complaint") == COMPLAINTS


def test_a_half_made_copy_never_has_the_final_name(tmp_path: Path) -> None:
    database, copy = tmp_path / "janmilan.db", tmp_path / "copy.db"
    with sqlite3.connect(database) as connection:
        connection.execute("CREATE TABLE t (a)")
        connection.executemany("INSERT INTO t VALUES (?)", [("x" * 1000,)] * 500)
    connection.close()
    copy.write_bytes(b"the copy of an earlier upgrade")
    damaged = bytearray(database.read_bytes())
    damaged[8192:40000] = os.urandom(40000 - 8192)
    database.write_bytes(damaged)
    with pytest.raises(CopyFailed, match="nothing was changed"):
        copy_database(database, copy)
    assert copy.read_bytes() == b"the copy of an earlier upgrade"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.db", "janmilan.db"]


def test_without_room_for_the_copy_nothing_is_changed(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'janmilan.db'}"
    upgrade(url)
    before = shape(url)
    (tmp_path / "janmilan.before-later.db").mkdir()
    with pytest.raises(CopyFailed, match="start again"):
        upgrade(url, with_a_later_step(tmp_path))
    assert shape(url) == before


def test_the_steps_are_those_that_alembic_knows() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    known = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert list(steps(MIGRATIONS)) == known[::-1]
