"""Everything that a soak run needs, put together: the platform, its users, the desk, the web chat, and the office."""

import asyncio
import random
import socket
from collections.abc import AsyncIterator, Coroutine, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn

from bench.soaking.crowd import Crowd
from bench.soaking.databases import Database
from bench.soaking.desk_people import DeskPeople
from bench.soaking.district import DEPARTMENTS, WEB, District, found_district
from bench.soaking.marks import Marks
from bench.soaking.patience import Line
from bench.soaking.platform import ASKED, CALLED, Platform
from bench.soaking.served import Served
from bench.soaking.web_people import WebOfficer

REGISTER_EVERY_S = 0.7
LOOK_EVERY_S = 0.1
QUIET_WITHIN_S = 120.0

PENDING = "SELECT account, chat, id FROM outbox WHERE outcome IS NULL"
UNTAKEN = "SELECT key FROM web_update"


class NeverQuiet(Exception):
    """Something is stuck: after everybody stopped, this was still to be done."""


@dataclass
class Scene:
    """The running whole. `served`: the office's process now, or None.   lines: every client's line to it."""

    database: Database
    district: District
    platform: Platform
    crowd: Crowd
    desk: DeskPeople
    web: list[WebOfficer]
    lines: list[Line] = field(default_factory=list)
    served: Served | None = None
    starts: list[float] = field(default_factory=list)

    async def start(self, module: str | None = None, environment: Mapping[str, str] | None = None) -> Served:
        """Start the office; from then on everybody finds it."""
        loop = asyncio.get_running_loop()
        begun = loop.time()
        self.platform.life += 1
        self.served = await Served.start(self.district.config, module, environment)
        self.starts.append(loop.time() - begun)
        self.platform.hook = f"{self.served.url}/hooks/{CALLED}"
        return self.served

    async def kill(self) -> None:
        """Kill the office with SIGKILL, wherever it is."""
        if self.served is not None:
            await self.served.kill()
        self._gone()

    async def stop(self) -> int:
        """Stop the office as an administrator does; returns its exit code."""
        assert self.served is not None
        code = await self.served.stop()
        self._gone()
        return code

    def where(self) -> str | None:
        """The office's address now."""
        return self.served.url if self.served is not None else None

    async def readiness(self) -> tuple[int, str]:
        """What /readyz says: its status and its words; 0 without an answer."""
        answer = await self.lines[0].once("GET", "/readyz")
        return (answer.status_code, answer.text) if answer is not None else (0, "")

    async def until_ready_is(self, status: int, within_s: float) -> str:
        """Return what /readyz says as soon as it has this status. Raises TimeoutError."""
        async with asyncio.timeout(within_s):
            while True:
                found, words = await self.readiness()
                if found == status:
                    return words
                await asyncio.sleep(LOOK_EVERY_S)

    async def quiet(self, within_s: float = QUIET_WITHIN_S) -> None:
        """Nobody begins anything any more; return when all is taken, answered and said. Raises NeverQuiet."""
        self.crowd.active = self.desk.active = False
        for officer in self.web:
            officer.active = False
        left = self._left
        try:
            async with asyncio.timeout(within_s):
                while await asyncio.to_thread(left):
                    await asyncio.sleep(LOOK_EVERY_S)
        except TimeoutError:
            raise NeverQuiet(f"after {within_s:.0f} s there was still: {left()}") from None

    def _left(self) -> str:
        """What is still to be done, in words; "" for nothing."""
        people = self.crowd.busy or self.desk.busy or any(each.busy for each in self.web)
        waiting = self.platform.journal.unacknowledged()
        if people or waiting:
            return f"{len(waiting)} updates not acknowledged, people busy: {bool(people)}"
        pending, untaken = self.database.rows(PENDING), self.database.rows(UNTAKEN)
        return f"outbox {pending[:5]}, web updates {untaken[:5]}" if pending or untaken else ""

    def _gone(self) -> None:
        self.platform.hook = None
        self.served = None


@asynccontextmanager
async def scene(database: Database, folder: Path, seed: int) -> AsyncIterator[Scene]:
    """A fresh office with everybody around it, at work as soon as it is started; all ended at the end."""
    chance = random.Random(seed)
    platform, marks = Platform(random.Random(chance.random())), Marks()
    with _listening() as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        district = await asyncio.to_thread(found_district, folder, database.url, url)
        crowd = Crowd(platform, district, marks, random.Random(chance.random()))
        desk = DeskPeople(district, crowd, marks, random.Random(chance.random()))
        made = Scene(database, district, platform, crowd, desk, [])

        def line(token: str = "") -> Line:
            made.lines.append(Line(made.where, token))
            return made.lines[-1]

        line()
        server = _Server(uvicorn.Config(platform.app(), log_level="critical", lifespan="off"))
        work: list[Coroutine[Any, Any, None]] = [server.serve([listener]), platform.call(), crowd.talk()]
        work += [desk.register_by_api(line(token), REGISTER_EVERY_S) for token in district.operators]
        work.append(desk.register_by_form(line(), REGISTER_EVERY_S))
        for account in (ASKED, CALLED):
            officer = next(each for each in district.officers if each.department == DEPARTMENTS[account][0])
            work.append(desk.note_by_api(line(officer.token), officer.department, REGISTER_EVERY_S))
        for officer in (each for each in district.officers if each.department in DEPARTMENTS[WEB]):
            made.web.append(WebOfficer(officer, line(officer.token), district, marks, random.Random(chance.random())))
            work += [made.web[-1].follow(), made.web[-1].write()]
        tasks = [asyncio.create_task(each) for each in work]
        try:
            yield made
        finally:
            await made.kill()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            for each in made.lines:
                await each.close()
            await platform.close()


@contextmanager
def _listening() -> Iterator[socket.socket]:
    listener = socket.create_server(("127.0.0.1", 0), backlog=256)
    try:
        yield listener
    finally:
        listener.close()


class _Server(uvicorn.Server):
    """Leaves the signals to whoever runs the loop."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
