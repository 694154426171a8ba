"""`janmilan doctor`: what can only be seen from outside, each point with what to do about it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.cli.examining_telegram import examine_telegram
from bot.cli.failing import FOUND, sentence_of
from bot.cli.finding import Finding
from bot.cli.place import Place, read_place
from bot.cli.rivals import refuse_rivals
from bot.cli.saying import complain, say
from bot.store.outbox import dead_letters, doubtful_messages
from core.clock import SystemClock
from core.people import Role
from core.readiness import unknown_letters
from core.store.migrate import require
from core.store.queries.failures import failures
from core.store.queries.holidays import frozen_holidays
from core.store.queries.proof import latest_registration
from core.store.store import Store
from documents.presence_chart import can_shape

ROOM_NEEDED = 500 * 1024**2
"""Bytes that should be free: a day's photos, and the copy before an upgrade."""

LOOPBACK = ("127.0.0.1", "localhost", "::1")

TELL_OTHERWISE = "Their groups may not know: look at the board, and call the departments"


def examine(config: Path) -> None:
    """Say every finding; ends the process with 1 if one wants a cure."""
    findings = list(_examine(config))
    for finding in findings:
        if finding.cure:
            complain(f"✗ {finding.what}\n    {finding.cure}")
        else:
            say(f"✓ {finding.what}")
    if any(finding.cure for finding in findings):
        raise SystemExit(FOUND)
    say("All is well.")


def _examine(config: Path) -> Iterator[Finding]:
    yield _tried("No other package has overwritten Jan Milan", refuse_rivals)
    try:
        place = read_place(config)
    except Exception as error:
        yield _trouble(f"The configuration {config}", error)
        return
    yield Finding(f"The configuration {config}")
    yield _reach(place)
    yield _room(place)
    yield _shaping(can_shape())
    up_to_date = _tried("The database is there and up to date", lambda: require(place.settings.database))
    yield up_to_date
    if not up_to_date.cure:
        yield from _records(place)


def _records(place: Place) -> Iterator[Finding]:
    store = Store.open(place.settings.database, SystemClock())
    try:
        yield _holidays(place, store)
        yield _clock(store)
        yield from _setup(place, store)
        yield from examine_telegram(place, store)
        kept = [each for each in store.read_now(failures) if each.retried_at is None]
        yield _count(len(kept), "No failure is kept", "failures are kept", "See them: janmilan failures list")
        dead = len(store.read_now(dead_letters)) + len(store.read_now(doubtful_messages))
        yield _count(dead, "Every message went out", "messages did not go out, or it is not known", TELL_OTHERWISE)
    finally:
        store.close()


def _reach(place: Place) -> Finding:
    server = place.settings.server
    if server.public_url or server.host not in LOOPBACK:
        return Finding(f"Links begin with {place.address}")
    return Finding(
        f"Only this machine can open links: they begin with {place.address}",
        "In config.yaml set server.public_url to the address that phones use, such as https://janmilan.example.in",
    )


def _room(place: Place) -> Finding:
    folder = next(each for each in (place.folder, *place.folder.parents) if each.exists())
    free = shutil.disk_usage(folder).free
    told = f"{free // 1024**2} MB are free on the disk of {folder}"
    return Finding(told, "" if free >= ROOM_NEEDED else "Make room: photos and the copy before an upgrade need 500 MB")


def _shaping(can: bool) -> Finding:
    if can:
        return Finding("Devanagari comes out right in the morning's chart (FriBidi)")
    return Finding(
        "FriBidi is missing: the morning's chart is drawn in English",
        "Install it, then start the office again: on Debian or Ubuntu apt install libfribidi0, on Fedora dnf install "
        "fribidi, on a Mac brew install fribidi",
    )


def _holidays(place: Place, store: Store) -> Finding:
    year = store.clock.now().astimezone(place.settings.office.zone).year
    years = {each.day.year for each in store.read_now(frozen_holidays)}
    missing = sorted({year, year + 1} - years) if place.settings.office.holidays.country else []
    cure = "Start the office again, or run: janmilan init" if missing else ""
    told = f"Holidays of {', '.join(map(str, missing))} are missing" if missing else "This and the next year's holidays"
    return Finding(told, cure)


def _clock(store: Store) -> Finding:
    last = store.read_now(latest_registration)
    ahead = last is not None and last > store.clock.now()
    return Finding(
        "The clock is behind the last registration" if ahead else "The clock goes forward",
        "Set the machine's time (NTP), or due times will be wrong" if ahead else "",
    )


def _setup(place: Place, store: Store) -> Iterator[Finding]:
    directory = store.read_now(store.directory)
    departments = directory.departments.values()
    cure = "Import them: janmilan import departments FILE, then janmilan import people FILE"
    yield Finding(f"{len(departments)} departments, {len(directory.people)} people", "" if departments else cure)
    if not directory.with_role(Role.ADMINISTRATOR):
        yield Finding("Nobody is an administrator", "Print the link for the first one: janmilan claim")
    if not departments:
        return
    for each in unknown_letters(place.settings, directory):
        what, _, cure = each.partition("; ")
        yield Finding(what, cure.capitalize())
    headless = [each.code for each in departments if directory.head(each.id) is None]
    yield _list(headless, "Every department has a head", "departments have no head", "Import people with the role head")
    groupless = [each.code for each in departments if not directory.groups_of(each.id)]
    cure = "In the department's chat group write: /bind CODE"
    yield _list(groupless, "Every department has a group", "departments have no group", cure)
    if not directory.administration():
        yield Finding("There is no administration group", "In its chat group write: /bind administration")


def _list(codes: list[str], well: str, what: str, cure: str) -> Finding:
    shown = ", ".join(codes[:8]) + (" …" if len(codes) > 8 else "")
    return _count(len(codes), well, f"{what} ({shown})", cure)


def _count(count: int, well: str, what: str, cure: str) -> Finding:
    return Finding(f"{count} {what}", cure) if count else Finding(well)


def _tried(what: str, look: Callable[[], object]) -> Finding:
    try:
        look()
    except Exception as error:
        return _trouble(what, error)
    return Finding(what)


def _trouble(what: str, error: Exception) -> Finding:
    known = sentence_of(error)
    return Finding(what, (known[0] if known else f"{type(error).__name__}: {error}").replace("\n", "\n    "))
