"""What can be asked of the writer, what comes back, and what can go wrong."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from core.store.unit import UnitOfWork

T = TypeVar("T")


@dataclass(frozen=True)
class Work(Generic[T]):
    """Something to be written.

    run: does it, in the writer's thread; may run twice (after a database error), so it touches nothing but the unit.
    key: a work whose key was done before does nothing.   raw: what came, as JSON, or what
    makes it; kept if `run` raises.
    failed: what to stage instead if `run` raises, given the failure's id.
    """

    run: "Callable[[UnitOfWork], T]"
    key: str | None = None
    raw: "str | Callable[[], str]" = ""
    failed: "Callable[[UnitOfWork, int], None] | None" = None


@dataclass(frozen=True)
class Result(Generic[T]):
    """What came of a work. `repeated`: its key had been done; then `remembered` is the answer kept with it."""

    value: T | None
    repeated: bool = False
    remembered: str = ""


class WorkFailed(Exception):
    """The work raised something that is no refusal; it is kept as failure `reference` and can be retried."""

    def __init__(self, reference: int) -> None:
        super().__init__(f"kept as failure F-{reference}; see: janmilan failures list")
        self.reference = reference


class StoreUnavailable(Exception):
    """The database is gone, full or locked: nothing was kept. Send it again; the writer goes on by itself."""
