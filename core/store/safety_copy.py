"""A copy of a SQLite database before it is changed, by SQLite's own backup call.

A copy of the file alone would miss what stands in the write-ahead log (docs/design.md §2, The store, Migrations).
"""

import os
import sqlite3
from pathlib import Path


class CopyFailed(Exception):
    """No copy could be made, so nothing was changed. `path` is where it should have stood."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"{path}: the safety copy could not be made ({reason}), so nothing was changed. Make room on the disk, or "
            "correct the folder's rights, and start again."
        )
        self.path = path


def copy_database(database: Path, copy: Path) -> None:
    """Copy `database` to `copy`, all that is committed, in one file; what stood at `copy` gives way.

    Until the copy is whole, durable and found sound it stands under another name. Raises CopyFailed.
    """
    half = copy.with_name(copy.name + ".half")
    try:
        half.unlink(missing_ok=True)
        _copy_and_check(database, half)
        _make_durable(half)
        half.replace(copy)
        _make_durable(copy.parent)
    except (OSError, sqlite3.Error) as error:
        half.unlink(missing_ok=True)
        raise CopyFailed(copy, str(error)) from error


def _copy_and_check(database: Path, half: Path) -> None:
    source = sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)
    target = sqlite3.connect(half)
    try:
        source.backup(target)
        # One file, that can be carried away as it is.
        target.execute("PRAGMA journal_mode=DELETE")
        found = [row[0] for row in target.execute("PRAGMA integrity_check")]
        if found != ["ok"]:
            raise sqlite3.DatabaseError(f"it is damaged: {found[0]}")
    finally:
        target.close()
        source.close()


def _make_durable(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
