"""Running the project's tools on a folder, as `make check` and `make test` run them."""

import os
import subprocess
import sys
from pathlib import Path


def run(folder: Path, tool: str, *arguments: str, seconds: float = 300) -> subprocess.CompletedProcess[str]:
    """Run one of the tools that are installed beside this Python in `folder`; both its outputs are in `stdout`.

    It knows nothing of the tests that it is started from: their settings and coverage are taken out of the environment.
    """
    ours = ("PYTEST", "COV", "PYTHON")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return subprocess.run(
        [str(Path(sys.executable).with_name(tool)), *arguments],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=seconds,
        check=False,
    )
