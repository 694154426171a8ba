"""A small district on a real server: two departments, six people, the web chat, and an engine that answers."""

import asyncio
import socket
import sqlite3
import threading
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import uvicorn
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from sqlalchemy import Connection, insert

from bot.adapters.base import Answer
from bot.adapters.webchat import PushSettings, WebChatAdapter, webchat
from bot.events import Address, Event, Message, Pressed
from bot.messages import Button, Edit, OutgoingFile, Say, Toast
from core.access import Access
from core.attachments import Attachments
from core.settings import OfficeSettings
from core.store.people_tables import DepartmentRow, GroupRow, MembershipRow, PersonRow, RoleRow
from core.store.store import Store
from core.store.tables import table_of
from tests.made_once import make_in
from tests.running_clock import RunningClock

DPRO, HEALTH = 1, 2
ASHA, IMRAN, SUNITA, KIRAN, MOHAN, NODAL = 11, 12, 13, 14, 15, 16
PANCHAYAT, CLINIC, ADMINISTRATION = "group-dpro", "group-health", "group-administration"
CARD = (
    "🆕 <b>DPRO-1042-22</b> · B · 3 दिन\nनाली टूटी है, पानी सड़क पर आ रहा है\n"
    "📍 रामपुर, वार्ड 4\nसमय-सीमा: शुक्र 27 नव॰, शाम 6:00"
)
T = TypeVar("T")
VENDOR = Path("desk/static/vendor")

DEPARTMENTS = [(DPRO, "DPRO", "जिला पंचायत राज", "Panchayati Raj"), (HEALTH, "DHO", "स्वास्थ्य विभाग", "Health Department")]
PEOPLE = [
    (ASHA, "आशा वर्मा", "Asha Verma", "जिला पंचायत राज अधिकारी", "District Panchayat Raj Officer", False),
    (IMRAN, "इमरान ख़ान", "Imran Khan", "सहायक", "Assistant", True),
    (SUNITA, "सुनीता <b>राव</b>", "Sunita <b>Rao</b>", "मुख्य चिकित्सा अधिकारी", "Chief Medical Officer", False),
    (KIRAN, "किरण सिंह", "Kiran Singh", "कार्यालय सहायक", "Office Assistant", True),
    (MOHAN, "मोहन दास", "Mohan Das", "अपर जिलाधिकारी", "Additional District Magistrate", False),
    (NODAL, "रेखा यादव", "Rekha Yadav", "नोडल अधिकारी", "Nodal Officer", False),
]
MEMBERS = [(ASHA, DPRO, True), (IMRAN, DPRO, False), (SUNITA, HEALTH, True)]
ROLES = [(KIRAN, "operator"), (MOHAN, "senior"), (NODAL, "nodal_officer")]
GROUPS = [
    (1, PANCHAYAT, "department", DPRO),
    (2, CLINIC, "department", HEALTH),
    (3, ADMINISTRATION, "administration", None),
]


@dataclass
class Echo:
    """An engine that takes each update once and answers: a card with buttons, an edit, a toast, or the same words."""

    adapter: WebChatAdapter
    taken: list[Event] = field(default_factory=list)
    started: list[Event] = field(default_factory=list)
    refusing: bool = False

    async def receive(self, event: Event) -> Answer:
        if self.refusing:
            raise RuntimeError("the engine takes nothing now")
        if any(event.key == each.key for each in (*self.taken, *self.started)):
            return Answer(repeated=True)
        if isinstance(event, Message) and event.text == "/start":
            self.started.append(event)
            return Answer()
        self.taken.append(event)
        match event:
            case Message(text="card"):
                buttons = (
                    (Button("ज़िम्मा लिया", "acknowledge:complaint:7"), Button("निस्तारित", "solve:complaint:7")),
                    (Button("हमारा नहीं", "not_ours:complaint:7"),),
                )
                await self.adapter.say(Say(key=event.key, address=event.address, text=CARD, buttons=buttons))
            case Message(attachments=(file, *_)):
                sent = OutgoingFile(file.sha256 or "", file.name, file.media_type)
                await self.adapter.say(Say(key=event.key, address=event.address, text="📷", attachments=(sent,)))
            case Message():
                say = Say(
                    key=event.key, address=event.address, text=f"<b>{len(event.text)}</b>", reply_to=event.message
                )
                await self.adapter.say(say)
            case Pressed(message=str(message)):
                text = f"{CARD}\n👤 {event.sender.name}"
                left = ((Button("निस्तारित", "solve:complaint:7"),),)
                edit = Edit(key=event.key, address=event.address, message=message, text=text, buttons=left)
                await self.adapter.edit(edit)
                toast = Toast(
                    address=event.address, user=event.sender.user, update=event.key, text="ज़िम्मा आपके नाम दर्ज हुआ"
                )
                return Answer((toast,))
        return Answer()


