"""The pages: the messenger itself, the way in by a personal link, by choosing a person (demo), or as a complainant."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlalchemy import Connection

from bot.adapters.webchat.assets import Assets
from bot.adapters.webchat.messenger import Messenger
from bot.adapters.webchat.reader import COOKIE, LANGUAGE_COOKIE, Door, Reader
from bot.adapters.webchat.refused import Refused
from bot.adapters.webchat.shapes import FILES_LIMIT, TEXT_LIMIT
from bot.adapters.webchat.speech import LANGUAGES, Speech
from bot.adapters.webchat.views import about, found_by
from bot.adapters.webchat.waking import Waker
from core.access import Access, Entered
from core.clock import Clock
from core.settings import OfficeSettings
from core.store.store import Store

HOME = "/chat"
MOST_PEOPLE = 40
_A_YEAR = 365 * 24 * 3600
_AT_ONCE = timedelta(minutes=1)
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; media-src 'self'; "
    "worker-src 'self'; manifest-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


class Pages:
    """Makes the pages. `demo`: anybody may choose who they are; for a demo district on this machine alone."""

    def __init__(
        self,
        store: Store,
        access: Access,
        messenger: Messenger,
        speech: Speech,
        settings: OfficeSettings,
        door: Door,
        assets: Assets,
        waker: Waker,
        clock: Clock,
        demo: bool,
    ) -> None:
        self._store = store
        self._access = access
        self._messenger = messenger
        self._speech = speech
        self._settings = settings
        self._door = door
        self._assets = assets
        self._waker = waker
        self._clock = clock
        self._demo = demo

    def router(self) -> APIRouter:
        """The routes of the pages."""
        router = APIRouter(include_in_schema=False)
        router.get("/chat", response_class=HTMLResponse)(self.home)
        router.get("/chat/p/{token}")(self.follow_link)
        router.post("/chat/guest")(self.come_as_guest)
        router.post("/chat/out")(self.go_out)
        router.get("/chat/language/{language}")(self.choose_language)
        router.get("/chat/offline", response_class=HTMLResponse)(self.offline)
        if self._demo:
            router.post("/chat/enter")(self.enter_as)
        return router

    async def home(self, request: Request, search: Annotated[str, Query(max_length=100)] = "") -> Response:
        """The messenger, or the way in."""
        reader = await self._door.reader(request)
        return await self._chats(reader) if reader else await self._way_in(request, search)

    async def follow_link(self, request: Request, token: str) -> Response:
        """Come in by a personal link."""
        entered = await self._access.enter(token, "chat", replacing=request.cookies.get(COOKIE))
        if entered is None:
            return await self._way_in(request, link_failed=True)
        return await self._let_in(request, entered)

    async def enter_as(self, request: Request, person: Annotated[int, Form()]) -> Response:
        """Come in as the person chosen; the demo district alone has this."""
        directory = await self._store.read(self._store.directory)
        if person not in directory.people:
            return RedirectResponse(HOME, 303)
        entered = await self._access.enter_as(person, "chat", replacing=request.cookies.get(COOKIE))
        return await self._let_in(request, entered)

    async def come_as_guest(self, request: Request) -> Response:
        """A complainant comes to ask: nobody knows them yet; their code and phone will tell."""
        token = await self._access.issue_link(None, "chat", once=True, ttl=_AT_ONCE)
        entered = await self._access.enter(token, "chat", replacing=request.cookies.get(COOKIE))
        assert entered is not None, "a link that was just given out lets in"
        return await self._let_in(request, entered)

    async def go_out(self, request: Request, csrf: Annotated[str, Form()] = "") -> Response:
        """Sign out."""
        reader = await self._door.reader(request)
        if reader is not None and reader.cookie:
            try:
                self._door.check_form(reader, csrf)
            except Refused:
                return RedirectResponse(HOME, 303)
            await self._access.end(reader.cookie)
        answer = RedirectResponse(HOME, 303)
        answer.delete_cookie(COOKIE, path=HOME)
        return answer

    async def choose_language(self, request: Request, language: str) -> Response:
        """Read in another language from now on."""
        answer = RedirectResponse(HOME, 303)
        if language in LANGUAGES:
            cookie = request.cookies.get(COOKIE)
            if cookie:
                await self._access.speak(cookie, language)
            answer.set_cookie(LANGUAGE_COOKIE, language, max_age=_A_YEAR, path=HOME, samesite="lax", httponly=True)
        return answer

    async def offline(self, request: Request) -> Response:
        """What the service worker keeps for the time without a connection; it says everything in both languages."""
        names = ("bot", "offline", "offline_cure", "try_again")
        says = [
            {"language": language, **{name: self._speech.sentence(name, language) for name in names}}
            for language in LANGUAGES
        ]
        name = " · ".join(told["bot"] for told in says)
        return self._page("offline", LANGUAGES[0], {"says": says, "name": name})

    async def _chats(self, reader: Reader) -> Response:
        me = {
            "id": reader.user,
            "name": reader.name,
            "guest": reader.person is None,
            "may_make_groups": reader.may_make_groups,
        }
        limits = {"text": TEXT_LIMIT, "files": FILES_LIMIT, "file_bytes": self._settings.files.limit}
        page_data = {
            "me": me,
            "csrf": reader.session.csrf,
            "language": reader.language,
            "zone": self._settings.office.timezone,
            "now": self._clock.now().isoformat(),
            "limits": limits,
            "push_key": await self._waker.public_key(),
        }
        return self._page("messenger", reader.language, {"me": me, "page_data": page_data})

    async def _way_in(self, request: Request, search: str = "", link_failed: bool = False) -> Response:
        language = self._door.language_of(request)
        people, more = await self._store.read(lambda connection: self._people(connection, search, language))
        name = self._settings.office.name
        values = {
            "office": name.en if language == "en" else name.hi,
            "link_failed": link_failed,
            "demo": self._demo,
            "people": people,
            "more": more,
            "search": search,
        }
        return self._page("entry", language, values, 404 if link_failed else 200)

    def _people(self, connection: Connection, search: str, language: str) -> tuple[list[dict[str, object]], int]:
        """Who can be chosen in the demo district, and how many more there are."""
        if not self._demo:
            return [], 0
        directory = self._store.directory(connection)
        # Those who can do most come first, so that whoever looks around finds them without searching.
        ranked = sorted(directory.people.values(), key=lambda person: (-len(person.roles), person.staff, person.id))
        found = found_by(ranked, search, directory, self._speech)
        shown = [
            {"id": each.id, "name": each.name(language), "about": about(each, directory, self._speech, language)}
            for each in found[:MOST_PEOPLE]
        ]
        return shown, max(0, len(found) - MOST_PEOPLE)

    def _page(self, template: str, language: str, values: Mapping[str, object], status: int = 200) -> Response:
        shown = {**values, "assets": self._assets.root}
        return HTMLResponse(self._speech.page(template, language, **shown), status, headers=_HEADERS)

    async def _let_in(self, request: Request, entered: Entered) -> Response:
        await self._messenger.welcome(entered.session)
        answer = RedirectResponse(HOME, 303, headers={"Referrer-Policy": "no-referrer", "Cache-Control": "no-store"})
        answer.set_cookie(
            COOKIE,
            entered.cookie,
            max_age=int(entered.lasts.total_seconds()),
            path=HOME,
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )
        return answer
