"""`janmilan import`: lists from a spreadsheet, and what is said about them."""

from collections.abc import Callable
from pathlib import Path

from bot.app import put_together
from bot.cli.failing import FOUND
from bot.cli.place import read_place
from bot.cli.saying import Progress, bar, complain, say
from core.clock import SystemClock
from core.imports.complaints import complaint_sheet, import_complaints
from core.imports.departments import alias_sheet, department_sheet, import_departments
from core.imports.people import import_people, people_sheet
from core.imports.report import Imported
from core.imports.sheet import Sheet
from core.people import Actor, Door, Role, Via
from core.store.migrate import prepare
from core.store.store import Store


def bring_departments(config: Path, file: Path, aliases: Path | None, skip_bad: bool) -> None:
    """Import departments, and what people call them."""
    sheet, others = department_sheet(file), alias_sheet(aliases) if aliases else None
    _bring(
        config,
        file,
        sheet,
        others,
        lambda store, progress: import_departments(store, sheet, others, skip_bad, progress),
    )


def bring_people(config: Path, file: Path, skip_bad: bool) -> None:
    """Import people."""
    sheet = people_sheet(file)
    account = next(iter(read_place(config).settings.accounts_on("web")), "web")
    _bring(config, file, sheet, None, lambda store, progress: import_people(store, sheet, skip_bad, progress, account))


def bring_complaints(config: Path, file: Path, skip_bad: bool) -> None:
    """Register complaints; the departments' groups get their cards from a running office."""
    sheet = complaint_sheet(file)
    place = read_place(config)
    prepare(place.settings.database)
    by = Actor(None, Via(Door.COMMAND), roles=frozenset({Role.OPERATOR}))
    running = put_together(place.settings, SystemClock(), place.folder)
    try:
        say(sheet.read_as)
        with bar(file.name) as progress:
            done = import_complaints(running.office, sheet, by, skip_bad, progress)
    finally:
        running.store.close()
    _tell(file, done)


def _bring(
    config: Path, file: Path, sheet: Sheet, others: Sheet | None, bring: Callable[[Store, Progress], Imported]
) -> None:
    place = read_place(config)
    prepare(place.settings.database)
    store = Store.open(place.settings.database, SystemClock())
    try:
        for each in (sheet, others):
            if each is not None:
                say(each.read_as)
        with bar(file.name) as progress:
            done = bring(store, progress)
    finally:
        store.close()
    _tell(file, done)


def _tell(file: Path, done: Imported) -> None:
    for bad in done.bad:
        complain(f"{file}:{bad.line}: {bad.reason}")
    for note in done.notes:
        say(note)
    if not done.written:
        complain(
            f"{len(done.bad)} of {done.rows} rows are bad, so nothing was imported. Correct them, or import the others "
            "with --skip-bad."
        )
        raise SystemExit(FOUND)
    left = f", {len(done.bad)} left out" if done.bad else ""
    say(f"Rows: {done.added} added, {done.changed} changed, {done.unchanged} as they were{left}.")
