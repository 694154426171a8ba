"""What waits for one account, in memory: a line for each chat, as the outbox had them when it was last looked at.

The lane is the only one that takes rows, so what was read stays true but for what is new; and what is new comes later
in its chat, or a moment later. So the table is not asked for every message (docs/design.md §3, 5 and 6).
"""

from collections import deque
from collections.abc import Collection, Iterable
from heapq import nsmallest

from bot.store.outbox import Head


class Waiting:
    """The lines. Whoever takes a head has it begun: there it shows whether the row still waits."""

    def __init__(self) -> None:
        self._lines: dict[str, deque[Head]] = {}

    def read_anew(self, rows: Iterable[Head]) -> None:
        """These wait, and nothing else; those of a chat in the order in which they are to be said."""
        self._lines = {}
        for row in rows:
            self._lines.setdefault(row.chat, deque()).append(row)

    def has_for(self, closed: Collection[str]) -> bool:
        """Whether something waits for a chat that is not closed."""
        return any(chat not in closed for chat in self._lines)

    def take(self, closed: Collection[str], most: int) -> list[Head]:
        """What each chat says next, the most urgent chat first, at most `most`; closed chats are left out."""
        first = (line[0] for chat, line in self._lines.items() if chat not in closed)
        taken = nsmallest(most, first, key=lambda head: (head.priority, head.id))
        for head in taken:
            line = self._lines[head.chat]
            line.popleft()
            if not line:
                del self._lines[head.chat]
        return taken

    def put_first(self, head: Head) -> None:
        """A row of which parts are still to be said comes before all others of its chat."""
        self._lines.setdefault(head.chat, deque()).appendleft(head)
