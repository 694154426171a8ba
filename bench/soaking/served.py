"""The office as it is really run: `janmilan serve` in a process of its own, to be stopped, frozen and killed."""

import asyncio
import os
import re
import resource
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
START_WITHIN_S = 120.0


class DidNotStart(Exception):
    """The office ended, or said nothing for a long time, before it could be reached; with its own words."""


class Served:
    """One process. `url`: where it is reached."""

    def __init__(self, process: asyncio.subprocess.Process, url: str, log: Path) -> None:
        self.url = url
        self.log = log
        self._process = process

    @classmethod
    async def start(
        cls, config: Path, module: str | None = None, environment: Mapping[str, str] | None = None
    ) -> "Served":
        """Start it on any free port; returns when it can be reached. Its errors go to a file beside the configuration.

        module: run this module instead of the `janmilan` command.
        """
        command = [sys.executable, "-m", module] if module else [str(Path(sys.executable).with_name("janmilan"))]
        log, installed = config.with_name("serve.log"), config.parent / "installed"
        register_adapter(installed)
        paths = os.pathsep.join([str(installed), str(ROOT), os.environ.get("PYTHONPATH", "")])
        with log.open("ab") as errors:
            process = await asyncio.create_subprocess_exec(
                *command,
                "serve",
                "--port",
                "0",
                "--config",
                str(config),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=errors,
                cwd=config.parent,
                env={**os.environ, **(environment or {}), "PYTHONPATH": paths},
            )
        try:
            async with asyncio.timeout(START_WITHIN_S):
                return cls(process, await _address(process, log), log)
        except BaseException:
            if process.returncode is None:
                process.kill()
            raise

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether it has not ended."""
        return self._process.returncode is None

    async def freeze(self) -> None:
        """Make it stand still, all of it, wherever it is; returns when it does."""
        self._process.send_signal(signal.SIGSTOP)
        stat = Path(f"/proc/{self.pid}/stat")
        while stat.exists() and stat.read_text().rpartition(")")[2].split()[0] not in "TZ":
            await asyncio.sleep(0)

    async def kill(self) -> None:
        """SIGKILL, also when it stands still."""
        if self.running:
            self._process.kill()
        await self._process.wait()

    async def stop(self, within_s: float = 60.0) -> int:
        """SIGTERM; returns the exit code. Raises TimeoutError."""
        self._process.terminate()
        async with asyncio.timeout(within_s):
            return await self._process.wait()

    def limit_files(self, largest: int | None) -> None:
        """Let no file of its grow beyond so many bytes, as on a disk that is full; None: as before."""
        _, hard = resource.prlimit(self.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(self.pid, resource.RLIMIT_FSIZE, (hard if largest is None else largest, hard))


def register_adapter(folder: Path) -> None:
    """Make the harness's adapter known as another distribution's would be: a folder of metadata on Python's path."""
    metadata = folder / "soak_platform-1.0.dist-info"
    if metadata.exists():
        return
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: soak-platform\nVersion: 1.0\n", encoding="utf-8")
    entry = "[janmilan.adapters]\nsoak = bench.soaking.adapter:make_adapter\n"
    (metadata / "entry_points.txt").write_text(entry, encoding="utf-8")


async def _address(process: asyncio.subprocess.Process, log: Path) -> str:
    assert process.stdout is not None
    while line := (await process.stdout.readline()).decode():
        found = re.search(r"http://127\.0\.0\.1:\d+", line)
        if found:
            return found[0]
    await process.wait()
    raise DidNotStart(log.read_text(encoding="utf-8", errors="replace")[-3000:])
