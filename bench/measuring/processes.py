"""A measurement in a process of its own: nothing is warm, nothing is left over, and its memory is its own."""

import json
import os
import subprocess
import sys
from typing import Any

from bench.measuring.places import ROOT


def measured(module: str, *arguments: str, python: str = sys.executable) -> dict[str, Any]:
    """What the module prints as its last line, which is JSON. Raises RuntimeError with its own words if it fails."""
    command = [python, "-m", module, *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{module} failed:\n{done.stdout[-2000:]}{done.stderr[-4000:]}")
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result
