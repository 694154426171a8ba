"""A whole office as it is served: desk, chat, API, engine and records in one process, on a free port."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import uvicorn

from bot.app import Running, put_together
from bot.settings import Configuration
from core.commands import BindGroup
from core.groups import Purpose
from core.people import Actor, Door, Via
from core.proof import verify
from core.store.work import Work
from tests.district import DEPARTMENTS, PEOPLE, make_district
from tests.made_once import make_in
from tests.running_clock import RunningClock

SYSTEM = Actor(None, Via(Door.COMMAND), system=True)
ADMINISTRATION = "group:administration"


@dataclass
class Office:
    """The small district's office, and how people come to it."""

    url: str
    running: Running
    scripts: list[httpx.Client] = field(default_factory=list)

    def token(self, name: str) -> str:
        """The token of somebody's personal chat link."""
        return self.running.access.issue_link_now(PEOPLE[name], "chat", once=False, ttl=None)

    def desk_token(self, name: str) -> str:
        """A link by which somebody signs in at the desk once."""
        return self.running.access.issue_link_now(PEOPLE[name], "desk", once=True, ttl=None)

    def script(self, token: str) -> httpx.Client:
        """A script that acts by a personal token."""
        made = httpx.Client(base_url=self.url, headers={"Authorization": f"Bearer {token}"}, timeout=60)
        self.scripts.append(made)
        return made

    def faults(self) -> list[object]:
        """What `verify` finds in the records."""
        return list(self.running.store.read_now(verify).faults)


@contextmanager
def office(url: str, folder: Path) -> Iterator[Office]:
    """The office on the new database at `url`, served; stopped at the end."""
    clock = RunningClock()
    make_in(url, make_district)
    running = put_together(Configuration.model_validate({"database": url, "closing": {"evidence": {}}}), clock, folder)
    running.store.do_now(Work(lambda unit: [unit.new_id("person") for _ in PEOPLE]))
    for code in DEPARTMENTS:
        running.office.do_now(BindGroup("web", f"group:{code.lower()}", Purpose.DEPARTMENT, code), SYSTEM)
    running.office.do_now(BindGroup("web", ADMINISTRATION, Purpose.ADMINISTRATION), SYSTEM)
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(running.app, log_level="warning", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        served = Office(f"http://127.0.0.1:{listener.getsockname()[1]}", running)
        yield served
    finally:
        for script in served.scripts:
            script.close()
        server.should_exit = True
        thread.join()
        listener.close()
        running.store.close()
