"""The demo district with its past days, as `janmilan demo` plays them."""

from pathlib import Path

from bench.measuring.filled import SQLITE
from bot.app import put_together
from bot.cli.playing import play_and_say
from bot.settings import Configuration
from core.clock import SetClock, SystemClock
from core.store.haste import write_in_haste
from core.store.migrate import upgrade


def demo_database(folder: Path) -> str:
    """A new database with the demo district, its past played and said up to now; returns its URL."""
    url = f"{SQLITE}{folder / 'demo.db'}"
    upgrade(url)
    print("Playing the past days of the demo district ...", flush=True)
    clock = SetClock(SystemClock().now())
    playing = put_together(Configuration(database=url), clock, folder, demo=True)
    write_in_haste(playing.store.database)
    try:
        play_and_say(playing, clock, lambda done, of: None)
    finally:
        playing.store.close()
    return url
