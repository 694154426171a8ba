"""Turns what went wrong into a sentence with its cure, and a code for scripts; only the unknown shows a traceback.

0 all is well · 1 looked, and something is wrong · 2 wrong use, file or configuration · 3 the database · 70 unexpected
"""

import errno
import sys

FOUND = 1
USE = 2
DATABASE = 3
UNEXPECTED = 70


class Wrong(Exception):
    """Something that the person at the terminal can cure; its words are the sentence."""

    def __init__(self, sentence: str, code: int = USE) -> None:
        super().__init__(sentence)
        self.code = code


def tell(error: Exception) -> int:
    """Say on the error stream what went wrong; returns the code to end with."""
    known = sentence_of(error)
    if known is not None:
        print(known[0], file=sys.stderr)  # noqa: T201  # this is the one place that speaks for errors
        return known[1]
    import traceback

    traceback.print_exception(error)
    last = "This should not happen. Please report the lines above; nothing that was not confirmed has been kept."
    print(last, file=sys.stderr)  # noqa: T201
    return UNEXPECTED


def sentence_of(error: Exception) -> tuple[str, int] | None:
    """What to say about an error, and the code; None for one that nobody foresaw."""
    if isinstance(error, Wrong):
        return str(error), error.code
    if isinstance(error, OSError):
        return _of_the_system(error)
    if isinstance(error, ModuleNotFoundError) and error.name and error.name.startswith("psycopg"):
        return "PostgreSQL needs one more package. Install it: pip install 'janmilan[postgres]'", USE
    return _of_the_records(error)


def _of_the_system(error: OSError) -> tuple[str, int] | None:
    place = f"{error.filename}: " if error.filename else ""
    sentences = {
        errno.ENOSPC: "the disk is full. Make room on it and run the command again.",
        errno.EACCES: "this may not be read or written. Correct its rights, or run the command as its owner.",
        errno.EROFS: "the disk can only be read. Choose another folder.",
        errno.ENOENT: "there is no such file or folder. Check the path.",
        errno.EISDIR: "this is a folder; a file is needed.",
        errno.EADDRINUSE: "this port is taken. Choose another with --port, or stop what uses it.",
        errno.EADDRNOTAVAIL: "this machine has no such address. Choose another with --host.",
    }
    if error.errno not in sentences:
        return None
    sentence = sentences[error.errno]
    return (place + sentence if place else sentence[:1].upper() + sentence[1:]), USE


def _of_the_records(error: Exception) -> tuple[str, int] | None:
    from sqlalchemy.exc import ArgumentError, DBAPIError

    from core.imports.report import BadFile
    from core.refusals import Refusal
    from core.settings import ConfigError
    from core.store.migrate import MigrationError
    from core.store.safety_copy import CopyFailed
    from core.store.work import StoreUnavailable, WorkFailed

    if isinstance(error, ConfigError | BadFile):
        return str(error), USE
    if isinstance(error, MigrationError | CopyFailed):
        return str(error), DATABASE
    if isinstance(error, StoreUnavailable):
        reason = str(error)
        return f"The database takes nothing now: {_cure(reason)} Nothing was changed; run the command again.", DATABASE
    if isinstance(error, WorkFailed):
        return f"It could not be done and nothing was changed; it is {error}", DATABASE
    if isinstance(error, DBAPIError):
        reason = getattr(error.orig, "sqlite_errorname", None) or str(error.orig).strip().partition("\n")[0]
        return f"The database cannot be used: {_cure(reason)}", DATABASE
    if isinstance(error, ArgumentError):
        return (
            "`database` in config.yaml is no address of a database; write sqlite:///FILE or postgresql+psycopg://…",
            USE,
        )
    if isinstance(error, Refusal):
        facts = ", ".join(f"{name} {value}" for name, value in error.facts().items() if value not in (None, ""))
        return f"Refused ({type(error).__name__}): {facts}", USE
    return None


def _cure(reason: str) -> str:
    cures = {
        "SQLITE_FULL": "the disk is full. Make room on it.",
        "SQLITE_BUSY": "another process writes to it. Wait until it has finished.",
        "SQLITE_READONLY": "its file may not be written. Correct the rights of the file and its folder.",
        "SQLITE_CANTOPEN": "its file cannot be opened. Check `database` in config.yaml and the folder's rights.",
        "SQLITE_NOTADB": "its file is no database. Check `database` in config.yaml.",
        "SQLITE_CORRUPT": "its file is damaged. Go back to the newest copy in the folder of backups.",
    }
    return cures.get(reason, f"{reason}. Check that the server runs, and `database` in config.yaml.")
