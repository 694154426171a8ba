"""A message whose files are still with the platform: it is read as one when they are here (docs/design.md §3, Files).

So "निस्तारित" with a photo is a solution with a photo, and nobody is asked for what is on its way. After ten minutes it
is read with the files that came, and whoever wrote it is asked to send the others again.
"""

from dataclasses import replace

from bot.events import FileReference, Message, from_json, to_json
from bot.store.file_waits import FileWait, expect_file, files_of
from core.store.unit import UnitOfWork


def hold(unit: UnitOfWork, event: Message) -> bool:
    """Whether the message must wait for files; then they are fetched, and `released` gives it back."""
    missing = [file for file in event.attachments if file.sha256 is None]
    for file in missing:
        expect_file(unit, event, file, {"event": to_json(event)})
    return bool(missing)


def released(unit: UnitOfWork, wait: FileWait) -> tuple[Message, int] | None:
    """The message with the files that came, and how many did not; None while another is still waited for."""
    unit.flush()
    rows = files_of(unit.connection, wait.address, wait.message)
    if any(row.ended_at is None for row in rows):
        return None
    event = from_json(str(wait.data["event"]))
    assert isinstance(event, Message), "only messages carry files"
    came = {row.file: row.sha256 for row in rows if row.sha256 is not None}
    files = tuple(_with_bytes(file, came) for file in event.attachments if file.sha256 or file.id in came)
    return replace(event, attachments=files), sum(row.sha256 is None for row in rows)


def _with_bytes(file: FileReference, came: dict[str, str]) -> FileReference:
    return file if file.sha256 else replace(file, sha256=came[file.id])
