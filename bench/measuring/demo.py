"""The demo district with its past days, as `janmilan demo` plays them."""

import os
import shutil
from pathlib import Path

from bench.measuring.filled import SQLITE, mark
from bench.measuring.places import KEPT
from bot.app import put_together
from bot.cli.playing import play_and_say
from bot.settings import Configuration
from core.clock import SetClock, SystemClock
from core.store.haste import write_in_haste
from core.store.migrate import upgrade


def demo_database(folder: Path) -> str:
    """A database in `folder` with the demo district, its past played and said up to today; returns its URL.

    Played once a day, and kept.
    """
    clock = SetClock(SystemClock().now())
    kept = KEPT / "demo"
    kept.mkdir(parents=True, exist_ok=True)
    path = kept / f"{clock.now():%Y-%m-%d}-{mark()}.db"
    if not path.is_file():
        for old in kept.glob("*.db"):
            old.unlink(missing_ok=True)
        print("Playing the past days of the demo district ...", flush=True)
        new = path.with_suffix(f".{os.getpid()}")
        _play(f"{SQLITE}{new}", folder, clock)
        new.rename(path)
    copy = folder / "demo.db"
    shutil.copyfile(path, copy)
    return f"{SQLITE}{copy}"


def _play(url: str, folder: Path, clock: SetClock) -> None:
    upgrade(url)
    playing = put_together(Configuration(database=url), clock, folder, demo=True)
    write_in_haste(playing.store.database)
    try:
        play_and_say(playing, clock, lambda done, of: None)
    finally:
        playing.store.close()
