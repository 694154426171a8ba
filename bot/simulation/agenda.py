"""What comes next: things in order of time, and of being written down where the time is the same."""

import heapq
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from typing import Generic, TypeVar

T = TypeVar("T")


class Agenda(Generic[T]):
    """Things to come until `end`; what lies after it is forgotten."""

    def __init__(self, end: datetime) -> None:
        self._end = end
        self._numbers = count()
        self._things: list[tuple[datetime, int, T]] = []

    def put(self, at: datetime, thing: T) -> None:
        """Something comes at an instant."""
        if at < self._end:
            heapq.heappush(self._things, (at, next(self._numbers), thing))

    def next_at(self) -> datetime | None:
        """When the next thing comes; None: nothing does."""
        return self._things[0][0] if self._things else None

    def take(self, within: timedelta, is_last: Callable[[T], bool]) -> list[tuple[datetime, T]]:
        """The next thing, and all that come less than `within` after it; nothing after one that is the last."""
        taken: list[tuple[datetime, T]] = []
        while self._things and (not taken or self._things[0][0] < taken[0][0] + within):
            at, _, thing = heapq.heappop(self._things)
            taken.append((at, thing))
            if is_last(thing):
                break
        return taken
