"""What the disk can do, measured beside: small commits, each of them synced."""

import sqlite3
import time
from pathlib import Path


def disk_commits(folder: Path, seconds: float = 1.0) -> float:
    """Commits a second of one small row each, on SQLite with synchronous=FULL, one after the other."""
    path = folder / "disk.db"
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE IF NOT EXISTS note (id INTEGER PRIMARY KEY, words TEXT)")
        done, begun = 0, time.perf_counter()
        while time.perf_counter() - begun < seconds:
            connection.execute("INSERT INTO note (words) VALUES ('kept')")
            done += 1
        return done / (time.perf_counter() - begun)
    finally:
        connection.close()
        for each in folder.glob(f"{path.name}*"):
            each.unlink()
