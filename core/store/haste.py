"""Writing fast where a power cut may cost the last moments: for playing the demo's past, never for an office."""

from core.store.database import Database


def write_in_haste(database: Database) -> None:
    """From now on a commit does not wait for the disk. After a power cut the last commits may be gone, all before them
    are there, and the file is whole. SQLite only; ask before anything is written."""
    if database.is_sqlite:
        connection = database.writer.raw_connection()
        try:
            connection.cursor().execute("PRAGMA synchronous=NORMAL")
        finally:
            connection.close()
