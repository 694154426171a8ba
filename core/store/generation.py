"""The number that says whether what is cached in memory is still what the database holds."""

import secrets

from sqlalchemy import Connection, bindparam, insert, select, update

from core.store.prepared import execute
from core.store.tables import GenerationRow, table_of

_GENERATION = table_of(GenerationRow)
_READ = select(_GENERATION.c.number)
BUMP = (
    update(_GENERATION)
    .where(_GENERATION.c.id == bindparam("b_id"))
    .values(number=_GENERATION.c.number + bindparam("b_step", type_=_GENERATION.c.number.type))
)


def bump() -> dict[str, int]:
    """What BUMP takes. A step of one would give the number of a bump that was rolled back to another change, and what
    was cached meanwhile would pass for it; a random one is not met again."""
    return {"b_id": 1, "b_step": 1 + secrets.randbelow(2**24)}


def read_generation(connection: Connection) -> int:
    """The present generation; 0 in an empty database, where the row is made by `start_generation`."""
    return execute(connection, _READ).scalar() or 0


def start_generation(connection: Connection) -> None:
    """Make the row, once, when the tables are new."""
    if connection.execute(_READ).first() is None:
        connection.execute(insert(_GENERATION), {"id": 1, "number": 1})
