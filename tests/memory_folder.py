"""Where the tests' temporary files are quickest: in memory, where the machine has such a folder with enough room.

    TMPDIR=$(python tests/memory_folder.py) pytest

A run makes some hundred thousand small files, most of them PostgreSQL's. On a disk each costs the processor half a
millisecond, in memory next to nothing. What a database syncs is not shown here but by `make bench`.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

IN_MEMORY = Path("/dev/shm")
ROOM_BYTES = 4 * 2**30
"""Four PostgreSQL servers and what is kept of tests that failed take a good gigabyte."""


def quickest() -> str:
    """The folder in memory if it has room and programs in it may be run, else the machine's own for such files."""
    named = os.environ.get("TMPDIR")
    return named or (str(IN_MEMORY) if _is_good(IN_MEMORY) else tempfile.gettempdir())


def _is_good(folder: Path) -> bool:
    if not os.access(folder, os.W_OK | os.X_OK) or shutil.disk_usage(folder).free < ROOM_BYTES:
        return False
    with tempfile.TemporaryDirectory(dir=folder) as inside:
        program = Path(inside, "program")
        program.write_text("#!/bin/sh\n")
        program.chmod(0o755)
        try:
            return subprocess.run([program], check=False).returncode == 0
        except OSError:  # mounted so that nothing in it runs
            return False


if __name__ == "__main__":
    sys.stdout.write(quickest())
