"""What is in a message: which words and files it may have, by which words it is found, its files as they are kept."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row

from bot.adapters.webchat.refused import Refused
from bot.adapters.webchat.shapes import FILES_LIMIT, TEXT_LIMIT
from bot.events import FileReference
from bot.markup import to_plain
from core.text import fold


def check_words(text: str, files: int) -> None:
    """Whether a message may have these words and so many files. Raises Refused."""
    if len(text) > TEXT_LIMIT:
        raise Refused(422, "too_long", "text", n=f"{len(text):,}", m=f"{TEXT_LIMIT:,}")
    if not text.strip() and not files:
        raise Refused(422, "empty", "text")
    if files > FILES_LIMIT:
        raise Refused(422, "too_many_files", "files", m=FILES_LIMIT)


def folded_words(text: str, files: Sequence[Mapping[str, Any]]) -> str:
    """What a message is found by: its words and its files' names, folded."""
    return fold("\n".join([text, *(file["name"] for file in files)]))


def folded_of_bot(body: str, files: Sequence[Mapping[str, Any]]) -> str:
    """The same of what the bot says."""
    return folded_words(to_plain(body), files)


def files_in(row: Row[Any]) -> list[dict[str, Any]]:
    """The files of a kept message."""
    found: list[dict[str, Any]] = json.loads(row.files)
    return found


def reference(file: Mapping[str, Any]) -> FileReference:
    """The file as an event carries it: its bytes are the office's already."""
    return FileReference(
        id=file["sha256"],
        name=file["name"],
        media_type=file["media_type"],
        size=file["size"],
        sha256=file["sha256"],
    )
