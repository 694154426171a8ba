"""Closing, words, files, rejection, retention and backup: the shorter sections of config.yaml."""

import re
from datetime import time
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from core.settings.deadlines import Letter
from core.settings.kinds import (
    Bilingual,
    Days,
    Distance,
    Elapsed,
    Keeping,
    Section,
    Share,
    Size,
    Span,
    TimeOfDay,
    department_letters,
)
from core.settings.office import STANDARD

Evidence = Literal["photo", "paper", "place"]
WITH_THE_COMPLAINT = "with the complaint"


def _standard_evidence() -> dict[Letter, Evidence]:
    return {"A": "photo"}


class Flags(Section):
    """What makes a solution worth a look by the administration (docs/design.md §4, Life of a complaint)."""

    #: Solved sooner than this after it was registered, reopened or sent on.
    within: Elapsed = Span(5, "m")
    #: So many solutions by one person within `burst_within`.
    burst: int = Field(default=5, ge=2)
    burst_within: Elapsed = Span(10, "m")
    #: Metres between where the complainant's photo and where the solution's was taken.
    far: Distance = 1000


class Closing(Section):
    """Who is asked whether a complaint is really solved, and what a solution must bring (docs/design.md §4)."""

    ask: Literal["complainant", "administration"] = "complainant"
    otherwise: Literal["administration"] = Field(default="administration", validation_alias="else")
    confirm_within: Days = Span(3, "d")
    #: Of the complaints that nobody confirmed, how many somebody goes to look at.
    sample: Share = 0.1
    evidence: dict[Letter, Evidence] = Field(default_factory=_standard_evidence)
    #: The same by the letters of departments; what category and department ask for must both be there.
    department_evidence: dict[Annotated[str, AfterValidator(department_letters)], Evidence] = Field(
        default_factory=dict
    )
    flags: Flags = Flags()


class WordChanges(Section):
    """Words that an office adds to a meaning, or takes from it (docs/voice.md 4.2)."""

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


class Files(Section):
    """Photos and papers."""

    #: Bytes.
    limit: Size = 10 * 1024**2


def _reason_name(name: str) -> str:
    if not re.fullmatch(r"[a-z][a-z_]*", name):
        raise ValueError(f"{name!r} is no name of a reason; write small letters and underscores, such as sub_judice")
    return name


class Rejection(Section):
    """For which reasons, and no others, a senior may reject a complaint."""

    reasons: tuple[Annotated[str, AfterValidator(_reason_name)], ...] = Field(
        default=("sub_judice", "personal_dispute", "right_to_information", "not_this_district", "already_decided"),
        min_length=1,
    )
    #: What the office's own reasons are called; ours have names already.
    names: dict[str, Bilingual] = Field(default_factory=dict)

    def name(self, reason: str) -> Bilingual:
        """What a reason is called; an office's own without a name reads as its key with spaces."""
        standard = STANDARD["rejection_names"].get(reason)
        if reason in self.names:
            return self.names[reason]
        if standard is not None:
            return Bilingual.model_validate(standard)
        readable = reason.replace("_", " ").capitalize()
        return Bilingual(hi=readable, en=readable)


def _read_after_closing(value: object) -> object:
    if isinstance(value, Span):
        return value
    found = re.fullmatch(r"(\d{1,4}[dy]) after closing", str(value).strip())
    if not found:
        raise ValueError(f"{value!r} is no time after closing; write it as: 1y after closing, or 90d after closing")
    return found[1]


def _read_attachments(value: object) -> object:
    if value is None or value == WITH_THE_COMPLAINT:
        return None
    try:
        return _read_after_closing(value)
    except ValueError as error:
        raise ValueError(f"{error}, or: {WITH_THE_COMPLAINT}") from None


class Retention(Section):
    """How long each kind of data is kept."""

    chat_messages: Keeping = Span(1, "y")
    presence: Keeping = Span(1, "y")
    #: Counted from the closing of the complaint.
    personal_data: Annotated[Keeping, BeforeValidator(_read_after_closing)] = Span(1, "y")
    #: None: as long as the complaint; a span is counted from its closing.
    attachments: Annotated[Keeping | None, BeforeValidator(_read_attachments)] = None
    audit: Keeping = Span(5, "y")


class Backup(Section):
    """The daily copy of everything."""

    at: TimeOfDay = time(18, 30)
    keep: int = Field(default=30, ge=1)
    to: str = "data/backups"
