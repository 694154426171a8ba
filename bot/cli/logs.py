"""The office's log: what happened where, and nobody's words (docs/design.md §4, Privacy).

The words of an exception may be what somebody wrote, or a row that the database refused: so of an exception the log has
the frames and the types alone.
"""

import logging
import sys
import traceback
from types import TracebackType

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WithoutWords(logging.Formatter):
    """Writes records as the standard one does, but of exceptions only where they came from and of what type."""

    def formatException(self, ei: _ExcInfo) -> str:
        """The frames of the exception and of what caused it, each with its type."""
        lines: list[str] = []
        error = ei[1]
        while error is not None:
            lines.append("".join(traceback.format_tb(error.__traceback__)) + type(error).__name__)
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\nduring or because of:\n".join(lines)


def log_to_stderr() -> None:
    """Log warnings and what is worse, for the process."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(WithoutWords(FORMAT))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
