"""config.yaml as a whole, and the part of it that core needs (docs/design.md §6)."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, JsonValue

from core.settings.deadlines import STANDARD_LADDER, Categories, DueRules, Ladder
from core.settings.keeping import Backup, Closing, Files, Rejection, Retention, WordChanges
from core.settings.kinds import Section
from core.settings.office import Office
from core.settings.presence import Presence


class OfficeSettings(Section):
    """Everything in config.yaml that is about the office and its rules; `OfficeSettings()` is the standard."""

    office: Office = Office()
    enrol: Literal["approve", "auto"] = "approve"
    categories: Categories = Categories()
    due: DueRules = DueRules()
    escalation: Ladder = STANDARD_LADDER
    presence: Presence = Presence()
    closing: Closing = Closing()
    words: dict[str, WordChanges] = Field(default_factory=dict)
    files: Files = Files()
    rejection: Rejection = Rejection()
    retention: Retention = Retention()
    backup: Backup = Backup()


def _web_address(address: str | None) -> str | None:
    if address is not None and not re.fullmatch(r"https?://[^\s/]+(/\S*)?", address):
        raise ValueError(f"{address!r} is no address; write it with https://, such as https://janmilan.example.in")
    return address


class Server(Section):
    """Where the desk, the chat and the API are served."""

    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    #: The address that people outside use, such as https://janmilan.example.in; None: only this machine.
    public_url: Annotated[str | None, AfterValidator(_web_address)] = None


def _web_alone() -> dict[str, dict[str, JsonValue]]:
    return {"web": {"platform": "web"}}


class Settings(OfficeSettings):
    """The whole file. What an account needs depends on its platform, so core leaves accounts as they are written."""

    database: str = "sqlite:///data/janmilan.db"
    server: Server = Server()
    accounts: dict[str, dict[str, JsonValue]] = Field(default_factory=_web_alone)
