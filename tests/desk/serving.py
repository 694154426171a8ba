"""The desk as people meet it: a real server on a free port, a real store, browsers and programs that come to it."""

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import uvicorn

from core.access import Access
from core.attachments import Attachments
from core.office import Teller
from core.settings import Settings
from core.store.work import Work
from desk.app import make_desk
from desk.desk import COOKIE, ChatLines
from tests.district import PEOPLE, District, small_district

FORM = re.compile(r'name="(csrf|key|version)" value="([^"]*)"')


@dataclass
class Served:
    """A desk that is running. `access` and `district` act behind its back, as other processes would."""

    url: str
    district: District
    access: Access
    files: Attachments
    clients: list[httpx.Client] = field(default_factory=list)

    def cookie(self, name: str) -> str:
        """A session cookie of somebody of the small district."""
        token = self.access.issue_link_now(PEOPLE[name], "desk", once=True, ttl=None)
        with httpx.Client(base_url=self.url, timeout=60) as client:
            return client.post(f"/enter/{token}").cookies[COOKIE]

    def state(self, name: str) -> dict[str, object]:
        """The same as the state of a browser that has just signed in."""
        cookie = {"name": COOKIE, "value": self.cookie(name), "domain": "127.0.0.1", "path": "/"}
        rest = {"expires": -1, "httpOnly": True, "secure": False, "sameSite": "Lax"}
        return {"cookies": [cookie | rest], "origins": []}

    def client(self, name: str, language: str = "en") -> "Person":
        """Somebody of the small district with a plain HTTP client, who reads English unless asked otherwise."""
        http = httpx.Client(base_url=self.url, cookies={COOKIE: self.cookie(name)}, follow_redirects=True, timeout=60)
        self.clients.append(http)
        person = Person(http)
        if language != "hi":
            person.send("/", "/language", to=language)
        return person

    def program(self, name: str) -> httpx.Client:
        """A program that acts for somebody of the small district."""
        token = self.access.issue_link_now(PEOPLE[name], "chat", once=False, ttl=None)
        http = httpx.Client(base_url=self.url, headers={"Authorization": f"Bearer {token}"}, timeout=60)
        self.clients.append(http)
        return http


@dataclass
class Person:
    """Somebody at the desk whose browser has no script: opens pages and sends their forms."""

    http: httpx.Client

    def open(self, path: str) -> httpx.Response:
        """The page at `path`."""
        return self.http.get(path)

    def marks(self, page: str) -> dict[str, str]:
        """The hidden fields of a page's forms: csrf, key, version."""
        return dict(FORM.findall(self.open(page).text))

    def send(self, page: str, action: str, files: object = None, **fields: object) -> httpx.Response:
        """Open `page` and send its form to `action` with these fields."""
        return self.post(action, self.marks(page) | fields, files)

    def post(self, action: str, fields: object, files: object = None) -> httpx.Response:
        """Send these very fields."""
        return self.http.post(action, data=fields, files=files)  # type: ignore[arg-type]


@contextmanager
def serving(
    url: str,
    folder: Path,
    demo: bool = False,
    teller: Teller | None = None,
    chats: ChatLines | None = None,
    fill: Callable[[District], None] | None = None,
) -> Iterator[Served]:
    """A desk on the database at `url`, closed at the end."""
    settings = Settings()
    district = small_district(url, settings, teller)
    # The small district's people have ids by hand; the next ones must not meet them.
    district.store.do_now(Work(lambda unit: [unit.new_id("person") for _ in PEOPLE]))
    if fill:
        fill(district)
    access = Access(district.store, district.clock)
    files = Attachments(folder / "files", district.store, settings.files.limit)
    app = make_desk(district.office, district.store, access, settings, district.clock, files, chats, demo)
    # A socket that listens already: no port is guessed, and nobody has to wait until it is open.
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_level="warning", lifespan="off", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        served = Served(f"http://127.0.0.1:{listener.getsockname()[1]}", district, access, files)
        yield served
    finally:
        for client in served.clients:
            client.close()
        server.should_exit = True
        thread.join()
        listener.close()
        district.close()
