"""The office as people run it: the `janmilan` command in a process of its own, and how much it takes."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from bench.measuring.places import ROOT
from core.access import Access
from core.clock import SystemClock
from core.directory import Directory
from core.people import Role
from core.store.store import Store
from desk.desk import COOKIE

COMMAND = [sys.executable, "-c", "from bot.cli import main; main()"]
"""The command, without relying on where it is installed."""

ENVIRONMENT = {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
_READY_WITHIN_S = 60.0
_LOOK_AGAIN_S = 0.005
_DAY_BEGUN_WITHIN_S = 300.0


@dataclass(frozen=True)
class Served:
    """A running office. `ready_s`: seconds from its start to a /readyz that says yes."""

    address: str
    process: subprocess.Popen[str]
    ready_s: float

    @property
    def resident_mb(self) -> float:
        """How much memory it holds now."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
        raise RuntimeError("this system does not tell how much memory a process holds")

    @property
    def cpu_s(self) -> float:
        """Seconds of CPU that it has taken so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / 100


@dataclass(frozen=True)
class Invited:
    """Who comes in by which link: tokens of the chat by person, and of the desk, each good once."""

    directory: Directory
    officers: dict[int, str]
    desk: tuple[str, ...]

    def department(self, person: int) -> str:
        """The letters of the department that somebody belongs to."""
        return self.directory.departments[self.directory.memberships_of(person)[0].department].code


def invite(url: str, officers: int, visitors: int) -> Invited:
    """Links for officers of so many departments, one of each, and for a senior at the desk, so many times."""
    clock = SystemClock()
    with closing(Store.open(url, clock)) as store:
        access = Access(store, clock)
        directory = store.read_now(store.directory)
        senior = directory.with_role(Role.SENIOR)[0].id
        members = [found[0].id for each in directory.departments if (found := directory.members(each))][:officers]
        chat = {person: access.issue_link_now(person, "chat", once=False, ttl=None) for person in members}
        desk = tuple(access.issue_link_now(senior, "desk", once=True, ttl=None) for _ in range(visitors))
        return Invited(directory, chat, desk)


@contextmanager
def serving(url: str, folder: Path, account: str = "web: {platform: web}", port: int = 0) -> Iterator[Served]:
    """`janmilan serve` on the database at `url`, until the end. account: a line of config.yaml's accounts."""
    config = folder / "config.yaml"
    config.write_text(f"database: {url}\naccounts:\n  {account}\n", encoding="utf-8")
    begun = time.perf_counter()
    process = subprocess.Popen(
        [*COMMAND, "serve", "--config", str(config), "--port", str(port)],
        cwd=folder,
        env={**os.environ, **ENVIRONMENT},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        address = _address(process)
        _until_ready(address)
        yield Served(address, process, time.perf_counter() - begun)
    finally:
        process.terminate()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def sign_in(served: Served, token: str) -> dict[str, str]:
    """The cookie of somebody who has followed a link to the desk. It is given when the day's things are done, with
    which an office begins: so nothing that is measured afterwards waits for them."""
    with httpx.Client(base_url=served.address, timeout=_DAY_BEGUN_WITHIN_S) as client:
        return {COOKIE: client.post(f"/enter/{token}").cookies[COOKIE]}


def _address(process: subprocess.Popen[str]) -> str:
    said = ""
    assert process.stdout is not None
    for line in process.stdout:
        said += line
        found = re.search(r"http://127\.0\.0\.1:\d+", line)
        if found:
            return found[0]
    raise RuntimeError(f"the office did not start:\n{said}")


def _until_ready(address: str) -> None:
    end = time.monotonic() + _READY_WITHIN_S
    with httpx.Client(base_url=address) as client:
        while client.get("/readyz").status_code != 200:
            if time.monotonic() > end:
                raise RuntimeError(f"not ready within {_READY_WITHIN_S:.0f} s: {client.get('/readyz').text}")
            time.sleep(_LOOK_AGAIN_S)
