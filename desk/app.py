"""The desk as one ASGI application: its rooms put together, and what is answered when something does not work."""

import logging
from pathlib import Path

from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import desk.api.routes
import desk.board.routes
import desk.complaint.routes
import desk.holidays.routes
import desk.intake.routes
import desk.morning.routes
import desk.people.routes
import desk.setup.routes
import desk.signing_in.routes
import desk.verifying.routes
from core.access import Access
from core.attachments import Attachments
from core.clock import Clock
from core.office import Office
from core.settings import Settings
from core.store.store import Store
from desk.desk import ChatLines, Desk, GroupLinks, NoChatLines
from desk.language import speech_of
from desk.stopping import AnswersWhenStopped
from desk.trouble import answer_trouble

STATIC = Path(__file__).parent / "static"
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # An address may hold a token, and a code says which complaint somebody reads.
    "Referrer-Policy": "same-origin",
}
DESCRIPTION = Path(__file__).with_name("api") / "description.md"
_log = logging.getLogger(__name__)


def make_desk(
    office: Office,
    store: Store,
    access: Access,
    settings: Settings,
    clock: Clock,
    files: Attachments,
    chats: ChatLines | None = None,
    demo: bool = False,
    chat_path: str = "/chat/p/",
    group_links: GroupLinks | None = None,
) -> FastAPI:
    """The application: pages at /, JSON at /api, its description at /api/openapi.json and, for people, at /api.

    chats: the archive of the chats, for a complaint's page.   demo: one may sign in by choosing a person; for a
    district that is played on loopback.   chat_path: where the chat's personal link leads, before its token.
    group_links: whoever makes links that bind groups. Further routers (the chat's API, webhooks, /healthz) are added by
    the composition root.
    """
    parts = Desk(
        office,
        store,
        access,
        settings,
        clock,
        files,
        chats or NoChatLines(),
        speech_of(settings.office.zone),
        demo,
        chat_path,
        group_links if group_links is not None and group_links.possible else None,
    )
    app = FastAPI(
        title="Jan Milan",
        description=DESCRIPTION.read_text(encoding="utf-8"),
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    for room in (
        desk.signing_in.routes.routes,
        desk.board.routes.routes,
        desk.intake.routes.routes,
        desk.morning.routes.routes,
        desk.complaint.routes.routes,
        desk.verifying.routes.routes,
        desk.people.routes.routes,
        desk.setup.routes.routes,
        desk.holidays.routes.routes,
        desk.api.routes.api_page,
        desk.api.routes.routes,
    ):
        # As they are: `include_router` would make every route a second time.
        app.router.routes.extend(room(parts).routes)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_middleware(SafeHeaders)
    app.add_middleware(AnswersWhenStopped)
    answer_trouble(app, parts)
    return app


class SafeHeaders:
    """Puts the headers on every answer that keep a page from loading, framing or telling anything outside."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; set what the answer does not set itself."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, with_headers)
