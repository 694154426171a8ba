"""`janmilan failures`: what raised where nothing should, looked at and tried again."""

import re
from datetime import datetime
from pathlib import Path

from bot.app import put_together
from bot.cli.failing import USE, Wrong
from bot.cli.place import Place, read_place
from bot.cli.saying import say
from bot.events import Event, from_json
from core.clock import SystemClock
from core.store.migrate import require
from core.store.queries.failures import Failure, failure, failures, mark_retried
from core.store.store import Store
from core.store.unit import UnitOfWork
from core.store.work import Work


def list_all(config: Path) -> None:
    """A line for each."""
    place = _place(config)
    store = Store.open(place.settings.database, SystemClock())
    try:
        found = store.read_now(failures)
    finally:
        store.close()
    for each in found:
        again = f", tried again {_when(each.retried_at, place)}" if each.retried_at else ""
        say(f"F-{each.id}  {_when(each.at, place)}  {each.error}{again}")
    say("No failures are kept." if not found else "See one with: janmilan failures show F-…")


def show(config: Path, number: str) -> None:
    """All that is known of one."""
    place = _place(config)
    store = Store.open(place.settings.database, SystemClock())
    try:
        found = _find(store, number)
    finally:
        store.close()
    say(f"F-{found.id}, {_when(found.at, place)}")
    say(found.traceback)
    say(f"What came: {found.raw or 'nothing that was kept'}")


def retry(config: Path, number: str) -> None:
    """Handle the event again as it came. Raises Wrong for what was no event, or is done already."""
    place = _place(config)
    running = put_together(place.settings, SystemClock(), place.folder)
    try:
        found = _find(running.store, number)
        if found.retried_at is not None:
            raise Wrong(f"F-{found.id} was tried again on {_when(found.retried_at, place)}; nothing was done now.", USE)
        event = _event(found)

        def handle_again(unit: UnitOfWork) -> None:
            running.dispatcher.handle(unit, event)
            mark_retried(unit, found.id, unit.now)

        running.store.do_now(Work(handle_again, raw=found.raw))
    finally:
        running.store.close()
    say(f"F-{found.id} was handled. What it says goes out by the running office.")


def _place(config: Path) -> Place:
    place = read_place(config)
    require(place.settings.database)
    return place


def _find(store: Store, number: str) -> Failure:
    digits = re.fullmatch(r"(?:[Ff]-)?(\d{1,18})", number.strip())
    found = store.read_now(lambda connection: failure(connection, int(digits[1]))) if digits else None
    if found is None:
        raise Wrong(f"There is no failure {number!r}. See what there is: janmilan failures list")
    return found


def _event(found: Failure) -> Event:
    try:
        return from_json(found.raw)
    except ValueError:
        raise Wrong(
            f"F-{found.id} was no message that came from a chat, so it cannot be handled again; what happened was kept."
        ) from None


def _when(at: datetime, place: Place) -> str:
    return f"{at.astimezone(place.settings.office.zone):%Y-%m-%d %H:%M}"
