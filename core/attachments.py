"""Photos and papers: files that are kept under the sha256 of their content (docs/design.md §2, core).

    attachments = Attachments(Path("data/files"), store, limit_bytes=10 * 1024**2)
    kept = await attachments.keep_async(data, "drain.jpg", "image/jpeg")

What a file is, its content says, not its name. A picture is kept upright and without what the camera wrote into it
(core.pictures); whoever asks for a file by its sha256 gets what was kept, never what was sent. The file is durable
before its row is: a crash between leaves bytes that nobody names, and sending again completes it.
"""

import asyncio
import hashlib
import os
import tempfile
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row

from core import pictures
from core.file_kinds import media_type_of
from core.likeness import look_of
from core.refusals import Invalid
from core.store.queries.attachments import attachment_of, keep_attachment
from core.store.queries.pictures import keep_alike, keep_picture, pictures_alike
from core.store.store import Store
from core.store.unit import UnitOfWork
from core.store.work import StoreUnavailable, Work

LONGEST_NAME = 200
_MEGABYTE = 1024**2
_SMALL = f".{pictures.SIDE}.jpg"


@dataclass(frozen=True)
class Attachment:
    """A file that is kept. `size` is in bytes; `media_type` is what its content is."""

    sha256: str
    name: str
    media_type: str
    size: int


class Attachments:
    """The office's files in `folder`, one for each content: `<folder>/ab/abcd…`. Safe to use from several threads."""

    def __init__(self, folder: Path, store: Store, limit_bytes: int) -> None:
        self._folder = folder
        self._store = store
        self._limit = limit_bytes

    def keep(self, data: bytes, name: str, media_type: str) -> Attachment:
        """Keep a file; returns after it is durable. Run it in a thread, or use `keep_async`.

        name: as the sender calls it, for people.   media_type: as the sender says; only its content decides.
        Raises Invalid("file", reason): too_large (value and limit in MB), type, broken, too_many_pixels (megapixels),
        empty; StoreUnavailable when the disk or the database does not take it.
        """
        if len(data) > self._limit:
            raise Invalid("file", "too_large", _megabytes(len(data)), _megabytes(self._limit))
        known = self._known(hashlib.sha256(data).hexdigest())
        if known is not None:
            return Attachment(known.sha256, _shown(name), known.media_type, known.size)
        kind = media_type_of(data, media_type)
        content = _clean(data, kind)
        sha256 = hashlib.sha256(content).hexdigest()
        self._write(sha256, content, kind)
        kept = Attachment(sha256, _shown(name), kind, len(content))
        alike = self._look_at(sha256, pictures.place_of(data)) if kind in pictures.FORMATS else ()

        def keep(unit: UnitOfWork) -> None:
            keep_alike(unit, sha256, alike)
            keep_attachment(unit, sha256, kept.name, kind, kept.size, unit.now)

        self._store.do_now(Work(keep))
        return kept

    def _look_at(self, sha256: str, place: tuple[float, float] | None) -> tuple[str, ...]:
        """Put down how a picture looks, by its small form; returns those that look like it.

        First it is put down, then the others are looked for: of two that come at once the later finds the earlier.
        The file's own row comes last; when the process dies before it, sending again does all of it again.
        """
        look = look_of(self._path(sha256 + _SMALL).read_bytes())
        self._store.do_now(Work(lambda unit: keep_picture(unit, sha256, look, place)))
        return self._store.read_now(lambda connection: pictures_alike(connection, sha256, look))

    async def keep_async(self, data: bytes, name: str, media_type: str) -> Attachment:
        """The same from the event loop."""
        return await asyncio.to_thread(self.keep, data, name, media_type)

    async def read(self, sha256: str) -> bytes:
        """A kept file's bytes. Raises KeyError for one that is not kept."""
        path = self.open(sha256)
        if path is None:
            raise KeyError(sha256)
        return await asyncio.to_thread(path.read_bytes)

    def open(self, sha256: str) -> Path | None:
        """Where a kept file stands; None for one that is not kept, and for what is no sha256 at all."""
        return _there(self._path(sha256)) if _is_sha256(sha256) else None

    def small(self, sha256: str) -> Path | None:
        """Where the small picture (480 pixels) of a kept photo stands; None for other files."""
        return _there(self._path(sha256 + _SMALL)) if _is_sha256(sha256) else None

    def get(self, connection: Connection, sha256: str) -> Attachment | None:
        """What is known of a kept file."""
        row = attachment_of(connection, sha256)
        return None if row is None else Attachment(row.sha256, row.name, row.media_type, row.size)

    def _known(self, sha256: str) -> Row[Any] | None:
        """The row of this content, if it was kept as it is: a photo that comes back is not encoded once more."""
        row = self._store.read_now(lambda connection: attachment_of(connection, sha256))
        return row if row is not None and self.open(sha256) is not None else None

    def _write(self, sha256: str, content: bytes, kind: str) -> None:
        try:
            if kind in pictures.FORMATS:
                _write_durably(self._path(sha256 + _SMALL), pictures.small(content, kind))
            _write_durably(self._path(sha256), content)
        except OSError as error:
            raise StoreUnavailable(error.strerror or type(error).__name__) from error

    def _path(self, name: str) -> Path:
        return self._folder / name[:2] / name


def _clean(data: bytes, kind: str) -> bytes:
    if kind not in pictures.FORMATS:
        return data
    try:
        return pictures.cleaned(data, kind)
    except pictures.TooManyPixels as error:
        limit = pictures.MOST_PIXELS // 10**6
        raise Invalid("file", "too_many_pixels", str(-(-error.pixels // 10**6)), str(limit)) from error
    except pictures.BrokenPicture as error:
        raise Invalid("file", "broken") from error


def _write_durably(path: Path, content: bytes) -> None:
    """Under its name there is the whole file or none, also after a power cut."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".half-")
    half = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    except BaseException:
        half.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _shown(name: str) -> str:
    """The sender's name of the file without folders and signs that cannot be seen."""
    last = name.replace("\\", "/").rpartition("/")[2]
    seen = "".join(sign for sign in last if unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Zl", "Zp"))
    return seen.strip()[:LONGEST_NAME] or "file"


def _megabytes(size: int) -> str:
    """Rounded up to one place, so that a file over the limit never reads as if it were as large as the limit."""
    return f"{-(-size * 10 // _MEGABYTE) / 10:g}"


def _is_sha256(text: str) -> bool:
    return len(text) == 64 and set(text) <= set("0123456789abcdef")


def _there(path: Path) -> Path | None:
    return path if path.is_file() else None
