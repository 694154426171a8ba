"""A district for each test of the web chat, and doors into it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from tests.adapters.webchat.district import District


@pytest.fixture
def district_database(sqlite_database: str) -> str:
    """Where the district's records stand; a module that wants both kinds of database overrides it."""
    return sqlite_database


@pytest.fixture
def district(district_database: str, tmp_path: Path) -> Iterator[District]:
    """A running district with nothing said in it yet."""
    files = tmp_path / "files"
    files.mkdir()
    district = District(district_database, files)
    yield district
    district.close()


@pytest.fixture
def officer(district: District) -> Iterator[Callable[[int], httpx.Client]]:
    """The API as a person uses it: `officer(ASHA)`; with a Bearer token, in English."""
    clients: list[httpx.Client] = []

    def enter(person: int) -> httpx.Client:
        headers = {"Authorization": f"Bearer {district.token(person)}", "Accept-Language": "en"}
        clients.append(httpx.Client(base_url=f"{district.url}/chat/api", headers=headers, timeout=60))
        return clients[-1]

    yield enter
    for client in clients:
        client.close()
