"""The accounts of config.yaml: which platform each is on, and what its adapter needs (docs/design.md §6)."""

from importlib.metadata import entry_points
from typing import Literal, Self

from pydantic import JsonValue, model_validator

from core.reading import Words
from core.settings import Section, Settings, misfit
from core.settings.nearest import nearest

BUILT_IN = ("web",)
SQLITE = "sqlite:///"
DATABASES = (SQLITE, "postgresql+psycopg://")
EXAMPLES = ("sqlite:///FILE", "postgresql+psycopg://user@host/name")
ADAPTERS = "janmilan.adapters"
"""The group of entry points by which other distributions bring an adapter; its name is the platform's."""


class WebAccount(Section):
    """The built-in web chat: needs nothing."""

    platform: Literal["web"]


class Configuration(Settings):
    """The whole config.yaml, its accounts checked: each names a platform that there is an adapter for."""

    @model_validator(mode="after")
    def _known_platforms(self) -> Self:
        known = sorted({*BUILT_IN, *(entry.name for entry in entry_points(group=ADAPTERS))})
        for name, account in self.accounts.items():
            platform = account.get("platform")
            if platform not in known:
                hint = nearest(str(platform), known) if platform else ""
                allowed = ", ".join(known)
                raise misfit(
                    ("accounts", name, "platform"), f"{platform!r} is no platform; write one of: {allowed}{hint}"
                )
            if platform == "web":
                WebAccount.model_validate(account)
        return self

    @model_validator(mode="after")
    def _known_database(self) -> Self:
        if not self.database.startswith(DATABASES):
            # Not shown: an address can hold a password.
            raise misfit(("database",), f"this is no database that can be used; write {' or '.join(EXAMPLES)}")
        return self

    @model_validator(mode="after")
    def _known_words(self) -> Self:
        for meaning, changes in self.words.items():
            try:
                Words.load({meaning: changes.model_dump()})
            except ValueError as error:
                raise misfit(("words", meaning), str(error).removeprefix("words: ")) from None
        return self

    def accounts_on(self, platform: str) -> dict[str, dict[str, JsonValue]]:
        """The accounts of a platform, by name."""
        return {name: each for name, each in self.accounts.items() if each.get("platform") == platform}
