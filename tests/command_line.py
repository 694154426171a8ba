"""The `janmilan` command as people run it: its words and its exit code.

`run` calls it within this process, as the entry point does; `run_process` and `running` start the real command. A start
costs seconds of the processor beside other tests, so a process is for what only a process shows: signals, what it
imports, that the command is installed.
"""

import contextlib
import io
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.cli import main

COMMAND = Path(sys.executable).with_name("janmilan")


@dataclass(frozen=True)
class Ended:
    """A command that has ended: its exit code, and what it said."""

    returncode: int
    stdout: str
    stderr: str


def run(folder: Path, *words: str | Path, **environment: str) -> Ended:
    """The command in a folder, to its end."""
    out, err = io.StringIO(), io.StringIO()
    with (
        contextlib.chdir(folder),
        _environment(environment),
        _typed(*map(str, words)),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        code = _exit_code()
    return Ended(code, out.getvalue(), err.getvalue())


def run_process(folder: Path, *words: str | Path) -> Ended:
    """The same as a process of its own."""
    ended = subprocess.run(
        [COMMAND, *map(str, words)],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return Ended(ended.returncode, ended.stdout, ended.stderr)


def _exit_code() -> int:
    try:
        main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


@contextmanager
def _typed(*words: str) -> Iterator[None]:
    before = sys.argv
    sys.argv = [COMMAND.name, *words]
    try:
        yield
    finally:
        sys.argv = before


@contextmanager
def _environment(changes: Mapping[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(changes)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextmanager
def running(
    folder: Path, *words: str, command: tuple[str | Path, ...] = (COMMAND,)
) -> Iterator[tuple[subprocess.Popen[str], str, list[str]]]:
    """The command until it says where it can be reached: the process, the address, and what it said until then."""
    process = subprocess.Popen(
        [*command, *words],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert process.stdout is not None
        said: list[str] = []
        address = None
        while address is None or "Ctrl-C" not in said[-1]:
            line = process.stdout.readline()
            assert line, f"it ended: {said}"
            said.append(line)
            found = re.search(r"http://127\.0\.0\.1:\d+", line)
            address = address or (found[0] if found else None)
        yield process, address, said
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def stopped(process: subprocess.Popen[str], by: signal.Signals) -> int:
    """Have the process end by a signal; returns its exit code."""
    process.send_signal(by)
    return process.wait(timeout=120)
