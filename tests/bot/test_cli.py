"""The `janmilan` command as people run it: its words and its exit code."""

import json
import os
import re
import resource
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from bot.events import Address, Message, Sender, to_json
from core.clock import SystemClock
from core.store.store import Store
from core.store.tables import FailureRow, table_of
from core.store.work import Work
from tests.command_line import COMMAND, run, run_process, running, stopped

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "core" / "data" / "demo"
COMMANDS = ["init", "claim", "serve", "demo", "upgrade", "verify", "doctor", "group-links"]
GROUPS = {"import": ["departments", "people", "complaints"], "failures": ["list", "show", "retry"]}
EVERY = [[each] for each in COMMANDS] + [[group, each] for group, names in GROUPS.items() for each in names]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an office whose departments and people are imported."""
    folder = tmp_path_factory.mktemp("office")
    assert run(folder, "init").returncode == 0
    aliases = DEMO / "department_aliases.csv"
    assert run(folder, "import", "departments", DEMO / "departments.csv", "--aliases", aliases).returncode == 0
    assert run(folder, "import", "people", DEMO / "people.csv").returncode == 0
    return folder


# Help


@pytest.mark.parametrize("words", EVERY, ids=" ".join)
def test_every_command_explains_itself_with_an_example(tmp_path: Path, words: list[str]) -> None:
    told = run(tmp_path, *words, "--help")
    assert told.returncode == 0
    assert f"Example: janmilan {' '.join(words)}" in told.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [[], ["import"], ["failures"]], ids=" ".join)
def test_what_the_list_of_commands_says_is_not_cut(tmp_path: Path, words: list[str]) -> None:
    assert "..." not in run(tmp_path, *words, "--help").stdout.partition("Commands:")[2]


def test_help_names_every_command_and_comes_at_once(tmp_path: Path) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    told = subprocess.run(
        [COMMAND, "--help"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    for name in (*COMMANDS, *GROUPS):
        assert re.search(rf"^  {name} ", told.stdout, re.MULTILINE), name
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.4, "seconds of the processor"


def test_help_loads_nothing_heavy() -> None:
    ask = (
        "import sys; sys.argv = ['janmilan', '--help']\n"
        "from bot.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(sorted({'sqlalchemy', 'pydantic', 'fastapi', 'PIL', 'babel'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["serv"], "No such command 'serv'"),
        (["import", "people"], "Missing argument"),
        (["demo", "--port", "x"], "--port"),
    ],
)
def test_wrong_use_is_told(tmp_path: Path, words: list[str], told: str) -> None:
    found = run(tmp_path, *words)
    assert found.returncode == 2
    assert told in found.stderr
    assert "Traceback" not in found.stderr


def test_a_process_ends_with_the_code_and_the_sentence(tmp_path: Path) -> None:
    ended = run_process(tmp_path, "verify")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "janmilan init" in ended.stderr


# Beginning


def test_init_makes_an_office_and_its_first_administrator_comes_in(tmp_path: Path) -> None:
    begun = run_process(tmp_path, "init")
    assert begun.returncode == 0, begun.stderr
    assert (tmp_path / "config.yaml").read_text(encoding="utf-8").startswith("# Jan Milan")
    (link,) = re.findall(r"/claim/[\w-]{43}", begun.stdout)
    assert re.search(r"\b[1-9]\d+ holidays of this and the next year", begun.stdout)
    again = run(tmp_path, "init")
    assert "stays as it is" in again.stdout
    assert "up to date" in again.stdout
    (other,) = re.findall(r"/claim/[\w-]{43}", run(tmp_path, "claim").stdout)
    assert other != link
    with running(tmp_path, "serve", "--port", "0") as (process, address, _):
        assert httpx.get(f"{address}/healthz", timeout=60).json() == {"status": "alive"}
        assert httpx.get(f"{address}/readyz", timeout=60).status_code == 200
        for each in (link, other):
            assert httpx.get(address + each, timeout=60).status_code == 200
        assert httpx.get(f"{address}/claim/{'x' * 43}", timeout=60).status_code != 200
        assert httpx.get(f"{address}/sign-in", timeout=60).status_code == 200
        assert stopped(process, signal.SIGTERM) == 0


def test_the_configuration_can_stand_elsewhere(tmp_path: Path) -> None:
    config = tmp_path / "srv" / "office.yaml"
    assert run(tmp_path, "init", "--config", config).returncode == 0
    assert (tmp_path / "srv" / "data" / "janmilan.db").is_file(), "a path in it is taken from its folder"
    assert run(tmp_path, "verify", JANMILAN_CONFIG=str(config)).returncode == 0
    assert run(tmp_path, "verify").returncode == 2


def test_a_wrong_configuration_is_told_with_line_and_nearest_name(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("office:\n  langage: hi\n", encoding="utf-8")
    for words in (["serve"], ["verify"], ["import", "people", str(DEMO / "people.csv")]):
        told = run(tmp_path, *words)
        assert told.returncode == 2
        assert "config.yaml:2: office.langage: unknown key" in told.stderr
        assert "did you mean 'language'?" in told.stderr
        assert "Traceback" not in told.stderr
    (tmp_path / "config.yaml").write_text("accounts:\n  web: {platform: webb}\n", encoding="utf-8")
    told = run(tmp_path, "serve")
    assert "config.yaml:2: accounts.web.platform: 'webb' is no platform" in told.stderr
    (tmp_path / "config.yaml").write_text('words:\n  solutionn: {add: ["काम पूरा"]}\n', encoding="utf-8")
    told = run(tmp_path, "serve")
    assert "config.yaml:2: words.solutionn: " in told.stderr
    assert "'solution'" in told.stderr
    (tmp_path / "config.yaml").write_text("office:\n  holidays: {country: QQ}\n", encoding="utf-8")
    told = run(tmp_path, "init")
    assert (told.returncode, "correct office.holidays in config.yaml" in told.stderr) == (2, True)


def test_a_department_that_is_not_there_is_told_at_the_start(office: Path) -> None:
    config = office / "config.yaml"
    before = config.read_text(encoding="utf-8")
    own = "presence:\n  departments:\n    DPRQ: {window: {from: '08:00', to: '09:30'}, roll_calls: ['08:00']}\n"
    try:
        config.write_text(f"{own}closing: {{department_evidence: {{DPRO: photo}}}}\n", encoding="utf-8")
        told = run(office, "serve", "--port", "0")
        assert (told.returncode, "Traceback" in told.stderr) == (2, False)
        assert "config.yaml: presence.departments.DPRQ: no department has these letters" in told.stderr
        assert "did you mean 'DPRO'?" in told.stderr
        assert "department_evidence" not in told.stderr, "that one is there"
        told = run(office, "doctor")
        assert "✗ config.yaml: presence.departments.DPRQ: no department has these letters" in told.stderr
    finally:
        config.write_text(before, encoding="utf-8")


# Lists


def test_lists_are_imported_and_told(office: Path, tmp_path: Path) -> None:
    again = run(office, "import", "people", DEMO / "people.csv")
    assert "0 added, 0 changed, 330 as they were." in again.stdout
    assert "as UTF-8, cells separated by commas" in again.stdout
    bad = tmp_path / "people.csv"
    bad.write_bytes("department_code;role;name_hi\nDPRO;membr;Asha\nDPRO;member;José\n".encode("windows-1252"))
    told = run(office, "import", "people", bad)
    assert told.returncode == 1
    assert f"{bad}:2: role is 'membr'; write one of" in told.stderr
    assert "nothing was imported" in told.stderr
    assert "--skip-bad" in told.stderr
    assert "Windows-1252" in told.stdout
    told = run(office, "import", "people", bad, "--skip-bad")
    assert (told.returncode, "1 added, 0 changed, 0 as they were, 1 left out." in told.stdout) == (0, True)
    headless = tmp_path / "headless.csv"
    headless.write_text("colour\nred\n", encoding="utf-8")
    told = run(office, "import", "departments", headless)
    assert (told.returncode, "missing columns: code" in told.stderr) == (2, True)
    assert run(office, "import", "people", tmp_path / "nothing.csv").returncode == 2


def test_complaints_are_registered_proved_and_a_change_is_found(office: Path) -> None:
    told = run(office, "import", "complaints", DEMO / "sample_complaints.csv")
    assert (told.returncode, "100 added" in told.stdout) == (0, True), told.stderr
    proved = run(office, "verify")
    assert proved.returncode == 0
    assert "All is as it was written: 100 complaints, 100 entries" in proved.stdout
    with closing(sqlite3.connect(office / "data" / "janmilan.db")) as database:
        was = database.execute("SELECT id, payload FROM timeline ORDER BY id LIMIT 1").fetchone()
        database.execute("UPDATE timeline SET payload = replace(payload, 'C', 'B') WHERE id = ?", (was[0],))
        database.commit()
        found = run(office, "verify")
        facts = json.loads(run(office, "verify", "--json").stdout)
        database.execute("UPDATE timeline SET payload = ? WHERE id = ?", (was[1], was[0]))
        database.commit()
    assert found.returncode == 1
    assert re.search(r"COLL-1001-\d\d, entry 1: was changed", found.stderr)
    assert "newest backup that proves clean" in found.stderr
    assert facts["clean"] is False
    assert {"complaint": 1, "entry": 1, "what": "was changed"}.items() <= facts["faults"][0].items()
    assert run(office, "verify").returncode == 0


# Failures


def kept_failure(office: Path, raw: str) -> int:
    store = Store.open(f"sqlite:///{office / 'data' / 'janmilan.db'}", SystemClock())

    def keep(unit: object) -> int:
        id: int = unit.new_id("failure")  # type: ignore[attr-defined]
        row = {"id": id, "at": store.clock.now(), "key": None, "raw": raw, "traceback": "frame\nKeyError"}
        unit.insert(table_of(FailureRow), {**row, "retried_at": None})  # type: ignore[attr-defined]
        return id

    try:
        value = store.do_now(Work(keep)).value
        assert value is not None
        return value
    finally:
        store.close()


def test_a_failure_is_listed_shown_and_handled_again_once(office: Path) -> None:
    event = Message(
        key="1",
        address=Address("web", "direct:person:1"),
        sender=Sender("web", "person:1", "x"),
        at=datetime(2026, 11, 24, tzinfo=UTC),
        direct=True,
        message="m1",
        text="/help",
    )
    number, other = kept_failure(office, to_json(event)), kept_failure(office, "bot.handlers.x of DPRO #1")
    listed = run(office, "failures", "list").stdout
    assert f"F-{number}  " in listed
    assert "KeyError" in listed
    shown = run(office, "failures", "show", f"f-{number}").stdout
    assert "frame" in shown
    assert "/help" in shown
    done = run(office, "failures", "retry", f"F-{number}")
    assert done.returncode == 0, done.stderr
    with closing(sqlite3.connect(office / "data" / "janmilan.db")) as database:
        said = database.execute("SELECT template FROM outbox WHERE chat = 'direct:person:1'").fetchall()
    assert said == [("help",)]
    again = run(office, "failures", "retry", str(number))
    assert (again.returncode, "nothing was done now" in again.stderr) == (2, True)
    told = run(office, "failures", "retry", f"F-{other}")
    assert (told.returncode, "no message that came from a chat" in told.stderr) == (2, True)
    for wrong in ("F-99999", "x", "F-"):
        told = run(office, "failures", "show", wrong)
        assert (told.returncode, "janmilan failures list" in told.stderr) == (2, True)


# Doctor, and what is in the way


def test_the_doctor_says_what_to_do(office: Path, tmp_path: Path) -> None:
    told = run(office, "doctor")
    assert told.returncode == 1
    assert "✓ The database is there and up to date" in told.stdout
    assert "✓ Every department has a head" in told.stdout
    assert "✗ 74 departments have no group (COLL, " in told.stderr
    assert "/bind CODE" in told.stderr
    assert "FriBidi" in told.stdout + told.stderr
    assert "✗ Only this machine can open links: they begin with http://127.0.0.1:8080" in told.stderr
    assert "set server.public_url" in told.stderr
    told = run(tmp_path, "doctor")
    assert told.returncode == 1
    assert "`janmilan init` writes one" in told.stderr
    (tmp_path / "config.yaml").write_text("", encoding="utf-8")
    told = run(tmp_path, "doctor")
    assert "Run: janmilan upgrade" in told.stderr
    assert "group" not in told.stdout, "without departments none has a group"
    assert not (tmp_path / "data").exists(), "looking changes nothing"


def test_a_rival_distribution_is_refused(office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "rival-1.0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: rival\nVersion: 1.0\n")
    (folder / "top_level.txt").write_text("core\nother\n")
    monkeypatch.syspath_prepend(tmp_path)
    for command in ("serve", "doctor"):
        told = run(office, command)
        assert told.returncode in (1, 2)
        assert "core by rival" in told.stderr
        assert "environment of its own" in told.stderr


def test_a_port_that_is_taken_is_told(office: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        told = run(office, "serve", "--port", str(taken.getsockname()[1]))
    assert (told.returncode, "Choose another with --port" in told.stderr) == (2, True), told.stderr
