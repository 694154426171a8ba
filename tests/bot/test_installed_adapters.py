"""An adapter of another distribution: found by its entry point, given its section, refused with a sentence."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.adapters.base import Adapter
from bot.app import put_together
from bot.installed_adapters import installed_adapters
from bot.settings import Configuration
from core.clock import SystemClock
from core.settings import ConfigError
from core.store.store import Store

MODULE = """
from bot.testing import FakeAdapter, FakePlatform

def make_adapter(account, section):
    if "word" not in section:
        raise ValueError("word: this key is missing; write the platform's word here")
    return FakeAdapter(FakePlatform(), f"bot-{section['word']}")
"""


@pytest.fixture
def stranger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Another distribution is installed that knows the platform `pigeon`."""
    installed = tmp_path / "installed"
    metadata = installed / "janmilan_pigeon-1.0.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: janmilan-pigeon\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text("[janmilan.adapters]\npigeon = janmilan_pigeon:make_adapter\n")
    (installed / "janmilan_pigeon.py").write_text(MODULE)
    monkeypatch.syspath_prepend(installed)
    importlib.invalidate_caches()
    yield installed
    sys.modules.pop("janmilan_pigeon", None)


def settings(database: str, **pigeon: str) -> Configuration:
    accounts = {"web": {"platform": "web"}, "birds": {"platform": "pigeon", **pigeon}}
    return Configuration.model_validate({"database": database, "accounts": accounts})


def test_it_is_made_for_the_account_and_the_courier_speaks_through_it(
    stranger: Path, sqlite_database: str, tmp_path: Path
) -> None:
    Store.create(sqlite_database, SystemClock()).close()
    running = put_together(settings(sqlite_database, word="coo"), SystemClock(), tmp_path)
    try:
        assert isinstance(running.adapters["bot-coo"], Adapter), "known by the platform's own id of the bot"
        assert running.around.direct_chat("bot-coo", "7") == "direct:7"
    finally:
        running.store.close()


def test_what_it_cannot_use_is_told_with_the_account(stranger: Path, sqlite_database: str) -> None:
    with pytest.raises(ConfigError, match=r"accounts\.birds: word: this key is missing"):
        installed_adapters(settings(sqlite_database))


def test_without_the_distribution_its_platform_is_unknown(sqlite_database: str) -> None:
    with pytest.raises(ValueError, match="'pigeon' is no platform"):
        settings(sqlite_database, word="coo")
