"""What comes next: things in order of time; at the same time some come last, and else as they were written down."""

import heapq
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from typing import Generic, TypeVar

T = TypeVar("T")


class Agenda(Generic[T]):
    """Things to come until `end`; what lies after it is forgotten. `comes_last`: of what comes at one time."""

    def __init__(self, end: datetime, comes_last: Callable[[T], bool] = lambda _thing: False) -> None:
        self._end = end
        self._comes_last = comes_last
        self._numbers = count()
        self._things: list[tuple[datetime, bool, int, T]] = []

    def put(self, at: datetime, thing: T) -> None:
        """Something comes at an instant."""
        if at < self._end:
            heapq.heappush(self._things, (at, self._comes_last(thing), next(self._numbers), thing))

    def next_at(self) -> datetime | None:
        """When the next thing comes; None: nothing does."""
        return self._things[0][0] if self._things else None

    def take(self, within: timedelta) -> list[tuple[datetime, T]]:
        """The next thing, and all that come less than `within` after it, up to one of those that come last."""
        taken: list[tuple[datetime, T]] = []
        while self._things and (not taken or self._things[0][0] < taken[0][0] + within):
            at, is_last, _, thing = heapq.heappop(self._things)
            taken.append((at, thing))
            if is_last:
                break
        return taken
