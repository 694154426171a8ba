"""Files over the API: uploaded before they are sent, given only to those who are in a chat that carries them."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import FileResponse
from starlette.datastructures import UploadFile

from bot.adapters.webchat.messenger import Messenger
from bot.adapters.webchat.reader import Door, Reader
from bot.adapters.webchat.refused import Refused
from bot.adapters.webchat.shapes import FileView, Problem, Sha256
from bot.adapters.webchat.views import PICTURES, file_view
from bot.graphemes import one_line
from bot.store import webchat as rows
from core.attachments import Attachments
from core.refusals import Invalid
from core.store.store import Store

BYTES_IN_MB = 1024**2
_AROUND_THE_FILE = 64 * 1024
"""What a multipart form may have beside the file itself."""

_NAME_LENGTH = 200
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, max-age=31536000, immutable",
}
_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}}
            },
            "application/octet-stream": {"schema": {"type": "string", "format": "binary"}},
        },
    }
}


def add_files(
    router: APIRouter, store: Store, messenger: Messenger, files: Attachments, limit: int, door: Door
) -> None:
    """POST /files and GET /files/{sha256}. `limit`: bytes of a file."""

    @router.post("/files", openapi_extra=_BODY, responses={413: {"model": Problem}, 422: {"model": Problem}})
    async def upload(
        request: Request,
        reader: Annotated[Reader, Depends(door)],
        name: Annotated[str, Query(description="The file's name, where the body is the file itself.")] = "",
    ) -> FileView:
        """Upload a file, as the field `file` of a form or as the body itself. Send it then with a message."""
        data, named, media_type = await _received(request, limit)
        called = one_line(named or name)[:_NAME_LENGTH] or "file"
        try:
            kept = await files.keep_async(data, called, media_type)
        except Invalid as invalid:
            raise _not_kept(invalid) from invalid
        await messenger.keep_upload(reader, kept.sha256, called, kept.media_type, kept.size)
        return file_view({"sha256": kept.sha256, "name": called, "media_type": kept.media_type, "size": kept.size})

    @router.get("/files/{sha256}", response_class=FileResponse, responses={404: {"model": Problem}})
    async def file(
        sha256: Sha256,
        reader: Annotated[Reader, Depends(door)],
        size: Annotated[str, Query(description="`small` for a small picture of a photo.")] = "",
    ) -> FileResponse:
        """A file that a message of one of your chats carries, or that you uploaded."""
        held = await store.read(
            lambda connection: rows.held_file(
                connection,
                sha256,
                [
                    f"user:{reader.user}",
                    *(f"chat:{chat}" for chat in messenger.chats(connection, store.directory(connection), reader.user)),
                ],
            )
        )
        if held is None:
            raise Refused(404, "unknown_file")
        small = files.small(sha256) if size == "small" else None
        if small is not None:
            return FileResponse(small, media_type="image/jpeg", headers=_HEADERS)
        path = files.open(sha256)
        if path is None:
            raise Refused(404, "unknown_file")
        shown = "inline" if held.media_type in PICTURES else "attachment"
        disposition = f"{shown}; filename*=UTF-8''{quote(held.name)}"
        return FileResponse(path, media_type=held.media_type, headers={**_HEADERS, "Content-Disposition": disposition})


async def _received(request: Request, limit: int) -> tuple[bytes, str, str]:
    """The file's bytes, name and media type, whichever way it was sent. Raises Refused 413 above the limit."""
    declared = int(request.headers.get("content-length") or 0)
    multipart = request.headers.get("content-type", "").startswith("multipart/form-data")
    if declared > limit + (_AROUND_THE_FILE if multipart else 0):
        # Taken to its end: a browser whose upload is cut off never gets to read why.
        async for _ in request.stream():
            pass
        raise _too_large(declared, limit)
    if multipart:
        return await _from_form(request, limit)
    data = bytearray()
    length = 0
    async for part in request.stream():
        length += len(part)
        if length <= limit:
            data += part
    if length > limit:
        raise _too_large(length, limit)
    if not data:
        raise Refused(422, "no_file", "file")
    return bytes(data), "", request.headers.get("content-type", "application/octet-stream")


async def _from_form(request: Request, limit: int) -> tuple[bytes, str, str]:
    async with request.form(max_files=1, max_fields=5) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile) or not file.size:
            raise Refused(422, "no_file", "file")
        if file.size > limit:
            raise _too_large(file.size, limit)
        return await file.read(), file.filename or "", file.content_type or "application/octet-stream"


def _not_kept(invalid: Invalid) -> Refused:
    sentence = {"too_large": "file", "empty": "no_file", "too_many_pixels": "too_many_pixels", "type": "unknown_kind"}
    status = 413 if invalid.reason == "too_large" else 422
    return Refused(status, sentence.get(invalid.reason, "broken_file"), "file", n=invalid.value, m=invalid.limit)


def _too_large(size: int, limit: int) -> Refused:
    tenths, most = round(size * 10 / BYTES_IN_MB), round(limit * 10 / BYTES_IN_MB)
    # A file over the limit must not read as if it were as large as the limit.
    return Refused(413, "file", "file", n=f"{max(tenths, most + 1) / 10:g}", m=f"{most / 10:g}")
