"""Writes the next step of the database from what changed in the tables: python tools/migration.py PURPOSE

PURPOSE names the step as a newcomer would look for it, such as `seen_receipts`. Read what it wrote before you commit
it: a renamed column reads like one lost and one new. A step that has been released is never changed.

The steps before are played on an empty SQLite file, and compared with all tables of core/store and bot/store;
`--records` leaves out those of bot/store, `--again` makes the newest step anew, as long as it has not been released.
"""

import importlib
import pkgutil
import subprocess
import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import inspect

from core.store.database import open_database
from core.store.migrate import MIGRATIONS

LONGEST = 32
"""Characters that alembic's own table has for a name."""


def import_tables(*stores: str) -> None:
    """Import every module of the packages `stores`, so that their tables are known."""
    for store in stores:
        for module in pkgutil.iter_modules(importlib.import_module(store).__path__):
            importlib.import_module(f"{store}.{module.name}")


def write_step(purpose: str) -> Path:
    """Write `versions/<purpose>.py`; returns it."""
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(f"sqlite:///{folder}/steps.db")
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.set_main_option("path_separator", "os")
        config.set_main_option("file_template", "%%(rev)s")
        with database.writer.begin() as connection:
            config.attributes["connection"] = connection
            if any((MIGRATIONS / "versions").glob("[!_]*.py")):
                command.upgrade(config, "head")
            print(f"{len(inspect(connection).get_table_names())} tables so far")
            message = purpose.replace("_", " ").capitalize()
            command.revision(config, message=message, rev_id=purpose, autogenerate=True)
        database.close()
    return MIGRATIONS / "versions" / f"{purpose}.py"


def main() -> None:
    """Write a step, in the project's style."""
    again = "--again" in sys.argv
    names = [each for each in sys.argv[1:] if not each.startswith("--")]
    if len(names) != 1 or not names[0].isidentifier() or len(names[0]) > LONGEST:
        sys.exit(f"{__doc__}\nGive one PURPOSE of small letters and underscores, at most {LONGEST} characters.")
    step = MIGRATIONS / "versions" / f"{names[0]}.py"
    if step.exists() != again:
        sys.exit(f"{step} is {'not there' if again else 'there already; choose another name, or add --again'}.")
    step.unlink(missing_ok=True)
    import_tables("core.store", *(() if "--records" in sys.argv else ("bot.store",)))
    written = write_step(names[0])
    for task in (["format", "-q"], ["check", "--fix", "-q"]):
        subprocess.run([sys.executable, "-m", "ruff", *task, str(written)], check=True)
    print(f"{written.relative_to(Path.cwd())}: read it before you commit it")


if __name__ == "__main__":
    main()
