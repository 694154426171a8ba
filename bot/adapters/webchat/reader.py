"""Who asks: the session behind a cookie or a Bearer token, and in which language they read."""

import secrets
from dataclasses import dataclass

from fastapi import Request

from bot.adapters.webchat.chats import user_of
from bot.adapters.webchat.refused import Refused
from bot.adapters.webchat.speech import LANGUAGES, Speech
from core.access import Access, Session
from core.directory import Directory
from core.people import Person, Role
from core.store.store import Store

COOKIE = "janmilan_chat"
LANGUAGE_COOKIE = "janmilan_language"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True)
class Reader:
    """Somebody who came in: who they are in the web chat, and how they read.

    user: `person:12` or `guest:petition-7`.   person: None for a guest.   name: as others see it.
    """

    user: str
    person: Person | None
    name: str
    language: str
    session: Session
    cookie: str | None

    @property
    def may_make_groups(self) -> bool:
        """The nodal officer sets the groups up (docs/design.md §1)."""
        return self.person is not None and bool(self.person.roles & {Role.NODAL_OFFICER, Role.ADMINISTRATOR})


class Door:
    """Lets people in by what a request carries."""

    def __init__(self, store: Store, access: Access, speech: Speech, language: str) -> None:
        """`language`: the office's own."""
        self._store = store
        self._access = access
        self._speech = speech
        self._language = language

    async def __call__(self, request: Request) -> Reader:
        """The reader; for a dependency. Raises Refused 401 without a session, 403 for a form of another page."""
        reader = await self.reader(request)
        if reader is None:
            raise Refused(401, "signed_out")
        if reader.cookie and request.method not in _SAFE:
            self.check_form(reader, request.headers.get("x-csrf", ""))
        return reader

    async def reader(self, request: Request) -> Reader | None:
        """The reader, or None when nobody is signed in."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        cookie = None
        if scheme.lower() == "bearer":
            session = await self._access.bearer(token.strip())
        else:
            cookie = request.cookies.get(COOKIE)
            session = await self._access.session(cookie) if cookie else None
        return await self._reader(request, session, cookie) if session else None

    def check_form(self, reader: Reader, brought: str) -> None:
        """A cookie comes by itself, also from a foreign page; the form's mark does not. Raises Refused 403."""
        if not secrets.compare_digest(brought.encode(), reader.session.csrf.encode()):
            raise Refused(403, "no_form_mark")

    def language_of(self, request: Request, session: Session | None = None) -> str:
        """What was chosen in the session or before signing in, what the program asks for, or the office's own."""
        asked = request.headers.get("accept-language", "")[:2].lower()
        for language in (session and session.language, request.cookies.get(LANGUAGE_COOKIE), asked):
            if language in LANGUAGES:
                return str(language)
        return self._language

    async def _reader(self, request: Request, session: Session, cookie: str | None) -> Reader | None:
        directory: Directory = await self._store.read(self._store.directory)
        person = directory.people.get(session.person) if session.person is not None else None
        if session.person is not None and person is None:
            return None
        language = self.language_of(request, session)
        request.state.language = language
        name = person.name(language) if person else self._speech.sentence("complainant", language)
        return Reader(user_of(session.person, session.guest), person, name, language, session, cookie)
