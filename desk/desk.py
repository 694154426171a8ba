"""What every page of the desk works with, and how a page is sent.

`Desk` is made once, by `desk.app.desk`; the rooms (intake, board, complaint, …) get it and nothing else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response

from core.access import Access, Session
from core.attachments import Attachments
from core.clock import Clock
from core.codes import Finder
from core.directory import Directory
from core.office import Office
from core.people import Door, Via
from core.settings import Settings
from core.store.queries.complaint_page import Paper
from core.store.store import Store
from desk.language import LANGUAGES, Speech
from desk.visitor import Visitor

COOKIE = "janmilan_desk"
LANGUAGE_COOKIE = "janmilan_language"


class SignInNeeded(Exception):
    """The page is for somebody of the office, and nobody is signed in (any more)."""


class ChatLine(Protocol):
    """What somebody wrote in a chat about a complaint."""

    @property
    def at(self) -> datetime:
        """When."""

    @property
    def who(self) -> str:
        """Who, by name."""

    @property
    def text(self) -> str:
        """Their words."""

    @property
    def chat(self) -> str:
        """Which chat, by the name of its department; "" for a private one."""


class ChatLines(Protocol):
    """Whoever keeps the archive of the chats; the desk knows no chat."""

    def messages_about(self, code: str) -> Sequence[ChatLine]:
        """The messages about this complaint, oldest first. Called in a thread."""
        ...


class NoChatLines:
    """For an office that keeps no archive."""

    def messages_about(self, code: str) -> Sequence[ChatLine]:
        """Nothing."""
        return ()


class GroupLink(Protocol):
    """A link that binds a group to a department, or to the administration where that is None."""

    @property
    def department(self) -> int | None:
        """Its id."""

    @property
    def address(self) -> str:
        """Where it leads; "" while the platform does not answer."""


class GroupLinks(Protocol):
    """Whoever makes links that add the bot to a group; the desk knows no chat."""

    @property
    def possible(self) -> bool:
        """Whether the office is on a platform that has such links."""

    async def links(self) -> Sequence[GroupLink]:
        """Of everything that has no group yet."""
        ...


@dataclass(frozen=True)
class Desk:
    """The parts of the desk.

    demo: whether one may sign in by choosing a person (the demo district, on loopback).   chat_path: where the personal
    link of the chat leads, before its token.   group_links: None where no chat platform has any.
    """

    office: Office
    store: Store
    access: Access
    settings: Settings
    clock: Clock
    files: Attachments
    chats: ChatLines
    speech: Speech
    demo: bool
    chat_path: str
    group_links: GroupLinks | None = None

    async def visitor(self, request: Request) -> Visitor:
        """Who is at the desk. Raises SignInNeeded for nobody, and for a complainant, whose place is the chat."""
        cookie = request.cookies.get(COOKIE, "")
        session = await self.access.session(cookie) if cookie else None
        if session is None or session.person is None:
            raise SignInNeeded
        return await self.visitor_of(session, Via(Door.DESK), self.language_of(request))

    async def visitor_of(self, session: Session, via: Via, browser: str | None = None) -> Visitor:
        """The person of a session, with what they may do now. Raises SignInNeeded when there is no such person.

        browser: the language that this browser was last used in; it counts where neither the session nor the person
        says one.
        """
        directory = await self.store.read(self.store.directory)
        person = directory.people.get(session.person) if session.person is not None else None
        if person is None:
            raise SignInNeeded
        language = session.language or person.language or browser or self.settings.office.language
        return Visitor(session, person, directory.actor(person.id, via), directory, language)

    def show(
        self,
        request: Request,
        template: str,
        visitor: Visitor | None,
        values: Mapping[str, Any] | None = None,
        status: int = 200,
    ) -> HTMLResponse:
        """A whole page, never kept by the browser: what it shows is somebody's data."""
        language = visitor.language if visitor else self.language_of(request)
        html = self.speech.render(
            template, language, self.clock.now(), self.common(request, visitor) | dict(values or {})
        )
        return HTMLResponse(html, status, headers={"Cache-Control": "no-store"})

    def common(self, request: Request, visitor: Visitor | None) -> dict[str, Any]:
        """What every template may use."""
        return {
            "office": self.settings.office.name,
            "categories": self.settings.categories,
            "rejection": self.settings.rejection,
            "visitor": visitor,
            "csrf": visitor.session.csrf if visitor else "",
            "path": request.url.path,
            "here": request.url.path + (f"?{request.url.query}" if request.url.query else ""),
            "demo": self.demo,
        }

    def language_of(self, request: Request) -> str:
        """What somebody reads who is not signed in: what they chose here before, else the office's language."""
        chosen = request.cookies.get(LANGUAGE_COOKIE, "")
        return chosen if chosen in LANGUAGES else self.settings.office.language

    def public_url(self, request: Request) -> str:
        """The address that links for others begin with, without a slash at the end."""
        return (self.settings.server.public_url or str(request.base_url)).rstrip("/")

    def chat_link(self, request: Request, token: str) -> str:
        """The whole personal link into the chat, as it is printed."""
        return f"{self.public_url(request)}{self.chat_path}{token}"

    def today(self) -> date:
        """The office's date."""
        return self.speech.day_of(self.clock.now())

    def finder(self, directory: Directory) -> Finder:
        """Finds codes in what somebody typed, by the departments of now."""
        departments = directory.departments.values()
        aliases = {alias: each.code for each in departments for alias in each.aliases}
        return Finder([each.code for each in departments], aliases)

    def not_found(
        self, request: Request, visitor: Visitor | None, facts: Mapping[str, object] | None = None
    ) -> HTMLResponse:
        """The page that says that there is nothing, and where to look. `facts`: `typed` and `near` for a code."""
        blank: dict[str, object] = {"typed": "", "near": ()}
        return self.show(request, "error.html", visitor, {"what": "not_found", "facts": blank | dict(facts or {})}, 404)

    async def file(self, paper: Paper, small: bool = False) -> Response:
        """A kept file. Only pictures open in the page; anything else is saved, never run. `small`: 480 pixels."""
        picture = paper.media_type.startswith("image/")
        path = (self.files.small(paper.sha256) if small and picture else None) or self.files.open(paper.sha256)
        if path is None:
            return Response(status_code=404)
        media_type = "image/jpeg" if small and picture else paper.media_type
        headers = {
            "Content-Disposition": f"{'inline' if picture else 'attachment'}; filename*=UTF-8''{quote(paper.name)}",
            "Cache-Control": "private, max-age=86400",
        }
        return FileResponse(path, media_type=media_type, headers=headers)
