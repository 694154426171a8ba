"""The accounts of config.yaml: which platform each is on, and what its adapter needs (docs/design.md §6)."""

import hashlib
import hmac
import re
from collections.abc import Mapping
from importlib.metadata import entry_points
from typing import Any, Literal, Self

from pydantic import Field, JsonValue, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError

from core.reading import Words
from core.settings import Section, Settings, misfit
from core.settings.nearest import nearest

BUILT_IN = ("web", "telegram")
SQLITE = "sqlite:///"
DATABASES = (SQLITE, "postgresql+psycopg://")
EXAMPLES = ("sqlite:///FILE", "postgresql+psycopg://user@host/name")
ADAPTERS = "janmilan.adapters"
"""The group of entry points by which other distributions bring an adapter; its name is the platform's."""

_TOKEN = re.compile(r"\d{1,19}:[A-Za-z0-9_-]{20,100}")
_SERVER = re.compile(r"https?://[^\s?#]+")


class WebAccount(Section):
    """The built-in web chat: needs nothing."""

    platform: Literal["web"]


class TelegramAccount(Section):
    """A Telegram bot: the token that @BotFather gave, which library calls, and how its updates come."""

    platform: Literal["telegram"]
    token: str = Field(repr=False)
    library: Literal["python-telegram-bot", "aiogram"] = "python-telegram-bot"
    receive: Literal["polling", "webhook"] = "polling"
    api_url: str = "https://api.telegram.org"

    @field_validator("token")
    @classmethod
    def _is_token(cls, token: str) -> str:
        # What was written is not shown: a token with one letter missing is still a secret.
        if not _TOKEN.fullmatch(token):
            raise PydanticCustomError("token", "this is no bot's token; @BotFather gives it, such as 123456789:AAE…")
        return token

    @field_validator("api_url")
    @classmethod
    def _is_server(cls, url: str) -> str:
        if not _SERVER.fullmatch(url):
            raise PydanticCustomError("server", "this is no server's address; write https://api.telegram.org")
        return url.rstrip("/")

    @property
    def bot(self) -> str:
        """Telegram's own id of the bot: how the account is known in the records, whatever its name here."""
        return self.token.partition(":")[0]

    @property
    def secret(self) -> str:
        """What Telegram shows with every update that it brings; made of the token, so nobody has to think of one."""
        return hmac.new(self.token.encode(), b"janmilan webhook", hashlib.sha256).hexdigest()


SECTIONS: Mapping[str, type[Section]] = {"web": WebAccount, "telegram": TelegramAccount}


def _installed_too() -> list[str]:
    return sorted({*BUILT_IN, *(entry.name for entry in entry_points(group=ADAPTERS))})


class Configuration(Settings):
    """The whole config.yaml, its accounts checked: each names a platform that there is an adapter for."""

    @model_validator(mode="after")
    def _known_platforms(self) -> Self:
        for name, account in self.accounts.items():
            platform = account.get("platform")
            # Only then is it asked what is installed: that takes as long as all the rest.
            if platform not in BUILT_IN and platform not in (known := _installed_too()):
                hint = nearest(str(platform), known) if platform else ""
                allowed = ", ".join(known)
                raise misfit(
                    ("accounts", name, "platform"), f"{platform!r} is no platform; write one of: {allowed}{hint}"
                )
            if platform in SECTIONS:
                _checked(name, SECTIONS[str(platform)], account)
        return self

    @model_validator(mode="after")
    def _each_bot_once(self) -> Self:
        seen: dict[str, str] = {}
        for name, account in self.telegram_accounts().items():
            if account.bot in seen:
                told = f"this is the bot of the account {seen[account.bot]} already; give each account a bot of its own"
                raise misfit(("accounts", name, "token"), told)
            seen[account.bot] = name
            if account.receive == "webhook" and not (self.server.public_url or "").startswith("https://"):
                told = "Telegram brings updates only to https://; set server.public_url, or write polling here"
                raise misfit(("accounts", name, "receive"), told)
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

    def telegram_accounts(self) -> dict[str, TelegramAccount]:
        """The Telegram bots, by the account's name."""
        return {name: TelegramAccount.model_validate(each) for name, each in self.accounts_on("telegram").items()}


def _checked(name: str, section: type[Section], account: Mapping[str, JsonValue]) -> None:
    """Raise the first mistake of an account, at its key; never what was written, which may be a secret."""
    try:
        section.model_validate(account)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise misfit(("accounts", name, *first["loc"]), _told(first, section)) from None


def _told(mistake: ErrorDetails | Any, section: type[Section]) -> str:
    match mistake["type"]:
        case "missing":
            return "this key is missing; write it here"
        case "extra_forbidden":
            allowed = sorted(section.model_fields)
            return f"unknown key; allowed here: {', '.join(allowed)}{nearest(str(mistake['loc'][-1]), allowed)}"
        case "literal_error":
            return f"this is not allowed; write {mistake['ctx']['expected']}"
        case _:
            return str(mistake["msg"])
