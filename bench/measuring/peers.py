"""The frameworks that we are compared with, each in an environment of its own, at one version with its hashes."""

import hashlib
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from bench.measuring.places import KEPT, ROOT

PEERS = ("aiogram", "python_telegram_bot")


class NoPeer(Exception):
    """A peer cannot be run here; the words say what to do."""


@dataclass(frozen=True)
class Peer:
    """A peer that can be run. `python`: of its environment."""

    name: str
    python: str

    @property
    def module(self) -> str:
        """What runs it."""
        return f"bench.peers.{self.name}.feed"


def peer(name: str, install: bool) -> Peer:
    """The peer's environment, made first where it is missing or its requirements have changed, if `install`.

    Raises NoPeer.
    """
    folder = KEPT / "peers" / name
    wanted = ROOT / "bench" / "peers" / name / "requirements.txt"
    stamp, mark = folder / "installed", hashlib.sha256(wanted.read_bytes()).hexdigest()
    if not (stamp.is_file() and stamp.read_text() == mark):
        if not install:
            raise NoPeer(f"{name} is left out: it has no environment here yet; `make bench B=updates` makes it")
        _make(name, folder, wanted)
        stamp.write_text(mark)
    return Peer(name, str(folder / "bin" / "python"))


def _make(name: str, folder: Path, wanted: Path) -> None:
    print(f"Installing {name} into an environment of its own ...", flush=True)
    for command in (
        [sys.executable, "-m", "venv", "--clear", str(folder)],
        [str(folder / "bin" / "python"), "-m", "pip", "install", "-qq", "--require-hashes", "-r", str(wanted)],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise NoPeer(f"{name} is left out: it could not be installed:\n{done.stderr[-1000:]}")
