"""Who may come in: personal links, sessions, and the tokens of programs (docs/design.md §4, Who may do what).

A *link* holds a token that the office gave to one person or to one complainant; following it begins a *session*, which
a cookie names from then on. Of both the database knows only the sha256: whoever reads it can't come in.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, TypeVar

from core.clock import Clock
from core.people import Role
from core.store import access as rows
from core.store.people_tables import PersonRow, RoleRow
from core.store.store import Store
from core.store.tables import table_of
from core.store.unit import UnitOfWork
from core.store.work import Result, Work

T = TypeVar("T")
Purpose = Literal["chat", "desk", "claim"]

TOKEN_BYTES = 32
#: How long a session lasts: a working day at the desk; a phone stays in its chat.
LASTS: dict[str, timedelta] = {"desk": timedelta(hours=16), "claim": timedelta(hours=16), "chat": timedelta(days=180)}


@dataclass(frozen=True)
class Session:
    """Somebody who came in: a person of the office, or a guest (a complainant with their petition).

    guest: by which name the chat knows a complainant, the same for every link of a petition.
    csrf: what every form that this session sends must bring back.   language: as chosen here, else None.
    """

    id: int
    person: int | None
    guest: str | None
    petition: int | None
    csrf: str
    language: str | None


@dataclass(frozen=True)
class Entered:
    """A session that has just begun, and what its cookie must hold. `cookie` is told once and never stored."""

    cookie: str
    session: Session
    lasts: timedelta


@dataclass(frozen=True)
class NewAdministrator:
    """The name that a claim link's follower gives, in both scripts."""

    name_hi: str
    name_en: str = ""


class Access:
    """Gives links out and lets people in by them."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def issue_link(
        self,
        person: int | None,
        purpose: Purpose,
        once: bool,
        ttl: timedelta | None,
        petition: int | None = None,
    ) -> str:
        """A new token for a link, URL-safe, 32 random bytes. It is told here and nowhere else.

        person: whose link it is; None with `petition` for its complainant, and None for a claim of the desk.
        once: dies when followed.   ttl: how long it can be followed, None for ever.
        """
        work = self._issuing(person, purpose, once, ttl, petition)
        return _value(await self._store.do(work))

    def issue_link_now(
        self, person: int | None, purpose: Purpose, once: bool, ttl: timedelta | None, petition: int | None = None
    ) -> str:
        """The same from a thread or the command line."""
        return _value(self._store.do_now(self._issuing(person, purpose, once, ttl, petition)))

    async def enter(
        self, token: str, purpose: Purpose, replacing: str | None = None, claimed_by: NewAdministrator | None = None
    ) -> Entered | None:
        """Follow a link: begin a session, or None when the token is unknown, for something else, expired or used.

        replacing: the cookie that the follower held so far; its session ends (so a cookie planted before is worth
        nothing after).   claimed_by: who becomes the administrator by a claim link that is for nobody yet.
        """

        def run(uow: UnitOfWork) -> Entered | None:
            link = uow.fresh(rows.LINK_TO_FOLLOW, {"hash": _hash(token)}).one_or_none()
            if link is None or link.purpose != purpose or not _alive(link, uow.now):
                return None
            uow.write(rows.MARK_USED, {"link": link.id, "at": uow.now})
            person = link.person
            if purpose == "claim" and person is None:
                person = _make_administrator(uow, claimed_by or NewAdministrator(""))
            return _begin(uow, purpose, person, _guest(link) if person is None else None, link.petition, replacing)

        return (await self._store.do(Work(run))).value

    async def enter_as(self, person: int, purpose: Purpose, replacing: str | None = None) -> Entered:
        """Begin a session as a person without a link. For the demo district alone, where one chooses who one is."""
        work = Work(lambda uow: _begin(uow, purpose, person, None, None, replacing))
        return _value(await self._store.do(work))

    async def claimable(self, token: str) -> bool:
        """Whether a claim link would still let somebody in, without using it up."""
        link = await self._store.read(lambda connection: rows.link_of(connection, _hash(token)))
        return link is not None and link.purpose == "claim" and _alive(link, self._clock.now())

    async def session(self, cookie: str) -> Session | None:
        """The session that a cookie names; None when there is none, or it has ended."""
        row = await self._store.read(lambda connection: rows.session_of(connection, _hash(cookie)))
        if row is None or row.expires_at <= self._clock.now():
            return None
        return Session(row.id, row.person, row.guest, row.petition, csrf_of(cookie), row.language)

    async def bearer(self, token: str) -> Session | None:
        """Who a program acts for: the token is that of a personal chat link that is no once-link."""
        link = await self._store.read(lambda connection: rows.link_of(connection, _hash(token)))
        if link is None or link.purpose != "chat" or link.once or not _alive(link, self._clock.now()):
            return None
        return Session(link.id, link.person, _guest(link), link.petition, csrf_of(token), None)

    async def speak(self, cookie: str, language: str) -> None:
        """From now on the session of this cookie reads `language`."""
        params = {"hash": _hash(cookie), "spoken": language}
        await self._store.do(Work(lambda uow: uow.write(rows.SET_LANGUAGE, params)))

    async def end(self, cookie: str) -> None:
        """Sign out: the cookie is worth nothing from now on."""
        await self._store.do(Work(lambda uow: _end(uow, cookie)))

    def _issuing(
        self, person: int | None, purpose: Purpose, once: bool, ttl: timedelta | None, petition: int | None
    ) -> Work[str]:
        def run(uow: UnitOfWork) -> str:
            token = secrets.token_urlsafe(TOKEN_BYTES)
            row = {
                "id": uow.new_id("link"),
                "token_hash": _hash(token),
                "purpose": purpose,
                "person": person,
                "petition": petition,
                "once": once,
                "issued_at": uow.now,
                "expires_at": uow.now + ttl if ttl is not None else None,
                "used_at": None,
            }
            uow.insert(rows.LINK, row)
            return token

        return Work(run)


def csrf_of(cookie: str) -> str:
    """What the forms of a session bring back: made of its cookie, so nobody without the cookie can know it."""
    return hashlib.sha256(b"form:" + cookie.encode()).hexdigest()[:40]


def look(uow: UnitOfWork, person: int, complaint: int) -> None:
    """Put on record that the person saw the full phone number of this complaint's complainant."""
    uow.insert(rows.LOOK, {"id": uow.new_id("look"), "person": person, "complaint": complaint, "at": uow.now})


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _alive(link: Any, now: datetime) -> bool:
    if link.expires_at is not None and link.expires_at <= now:
        return False
    return not (link.once and link.used_at is not None)


