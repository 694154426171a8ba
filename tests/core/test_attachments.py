"""What the office keeps of photos and papers (docs/design.md §4, Privacy; §2, Files)."""

import asyncio
import hashlib
import random
import struct
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from core.attachments import Attachments
from core.clock import SetClock
from core.file_kinds import media_type_of
from core.refusals import Invalid
from core.store.store import Store
from core.store.work import StoreUnavailable
from tests.made_once import new_store

MEGABYTE = 1024**2
MODEL, ROTATED_RIGHT = 0x0110, 6
GPS = 0x8825


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = new_store(database_url, SetClock(datetime(2026, 11, 24, 4, tzinfo=UTC)))
    yield store
    store.close()


@pytest.fixture
def attachments(store: Store, tmp_path: Path) -> Attachments:
    return Attachments(tmp_path / "files", store, 2 * MEGABYTE)


def photo(width: int = 800, height: int = 600, kind: str = "JPEG", **options: object) -> bytes:
    """A picture whose left half is red and whose right half is blue."""
    picture = Image.new("RGB", (width, height), "red")
    picture.paste("blue", (width // 2, 0, width, height))
    made = BytesIO()
    picture.save(made, kind, **options)
    return made.getvalue()


def photo_of_a_phone() -> bytes:
    exif = Image.Exif()
    exif[MODEL] = "Phone of Ramesh"
    exif[0x0112] = ROTATED_RIGHT
    exif.get_ifd(GPS)[2] = (25.0, 27.0, 36.0)
    return photo(exif=exif.tobytes(), comment=b"taken by Ramesh", icc_profile=b"profile of Ramesh")


def kept_bytes(attachments: Attachments, sha256: str) -> bytes:
    path = attachments.open(sha256)
    assert path is not None
    return path.read_bytes()


def test_a_photo_leaves_the_camera_behind_and_stands_upright(attachments: Attachments) -> None:
    sent = photo_of_a_phone()
    kept = attachments.keep(sent, "IMG_0001.JPG", "image/jpeg")
    content = kept_bytes(attachments, kept.sha256)
    assert hashlib.sha256(content).hexdigest() == kept.sha256 != hashlib.sha256(sent).hexdigest()
    assert kept.size == len(content)
    assert b"Ramesh" in sent
    assert b"Ramesh" not in content
    with Image.open(BytesIO(content)) as picture:
        assert dict(picture.getexif()) == {}
        assert picture.size == (600, 800)
        red, _, blue = picture.convert("RGB").getpixel((300, 10))  # type: ignore[misc]
        assert red > 200 > blue, "what was on the left is at the top"


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_pictures_lose_their_words_too(attachments: Attachments, kind: str) -> None:
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "Ramesh")
    exif = Image.Exif()
    exif[MODEL] = "Ramesh"
    sent = photo(kind=kind, pnginfo=words, exif=exif.tobytes())
    kept = attachments.keep(sent, "scan", "application/octet-stream")
    assert kept.media_type == f"image/{kind.lower()}"
    assert b"Ramesh" not in kept_bytes(attachments, kept.sha256)


def test_a_photo_that_comes_back_is_the_same_file(attachments: Attachments) -> None:
    first = attachments.keep(photo_of_a_phone(), "a.jpg", "image/jpeg")
    again = attachments.keep(kept_bytes(attachments, first.sha256), "b.jpg", "image/jpeg")
    same = attachments.keep(photo_of_a_phone(), "c.jpg", "image/jpeg")
    assert first.sha256 == again.sha256 == same.sha256


def test_a_photo_has_a_small_picture_beside_it(attachments: Attachments) -> None:
    kept = attachments.keep(photo(1200, 900), "a.jpg", "image/jpeg")
    small = attachments.small(kept.sha256)
    assert small is not None
    with Image.open(small) as picture:
        assert picture.size == (480, 360)
    paper = attachments.keep(b"%PDF-1.7\n...", "letter.pdf", "application/pdf")
    assert attachments.small(paper.sha256) is None


def test_what_is_known_of_it_stands_in_the_records(attachments: Attachments, store: Store) -> None:
    kept = attachments.keep(b"%PDF-1.7\n...", "..\\scans/letter\u202e\n.pdf", "text/html")
    assert (kept.name, kept.media_type) == ("letter.pdf", "application/pdf")
    with store.reading() as connection:
        assert attachments.get(connection, kept.sha256) == kept
        assert attachments.get(connection, "0" * 64) is None
    assert asyncio.run(attachments.read(kept.sha256)).startswith(b"%PDF")


def test_the_same_file_from_many_at_once_is_one(attachments: Attachments, tmp_path: Path) -> None:
    sent = photo_of_a_phone()
    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(lambda n: attachments.keep(sent, f"{n}.jpg", "image/jpeg"), range(8)))
    assert len({each.sha256 for each in kept}) == 1
    files = {path.name for path in (tmp_path / "files").rglob("*") if path.is_file()}
    assert files == {kept[0].sha256, kept[0].sha256 + ".480.jpg"}


