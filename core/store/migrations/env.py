"""Alembic's door to the database: a connection that is open already, inside the one transaction of the upgrade."""

from typing import Any, Literal

from alembic import context
from sqlmodel import SQLModel

from core.store.columns import Instant


def rendered(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """How a column's type is written in a step: by what the database holds, so that a step never changes again."""
    return "sa.BigInteger()" if kind == "type" and isinstance(item, Instant) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_item=rendered,
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
