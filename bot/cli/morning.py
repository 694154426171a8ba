"""`janmilan demo --speed 60`: a morning of the demo district before one's eyes, in a folder that is thrown away."""

import asyncio
import tempfile
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.app import Running, put_together
from bot.cli.place import Place, demo_place
from bot.cli.running import listening, need_loopback, play_past, serve
from bot.cli.saying import say
from bot.cli.thrift import give_memory_back
from bot.players import Stage
from bot.settings import Configuration
from core.clock import FastClock, SetClock, SystemClock
from core.demo import make_district
from core.office import Office, Silence
from core.office_days import OfficeCalendar, holidays_of
from core.people import Role
from core.store.haste import write_in_haste
from core.store.migrate import prepare
from core.store.store import Store

BEFORE, AFTER = timedelta(minutes=5), timedelta(minutes=5)
"""The clock is fast from so long before the window until so long after it."""


def run_morning(speed: int, host: str, port: int, with_past: bool = True) -> None:
    """Play the morning of today, or of the next office day, and serve it to this machine alone until it is stopped.

    with_past: after the demo's past days; without them it is the first day of an office, and begins at once.
    """
    need_loopback(host)
    give_memory_back()
    with tempfile.TemporaryDirectory(prefix="janmilan-morning-") as name:
        place = demo_place(Path(name), host, port)
        prepare(place.settings.database)
        with listening(place) as listener:
            begin, end = _window_of(place.settings, SystemClock().now())
            _make_district(place, begin - BEFORE, with_past)
            clock = FastClock(begin - BEFORE, speed, end + AFTER)
            running = put_together(place.settings, clock, place.folder, demo=True)
            write_in_haste(running.store.database)
            try:
                stage = Stage(running, clock, partial(_say_at, place.settings.office.zone))
                serve(running, listener, partial(_say_where, running, stage, speed), partial(_play, stage, clock))
            finally:
                running.store.close()


def _make_district(place: Place, at: datetime, with_past: bool) -> None:
    if with_past:
        play_past(place, SetClock(at))
        return
    # Whoever is enrolled later than this has no verdict that day (docs/rules.md P8).
    store = Store.open(place.settings.database, SetClock(at))
    make_district(Office(store, place.settings, store.clock, Silence()))
    store.close()


def _window_of(settings: Configuration, now: datetime) -> tuple[datetime, datetime]:
    """The window of today, or of the next office day."""
    kept = settings.office.holidays
    year = now.year
    days = holidays_of(kept.country, kept.state, range(year, year + 2)) if kept.country else []
    calendar = OfficeCalendar.of(settings, days)
    window = calendar.window_on(calendar.open_day_from(calendar.day_of(now)))
    assert window is not None, "the demo's office has a window on each of its days"
    return window


async def _play(stage: Stage, clock: FastClock) -> None:
    await stage.play()
    await asyncio.sleep(clock.machine_seconds((stage.window.end + AFTER - clock.now()).total_seconds()))
    say("The morning is over. From 11:05 on the clock goes at its own pace: look around, press, write, as anybody.")
    say("Ctrl-C stops it; nothing of it is kept.")


def _say_where(running: Running, stage: Stage, speed: int, address: str) -> None:
    access, directory = running.access, running.store.read_now(running.store.directory)
    senior, absent = directory.with_role(Role.SENIOR)[0], directory.people[stage.somebody_absent()]
    home = directory.home_of(absent.id)
    assert home is not None, "whoever is expected is a member of a department"
    letters, group = directory.departments[home.department].code, directory.groups_of(home.department)[0].chat
    senior_link, absent_link = (
        f"{address}/chat/p/{access.issue_link_now(each.id, 'chat', once=False, ttl=None)}" for each in (senior, absent)
    )
    say(f"The morning of {stage.window.day:%A, %d %B %Y}, from 8:55 to 11:05, {speed} times as fast.")
    say("Open, beside each other:")
    say(f"  {address}/sign-in?back=/morning")
    say(f"      the desk's morning page: choose {senior.name('en')}, a senior")
    say(f"  {senior_link}#{directory.administration()[0].chat}")
    say(f"      the administration group, as {senior.name('en')} on a phone")
    say(f"  {absent_link}#{group}")
    say(f"      the group of {letters}, in a private window, as {absent.name('en')}, whom nobody plays: press Present")
    say("Ctrl-C stops it; nothing of it is kept.")


def _say_at(zone: ZoneInfo, at: datetime, line: str) -> None:
    say(f"{at.astimezone(zone):%H:%M}".lstrip("0").rjust(5) + f"  {line}")
