"""Wakes browsers when a message is new (Web Push, RFC 8030, with VAPID, RFC 8292).

A push carries nothing at all: the browser's service worker asks the office itself what is new. So a push service
learns that somebody of the office has a new message, and no word, name or code. What is lost when the process ends is
a notice, never a message.
"""

import asyncio
import http.client
import logging
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.adapters.webchat.chats import users_in
from bot.store import webchat as rows
from core.clock import Clock
from core.store.store import Store
from core.store.work import StoreUnavailable, Work

if TYPE_CHECKING:
    from bot.adapters.webchat.office_key import OfficeKey, Signer

SERVICES = (
    "fcm.googleapis.com",
    "push.services.mozilla.com",
    "push.apple.com",
    "notify.windows.com",
)
"""Hosts of the browsers' push services. Nothing else is called: an address comes from a browser, so from anybody."""

AT_ONCE = 8
_TIMEOUT_S = 10.0
_KEPT_S = 24 * 3600
"""How long a push service keeps a push for a browser that is off."""

_NOT_THERE = (404, 410)
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class PushSettings:
    """How this office wakes browsers.

    contact: where a push service may ask, as `mailto:…` or `https://…`.   services: hosts of push services, or whole
    origins such as `http://127.0.0.1:9000`.
    """

    contact: str
    services: tuple[str, ...] = SERVICES

    def know(self, endpoint: str) -> bool:
        """Whether this is an address at one of the services."""
        parts = urlsplit(endpoint)
        host = parts.hostname or ""
        if f"{parts.scheme}://{parts.netloc}" in self.services:
            return True
        known = any(host == service or host.endswith(f".{service}") for service in self.services)
        return parts.scheme == "https" and parts.port in (None, 443) and known


class Waker:
    """Tells the browsers of everybody in a chat that it has a new message; one push for several in quick succession."""

    def __init__(self, store: Store, clock: Clock, account: str, settings: PushSettings | None) -> None:
        """`settings` None: this office wakes nobody."""
        self.settings = settings
        self._store = store
        self._clock = clock
        self._account = account
        self._key: OfficeKey | None = None
        self._new: dict[tuple[str, str], None] = {}
        self._woken = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    async def public_key(self) -> str | None:
        """The key that a browser subscribes with; None where nobody is woken."""
        return (await self._signer()).public if self.settings else None

    def posted(self, chat: str, sender: str) -> None:
        """A message of this sender is new in this chat; from any thread."""
        loop = self._loop
        if loop is not None and self.settings is not None:
            with suppress(RuntimeError):  # the loop has just been closed
                loop.call_soon_threadsafe(self._note, chat, sender)

    async def run(self) -> None:
        """Wake browsers until cancelled."""
        self._loop = asyncio.get_running_loop()
        try:
            while True:
                await self._woken.wait()
                self._woken.clear()
                await self._wake_all()
        finally:
            self._loop = None

    async def _signer(self) -> "Signer":
        if self._key is None:
            # Loaded here alone: its library takes 6 MB, of no use to an office that wakes nobody.
            from bot.adapters.webchat.office_key import OfficeKey

            self._key = OfficeKey(self._store)
        return await self._key.get()

    def _note(self, chat: str, sender: str) -> None:
        self._new[chat, sender] = None
        self._woken.set()

    async def _wake_all(self) -> None:
        while self._new:
            (chat, sender) = next(iter(self._new))
            del self._new[chat, sender]
            try:
                endpoints = await self._store.read(partial(self._endpoints, chat=chat, sender=sender))
                await self._wake(endpoints, chat)
            except (SQLAlchemyError, StoreUnavailable) as away:
                _log.warning("web chat: browsers cannot be woken: %s", type(away).__name__)

    def _endpoints(self, connection: Connection, chat: str, sender: str) -> list[str]:
        directory = self._store.directory(connection)
        users = users_in(directory, self._account, chat, rows.members_by_hand(connection, chat))
        return list(rows.devices_of(connection, [user for user in users if user != sender], self._clock.now()))

    async def _wake(self, endpoints: Iterable[str], chat: str) -> None:
        room = asyncio.Semaphore(AT_ONCE)

        async def one(endpoint: str) -> None:
            async with room:
                await self._push(endpoint, chat)

        await asyncio.gather(*(one(endpoint) for endpoint in endpoints))

    async def _push(self, endpoint: str, chat: str) -> None:
        assert self.settings is not None, "nobody is woken without settings"
        if not self.settings.know(endpoint):
            return
        origin = "{0.scheme}://{0.netloc}".format(urlsplit(endpoint))
        headers = {
            "Authorization": (await self._signer()).authorization(origin, self.settings.contact, self._clock.now()),
            "TTL": str(_KEPT_S),
            "Urgency": "high",
            # A push that still waits for a browser that is off is replaced by the next of the same chat.
            "Topic": sha256(chat.encode()).hexdigest()[:32],
            "Content-Length": "0",
        }
        try:
            status = await asyncio.to_thread(_post, endpoint, headers)
        except (OSError, http.client.HTTPException) as away:
            _log.warning("web chat: a push service cannot be reached: %s", type(away).__name__)
            return
        if status in _NOT_THERE:  # the browser has taken its leave back
            await self._store.do(Work(lambda uow: rows.forget_device(uow, endpoint)))
        elif status >= 300:
            _log.warning("web chat: a push service answers %d", status)


def _post(endpoint: str, headers: dict[str, str]) -> int:
    """POST without a body, and without following anybody elsewhere; the status."""
    parts = urlsplit(endpoint)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=_TIMEOUT_S)
    try:
        path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        connection.request("POST", path, headers=headers)
        return connection.getresponse().status
    finally:
        connection.close()
