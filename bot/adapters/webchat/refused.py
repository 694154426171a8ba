"""How the API says no: one exception, and the route that turns it into a sentence in the reader's language."""

import logging
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from sqlalchemy.exc import SQLAlchemyError

from bot.adapters.webchat.speech import LANGUAGES, Speech
from core.refusals import Refusal
from core.store.work import StoreUnavailable, WorkFailed

_log = logging.getLogger(__name__)


class Refused(Refusal):
    """Nothing was changed. `sentence` is a block of templates/sentences.j2, `values` what it shows.

    status: of HTTP.   field: which field of the request is meant, "" for none.
    """

    def __init__(self, status: int, sentence: str, field: str = "", **values: object) -> None:
        super().__init__()
        self.status = status
        self.sentence = sentence
        self.field = field
        self.values = values


class NotKept(Exception):
    """The engine did not take it: nothing is acknowledged, whoever sent it sends it again."""


def spoken_route(speech: Speech, language_of: Callable[[Request], str]) -> type[APIRoute]:
    """A kind of route whose every error is JSON `{error, field}`, `error` being a sentence for people."""

    def answer(request: Request, status: int, sentence: str, field: str = "", **values: object) -> JSONResponse:
        language = getattr(request.state, "language", None) or language_of(request)
        said = speech.sentence(sentence, language if language in LANGUAGES else "en", **values)
        return JSONResponse({"error": said, "field": field}, status)

    class SpokenRoute(APIRoute):
        def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
            handle = super().get_route_handler()

            async def spoken(request: Request) -> Response:
                try:
                    return await handle(request)
                except Refused as refused:
                    return answer(request, refused.status, refused.sentence, refused.field, **refused.values)
                except RequestValidationError as invalid:
                    field = str(invalid.errors()[0]["loc"][-1])
                    return answer(request, 422, "wrong_field", field, wrong=field)
                except (NotKept, StoreUnavailable, WorkFailed, SQLAlchemyError) as failed:
                    _log.warning("web chat: %s %s not kept: %s", request.method, self.path, type(failed).__name__)
                    return answer(request, 503, "not_kept")

            return spoken

    return SpokenRoute
