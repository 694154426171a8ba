"""Ids, handed out in blocks so that a staged row has its name before it is written."""

from collections.abc import Iterator

from sqlalchemy import Connection, bindparam, insert, select, update

from core.store.prepared import execute
from core.store.tables import IdentifierRow, table_of

BLOCK = 256

_IDENTIFIER = table_of(IdentifierRow)
_TAKE = (
    update(_IDENTIFIER)
    .where(_IDENTIFIER.c.name == bindparam("of"))
    .values(next=_IDENTIFIER.c.next + bindparam("count"))
    .returning(_IDENTIFIER.c.next)
)
_KNOWN = select(_IDENTIFIER.c.name).where(_IDENTIFIER.c.name == bindparam("of"))
_FIRST = insert(_IDENTIFIER)


class Identifiers:
    """The ids that this process may still give out. A block that was taken in a failed transaction is forgotten."""

    def __init__(self) -> None:
        self._kept: dict[str, Iterator[int]] = {}
        self._taken: list[str] = []

    def next(self, name: str, connection: Connection) -> int:
        """The next id for rows of `name`; takes a block of 256 from the database when the last is used up."""
        kept = self._kept.get(name)
        given = next(kept, None) if kept is not None else None
        if given is not None:
            return given
        block = self._kept[name] = iter(_take_block(name, connection))
        self._taken.append(name)
        return next(block)

    @property
    def taken(self) -> int:
        """How many blocks were taken since the last commit; a mark for `rolled_back`."""
        return len(self._taken)

    def committed(self) -> None:
        """The blocks taken since the last commit are ours."""
        self._taken.clear()

    def rolled_back(self, mark: int = 0) -> None:
        """The blocks taken since the mark (0: the last commit) are not ours: the database will give them again."""
        for name in self._taken[mark:]:
            self._kept.pop(name, None)
        del self._taken[mark:]


def _take_block(name: str, connection: Connection) -> range:
    if execute(connection, _KNOWN, {"of": name}).first() is None:
        execute(connection, _FIRST, {"name": name, "next": 1})
    end = execute(connection, _TAKE, {"of": name, "count": BLOCK}).scalar_one()
    return range(end - BLOCK, end)
