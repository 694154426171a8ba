"""Speaking at the terminal: plain lines, and a bar for what takes long."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Progress = Callable[[int, int], None]


def say(line: str = "") -> None:
    """A line on the terminal, at once."""
    print(line, flush=True)  # noqa: T201  # the command speaks here


def complain(line: str) -> None:
    """A line on the error stream."""
    print(line, file=sys.stderr, flush=True)  # noqa: T201


@contextmanager
def bar(what: str) -> Iterator[Progress]:
    """A bar on the error stream while something is done; nothing where nobody looks at a terminal."""
    if not sys.stderr.isatty():
        yield lambda done, of: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    with Bar(TextColumn(what), BarColumn(), MofNCompleteColumn(), console=Console(stderr=True)) as shown:
        task = shown.add_task(what, total=None)
        yield lambda done, of: shown.update(task, completed=done, total=of)
