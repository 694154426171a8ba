"""A message whose files are still with the platform: it is read as one when they are here (docs/design.md §3, Files).

So "निस्तारित" with a photo is a solution with a photo, and nobody is asked for what is on its way. After ten minutes it
is read with the files that came, and whoever wrote it is asked to send the others again. An album comes in parts, in
any order and each with words of its own or none: its files are fetched when the others have had time to come, and it
is read as one message.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.events import FileReference, Message, from_json, to_json
from bot.store.file_waits import FileWait, expect_file, files_of, latest_files
from core.store.queries.occasions import keep_occasion
from core.store.unit import UnitOfWork

ALBUM_SETTLES = timedelta(seconds=3)
"""How long after a part of an album another one of it may come."""

AT_ONCE = timedelta(0)


def hold(unit: UnitOfWork, event: Message) -> bool:
    """Whether the message must wait for files; then they are fetched, and `released` gives it back."""
    missing = [file for file in event.attachments if file.sha256 is None]
    for file in missing:
        expect_file(unit, event, file, {"event": to_json(event)}, ALBUM_SETTLES if event.album else AT_ONCE)
    return bool(missing)


def released(unit: UnitOfWork, wait: FileWait) -> tuple[Message, int] | None:
    """The message with the files that came, and how many did not; None while another is still waited for."""
    unit.flush()
    event = _event(wait)
    parts = _album(unit, wait, event.album) if event.album else [event]
    found = [_with_files(unit, part) for part in parts]
    whole = [each for each in found if each is not None]
    if len(whole) < len(found):
        return None
    if event.album and not keep_occasion(unit, f"album/{wait.address}/{wait.user}/{event.album}", wait.since.date()):
        return _with_files(unit, event)  # It comes after the others were read.
    return _as_one([message for message, _ in whole]), sum(number for _, number in whole)


def _album(unit: UnitOfWork, wait: FileWait, album: str) -> list[Message]:
    """The parts that have come, each once, in the order of their ids."""
    events = (_event(each) for each in latest_files(unit.connection, wait.address, wait.user))
    parts = {event.message: event for event in events if event.album == album}
    return [parts[id] for id in sorted(parts, key=lambda id: (len(id), id))]


def _as_one(parts: Sequence[Message]) -> Message:
    words = "\n".join(part.text for part in parts if part.text.strip())
    files = tuple(file for part in parts for file in part.attachments)
    answers = next((part.reply_to for part in parts if part.reply_to is not None), None)
    return replace(parts[0], text=words, attachments=files, reply_to=answers)


def _with_files(unit: UnitOfWork, event: Message) -> tuple[Message, int] | None:
    """The message with its files, and how many did not come; None while one is waited for."""
    rows = files_of(unit.connection, event.address, event.message)
    if any(row.ended_at is None for row in rows):
        return None
    came = {row.file: row.sha256 for row in rows if row.sha256 is not None}
    files = tuple(_with_bytes(file, came) for file in event.attachments if file.sha256 or file.id in came)
    return replace(event, attachments=files), sum(row.sha256 is None for row in rows)


def _event(wait: FileWait) -> Message:
    event = from_json(str(wait.data["event"]))
    assert isinstance(event, Message), "only messages carry files"
    return event


def _with_bytes(file: FileReference, came: dict[str, str]) -> FileReference:
    return file if file.sha256 else replace(file, sha256=came[file.id])
