"""Whose marks are kept already, for the minute that is running: many say nothing new. Pure but for its memory.

if not just_kept.holds(mark): ...keep it, and once that is durable: just_kept.learn(mark)
"""

from datetime import UTC, datetime, timedelta

from core.presence.marks import Mark, Strength

MINUTE = timedelta(minutes=1)


class JustKept:
    """Whose marks of the newest minute are in the records, so that one more in that minute costs next to nothing.

    A row of marks tells quarter hours, periods and, to the minute, the first and the last mark; all begin on a full
    minute. So a mark of the same strength later in the same minute says nothing that is not kept. Lives in the
    writer's thread; only what a commit has made durable is in it.
    """

    __slots__ = ("_begin", "_kept", "_until")

    def __init__(self) -> None:
        self._begin = self._until = datetime.min.replace(tzinfo=UTC)
        self._kept: dict[tuple[int, Strength], datetime] = {}

    def holds(self, made: Mark) -> bool:
        """Whether a mark says nothing that is not kept already."""
        known = self._kept.get((made.person, made.strength))
        return known is not None and known <= made.at < self._until

    def learn(self, made: Mark) -> None:
        """A mark was kept, durably; one of a minute that is over is not worth remembering."""
        if made.at >= self._until:
            self._begin = made.at.replace(second=0, microsecond=0)
            self._until = self._begin + MINUTE
            self._kept.clear()
        if made.at >= self._begin:
            key = (made.person, made.strength)
            self._kept[key] = min(made.at, self._kept.get(key, made.at))
