"""The tests' own tools hold: databases are real and empty, a page's fault is seen, a server ends with its starter."""

import contextlib
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import psycopg
import pytest
import sqlalchemy
from playwright.sync_api import Page

from tests.pages import Faults

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("time", ["first", "second"])
def test_a_database_is_fresh_each_time(database_url: str, time: str) -> None:
    engine = sqlalchemy.create_engine(database_url)
    with engine.begin() as connection:
        assert sqlalchemy.inspect(connection).get_table_names() == []
        connection.execute(sqlalchemy.text("CREATE TABLE petition (name TEXT)"))
        connection.execute(sqlalchemy.text("INSERT INTO petition VALUES ('निस्तारित')"))
        assert connection.execute(sqlalchemy.text("SELECT name FROM petition")).scalar() == "निस्तारित"
    engine.dispose()


def test_postgres_goes_with_the_process_that_started_it() -> None:
    script = "import sys, tests.postgres as p\nwith p.postgres() as url: print(url, flush=True); sys.stdin.read()"
    starter = subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert starter.stdin is not None
    assert starter.stdout is not None
    folder = starter.stdout.readline().strip().partition("?host=")[2]
    with psycopg.connect(host=folder, user="postgres", dbname="postgres") as connection:
        server = Path(folder, "data", "postmaster.pid").read_text().split()[0]
        starter.send_signal(signal.SIGKILL)
        starter.wait()
        # The server closes the connection as it goes: waiting for that is waiting for its end.
        with contextlib.suppress(psycopg.OperationalError):
            connection.execute("SELECT pg_sleep(60)")
        assert connection.broken
    starter.stdin.close()
    starter.stdout.close()
    wait_for_end(int(server))
    shutil.rmtree(folder)


def wait_for_end(process: int) -> None:
    """Return when no process of this number is left; raises `subprocess.TimeoutExpired` after half a minute."""
    subprocess.run(["tail", f"--pid={process}", "-f", "/dev/null"], timeout=30, check=True)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A folder served on a free port: its address and the folder."""
    (tmp_path / "favicon.ico").touch()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=tmp_path)) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", tmp_path
        server.shutdown()
        thread.join()


def test_a_page_without_faults_passes(site: tuple[str, Path], page: Page) -> None:
    address, folder = site
    (folder / "index.html").write_text("<!doctype html><meta charset=utf-8><title>जन मिलन</title>", encoding="utf-8")
    page.goto(address)
    assert page.title() == "जन मिलन"


@pytest.mark.parametrize(
    ("script", "fault"),
    [
        ("throw new Error('lost')", "page error"),
        ("console.error('lost')", "console"),
        ("fetch('/nowhere')", "status of 404"),
        ("fetch('http://127.0.0.2:9/font.woff2').catch(() => 0)", "request to another host"),
    ],
)
def test_a_fault_in_a_page_is_seen(
    visit: Callable[..., Page], page_faults: Faults, site: tuple[str, Path], script: str, fault: str
) -> None:
    address, folder = site
    (folder / "index.html").write_text(f"<!doctype html><title>x</title><script>{script}</script>", encoding="utf-8")
    page = visit()
    page.goto(address)
    page.wait_for_load_state("networkidle")
    with pytest.raises(AssertionError, match=fault):
        page_faults.check()
    page_faults.seen.clear()
