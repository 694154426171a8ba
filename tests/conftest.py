"""What every test may ask for: a fresh database of either kind, a browser, and the property tests' profile."""

import gc
import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import hypothesis
import psycopg
import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright
from sqlalchemy import make_url

from tests.browser import FLAGS, find
from tests.measured import pytest_collection_modifyitems as pytest_collection_modifyitems
from tests.measured import pytest_runtest_protocol as pytest_runtest_protocol
from tests.pages import Faults, watch
from tests.postgres import postgres

# Time is no measure here: the machine may be busy. In CI the same examples every time, so that red is never luck.
hypothesis.settings.register_profile(
    "here", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow], print_blob=True
)
hypothesis.settings.register_profile("ci", parent=hypothesis.settings.get_profile("here"), derandomize=True)
hypothesis.settings.register_profile("thorough", parent=hypothesis.settings.get_profile("here"), max_examples=2000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "here"))
# As long as Playwright's own acts wait. Five seconds, its default, are too short beside other tests on a small machine.
expect.set_options(timeout=30_000)
# Tests meet nobody outside this machine; the list of whom to trust would take 25 ms of the processor for every client.
os.environ.pop("SSL_CERT_FILE", None)
os.environ["SSL_CERT_DIR"] = os.devnull

DESKTOP = 1440


def pytest_collection_finish() -> None:
    """What has been imported by now stays: looking through it again and again takes a twelfth of the processor."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The URL of a real PostgreSQL server's own database: one server for each process that runs tests."""
    with postgres() as url:
        yield url


@pytest.fixture(scope="session")
def _database_names() -> Iterator[str]:
    return (f"test_{number}" for number in count(1))


@pytest.fixture
def postgres_database(postgres_url: str, _database_names: Iterator[str]) -> Iterator[str]:
    """The URL of a fresh and empty PostgreSQL database, dropped at the end with whoever is still connected."""
    name = next(_database_names)
    server = make_url(postgres_url)
    with psycopg.connect(host=str(server.query["host"]), user=server.username, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} STRATEGY file_copy")
        yield server.set(database=name).render_as_string(hide_password=False)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def sqlite_database(tmp_path: Path) -> str:
    """The URL of a SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'janmilan.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh and empty database as config.yaml names it; the test runs once for each kind."""
    fixture = {"sqlite": "sqlite_database", "postgresql": "postgres_database"}[request.param]
    return str(request.getfixturevalue(fixture))


# Module by module, not for the whole session: as long as Playwright's plain interface is open it holds this thread's
# event loop, and no test of async code could run. So a module with browser tests has no async tests.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real Chromium; `visit` is the handier door."""
    executable = find()
    if executable is None:
        pytest.fail("There is no browser: run `make test`, which installs one, or `python tests/browser.py`.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def page_faults() -> Faults:
    """What went wrong in this test's pages; `page_faults.expect("404")` names a console error that is meant."""
    return Faults()


@pytest.fixture
def visit(browser: Browser, page_faults: Faults) -> Iterator[Callable[..., Page]]:
    """Open a page as a new person, with cookies of their own: `visit(width=360, locale="en-IN")`.

    Further arguments go to Playwright's `new_context` (`java_script_enabled=False`, `storage_state=...`). At the end
    the test fails if any of its pages raised an error, wrote one to the console, or asked another host than 127.0.0.1.
    """
    contexts = []

    def open_page(width: int = DESKTOP, height: int = 900, locale: str = "hi-IN", **options: Any) -> Page:
        size = ViewportSize(width=width, height=height)
        # A service worker keeps files, so it is let in by the tests that are about it alone.
        asked: dict[str, Any] = {"service_workers": "block", **options}
        context = browser.new_context(viewport=size, locale=locale, timezone_id="Asia/Kolkata", **asked)
        contexts.append(context)
        watch(context, page_faults)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    page_faults.check()


@pytest.fixture
def page(visit: Callable[..., Page]) -> Page:
    """One page of one person on a desktop screen, in Hindi."""
    return visit()
