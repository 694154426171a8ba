"""Adapters that other distributions bring: an entry point of the group `janmilan.adapters`, named as its platform.

    [project.entry-points."janmilan.adapters"]
    signal = "janmilan_signal:make_adapter"

makes `platform: signal` known in config.yaml; `make_adapter(account, section)` gives it (bot/adapters/base.py).
"""

from collections.abc import Mapping
from importlib.metadata import entry_points
from typing import cast

from bot.adapters.base import Adapter, Factory
from bot.settings import ADAPTERS, BUILT_IN, Configuration
from core.settings import ConfigError


def installed_adapters(settings: Configuration) -> Mapping[str, Adapter]:
    """An adapter for each account whose platform is not built in, by the account's name in config.yaml.

    Only what an account uses is imported. Raises ConfigError for a section that the adapter cannot use.
    """
    made = {}
    for name, section in settings.accounts.items():
        platform = str(section["platform"])
        if platform not in BUILT_IN:
            made[name] = _made(platform, name, section)
    return made


def _made(platform: str, name: str, section: Mapping[str, object]) -> Adapter:
    (entry,) = entry_points(group=ADAPTERS, name=platform)
    try:
        return cast(Factory, entry.load())(name, section)
    except ValueError as wrong:
        raise ConfigError((f"accounts.{name}: {wrong}",)) from wrong
