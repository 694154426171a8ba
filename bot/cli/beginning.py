"""The first hour of an office: its configuration, its database, its first administrator; and every upgrade after."""

from datetime import timedelta
from pathlib import Path

from bot.cli.failing import Wrong
from bot.cli.place import Place, read_place
from bot.cli.saying import say
from core.access import Access
from core.clock import Clock, SystemClock
from core.office_days import holidays_of
from core.settings import Settings
from core.store.migrate import Upgraded, prepare, upgrade
from core.store.queries.holidays import freeze_years, frozen_holidays
from core.store.store import Store
from core.store.work import Work

STANDARD = Path(__file__).with_name("standard_config.yaml")
CLAIM_LASTS = timedelta(hours=1)


def begin(config: Path) -> None:
    """Write what is missing of an office and print the claim link; what is there already stays."""
    if config.exists():
        say(f"{config} is there already and stays as it is.")
    else:
        config.parent.mkdir(parents=True, exist_ok=True)
        config.write_text(STANDARD.read_text(encoding="utf-8"), encoding="utf-8")
        say(f"Wrote {config}: change in it what your office does otherwise.")
    place = read_place(config)
    _say_upgraded(upgrade(place.settings.database))
    store = Store.open(place.settings.database, SystemClock())
    try:
        kept = freeze(store, place.settings, store.clock)
        say(f"{kept} holidays of this and the next year are in the database.")
        say(_claim_link(place, store))
    finally:
        store.close()
    say(f"Then: janmilan import departments FILE, janmilan import people FILE, janmilan serve{_option(config)}")


def print_claim_link(config: Path) -> None:
    """Print another claim link."""
    place = read_place(config)
    prepare(place.settings.database)
    store = Store.open(place.settings.database, SystemClock())
    try:
        say(_claim_link(place, store))
    finally:
        store.close()


def upgrade_database(config: Path) -> None:
    """Make or upgrade the tables, and say what was done."""
    _say_upgraded(upgrade(read_place(config).settings.database))


def freeze(store: Store, settings: Settings, clock: Clock) -> int:
    """Freeze this and the next year's holidays, where they are not in the database; returns how many are there now.

    A year is frozen once: a later release of the list of holidays never moves a promised date (docs/design.md §4, 3).
    """
    today = clock.now().astimezone(settings.office.zone).date()
    kept = settings.office.holidays
    if kept.country is not None and not store.read_now(frozen_holidays):
        try:
            holidays_of(kept.country, kept.state, [today.year])
        except ValueError as unknown:
            raise Wrong(str(unknown)) from None
    store.do_now(Work(lambda unit: freeze_years(unit, settings, today)))
    return sum(each.day.year in (today.year, today.year + 1) for each in store.read_now(frozen_holidays))


def _claim_link(place: Place, store: Store) -> str:
    token = Access(store, store.clock).issue_link_now(None, "claim", once=True, ttl=CLAIM_LASTS)
    told = "Start the office and open this link within an hour to become its administrator:"
    return f"{told}\n\n  {place.address}/claim/{token}\n"


def _say_upgraded(done: Upgraded) -> None:
    if not done.changed:
        say(f"The database is up to date ({done.now}).")
    elif done.before is None:
        say(f"Made the database ({done.now}).")
    else:
        say(f"Upgraded the database from {done.before} to {done.now}." + (f" Copy: {done.copy}" if done.copy else ""))


def _option(config: Path) -> str:
    return "" if config == Path("config.yaml") else f" --config {config}"
