"""Forms as the browser sends them: checked to be this session's own, read once, and sent twice without harm."""

import hashlib
import secrets
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from desk.visitor import Visitor

MOST_FIELDS = 200
MOST_FILES = 12
_LONGEST_NUMBER = 18


class FormExpired(Exception):
    """The form is of another session: older than the present sign-in, or sent from elsewhere."""


class BodyTooLarge(Exception):
    """More was sent than any form of the desk may hold. `most`: how many bytes that is."""

    def __init__(self, most: int) -> None:
        super().__init__(f"at most {most} bytes")
        self.most = most


class Form:
    """The fields of a form: texts as typed, files as sent."""

    def __init__(self, data: FormData) -> None:
        self._data = data

    def text(self, name: str) -> str:
        """What was typed in a field; "" when it is not there. Line ends are \\n."""
        value = self._data.get(name, "")
        return value.replace("\r\n", "\n") if isinstance(value, str) else ""

    def texts(self, name: str) -> tuple[str, ...]:
        """Every value of a field that is there several times."""
        return tuple(value for value in self._data.getlist(name) if isinstance(value, str))

    def ticked(self, name: str) -> bool:
        """Whether a box was ticked, or a button of this name pressed."""
        return name in self._data

    def files(self, name: str) -> tuple[UploadFile, ...]:
        """The files chosen in a field."""
        chosen = [value for value in self._data.getlist(name) if isinstance(value, UploadFile)]
        return tuple(each for each in chosen if each.filename or each.size)

    def key(self, name: str, person: int, more: Iterable[str] = ()) -> str:
        """Under which key this form's work is done: the same form with the same words is the same work.

        Pressed twice, Enter twice, Back and send again: one work (research pitfall K49). Other words, or another tab's
        form, are another work. more: hashes of the files that came with it.
        """
        typed = sorted((k, v) for k, v in self._data.multi_items() if isinstance(v, str) and k != "csrf")
        content = repr((person, typed, sorted(more)))
        return f"desk/{name}/{hashlib.sha256(content.encode()).hexdigest()[:40]}"


@asynccontextmanager
async def read_form(request: Request, visitor: Visitor, most_bytes: int) -> AsyncIterator[Form]:
    """The form of a POST; its files are closed at the end.

    Raises BodyTooLarge, and FormExpired when it does not bring the session's own mark back.
    """
    if int(request.headers.get("content-length", "0") or 0) > most_bytes:
        raise BodyTooLarge(most_bytes)
    async with request.form(max_fields=MOST_FIELDS, max_files=MOST_FILES) as data:
        form = Form(data)
        if not secrets.compare_digest(form.text("csrf").encode(), visitor.session.csrf.encode()):
            raise FormExpired
        yield form


def whole_number(typed: str) -> int | None:
    """An id or a version as a form holds it; None for what no form of ours would bring."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= _LONGEST_NUMBER else None


def new_key() -> str:
    """What makes a form different from every other form with the same words."""
    return secrets.token_urlsafe(9)
