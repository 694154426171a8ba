"""The `janmilan` command as people run it: a process of its own, its words and its exit code."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

COMMAND = Path(sys.executable).with_name("janmilan")


def run(folder: Path, *words: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command in a folder, to its end."""
    return subprocess.run(
        [COMMAND, *map(str, words)],
        cwd=folder,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@contextmanager
def running(folder: Path, *words: str) -> Iterator[tuple[subprocess.Popen[str], str, list[str]]]:
    """The command until it says where it can be reached: the process, the address, and what it said until then."""
    process = subprocess.Popen(
        [COMMAND, *words],
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
    process.send_signal(by)
    return process.wait(timeout=30)
