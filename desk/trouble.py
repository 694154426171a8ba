"""What is answered when something does not work: a page for people, JSON for programs, always with what to do."""

import logging
from collections.abc import Awaitable, Callable
from urllib.parse import quote

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from markupsafe import Markup
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from core.people import Door, Via
from core.refusals import Invalid, NotAllowed, Refusal
from core.store.outages import is_unavailable, reason_of
from core.store.work import StoreUnavailable, WorkFailed
from desk.desk import Desk, SignInNeeded
from desk.files import megabytes
from desk.forms import BodyTooLarge, FormExpired
from desk.refusals import status_of, template_of
from desk.visitor import Visitor

LIVE = frozenset({"/board/live", "/morning/live"})
"""Streams: the page that listens says itself that nobody is signed in."""

_log = logging.getLogger(__name__)


def answer_trouble(app: FastAPI, parts: Desk) -> None:
    """Every error is a sentence that says what to do: a page for people, JSON for programs."""
    say = _Trouble(parts)
    answers: dict[type[Exception] | int, Callable[[Request, Exception], Awaitable[Response]]] = {
        SignInNeeded: say.sign_in,
        Refusal: say.refused,
        FormExpired: say.expired,
        BodyTooLarge: say.too_large,
        StoreUnavailable: say.unavailable,
        DBAPIError: say.unreadable,
        WorkFailed: say.failed,
        RequestValidationError: say.invalid,
        HTTPException: say.http,
        Exception: say.unexpected,
    }
    for error, answer in answers.items():
        app.add_exception_handler(error, answer)


class _Trouble:
    """Answers for what can go wrong on any page."""

    def __init__(self, parts: Desk) -> None:
        self._desk = parts

    async def sign_in(self, request: Request, error: Exception) -> Response:
        if _for_program(request):
            return await self._json(request, 401, "sign_in_needed", "token")
        if request.url.path in LIVE:
            return Response(status_code=401)
        if request.method != "GET":
            return await self._page(request, "signed_out", 401)
        back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/sign-in?back={quote(back, safe='')}", 303)

    async def refused(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, Refusal)
        if _for_program(request):
            return await self._json_refusal(request, error)
        if isinstance(error, NotAllowed):
            return await self._page(request, "not_allowed", 403, role="" if error.code else error.role, ask="")
        return await self._page(
            request, "refused", status_of(error), refusal=template_of(error), refusal_facts=error.facts()
        )

    async def expired(self, request: Request, error: Exception) -> Response:
        return await self._page(request, "expired", 403)

    async def too_large(self, request: Request, error: Exception) -> Response:
        # Taken to its end: a browser whose upload is cut off never gets to read why.
        async for _ in request.stream():
            pass
        return await self._page(request, "too_large", 413, m=megabytes(self._desk.settings.files.limit))

    async def unavailable(self, request: Request, error: Exception) -> Response:
        _log.error("the database cannot be used: %s", error)
        if _for_program(request):
            return await self._json(request, 503, "unavailable", "")
        return await self._page(request, "unavailable", 503)

    async def unreadable(self, request: Request, error: Exception) -> Response:
        """A query of a page failed: the database is away, or the query is wrong."""
        assert isinstance(error, DBAPIError)
        if not is_unavailable(error):
            return await self.unexpected(request, error)
        return await self.unavailable(request, StoreUnavailable(reason_of(error)))

    async def failed(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, WorkFailed)
        if _for_program(request):
            return await self._json(request, 500, "failed", "")
        return await self._page(request, "failed", 500, ref=f"F-{error.reference}")

    async def invalid(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        if not _for_program(request):
            return await self._page(request, "not_found", 404, typed="", near=())
        place = ".".join(str(part) for part in error.errors()[0]["loc"][1:])
        return await self._json(request, 422, "invalid", place)

    async def http(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        if _for_program(request):
            return await self._json(request, error.status_code, "not_found", "")
        return await self._page(request, "not_found", error.status_code, typed="", near=())

    async def unexpected(self, request: Request, error: Exception) -> Response:
        # The words of an exception may hold what somebody wrote: its type and place are enough.
        _log.error("%s %s: %s", request.method, request.url.path, type(error).__name__)
        if _for_program(request):
            return await self._json(request, 500, "failed", "")
        return await self._page(request, "failed", 500, ref="")

    async def _visitor(self, request: Request) -> Visitor | None:
        try:
            if _for_program(request):
                token = request.headers.get("authorization", "").partition(" ")[2]
                session = await self._desk.access.bearer(token)
                return await self._desk.visitor_of(session, Via(Door.API)) if session else None
            return await self._desk.visitor(request)
        except Exception:
            return None

    async def _page(self, request: Request, what: str, status: int, **facts: object) -> Response:
        visitor = await self._visitor(request)
        if what == "not_allowed" and visitor is not None:
            facts["ask"] = _whom_to_ask(visitor, facts["role"])
        values = {"what": what, "facts": {"ref": "", **facts}}
        return self._desk.show(request, "error.html", visitor, values, status)

    async def _json(self, request: Request, status: int, reason: str, field: str) -> Response:
        visitor = await self._visitor(request)
        language = visitor.language if visitor else self._desk.language_of(request)
        values = {"reason": reason, "field": field}
        said = self._desk.speech.render("part/api_trouble.html", language, self._desk.clock.now(), values)
        return JSONResponse({"error": _plain(said), "reason": reason, "field": field}, status)

    async def _json_refusal(self, request: Request, refusal: Refusal) -> Response:
        visitor = await self._visitor(request)
        language = visitor.language if visitor else self._desk.language_of(request)
        facts = refusal.facts()
        values = self._desk.common(request, visitor) | {"facts": facts, "changed_by": None}
        said = self._desk.speech.render(template_of(refusal), language, self._desk.clock.now(), values)
        field = refusal.field if isinstance(refusal, Invalid) else ""
        return JSONResponse({"error": _plain(said), "reason": refusal.name, "field": field}, status_of(refusal))


def _for_program(request: Request) -> bool:
    return request.url.path.startswith("/api/")


def _plain(html: str) -> str:
    return Markup(html).striptags()


def _whom_to_ask(visitor: Visitor, role: object) -> str:
    """Somebody who has the role that is needed."""
    able = [each for each in visitor.directory.people.values() if role in each.roles]
    return able[0].name(visitor.language) if able else ""
