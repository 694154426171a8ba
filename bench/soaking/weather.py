"""The world around one office, as a file says it is: how far its clock is ahead, how slow its disk, whether it is full.

    python -m bench.soaking.weather --port 0 --config CONFIG

runs `janmilan serve`, the whole of it as shipped, in that world: its Clock is the machine's and an offset; before each
commit of the writer it waits, as for a slow disk; and SQLite is forbidden to let the file grow, so that it says itself
that the disk is full. Nothing here is used by an office.
"""

import argparse
import json
import os
import threading
import time
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, Engine, event

from core.clock import SystemClock

PLACE = "SOAK_WEATHER"
_NO_GROWTH, _ANY_GROWTH = 1, 1_073_741_823


@dataclass(frozen=True)
class Weather:
    """ahead_s: seconds by which the clock is ahead, negative behind.   commit_s: seconds that a commit waits for the
    disk.   full: whether the disk is full."""

    ahead_s: float = 0.0
    commit_s: float = 0.0
    full: bool = False


class Sky:
    """Where the weather stands, for whoever makes it and whoever is in it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def now(self) -> Weather:
        """How it is."""
        return Weather(**json.loads(self.path.read_text())) if self.path.exists() else Weather()

    def turn(self, **changes: object) -> None:
        """Change it, from one moment to the next."""
        new = self.path.with_suffix(".new")
        new.write_text(json.dumps(asdict(replace(self.now(), **changes))))  # type: ignore[arg-type]
        new.replace(self.path)


class BentClock:
    """The machine's clock and an offset."""

    def __init__(self, sky: Sky) -> None:
        self._sky = sky
        self._clock = SystemClock()

    def now(self) -> datetime:
        """What time the office believes that it is."""
        return self._clock.now() + timedelta(seconds=self._sky.now().ahead_s)


def bend(sky: Sky) -> None:
    """From now on every database of this process has this weather's disk."""

    @event.listens_for(Engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.dialect.name == "sqlite":
            most = _NO_GROWTH if sky.now().full else _ANY_GROWTH
            connection.exec_driver_sql(f"PRAGMA max_page_count={most}")

    @event.listens_for(Engine, "commit")
    def commit(_connection: Connection) -> None:
        if threading.current_thread().name == "writer":
            time.sleep(sky.now().commit_s)


def main() -> None:
    """Serve the office in the weather that the environment names."""
    from bot.cli.running import run_office

    parser = argparse.ArgumentParser()
    parser.add_argument("serve")
    parser.add_argument("--port", type=int)
    parser.add_argument("--config", type=Path)
    options = parser.parse_args()
    sky = Sky(Path(os.environ[PLACE]))
    bend(sky)
    run_office(options.config, None, options.port, BentClock(sky))


if __name__ == "__main__":
    main()
