"""Makes the tables and brings older ones up to date, in one transaction: all of it, or nothing.

SQLite is upgraded when the office starts, after a checked copy; PostgreSQL by `janmilan upgrade`, under an advisory
lock, so that of several workers one does it (docs/design.md §2, The store, Migrations).
"""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from core.store.database import Database, open_database
from core.store.generation import start_generation
from core.store.safety_copy import copy_database
from core.store.steps import VERSION_TABLE, step_of, steps

MIGRATIONS = Path(__file__).with_name("migrations")
_LOCK = text("SELECT pg_advisory_xact_lock(7355608)")


class MigrationError(Exception):
    """The database cannot be used as it is; its words say what to do."""


class NewerDatabase(MigrationError):
    """It was upgraded by a newer release, whose tables this one does not know."""

    def __init__(self, revision: str) -> None:
        super().__init__(
            f"The database was upgraded by a newer release of Jan Milan (to {revision!r}), which this one does not "
            "know. Install that release again, or go back to the safety copy that it made before upgrading."
        )


class OlderDatabase(MigrationError):
    """It has to be upgraded first."""

    def __init__(self, revision: str | None) -> None:
        there = f"It is as old as {revision!r}" if revision else "It has no tables yet"
        super().__init__(f"The database must be upgraded first. {there}. Run: janmilan upgrade")


class ForeignDatabase(MigrationError):
    """It holds tables, and none says that Jan Milan made them."""

    def __init__(self, table: str) -> None:
        super().__init__(
            f"The database holds tables that Jan Milan did not make (such as {table!r}). Name an empty database in "
            "config.yaml under `database`."
        )


class UpgradeFailed(MigrationError):
    """The step raised; the transaction took everything back. `copy`: the safety copy made before it, on SQLite."""

    def __init__(self, wanted: str, copy: Path | None, reason: str) -> None:
        kept = f" The copy made before it is {copy}." if copy else ""
        super().__init__(
            f"The upgrade to {wanted!r} failed and was taken back; the records are as they were.{kept} "
            f"To go on at once, install the release that ran before and start it. The cause: {reason}"
        )
        self.copy = copy


@dataclass(frozen=True)
class Upgraded:
    """What was done. `before`: the step that the database had, None for an empty one.   `copy`: the safety copy."""

    before: str | None
    now: str
    copy: Path | None = None

    @property
    def changed(self) -> bool:
        """Whether there was anything to do."""
        return self.before != self.now


def upgrade(url: str, migrations: Path = MIGRATIONS) -> Upgraded:
    """Make or upgrade the tables of the database at `url`; nothing to do is fine.

    Raises NewerDatabase, ForeignDatabase, UpgradeFailed, CopyFailed; OperationalError when there is no such server.
    """
    database = open_database(url)
    try:
        with database.writer.begin() as connection:
            return _upgrade(database, connection, migrations)
    finally:
        database.close()


def prepare(url: str, migrations: Path = MIGRATIONS) -> Upgraded:
    """What `serve` does at its start: upgrade SQLite, and refuse a PostgreSQL that is not up to date.

    Raises as `upgrade`, and OlderDatabase.
    """
    database = open_database(url)
    try:
        if database.is_sqlite:
            with database.writer.begin() as connection:
                return _upgrade(database, connection, migrations)
    finally:
        database.close()
    require(url, migrations)
    newest = steps(migrations)[-1]
    return Upgraded(newest, newest)


def require(url: str, migrations: Path = MIGRATIONS) -> None:
    """Raise OlderDatabase, NewerDatabase or ForeignDatabase for a database that is not as this release wants it.

    Changes nothing; a SQLite file that is not there is not made.
    """
    address = make_url(url)
    if address.get_backend_name() == "sqlite" and not Path(address.database or "").is_file():
        raise OlderDatabase(None)
    database = open_database(url)
    try:
        with database.reader.begin() as connection:
            before, newest = _standing(connection, migrations)
            if before != newest:
                raise OlderDatabase(before)
    finally:
        database.close()


def _upgrade(database: Database, connection: Connection, migrations: Path) -> Upgraded:
    # The transaction began with a lock on SQLite (BEGIN IMMEDIATE); nobody writes between the copy and the upgrade.
    if not database.is_sqlite:
        connection.execute(_LOCK)
    before, newest = _standing(connection, migrations)
    if before == newest:
        return Upgraded(before, newest)
    copy = None
    if database.path is not None and before is not None:
        copy = database.path.with_name(f"{database.path.stem}.before-{newest}{database.path.suffix}")
        copy_database(database.path, copy)
    try:
        _take_the_steps(migrations, connection)
        start_generation(connection)
    except Exception as error:
        reason = str(getattr(error, "orig", error)) if isinstance(error, SQLAlchemyError) else repr(error)
        raise UpgradeFailed(newest, copy, reason) from error
    return Upgraded(before, newest, copy)


def _take_the_steps(migrations: Path, connection: Connection) -> None:
    # Loaded here alone, for the reason of core/store/steps.py.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _standing(connection: Connection, migrations: Path) -> tuple[str | None, str]:
    """The step that the database has, and the newest that there is. Raises NewerDatabase, ForeignDatabase."""
    there = steps(migrations)
    present = step_of(connection)
    if present is None:
        strangers = [name for name in inspect(connection).get_table_names() if name != VERSION_TABLE]
        if strangers:
            raise ForeignDatabase(strangers[0])
    elif present not in there:
        raise NewerDatabase(present)
    return present, there[-1]
