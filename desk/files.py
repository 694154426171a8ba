"""Photos and papers that come with a form: measured, kept, and named again when the form has to come back."""

from dataclasses import dataclass

from starlette.datastructures import UploadFile

from core.attachments import Attachments
from core.refusals import Invalid

_BYTES_IN_MB = 1024 * 1024


@dataclass(frozen=True)
class Kept:
    """A file that is in the office's files already."""

    sha256: str
    name: str


async def keep_uploads(
    files: Attachments, uploads: tuple[UploadFile, ...], limit: int
) -> tuple[tuple[Kept, ...], tuple[Invalid, ...]]:
    """Keep each file of a form; returns those kept, and why others were not. `limit`: bytes of a file."""
    kept: list[Kept] = []
    refused: list[Invalid] = []
    for upload in uploads:
        try:
            kept.append(await _keep(files, upload, limit))
        except Invalid as refusal:
            refused.append(refusal)
    return tuple(kept), tuple(refused)


async def _keep(files: Attachments, upload: UploadFile, limit: int) -> Kept:
    # Looked at before it is read: what is too large is never taken into memory.
    if (upload.size or 0) > limit:
        raise Invalid("file", "too_large", megabytes(upload.size or 0), megabytes(limit))
    data = await upload.read()
    attachment = await files.keep_async(data, upload.filename or "", upload.content_type or "")
    return Kept(attachment.sha256, attachment.name)


def megabytes(size: int) -> str:
    """A size in MB, rounded up to one place, so that a file over the limit never reads like one at the limit."""
    return f"{-(-size * 10 // _BYTES_IN_MB) / 10:g}"
