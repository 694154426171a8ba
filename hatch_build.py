"""The wheel's build hook: sees to it that the font and htmx are there before the wheel is packed."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class AssetsBuildHook(BuildHookInterface):  # type: ignore[type-arg]  # its argument differs between hatchling's releases
    """Runs `tools/assets.py`, which does nothing when all is in place; an editable install needs nothing packed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it collects files; `version` is `editable` or `standard`."""
        if version == "editable":
            return
        root = Path(self.root)
        subprocess.run([sys.executable, str(root / "tools" / "assets.py")], cwd=root, check=True, stdout=sys.stderr)
