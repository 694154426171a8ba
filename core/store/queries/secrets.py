"""What the office drew by lot once, and tells nobody."""

import secrets

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from core.store.staging import Stage
from core.store.tables import SecretRow, table_of

_SECRET = table_of(SecretRow)
_BY_NAME = select(_SECRET.c.value).where(_SECRET.c.name == bindparam("of"))
_KEEP = {
    "sqlite": sqlite_insert(_SECRET).on_conflict_do_nothing(),
    "postgresql": postgresql_insert(_SECRET).on_conflict_do_nothing(),
}


def kept_secret(unit: Stage, name: str) -> str:
    """The secret of this name; drawn now if there is none yet."""
    kept = unit.fresh(_BY_NAME, {"of": name}).scalar()
    if kept is None:
        keep_secret(unit, name, secrets.token_hex(32))
        kept = unit.fresh(_BY_NAME, {"of": name}).scalar_one()
    return str(kept)


def keep_secret(unit: Stage, name: str, value: str) -> None:
    """Stage a secret; one that is there already stays. For days that are played, so that a seed draws the same."""
    unit.write(_KEEP[unit.connection.dialect.name], {"name": name, "value": value})
