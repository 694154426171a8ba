"""What the command says when the database is in the way, each with its cure."""

import json
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from bot.cli.failing import UNEXPECTED, tell
from tests.command_line import run, running, stopped


def test_a_locked_database_is_told(tmp_path: Path) -> None:
    run(tmp_path, "init")
    with closing(sqlite3.connect(tmp_path / "data" / "janmilan.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        told = run(tmp_path, "claim")
    assert told.returncode == 3
    assert "another process writes to it" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("database: sqlite:///config.yaml\n", encoding="utf-8")
    for words in (["serve"], ["verify"]):
        told = run(tmp_path, *words)
        assert (told.returncode, "is no database" in told.stderr) == (3, True), told.stderr


def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    run(tmp_path, "init")
    with closing(sqlite3.connect(tmp_path / "data" / "janmilan.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = 'of_next_year'")
        database.commit()
    for words in (["serve"], ["upgrade"], ["verify"]):
        told = run(tmp_path, *words)
        assert told.returncode == 3
        assert "newer release of Jan Milan (to 'of_next_year')" in told.stderr


def test_postgresql_is_upgraded_by_its_own_command(tmp_path: Path, postgres_database: str) -> None:
    (tmp_path / "config.yaml").write_text(f"database: {json.dumps(postgres_database)}\n", encoding="utf-8")
    told = run(tmp_path, "serve", "--port", "0")
    assert (told.returncode, "Run: janmilan upgrade" in told.stderr) == (3, True)
    assert "Made the database" in run(tmp_path, "upgrade").stdout
    assert "up to date" in run(tmp_path, "upgrade").stdout
    with running(tmp_path, "serve", "--port", "0") as (process, address, _):
        assert httpx.get(f"{address}/readyz", timeout=60).status_code == 200
        assert stopped(process, signal.SIGINT) == 0
    assert run(tmp_path, "verify").returncode == 0


def test_no_server_is_told(tmp_path: Path) -> None:
    config = tmp_path / "config.yaml"
    config.write_text('database: "postgresql+psycopg://nobody@/none?host=/nowhere"\n', encoding="utf-8")
    told = run(tmp_path, "upgrade")
    assert (told.returncode, "Check that the server runs" in told.stderr) == (3, True)
    config.write_text("database: mysql://x@y/z\n", encoding="utf-8")
    told = run(tmp_path, "upgrade")
    assert (told.returncode, "sqlite:///FILE or postgresql+psycopg://" in told.stderr) == (2, True)


def test_what_nobody_foresaw_shows_its_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        raise RuntimeError("of a kind nobody knows")
    except RuntimeError as error:
        code = tell(error)
    told = capsys.readouterr().err
    assert code == UNEXPECTED
    assert "Traceback" in told
    assert "Please report" in told
