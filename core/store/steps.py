"""The steps of the migrations and the one that a database has, without alembic: it takes 8 MB and a tenth of a second,
which an office spends only when there is a step to take."""

import re
from pathlib import Path

from sqlalchemy import Connection, inspect, text

VERSION_TABLE = "alembic_version"
"""Alembic's own: one row, which names the step."""

_NAMES = re.compile(r'^(revision|down_revision) = (?:"(\w+)"|None)$', re.MULTILINE)
_PRESENT = text(f"SELECT version_num FROM {VERSION_TABLE}")  # noqa: S608  # a constant


def steps(migrations: Path) -> tuple[str, ...]:
    """The names of all steps, from the first to the newest; each follows one other, as `tools/migration.py` writes
    them."""
    after: dict[str, str] = {}
    for file in (migrations / "versions").glob("[!_]*.py"):
        names = dict(_NAMES.findall(file.read_text(encoding="utf-8")))
        before, step = names["down_revision"], names["revision"]
        assert before not in after, f"{step} and {after[before]} both follow {before or 'nothing'}"
        after[before] = step
    found = []
    last = ""
    while last := after.get(last, ""):
        found.append(last)
    return tuple(found)


def step_of(connection: Connection) -> str | None:
    """The step that the database has, None for one without."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    step: str | None = connection.scalar(_PRESENT)
    return step
