"""What is answered to a request that is cut off because the office stops: come again."""

import asyncio

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COME_AGAIN_S = 5


class AnswersWhenStopped:
    """A server that stops cancels what takes too long, and would answer 500 for it, as if something were broken."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; cut off before anything was answered, it is told to come again (503)."""
        begun = scope["type"] != "http"

        async def noting(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, noting)
        except asyncio.CancelledError:
            if not begun:
                await Response(status_code=503, headers={"Retry-After": str(COME_AGAIN_S)})(scope, receive, send)
            raise
