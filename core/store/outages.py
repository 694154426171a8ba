"""Which errors of a database mean that it is away for a while, and which that a work should run again."""

import sqlite3

from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError

from core.store.staging import StaleVersion


def is_unavailable(error: Exception) -> bool:
    """Gone, full or locked: nothing that another try of the same work could cure at once."""
    if not isinstance(error, (OperationalError, InterfaceError)) or is_conflict(error):
        return False
    # SQLite says OperationalError also of a statement that is wrong; that is a failure of the work.
    return getattr(error.orig, "sqlite_errorname", None) != "SQLITE_ERROR"


def is_conflict(error: Exception) -> bool:
    """A deadlock or a serialization error of PostgreSQL, or a key that another process wrote: run it again."""
    if isinstance(error, StaleVersion):
        return True
    state = getattr(getattr(error, "orig", None), "sqlstate", None)
    return state in ("40001", "40P01") or (isinstance(error, IntegrityError) and "work_key" in str(error.orig))


def reason_of(error: Exception) -> str:
    """Why the database does not take anything now, in words without data."""
    original = getattr(error, "orig", error)
    if isinstance(original, sqlite3.Error) and original.sqlite_errorname:
        return original.sqlite_errorname
    return type(original).__name__