def _guest(link: Any) -> str | None:
    """By which name the chat knows whoever follows a link that is for no person of the office."""
    if link.person is not None:
        return None
    return f"petition-{link.petition}" if link.petition is not None else f"guest-{link.id}"


def _begin(
    uow: UnitOfWork, purpose: str, person: int | None, guest: str | None, petition: int | None, replacing: str | None
) -> Entered:
    if replacing:
        _end(uow, replacing)
    cookie = secrets.token_urlsafe(TOKEN_BYTES)
    language = uow.directory.people[person].language if person is not None else None
    if petition is not None:
        language = uow.read(rows.LANGUAGE_OF_PETITION, {"petition": petition}).scalar()
    id = uow.new_id("session")
    row = {
        "token_hash": _hash(cookie),
        "id": id,
        "person": person,
        "guest": guest,
        "petition": petition,
        "language": language,
        "begun_at": uow.now,
        "expires_at": uow.now + LASTS[purpose],
    }
    uow.insert(rows.SESSION, row)
    return Entered(cookie, Session(id, person, guest, petition, csrf_of(cookie), language), LASTS[purpose])


def _end(uow: UnitOfWork, cookie: str) -> None:
    uow.write(rows.END_SESSION, {"hash": _hash(cookie), "at": uow.now})


def _make_administrator(uow: UnitOfWork, named: NewAdministrator) -> int:
    id = uow.new_id("person")
    names = {"name_hi": named.name_hi, "name_en": named.name_en}
    blank = {"designation_hi": "", "designation_en": "", "staff": False, "phone": "", "language": None}
    uow.insert(table_of(PersonRow), {"id": id, **names, **blank})
    uow.insert(table_of(RoleRow), {"person": id, "role": Role.ADMINISTRATOR.value})
    uow.changed_directory()
    return id


def _value(result: Result[T]) -> T:
    assert result.value is not None, "a work without a key is never a repeat, so it has a value"
    return result.value
