"""/hooks/ACCOUNT: where platforms bring their updates, answered after the commit (docs/design.md §3, 4; §6)."""

import logging
from collections.abc import Mapping

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bot.adapters.base import Adapter, Call, CanBeCalled, Receive
from core.store.work import StoreUnavailable

LARGEST_BODY = 4_000_000
"""Bytes. WhatsApp sends up to 3 MB in one call, Telegram far less."""

AGAIN_AFTER_S = 1

_log = logging.getLogger(__name__)


def hooks(adapters: Mapping[str, Adapter], receive: Receive) -> APIRouter:
    """The routes. adapters: by the account's name in config.yaml; those that cannot be called have none."""
    router = APIRouter(include_in_schema=False)

    @router.api_route("/hooks/{account}", methods=["GET", "POST"])
    async def called(account: str, request: Request) -> Response:
        adapter = adapters.get(account)
        if not isinstance(adapter, CanBeCalled):
            return Response(status_code=404)
        body = await _body(request)
        if body is None:
            return Response(status_code=413)
        headers = {name.lower(): value for name, value in request.headers.items()}
        try:
            answer = await adapter.called(Call(request.method, dict(request.query_params), headers, body), receive)
        except StoreUnavailable:
            return Response(status_code=503, headers={"Retry-After": str(AGAIN_AFTER_S)})
        except Exception as bug:
            # Its words may be what somebody wrote. The platform brings it again.
            _log.error("hooks: the adapter of %s failed: %s", adapter.platform, type(bug).__name__)
            return Response(status_code=500)
        return Response(answer.body, answer.status, media_type=answer.media_type)

    return router


async def _body(request: Request) -> bytes | None:
    """All of it, or None if it is more than is taken."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > LARGEST_BODY:
            return None
        parts.append(part)
    return b"".join(parts)