def test_too_large_is_told_in_megabytes(attachments: Attachments) -> None:
    with pytest.raises(Invalid) as refused:
        attachments.keep(b"x" * (20 * MEGABYTE), "a.txt", "text/plain")
    assert (refused.value.field, refused.value.reason) == ("file", "too_large")
    assert (refused.value.value, refused.value.limit) == ("20", "2")
    with pytest.raises(Invalid) as refused:
        attachments.keep(b"x" * (2 * MEGABYTE + 1), "a.txt", "text/plain")
    assert refused.value.value == "2.1", "never told to be as large as the limit"


@pytest.mark.parametrize(
    "data",
    [
        b"<!DOCTYPE html><script>alert(1)</script>",
        b"\xef\xbb\xbf \n<HTML>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<?xml version='1.0'?><svg/>",
        b"MZ\x90\x00\x03",
        b"PK\x03\x04\x14\x00",
        b"GIF89a\x01\x00",
        b"\x00\x00\x00\x18ftypheic",
        b"RIFF\x00\x00\x00\x00WAVE",
        b"\xff\xfe\x00\x01",
    ],
)
def test_what_could_run_or_cannot_be_opened_is_refused(attachments: Attachments, tmp_path: Path, data: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        attachments.keep(data, "photo.jpg", "image/jpeg")
    assert (refused.value.field, refused.value.reason) == ("file", "type")
    assert not (tmp_path / "files").exists()


@pytest.mark.parametrize(
    ("data", "told", "kind"),
    [
        (b"OggS\x00\x02", "audio/ogg; codecs=opus", "audio/ogg"),
        (b"ID3\x04\x00", "", "audio/mpeg"),
        (b"\x00\x00\x00\x20ftypM4A ", "video/mp4", "audio/mp4"),
        (b"\x00\x00\x00\x20ftypisom", "video/mp4", "video/mp4"),
        (b"\x00\x00\x00\x20ftypmp42", "audio/mp4", "audio/mp4"),
        (b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm", "audio/webm", "audio/webm"),
        (b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm", "video/webm", "video/webm"),
        ("नाली बन गई".encode(), "text/html", "text/plain"),
    ],
)
def test_sound_film_and_words_are_kept_as_they_are(attachments: Attachments, data: bytes, told: str, kind: str) -> None:
    kept = attachments.keep(data, "x", told)
    assert kept.media_type == kind
    assert kept_bytes(attachments, kept.sha256) == data


def png_that_claims(width: int, height: int) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 64)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [7_800, 9_999, 60_000])
def test_a_picture_that_would_fill_the_memory_is_not_decoded(attachments: Attachments, side: int) -> None:
    with pytest.raises(Invalid) as refused:
        attachments.keep(png_that_claims(side, side), "bomb.png", "image/png")
    assert (refused.value.field, refused.value.reason, refused.value.limit) == ("file", "too_many_pixels", "60")


def test_a_broken_picture_is_told_to_be_broken(attachments: Attachments) -> None:
    whole = photo()
    for data in (whole[: len(whole) // 2], b"\xff\xd8\xff" + random.Random(1).randbytes(2000)):
        with pytest.raises(Invalid) as refused:
            attachments.keep(data, "a.jpg", "image/jpeg")
        assert (refused.value.field, refused.value.reason) == ("file", "broken")
    with pytest.raises(Invalid) as refused:
        attachments.keep(b"", "a.jpg", "image/jpeg")
    assert refused.value.reason == "empty"


def test_a_folder_that_takes_nothing_keeps_nothing(store: Store, tmp_path: Path) -> None:
    (tmp_path / "files").write_text("a file stands where the folder should be")
    attachments = Attachments(tmp_path / "files", store, MEGABYTE)
    with pytest.raises(StoreUnavailable):
        attachments.keep(b"%PDF-1.7", "a.pdf", "application/pdf")
    with store.reading() as connection:
        assert attachments.get(connection, hashlib.sha256(b"%PDF-1.7").hexdigest()) is None


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 64 + "/.."])
def test_only_a_sha256_opens_anything(attachments: Attachments, name: str) -> None:
    assert attachments.open(name) is None
    assert attachments.small(name) is None


@given(st.binary(min_size=1, max_size=64), st.sampled_from(["image/jpeg", "text/html", "image/svg+xml", ""]))
def test_no_content_is_ever_served_as_a_page(data: bytes, told: str) -> None:
    try:
        kind = media_type_of(data, told)
    except Invalid:
        return
    assert kind.partition("/")[0] in ("image", "audio", "video", "application", "text")
    assert kind not in ("text/html", "image/svg+xml", "application/xml")