class District:
    """The district's server; it can be stopped and started again on the same port, with the same database."""

    def __init__(self, url: str, folder: Path, demo: bool = True) -> None:
        self.clock = RunningClock()
        make_in(url, make_webchat_district)
        self.store = Store.open(url, self.clock)
        self.access = Access(self.store, self.clock)
        self._files = Attachments(folder, self.store, OfficeSettings().files.limit)
        self._demo = demo
        self._url = url
        self._socket_port = 0
        self.ping_every = 15.0
        self.push: PushSettings | None = None
        self.start()

    def start(self) -> None:
        """Serve; on the port of before, if there was one."""
        settings = OfficeSettings()
        self.adapter, router = webchat(
            self.store,
            self.access,
            self._files,
            self.clock,
            settings,
            demo=self._demo,
            ping_every=self.ping_every,
            push=self.push,
        )
        self.echo = Echo(self.adapter)

        ready = threading.Event()

        @asynccontextmanager
        async def lifespan(app: FastAPI) -> AsyncIterator[None]:
            self._loop = asyncio.get_running_loop()
            running = asyncio.create_task(self.adapter.run(self.echo.receive))
            ready.set()
            yield
            running.cancel()

        app = FastAPI(lifespan=lifespan)
        app.router.routes.extend(router.routes)
        app.mount("/static/vendor", StaticFiles(directory=VENDOR))
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", self._socket_port))
        listening.listen()  # so that whoever comes a moment too early waits and is not sent away
        self._socket_port = listening.getsockname()[1]
        config = uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listening]})
        self._thread.start()
        assert ready.wait(60), "the server did not start"

    def stop(self) -> None:
        """Go down as on SIGTERM."""
        self._server.should_exit = True
        self._thread.join()

    def close(self) -> None:
        """Go down for good."""
        if self._thread.is_alive():
            self.stop()
        self.store.close()

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self._socket_port}"

    def token(self, person: int) -> str:
        """A personal link's token."""
        return self.access.issue_link_now(person, "chat", once=False, ttl=None)

    def until(self, done: Callable[[], bool], seconds: float = 60) -> None:
        """Wait until something is so; fails after `seconds`."""
        end = time.monotonic() + seconds
        while not done():
            assert time.monotonic() < end, "it did not come about"
            threading.Event().wait(0.02)

    def say(self, chat: str, text: str, key: str) -> str:
        """The bot says something in a chat; returns the message's id."""
        return self.run(self.adapter.say(Say(key=key, address=self.address(chat), text=text)))

    def address(self, chat: str) -> Address:
        """The address of a chat of the web chat."""
        return Address("web", chat)

    def run(self, doing: Coroutine[Any, Any, T]) -> T:
        """Have something done in the server's event loop."""
        return asyncio.run_coroutine_threadsafe(doing, self._loop).result(60)

    def keep(self, data: bytes, media_type: str) -> str:
        """Keep a file as the office does; returns its sha256."""
        return self._files.keep(data, "file", media_type).sha256

    def enter(self, person: int) -> str:
        """The cookie of a new session of a person."""
        return self.run(self.access.enter_as(person, "chat")).cookie

    def end_session(self, cookie: str) -> None:
        """The session is over."""
        self.run(self.access.end(cookie))

    @contextmanager
    def locked_database(self) -> Iterator[None]:
        """Somebody else holds the SQLite file's write lock."""
        other = sqlite3.connect(self._url.removeprefix("sqlite:///"), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")
        other.close()


def make_webchat_district(url: str) -> None:
    """The tables, and in them who is who."""
    store = Store.create(url, RunningClock())
    with store.database.writer.begin() as connection:
        _fill(connection)
    store.close()


def _fill(connection: Connection) -> None:
    departments = [dict(zip(("id", "code", "name_hi", "name_en"), row, strict=True)) for row in DEPARTMENTS]
    connection.execute(insert(table_of(DepartmentRow)), [{**row, "next_serial": 1001} for row in departments])
    columns = ("id", "name_hi", "name_en", "designation_hi", "designation_en", "staff")
    people = [dict(zip(columns, row, strict=True)) for row in PEOPLE]
    connection.execute(insert(table_of(PersonRow)), [{**row, "phone": ""} for row in people])
    memberships = [{"person": person, "department": department, "head": head} for person, department, head in MEMBERS]
    connection.execute(insert(table_of(MembershipRow)), memberships)
    connection.execute(insert(table_of(RoleRow)), [{"person": person, "role": role} for person, role in ROLES])
    groups = [
        {"id": id, "account": "web", "chat": chat, "purpose": purpose, "department": department}
        for id, chat, purpose, department in GROUPS
    ]
    connection.execute(insert(table_of(GroupRow)), groups)
